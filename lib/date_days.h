#ifndef DATE_DAYS_H
#define DATE_DAYS_H

#include <string.h>

#include "date.h"
#include "word.h"

/**
 * date_days: reads times much faster where the same days come again and again,
 * as in tickets: a day that was read is remembered. Starts from all zero; one
 * for each thread.
 */
enum { DATE_DAYS = 64 };

struct date_days {
	struct date_days_one {
		char text[DATE_WRITTEN_DAY];
		int64_t midnight;
	} day[DATE_DAYS];
};

/** date_days_read(days, s, out): as date_read. date_days_known(days, p, out): false
 * where the 19 bytes at p are no time of a day that is remembered; it calls
 * nothing. */
static inline enum date_status date_days_read(struct date_days *days,
	struct slice s, int64_t *out);
static inline bool date_days_known(struct date_days *days, const char *p,
	int64_t *out);

/* How it works. */

/** date_days_anew(day, s, out): the same for a day that is not remembered; it
 * is from now on, there. */
enum date_status date_days_anew(struct date_days_one *day, struct slice s,
	int64_t *out);

/* The seconds of the day that eight bytes like 08:30:00 say; -1: they are not of
 * that form, or no such hour. */
static inline int64_t
date_days_clock(const char *p)
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
date_days_place(struct date_days *days, const char *text)
{
	return &days->day[((text[8] & 3) * 16 + (text[9] & 15)) % DATE_DAYS];
}

static inline bool
date_days_same(const struct date_days_one *day, const char *text)
{
	uint64_t a, b;
	uint16_t c, d;

	memcpy(&a, day->text, sizeof a);
	memcpy(&b, text, sizeof b);
	memcpy(&c, day->text + 8, sizeof c);
	memcpy(&d, text + 8, sizeof d);
	return a == b && c == d;
}

static inline bool
date_days_known(struct date_days *days, const char *p, int64_t *out)
{
	const struct date_days_one *day = date_days_place(days, p);
	int64_t clock;

	/* a place that is still empty holds ten NUL bytes, but no day */
	if (!date_days_same(day, p) || !p[0] || (p[10] != 'T' && p[10] != ' ') ||
		(clock = date_days_clock(p + 11)) < 0)
		return false;
	*out = day->midnight + clock;
	return true;
}

static inline enum date_status
date_days_read(struct date_days *days, struct slice s, int64_t *out)
{
	if (s.n != DATE_WRITTEN)
		return date_read(s, out);
	return date_days_known(days, s.p, out) ? DATE_OK
		: date_days_anew(date_days_place(days, s.p), s, out);
}

#endif
