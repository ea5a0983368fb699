#ifndef WHEN_H
#define WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "date.h"
#include "slice.h"

/**
 * when: dates and times as people write them.
 *
 * when_read(s, excel, w): s is trimmed and half-width. Understood are
 *   - year first: 2026/1/5, 2026-1-5, 2026.1.5, 20260105, 2026年1月5日;
 *   - year last, of two or four digits: 1/5/26, 5-1-2026, 5.1.2026; which of
 *     the first two is the month is not decided here;
 *   - names of months: 5-Jan-26, 5 Jan 2026, Jan 5, 2026;
 *   - without a year: 1月5日, --01-05;
 *   - each with the day of the week, before or behind it, if it is right;
 *   - each with a time: 8:30, 08:30:00, 08:30:00.000, 8时30分, 8:30 PM,
 *     下午 3:20, after a blank, a T or nothing where it cannot be misread;
 *     20260105083000; and Z, UTC, GMT or +08:00: converted to the zone TZ;
 *   - with excel: days since 1900 as Excel counts them, and it counts a
 *     29 February 1900 (which is refused).
 * Two digits of a year: 69-99 are 19xx, the rest 20xx.
 */
enum when_order {
	WHEN_UNKNOWN,
	WHEN_DMY,
	WHEN_MDY,
};

struct when {
	struct date_civil civil; /* year 0: not known. If `open`, month holds
	                            the first and day the second number */
	bool open;     /* day and month are not told apart */
	bool dotted;   /* ... and dots stand between them */
	bool short_year;
	bool timed;    /* has a time of day */
	bool zoned;    /* has a zone: civil is local already */
};

enum date_status when_read(struct slice s, bool excel, struct when *w);

/** when_fits(w, order): an open date is one in that order. */
bool when_fits(const struct when *w, enum when_order order);

/** when_close(w, order): gives an open date its order. */
void when_close(struct when *w, enum when_order order);

#endif
