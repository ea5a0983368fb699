#ifndef ABC_H
#define ABC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "mem.h"
#include "num.h"
#include "slice.h"

/**
 * abc: classes by cumulative share, inside each group (TOOLS: crm-segment(1)).
 *
 * Values are sorted downwards, equal ones by the first column upwards. A record
 * is A while the share before it is under the first limit, B while under the
 * first and second together, else C; equal values share the class. Missing,
 * zero and negative values are C.
 */
struct abc_item {
	num_wide cumulated; /* positive values up to and with this one */
	int64_t value;      /* 0: missing, zero or negative */
	struct slice key;   /* the first column */
	uint32_t group;
	char class;
};

struct abc {
	struct abc_item *items; /* in the order of the input */
	size_t count, room;
	num_wide *totals;       /* of each group: its positive values */
	size_t groups;
	struct mem_pool pool;   /* holds the keys */
};

/** abc_limits(text, limits): "75,20,5" -> the limits of A and of A and B
 * together in percent, 1/10000. False unless three parts that make 100. */
bool abc_limits(struct slice text, int64_t limits[2]);

/** abc_classify(abc, limits): sets class and cumulated of every item, and
 * totals. */
void abc_classify(struct abc *abc, const int64_t limits[2]);

void abc_free(struct abc *abc);

/** abc_share(b, part, whole): appends part / whole in percent, 4 decimals, half
 * to even; 0.0000 where whole is 0. */
void abc_share(struct buf *b, num_wide part, num_wide whole);

#endif
