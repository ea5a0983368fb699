#include "when_reader.h"

enum { TIME_ROOM = 48 };

/* 1: forenoon, 2: afternoon, 0: neither is said */
static int
take_half(struct when_reader *r)
{
	when_skip_blanks(r);
	if (when_take(r, "\xe4\xb8\x8a\xe5\x8d\x88") || when_take_any_case(r, "am") ||
		when_take_any_case(r, "a.m."))
		return 1;
	return when_take(r, "\xe4\xb8\x8b\xe5\x8d\x88") ||
		when_take_any_case(r, "pm") || when_take_any_case(r, "p.m.") ? 2 : 0;
}

static void
skip_fraction(struct when_reader *r)
{
	const char *point = r->p;

	if (r->p < r->end && *r->p == '.') {
		r->p++;
		while (when_at_digit(r))
			r->p++;
		if (r->p == point + 1)
			r->p = point;
	}
}

/* 8:30, 08:30:00.000, 8时30分, 8点 */
static bool
read_clock(struct when_reader *r, struct date_civil *c)
{
	bool chinese = false;

	if (when_take_number(r, 2, &c->hour) == 0)
		return false;
	if (when_take(r, "\xe6\x97\xb6") || when_take(r, "\xe7\x82\xb9"))
		chinese = true;
	else if (!when_take(r, ":"))
		return false;
	if (chinese && !when_at_digit(r))
		return true;
	if (when_take_number(r, 2, &c->minute) == 0)
		return false;
	if (chinese && !when_take(r, "\xe5\x88\x86"))
		return r->p == r->end;
	if (chinese ? when_at_digit(r) : when_take(r, ":")) {
		if (when_take_number(r, 2, &c->second) == 0)
			return false;
		if (chinese)
			return when_take(r, "\xe7\xa7\x92");
		skip_fraction(r);
	}
	return true;
}

/* Z, UTC or an offset: date_read knows the zone TZ. */
static enum date_status
read_zone(struct when_reader *r, struct when *w)
{
	char text[TIME_ROOM];
	bool universal = when_take_any_case(r, "utc") ||
		when_take_any_case(r, "gmt");
	size_t left = (size_t)(r->end - r->p);
	int64_t t;
	enum date_status status;

	if (left > 8 || !date_make(&w->civil, &t))
		return left > 8 ? DATE_SYNTAX : DATE_NONE;
	date_write(text, t);
	memcpy(text + 19, r->p, left);
	if (universal && left == 0)
		text[19 + left++] = 'Z';
	if (left == 5 && text[19] != 'Z') { /* +0800 */
		memmove(text + 23, text + 22, 2);
		text[22] = ':';
		left++;
	}
	status = date_read((struct slice){text, 19 + left}, &t);
	if (status == DATE_OK)
		date_split(t, &w->civil);
	w->zoned = true;
	return status;
}

enum date_status
when_time(struct when_reader *r, struct when *w)
{
	int half = take_half(r);

	when_skip_blanks(r);
	if (!read_clock(r, &w->civil))
		return DATE_SYNTAX;
	w->timed = true;
	if (half == 0)
		half = take_half(r);
	if (half == 1 && w->civil.hour > 12)
		return DATE_NONE;
	if (half == 1 && w->civil.hour == 12)
		w->civil.hour = 0;
	else if (half == 2 && w->civil.hour < 12)
		w->civil.hour += 12;
	when_skip_blanks(r);
	if (r->p == r->end)
		return DATE_OK;
	if (w->open)
		return DATE_SYNTAX;
	return read_zone(r, w);
}
