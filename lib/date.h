#ifndef DATE_H
#define DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/**
 * date: times of the wall clock and calendar dates.
 *
 * A time is an int64_t: seconds since 1970-01-01T00:00:00 of the local wall
 * clock, every day 86400 long (crm(5)); a date is the time of its midnight.
 * Proleptic Gregorian, years 0001 to 9999. The zone is TZ, and matters only
 * for values written with Z or an offset and for the clock itself.
 */
#define DATE_MINUTE INT64_C(60)
#define DATE_HOUR INT64_C(3600)
#define DATE_DAY INT64_C(86400)
#define DATE_SIZE 20 /* bytes that hold any written time */
#define DATE_WRITTEN 19     /* bytes of 2026-11-21T08:30:00, */
#define DATE_WRITTEN_DAY 10 /* and of 2026-11-21 */

enum date_status {
	DATE_OK,
	DATE_SYNTAX, /* not a time */
	DATE_NONE,   /* looks like one, but there is no such day or hour */
};

struct date_civil {
	int year, month, day;       /* 1.., 1-12, 1-31; year 0: not known */
	int hour, minute, second;
};

/** date_read(s, out): 2026-11-21, 2026-11-21T08:30, 2026-11-21 08:30:00, each
 * with optional Z or +08:00 after a time of day. out only set on DATE_OK. */
enum date_status date_read(struct slice s, int64_t *out);

/** date_check(s): what date_read would say. */
enum date_status date_check(struct slice s);

/** date_read_day(s, out): a birthday: 2026-11-21, or --11-21 (year 0; 29
 * February allowed). */
enum date_status date_read_day(struct slice s, struct date_civil *out);

/** date_why(status): "not a time" or "no such time". */
const char *date_why(enum date_status status);

/** date_write: 2026-11-21T08:30:00 (19 bytes); date_write_day: 2026-11-21 (10
 * bytes). Return the length; out holds DATE_SIZE bytes, not terminated.
 * t lies in the years 0001-9999. */
size_t date_write(char *out, int64_t t);
size_t date_write_day(char *out, int64_t t);

/** date_make(c, out): the time of a civil date and time; false where there is
 * none (30 February, 25 o'clock, year 0). date_split is the reverse. */
bool date_make(const struct date_civil *c, int64_t *out);
void date_split(int64_t t, struct date_civil *out);

/** date_midnight(t): 00:00 of its day. date_weekday(t): Monday 1 .. Sunday 7. */
int64_t date_midnight(int64_t t);
int date_weekday(int64_t t);

/** date_add_months(t, n, out): the same day and hour n months on, clamped to
 * the end of the month; false outside 0001-9999. */
bool date_add_months(int64_t t, int64_t n, int64_t *out);

/** date_valid(t): lies in the years 0001-9999. */
bool date_valid(int64_t t);

/** date_anniversary(day, from, out): the first return of the month and day on
 * or after the date of `from`, at 00:00; 29 February falls on the 28th in
 * common years. False past 9999. date_return: the same from a date that is
 * split already. */
bool date_anniversary(const struct date_civil *day, int64_t from, int64_t *out);
bool date_return(const struct date_civil *day, const struct date_civil *from,
	int64_t *out);

/** date_local(utc): wall clock in the zone TZ of a UNIX time; not date_valid
 * where that lies outside the years 0001-9999. Safe from many threads, but TZ
 * is looked at once in each. */
int64_t date_local(int64_t utc);

/** date_as_of(text, out): the as-of instant: text, or if null $CRM_AS_OF, else
 * $SOURCE_DATE_EPOCH, else the clock. Understands a date, a time, today,
 * yesterday, now. On failure returns false and *from names what was wrong:
 * "--as-of", "CRM_AS_OF" or "SOURCE_DATE_EPOCH"; *wrong is what it says. */
bool date_as_of(const char *text, int64_t *out, const char **from,
	const char **wrong);

#endif
