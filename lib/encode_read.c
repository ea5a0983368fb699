#include "encode_part.h"

#include <errno.h>
#include <string.h>

#include "encode_beyond.h"
#include "msg.h"

/* Reads at most n bytes of the input at next. */
static size_t
read_raw(struct encode *e, char *p, size_t n)
{
	uint64_t left = input_size(e->in) - e->next;

	if (left < n)
		n = (size_t)left;
	if (n > 0)
		input_at(e->in, p, n, e->next);
	e->next += n;
	return n;
}

/* The conversion stopped at raw_at: a character that it does not know, a euro
 * sign of Windows, or the end. */
static void
pass_bad(struct encode *e)
{
	const unsigned char *p = (const unsigned char *)e->raw + e->raw_at;
	size_t left = e->raw_n - e->raw_at;
	uint64_t offset = e->next - left;

	if (e->beyond && encode_beyond_read((struct slice){e->raw + e->raw_at,
		left}, e->out + e->out_n)) {
		e->out_n += 4;
		e->raw_at += 4;
		return;
	}

	if (e->bad != UINT64_MAX && *p != 0x80)
		msg_die("%s: byte %llu: not valid utf-8; byte %llu: not valid"
			" gb18030 (0x%02x); -e ENCODING says what it is",
			input_name(e->in), (unsigned long long)e->bad,
			(unsigned long long)offset, *p);
	if (!e->chinese || *p != 0x80)
		msg_die("%s: byte %llu: not valid %s (0x%02x); -e ENCODING"
			" says what it is", input_name(e->in),
			(unsigned long long)offset, e->name, *p);
	memcpy(e->out + e->out_n, "\xe2\x82\xac", 3);
	e->out_n += 3;
	e->raw_at++;
}

/* Converts what is in raw, as far as it goes. */
static void
convert(struct encode *e)
{
	for (;;) {
		char *from = e->raw + e->raw_at, *to = e->out + e->out_n;
		size_t all = e->raw_n - e->raw_at, left = all;
		size_t room = ENCODE_OUT - 4 - e->out_n;
		int fault;
		bool last;

		if (e->out_n + 8 > ENCODE_OUT)
			return;
		if (e->beyond)
			left = encode_beyond_next((struct slice){from, all});
		last = left == all;
		fault = iconv(e->convert, &from, &left, &to, &room) ==
			(size_t)-1 ? errno : 0;

		e->raw_at = (size_t)(from - e->raw);
		e->out_n = (size_t)(to - e->out);
		if (fault == E2BIG || (!fault && last))
			return;
		if (fault == EINVAL && last && e->next < input_size(e->in))
			return; /* the rest of the character comes next */
		pass_bad(e);
		if (e->raw_at == e->raw_n)
			return;
	}
}

static void
fill(struct encode *e)
{
	e->out_at = e->out_n = 0;
	while (e->out_n == 0) {
		size_t left = e->raw_n - e->raw_at, got;

		memmove(e->raw, e->raw + e->raw_at, left);
		e->raw_at = 0;
		got = read_raw(e, e->raw + left, ENCODE_RAW - left);
		e->raw_n = left + got;
		if (e->raw_n == 0)
			return;
		convert(e);
	}
}

static size_t
mend_ends(const struct encode *e, char *p, size_t n)
{
	for (size_t i = 0; e->old_ends && i < n; i++)
		if (p[i] == '\r')
			p[i] = '\n';
	return n;
}

bool
encode_plain(const struct encode *e)
{
	return e->plain;
}

void
encode_at(const struct encode *e, char *p, size_t n, uint64_t offset)
{
	input_at(e->in, p, n, e->start + offset);
	mend_ends(e, p, n);
}

size_t
encode_read(struct encode *e, char *p, size_t n)
{
	size_t have;

	if (e->plain)
		return mend_ends(e, p, read_raw(e, p, n));
	if (e->out_at == e->out_n)
		fill(e);
	have = e->out_n - e->out_at;
	if (have < n)
		n = have;
	memcpy(p, e->out + e->out_at, n);
	e->out_at += n;
	return mend_ends(e, p, n);
}
