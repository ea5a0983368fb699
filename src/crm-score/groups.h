#ifndef GROUPS_H
#define GROUPS_H

#include "setting.h"
#include "tally.h"

/**
 * groups: the rows of --by: the value; the relations that the card names; csi,
 * gap; answers, nps, nps_low, nps_high; score, grade, why. Missing values are a
 * group of their own. Sorted by the bytes of the value.
 */

/** groups_givens(o, givens): what a card sees. Returns how many. */
enum { GROUPS_GIVENS = 6 };
size_t groups_givens(const struct options *o, struct expr_given *givens);

/** groups_write(s, t, out). A group whose value is not of the column's type, and
 * whose card looks at it, is reported and left out. */
void groups_write(const struct setting *s, const struct tally *t,
	struct out *out);

#endif
