#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * calendar: which hours of which days are working time (crm-rules(5)).
 *
 * A record file with `date` (a date, or mon .. sun) and `hours`
 * ("08:30-12:00,13:30-17:30"; empty: no working day; 24:00 may end a window;
 * overlapping windows are united, one over midnight is refused). A date beats
 * its weekday; a weekday that is not named is no working day; a file without
 * weekdays keeps the built-in week. Built in: Monday to Friday 08:30-12:00,
 * 13:30-17:30.
 */
struct calendar;

/** calendar_open(path): path null: the built-in one; "@NAME": a set that is
 * compiled in ("@cn2026": a year, "@cn": all of them); else a file. Ends the
 * program on a bad one. */
struct calendar *calendar_open(const char *path);
void calendar_close(struct calendar *c); /* null is allowed */

/** A span of time from <= t < to; spans of one list are sorted and disjoint. */
struct calendar_span {
	int64_t from, to;
};

/** calendar_unite(spans, n): sorts and unites in place, dropping empty ones;
 * returns how many are left. */
size_t calendar_unite(struct calendar_span *spans, size_t n);

/**
 * calendar_add(c, from, duration, pauses, n, out): the instant at which
 * `duration` seconds of working time have passed since `from`, not counting
 * the pauses. duration 0 is `from` itself; a negative one goes backwards, where
 * pauses do not matter. The end of a window counts as reached: 8 h from a
 * Monday's opening ends at that Monday's closing. False where the calendar
 * never has so much working time (before year 9999).
 */
bool calendar_add(const struct calendar *c, int64_t from, int64_t duration,
	const struct calendar_span *pauses, size_t n, int64_t *out);

/** calendar_between(c, a, b, pauses, n): seconds of working time from a to b
 * outside the pauses; negative if b < a. */
int64_t calendar_between(const struct calendar *c, int64_t a, int64_t b,
	const struct calendar_span *pauses, size_t n);

/** calendar_next(c, from, to, pauses, n, out): the first piece of working time
 * within from .. to outside the pauses; false if there is none. For
 * explanations: what calendar_add and calendar_between count. */
bool calendar_next(const struct calendar *c, int64_t from, int64_t to,
	const struct calendar_span *pauses, size_t n,
	struct calendar_span *out);

#endif
