#include "mask.h"

#include "text.h"

enum { SHOWN_DIGITS = 4, HIDDEN_DIGITS = 4, SHOWN_OF_ADDRESS = 3 };

void
mask_name(struct buf *b, struct slice s)
{
	uint32_t code;
	size_t n, shown;

	if (!s.n)
		return;
	n = text_decode(s, &code);
	shown = text_length(s);
	buf_add(b, (struct slice){s.p, shown > 1 ? n : 0});
	for (size_t i = shown > 1; i < shown; i++)
		buf_byte(b, '*');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

void
mask_phone(struct buf *b, struct slice s)
{
	size_t digits = 0, seen = 0;
	size_t end = 0; /* of the number, before an extension */

	while (end < s.n && s.p[end] != ';')
		digits += is_digit(s.p[end++]);
	for (size_t i = 0; i < s.n; i++) {
		size_t left;

		if (!is_digit(s.p[i])) {
			buf_byte(b, s.p[i]);
			continue;
		}
		left = digits - seen;
		if (i < end)
			seen++;
		if (i >= end || digits < SHOWN_DIGITS + HIDDEN_DIGITS ||
			(left > SHOWN_DIGITS &&
			left <= SHOWN_DIGITS + HIDDEN_DIGITS))
			buf_byte(b, '*');
		else
			buf_byte(b, s.p[i]);
	}
}

/* The domain stays: it says whose the box is no more than an area code does. */
static void
mask_email(struct buf *b, struct slice s)
{
	const char *at = s.n > 0 ? memchr(s.p, '@', s.n) : NULL;
	uint32_t code;

	if (s.n == 0)
		return;
	if (at != NULL && at > s.p)
		buf_add(b, (struct slice){s.p, text_decode(s, &code)});
	buf_text(b, "***");
	if (at != NULL)
		buf_add(b, (struct slice){at, s.n - (size_t)(at - s.p)});
}

/* About a Chinese city: 青岛市***. */
static void
mask_address(struct buf *b, struct slice s)
{
	struct slice rest = s;
	uint32_t code;
	size_t i, n;

	if (s.n == 0)
		return;
	for (i = 0; i < SHOWN_OF_ADDRESS && rest.n > 0; i++) {
		n = text_decode(rest, &code);
		rest = (struct slice){rest.p + n, rest.n - n};
	}
	if (rest.n > 0)
		buf_add(b, (struct slice){s.p, s.n - rest.n});
	buf_text(b, "***");
}

static const struct {
	const char *column;
	void (*mask)(struct buf *b, struct slice s);
} personal[] = {
	{"name", mask_name},
	{"phone", mask_phone},
	{"phone2", mask_phone},
	{"email", mask_email},
	{"address", mask_address},
};

enum { PERSONAL = sizeof personal / sizeof *personal };

static size_t
find(struct slice column)
{
	size_t i;

	for (i = 0; i < PERSONAL; i++)
		if (slice_is(column, personal[i].column))
			break;
	return i;
}

bool
mask_is_personal(struct slice column)
{
	return find(column) < PERSONAL;
}

bool
mask_column(struct buf *b, struct slice column, struct slice s)
{
	size_t i = find(column);

	if (i < PERSONAL)
		personal[i].mask(b, s);
	return i < PERSONAL;
}
