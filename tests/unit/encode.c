#define _GNU_SOURCE
#include "encode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"
#include "text.h"

static const struct {
	const char *bytes;
	size_t n;
	const char *asked; /* null: find out */
	const char *name, *want;
} cases[] = {
	{"abc", 3, NULL, "utf-8", "abc"},
	{"\xe4\xb8\xad", 3, NULL, "utf-8", "\xe4\xb8\xad"},
	{"\xef\xbb\xbf""a", 4, NULL, "utf-8", "a"},
	{"\xd6\xd0", 2, NULL, "gb18030", "\xe4\xb8\xad"},
	{"\xd6\xd0\x80", 3, NULL, "gb18030", "\xe4\xb8\xad\xe2\x82\xac"},
	{"\xd6\xd0", 2, "GBK", "gbk", "\xe4\xb8\xad"},
	{"\x81\x30\x81\x30\xff", 4, "gb18030", "gb18030", "\xc2\x80"},
	{"\x84\x31\x95\x33\xd6\xd0", 6, NULL, "gb18030", "\xe4\xb8\xad"},
	{"\xff\xfe""a\0,\0", 6, NULL, "utf-16le", "a,"},
	{"\xfe\xff\0a\0,", 6, NULL, "utf-16be", "a,"},
	{"a\0,\0\x2d\x4e\n\0", 8, NULL, "utf-16le", "a,\xe4\xb8\xad\n"},
	{"\0a\0,\x4e\x2d\0\n", 8, NULL, "utf-16be", "a,\xe4\xb8\xad\n"},
	{"\xff\xfe""a\0", 4, "utf-16", "utf-16le", "a"},
	{"caf\xe9", 4, "Latin1", "latin1", "caf\xc3\xa9"},
	{"\xef\xbb\xbf""a", 4, "utf8", "utf-8", "a"},
	{"a\0b", 3, NULL, "utf-8", "a"},
};

/* Everything that e gives, in pieces of `step` bytes. */
static size_t
read_all(struct encode *e, char *p, size_t room, size_t step)
{
	size_t n = 0, got;

	while (n + step <= room && (got = encode_read(e, p + n, step)) > 0)
		n += got;
	return n;
}

static void
try(size_t i, const char *path)
{
	struct input *in = input_open(path);
	struct encode *e = encode_open(in, cases[i].asked, 1);

	tap_ok(strcmp(encode_name(e), cases[i].name) == 0,
		"case %zu: %s, got %s", i, cases[i].name, encode_name(e));
	tap_ok(encode_wide(e) == (strncmp(cases[i].name, "utf-16", 6) == 0),
		"case %zu: wide", i);
	for (size_t step = 1; step < 64; step *= 3) {
		struct encode *again = encode_again(e);
		size_t length = strlen(cases[i].want);
		char text[256] = "";

		read_all(again, text, sizeof text - 1, step);
		tap_ok(memcmp(text, cases[i].want, length) == 0,
			"case %zu: read by %zu", i, step);
		encode_close(again);
	}
	encode_close(e);
	input_close(in);
}

static const char *
name_of(const char *bytes, size_t n)
{
	char path[] = "/tmp/crm-encode.XXXXXX";
	int fd = mkstemp(path);
	struct input *in;
	struct encode *e;
	const char *name;

	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
		exit(2);
	close(fd);
	in = input_open(path);
	e = encode_open(in, NULL, 3);
	name = strcmp(encode_name(e), "utf-8") == 0 ? "utf-8" : "other";
	encode_close(e);
	input_close(in);
	unlink(path);
	return name;
}

/* UTF-8 that is cut into blocks at any byte is still UTF-8, and what is wrong
 * with it is found wherever it is. */
static void
try_blocks(void)
{
	static const char text[] = "ab\xE5\xAE\xA2\xC3\xA9\xF0\x9F\x98\x80"
		"c\xE6\x88\xB7\xF0\x9F\x98\x81\xF0\x9F\x98\x82,\n";
	char bytes[sizeof text];
	size_t n = sizeof text - 1;

	for (int size = 4; size < 12; size++) {
		char chunk[8];
		bool good = true;

		snprintf(chunk, sizeof chunk, "%d", size);
		setenv("CRM_CHUNK", chunk, 1);
		good = strcmp(name_of(text, n), "utf-8") == 0;
		for (size_t i = 0; i < 3 * n; i++) {
			memcpy(bytes, text, n);
			bytes[i / 3] = "\x80\xFF\xE5"[i % 3];
			good &= (strcmp(name_of(bytes, n), "utf-8") == 0) ==
				(text_valid_plainly((struct slice){bytes, n}) == n);
		}
		tap_ok(good, "blocks of %d bytes", size);
	}
	unsetenv("CRM_CHUNK");
}

int
main(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char path[] = "/tmp/crm-encode.XXXXXX";
		int fd = mkstemp(path);

		if (fd < 0 || write(fd, cases[i].bytes, cases[i].n) !=
			(ssize_t)cases[i].n)
			return 2;
		close(fd);
		try(i, path);
		unlink(path);
	}
	try_blocks();
	return tap_done();
}
