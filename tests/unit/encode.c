#define _GNU_SOURCE
#include "encode.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

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
	struct encode *e = encode_open(in, cases[i].asked);

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
	return tap_done();
}
