#ifndef PERIOD_H
#define PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"

/**
 * period: the time that is looked at: from <= opened_at <= to. Tickets after
 * as-of do not exist yet; --since and --until narrow it.
 */
struct period {
	int64_t from, to;
	bool since, until; /* were given */
};

/** period_open(p, since, until, as_of): since and until as given, or null; an
 * until that is a date includes its day. Ends the program where one is no
 * time. */
void period_open(struct period *p, const char *since, const char *until,
	int64_t as_of);

/** The last day that was read, as most tickets come in the order of time.
 * Starts from all zero. */
struct period_day {
	char text[10];
	int64_t midnight;
};

enum period_status {
	PERIOD_IN,
	PERIOD_OUT,
	PERIOD_BAD,
};

/** period_check(p, day, field): field: an opened_at, raw. */
enum period_status period_check(const struct period *p, struct period_day *day,
	struct slice field);

/** period_why(field): what is wrong with an opened_at; null: nothing. */
const char *period_why(struct slice field);

#endif
