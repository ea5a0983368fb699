#include "mask.h"

#include "text.h"

enum { SHOWN_DIGITS = 4, HIDDEN_DIGITS = 4 };

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

bool
mask_column(struct buf *b, struct slice column, struct slice s)
{
	if (slice_is(column, "name"))
		mask_name(b, s);
	else if (slice_is(column, "phone") || slice_is(column, "phone2"))
		mask_phone(b, s);
	else
		return false;
	return true;
}
