#ifndef PERIOD_H
#define PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "date_days.h"
#include "slice.h"

/**
 * period: the time that is looked at: from <= opened_at <= to. Tickets after
 * as-of do not exist yet; --since and --until narrow it.
 */
struct period {
	int64_t from, to;
	int64_t named;     /* by --until, which may be after as-of */
	bool since, until; /* were given */
};

/** period_day(text, as_of, out): of since or until as given, or null: where it
 * is today or yesterday, of as_of, that day as a date, in out; else text. */
enum { PERIOD_DAY = 12 };
const char *period_day(const char *text, int64_t as_of, char out[PERIOD_DAY]);

/** period_open(p, since, until, as_of): since and until as given, or null; an
 * until that is a date includes its day. Ends the program where one is no
 * time, or the first is after the last. */
void period_open(struct period *p, const char *since, const char *until,
	int64_t as_of);

enum period_status {
	PERIOD_IN,
	PERIOD_OUT,
	PERIOD_BAD,
};

/** period_check(p, days, field, time): field: an opened_at, raw; what it says,
 * unless it is bad. */
enum period_status period_check(const struct period *p, struct date_days *days,
	struct slice field, int64_t *time);

/** period_why(field): what is wrong with an opened_at; null: nothing. */
const char *period_why(struct slice field);

#endif
