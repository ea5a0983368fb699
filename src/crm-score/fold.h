#ifndef FOLD_H
#define FOLD_H

#include "setting.h"

/**
 * fold: the tally of all tickets, or of the partials of a --merge.
 */

/** fold_key(s): which column of the tickets names the subject: customer_id,
 * or that of --by where the tickets have it. */
const char *fold_key(const struct setting *s);

/** fold_run(s, what, count): the caller closes it. Adds to count; with --merge
 * what the partials say: tickets that counted, purchases, returns. */
struct tally *fold_run(const struct setting *s, const struct tally_what *what,
	struct purchases_count *count);

/** fold_name(s, what, run): what tells runs apart that do not belong
 * together: STATE_RUN bytes. */
void fold_name(const struct setting *s, const struct tally_what *what,
	char *run);

#endif
