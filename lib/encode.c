#include "encode_part.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "encode_beyond.h"
#include "encode_valid.h"
#include "mem.h"
#include "msg.h"

enum {
	SAMPLE = 4096,
	ENOUGH = 4, /* characters of UTF-8 that do not come by chance */
};

static bool
name_is(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

static void
set_name(struct encode *e, const char *name)
{
	size_t n = 0;

	for (; name[n]; n++) {
		if (n + 1 == ENCODE_NAME)
			msg_die("encoding not known: %s", name);
		e->name[n] = (char)tolower((unsigned char)name[n]);
	}
	e->name[n] = '\0';
}

static const struct {
	const char *bytes;
	size_t n;
	const char *name;
} marks[] = {
	{"\xef\xbb\xbf", 3, "utf-8"},
	{"\xff\xfe\0\0", 4, "utf-32le"},
	{"\0\0\xfe\xff", 4, "utf-32be"},
	{"\xff\xfe", 2, "utf-16le"},
	{"\xfe\xff", 2, "utf-16be"},
	{"\x84\x31\x95\x33", 4, "gb18030"},
};

/* The place in marks, or past its end. */
static size_t
find_mark(struct input *in)
{
	char first[4] = "";
	size_t n = input_size(in) < 4 ? (size_t)input_size(in) : 4, i;

	input_at(in, first, n, 0);
	for (i = 0; i < sizeof marks / sizeof *marks; i++)
		if (n >= marks[i].n &&
			memcmp(first, marks[i].bytes, marks[i].n) == 0)
			break;
	return i;
}

/* UTF-16 without a mark: its line ends, commas and digits have NULs, on one
 * side; on the other only few characters have: U+4E00, which is common. */
static const char *
wide_by_pattern(struct input *in)
{
	char sample[SAMPLE];
	uint64_t size = input_size(in);
	size_t n = size < SAMPLE ? (size_t)size : SAMPLE, count[2] = {0, 0};

	if (size % 2 != 0)
		return NULL;
	input_at(in, sample, n, 0);
	for (size_t i = 0; i < n; i++)
		count[i % 2] += sample[i] == '\0';
	if (count[0] * 4 < count[1] && count[1] * 20 > n)
		return "utf-16le";
	return count[1] * 4 < count[0] && count[0] * 20 > n ? "utf-16be" : NULL;
}

static void
open_iconv(struct encode *e)
{
	const char *name = e->chinese ? "gb18030" : e->name;

	if (e->plain)
		return;
	e->convert = iconv_open("utf-8", name);
	if (e->convert == (iconv_t)-1)
		msg_die("encoding not known: %s", e->name);
	e->beyond = e->chinese && !encode_beyond_known(e->convert);
	e->raw = mem_alloc(ENCODE_RAW, 1);
	e->out = mem_alloc(ENCODE_OUT, 1);
}

/* One bad byte in much good UTF-8 makes all of it GB18030. That may be, but is
 * not passed over in silence. */
static void
look_at_bad(const struct encode *e)
{
	char sample[SAMPLE];
	uint64_t from = e->bad > SAMPLE ? e->bad - SAMPLE : 0;
	size_t n = (size_t)(e->bad - from), characters = 0;

	input_at(e->in, sample, n, from);
	for (size_t i = 0; i < n; i++)
		characters += (unsigned char)sample[i] >= 0xC2;
	if (characters >= ENOUGH)
		msg_warn("%s: byte %llu: not valid utf-8, as all before it is;"
			" read as gb18030; -e ENCODING decides",
			input_name(e->in), (unsigned long long)e->bad);
}

/* All of it is UTF-8 from an offset on; or its first part is, if the rest is to
 * be presumed. */
static bool
is_valid(struct encode *e, uint64_t from, unsigned jobs)
{
	if (!e->presumed)
		return encode_valid(e->in, from, jobs, &e->replaced);
	return encode_valid_start(e->in, from);
}

static void
guess(struct encode *e, size_t mark, unsigned jobs)
{
	const char *wide;

	if (mark < sizeof marks / sizeof *marks) {
		set_name(e, marks[mark].name);
	} else if ((wide = wide_by_pattern(e->in))) {
		set_name(e, wide);
	} else if (is_valid(e, 0, jobs)) {
		set_name(e, "utf-8");
	} else {
		set_name(e, "gb18030");
		e->bad = encode_invalid(e->in, 0);
		look_at_bad(e);
	}
}

static struct encode *
open_as(struct input *in, const char *asked, unsigned jobs, bool presume)
{
	static const char *const chinese[] = {"gb18030", "gbk", "gb2312",
		"cp936", "euc-cn", "ms936", NULL};
	static const char *const plain[] = {"utf-8", "utf8", NULL};
	static const char *const wide[] = {"utf-16", "utf16", "unicode", NULL};
	struct encode *e = mem_zero(1, sizeof *e);
	uint64_t bad;
	size_t mark;

	e->in = in;
	e->bad = UINT64_MAX;
	e->presumed = presume && input_seekable(in) &&
		input_size(in) > encode_valid_first();
	input_spool(in);
	mark = find_mark(in);
	if (asked)
		set_name(e, asked);
	else
		guess(e, mark, jobs);
	if (name_is(e->name, plain))
		set_name(e, "utf-8");
	if (name_is(e->name, wide))
		set_name(e, mark < sizeof marks / sizeof *marks &&
			strcmp(marks[mark].name, "utf-16be") == 0
			? "utf-16be" : "utf-16le");
	if (mark < sizeof marks / sizeof *marks &&
		strcmp(e->name, marks[mark].name) == 0)
		e->start = marks[mark].n;
	e->next = e->start;
	e->chinese = name_is(e->name, chinese);
	e->plain = strcmp(e->name, "utf-8") == 0;
	if (e->plain && (asked || e->start) &&
		!is_valid(e, e->start, jobs) &&
		(bad = encode_invalid(in, e->start)) != UINT64_MAX)
		msg_die("%s: byte %llu: not valid utf-8; -e ENCODING says what"
			" it is", input_name(in), (unsigned long long)bad);
	e->presumed &= e->plain;
	e->replaced |= !e->plain || e->presumed;
	open_iconv(e);
	return e;
}

struct encode *
encode_open(struct input *in, const char *asked, unsigned jobs)
{
	return open_as(in, asked, jobs, false);
}

struct encode *
encode_presume(struct input *in, const char *asked, unsigned jobs)
{
	return open_as(in, asked, jobs, true);
}

bool
encode_presumed(const struct encode *e)
{
	return e->presumed;
}

struct encode *
encode_again(const struct encode *e)
{
	struct encode *again = mem_zero(1, sizeof *again);

	again->in = e->in;
	memcpy(again->name, e->name, sizeof again->name);
	again->start = again->next = e->start;
	again->bad = e->bad;
	again->chinese = e->chinese;
	again->plain = e->plain;
	again->presumed = e->presumed;
	again->replaced = e->replaced;
	again->old_ends = e->old_ends;
	open_iconv(again);
	return again;
}

void
encode_close(struct encode *e)
{
	if (!e)
		return;
	if (!e->plain)
		iconv_close(e->convert);
	free(e->raw);
	free(e->out);
	free(e);
}

void
encode_old_ends(struct encode *e)
{
	e->old_ends = true;
}

const char *
encode_name(const struct encode *e)
{
	return e->name;
}

bool
encode_wide(const struct encode *e)
{
	return strncmp(e->name, "utf-16", 6) == 0;
}

bool
encode_replaced(const struct encode *e)
{
	return e->replaced;
}

struct input *
encode_input(const struct encode *e)
{
	return e->in;
}
