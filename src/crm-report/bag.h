#ifndef BAG_H
#define BAG_H

#include <stddef.h>
#include <stdint.h>

/**
 * bag: the values of a group, for exact medians and percentiles: distinct
 * values with how often they came, sorted, and behind them the newest ones,
 * unsorted, until they are worth sorting in. 16 bytes a distinct value and 8 a
 * new one; a few different values that come millions of times cost nothing.
 * Starts from all zero.
 */
struct bag_run {
	int64_t value;
	uint64_t times;
};

struct bag {
	struct bag_run *runs; /* sorted, values differ */
	int64_t *fresh;
	struct bag_run *loose; /* runs that wait as fresh ones do */
	uint32_t run_count, run_room;
	uint32_t fresh_count, fresh_room;
	uint32_t loose_count, loose_room;
};

void bag_add(struct bag *b, int64_t value);
void bag_add_times(struct bag *b, int64_t value, uint64_t times);
void bag_free(struct bag *b);

/** bag_merge(to, from): from stays as it is, but for its form. */
void bag_merge(struct bag *to, struct bag *from);

/** bag_settle(b): sorts everything in and returns how many values there are;
 * afterwards bag_at works until the next bag_add. */
uint64_t bag_settle(struct bag *b);

/** bag_at(b, i): the value at place i (from 0) of all values sorted upwards. */
int64_t bag_at(const struct bag *b, uint64_t i);

/** bag_run_at(b, i): the i-th different value, upwards; null behind the last.
 * After bag_settle. */
const struct bag_run *bag_run_at(const struct bag *b, uint32_t i);

#endif
