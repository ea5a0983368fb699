#ifndef ROSTER_H
#define ROSTER_H

#include <stdint.h>

#include "buf.h"
#include "calendar.h"
#include "slice.h"

/**
 * roster: who does what. A record file with assignee, when (over the columns
 * of the list; empty: everything) and capacity (empty: no limit).
 */
struct roster;

/** roster_open(path, calendar, as_of): ends the program on a bad one. */
struct roster *roster_open(const char *path, const struct calendar *calendar,
	int64_t as_of);
void roster_close(struct roster *r); /* null is allowed */

/** roster_assign(r, cells): the row (as list_names, fields of crm(5)) goes to
 * the assignee whose `when` matches with the fewest rows so far, within
 * capacity; equals: the one that stands first. n == 0: nobody can take it. */
struct slice roster_assign(struct roster *r, const struct slice *cells);

/** roster_explain(r, cells, shown, b): appends why the row that was assigned last,
 * these cells, went where it went: the assignee with the rows before, the
 * condition with the values that made it true, as they are in shown (where they
 * may be masked), and who else could have taken it. */
void roster_explain(struct roster *r, const struct slice *cells,
	const struct slice *shown, struct buf *b);

#endif
