#ifndef AGGREGATE_CELL_H
#define AGGREGATE_CELL_H

#include <stddef.h>
#include <stdint.h>

#include "num.h"

/** aggregate_cell: what the cells hold; for aggregate*.c alone. */

/** sum, mean. The sum is a num_wide in two halves, as cells are aligned to 8
 * only. */
struct aggregate_total {
	uint64_t low, high;
	uint64_t values;
};

/** min, max. */
struct aggregate_extreme {
	uint64_t values;
	int64_t value;
};

/** rate. */
struct aggregate_vote {
	uint64_t yes, no;
};

__extension__ typedef unsigned __int128 aggregate_bits;

static inline num_wide
aggregate_sum(const struct aggregate_total *t)
{
	return (num_wide)((aggregate_bits)t->high << 64 | t->low);
}

#endif
