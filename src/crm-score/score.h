#ifndef SCORE_H
#define SCORE_H

#include "out.h"
#include "options.h"

/**
 * score: the runs of crm-score: each reads what it needs, writes to out, and
 * says on standard error what it did.
 */

/** score_customers: every customer with its figures. */
void score_customers(const struct options *o, struct out *out);

/** score_tickets: every ticket with its points and grade: --of=tickets. */
void score_tickets(const struct options *o, struct out *out);

/** score_groups: a row for each value of a column: --by. */
void score_groups(const struct options *o, struct out *out);

/** score_partial: the tally of the tickets itself: --partial. */
void score_partial(const struct options *o, struct out *out);

#endif
