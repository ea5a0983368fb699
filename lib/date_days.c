#include "date_days.h"

#include <string.h>

#include "word.h"

/* The seconds of the day that eight bytes like 08:30:00 say; -1: they are not of
 * that form, or no such hour. */
static inline int64_t
read_clock(const char *p)
{
	static const char form[8] = {'0', '0', ':', '0', '0', ':', '0', '0'};
	static const char more[8] = {2, 9, 0, 5, 9, 0, 5, 9};
	const uint64_t tops = UINT64_C(0x8080808080808080);
	uint64_t bytes = word_load(p) ^ word_load(form);
	int64_t hour, minute, second;

	if (((bytes + (~tops - word_load(more))) | bytes) & tops)
		return -1;
	/* two digits beside each other as a number, in the place of the first */
	bytes = bytes * 10 + (bytes >> 8);
	hour = bytes & 0xff;
	minute = bytes >> 24 & 0xff;
	second = bytes >> 48 & 0xff;
	return hour > 23 ? -1 : (hour * 60 + minute) * 60 + second;
}

/* Where a day is remembered: by its number in the month. */
static inline struct date_days_one *
place(struct date_days *days, const char *text)
{
	return &days->day[((text[8] & 3) * 16 + (text[9] & 15)) % DATE_DAYS];
}

static inline bool
same_day(const struct date_days_one *day, const char *text)
{
	uint64_t a, b;
	uint16_t c, d;

	memcpy(&a, day->text, sizeof a);
	memcpy(&b, text, sizeof b);
	memcpy(&c, day->text + 8, sizeof c);
	memcpy(&d, text + 8, sizeof d);
	return a == b && c == d;
}

/* Apart, so that the quick way keeps no registers for it. */
static __attribute__((noinline)) enum date_status
read_anew(struct date_days_one *day, struct slice s, int64_t *out)
{
	enum date_status status = date_read(s, out);

	/* 08:30+00 in place of 08:30:00 may be a time of another day here */
	if (status == DATE_OK && s.p[16] == ':') {
		memcpy(day->text, s.p, sizeof day->text);
		day->midnight = date_midnight(*out);
	}
	return status;
}

enum date_status
date_days_read(struct date_days *days, struct slice s, int64_t *out)
{
	const char *p = s.p;
	struct date_days_one *day;
	int64_t clock;

	if (s.n != DATE_WRITTEN)
		return date_read(s, out);
	day = place(days, p);
	/* a place that is still empty holds ten NUL bytes, but no day */
	if (!same_day(day, p) || !p[0] || (p[10] != 'T' && p[10] != ' ') ||
		(clock = read_clock(p + 11)) < 0)
		return read_anew(day, s, out);
	*out = day->midnight + clock;
	return DATE_OK;
}
