#ifndef AGGREGATE_H
#define AGGREGATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "expr.h"
#include "hash.h"

/**
 * aggregate: what one aggregate keeps of one group: a cell of fixed size that
 * begins as zero, takes values, and merges with another cell. All is exact, so
 * that neither order nor division of the records changes a result.
 *
 * The aggregates over rows of the result (share, rank ...) keep nothing.
 */

/** aggregate_is_window(a): it is over the rows of the result. */
bool aggregate_is_window(const struct expr_aggregate *a);

/** aggregate_is_ordered(a): a median or percentile: it keeps all values. */
bool aggregate_is_ordered(const struct expr_aggregate *a);

/** aggregate_is_condition(a): of what it counts: a count or rate that has an
 * argument. */
static inline bool
aggregate_is_condition(const struct expr_aggregate *a)
{
	return (a->function == EXPR_COUNT && a->argument) ||
		a->function == EXPR_RATE;
}

/** aggregate_size(a): bytes of a cell, a multiple of 8; 0: keeps nothing. */
size_t aggregate_size(const struct expr_aggregate *a);

/**
 * aggregate_add(a, cell, value, set, group): one record's value of the argument,
 * which is no condition. A distinct keeps its values in `set`, all groups in one; with
 * `group` telling them apart.
 */
void aggregate_add(const struct expr_aggregate *a, void *cell,
	const struct expr_value *value, struct hash *set, uint32_t group);

/** aggregate_add_conditions(a, cells, holds, met_missing, n): of n records,
 * where the argument is a condition: whether it holds, and whether it met a
 * missing value. */
void aggregate_add_conditions(const struct expr_aggregate *a,
	void *const *cells, const bool *holds, const bool *met_missing,
	size_t n);

/** aggregate_merge(a, to, from): from stays as it is. A distinct's values are
 * merged by aggregate_merge_set: groups[i] is the number in `to` of from's
 * group i; cell(context, group) the cell of a group. */
void aggregate_merge(const struct expr_aggregate *a, void *to, void *from);
void aggregate_merge_set(struct hash *to, const struct hash *from,
	const uint32_t *groups, void *(*cell)(void *context, uint32_t group),
	void *context);

/** aggregate_save(a, cell, put, context): hands out what a cell holds, part by
 * part: exact values, and how often each counts; a distinct's are in its set.
 * aggregate_load(a, cell, value, times): adds such a part; false where it is
 * none. aggregate_name(a, b): appends the aggregate as written. */
void aggregate_save(const struct expr_aggregate *a, void *cell,
	void (*put)(void *context, struct slice value, uint64_t times),
	void *context);
bool aggregate_load(const struct expr_aggregate *a, void *cell,
	struct slice value, uint64_t times);
void aggregate_name(const struct expr_aggregate *a, struct buf *b);

/** aggregate_each(set, put, context): the values in a distinct's set, in the
 * order in which they came. */
void aggregate_each(const struct hash *set, void (*put)(void *context,
	uint32_t group, struct slice bytes), void *context);

/** aggregate_write_value, aggregate_read_value: of a distinct, its bytes in the
 * set as a field, decoded, and the reverse. The value's text lies in field. */
void aggregate_write_value(const struct expr_aggregate *a, struct slice bytes,
	struct buf *b);
bool aggregate_read_value(const struct expr_aggregate *a, struct slice field,
	struct expr_value *value);

void aggregate_free(const struct expr_aggregate *a, void *cell);

/** aggregate_value(a, cell, records): what it comes to, for expressions. cell
 * null: of nothing. A value too large for an expression is missing. A mean or
 * median of durations is rounded to seconds here, not in aggregate_write. */
struct expr_value aggregate_value(const struct expr_aggregate *a, void *cell,
	uint64_t records);

/** aggregate_write(a, cell, records, b): appends it as a field, exact at four
 * decimals; returns its value in 1/10000. */
num_wide aggregate_write(const struct expr_aggregate *a, void *cell,
	uint64_t records, struct buf *b);

/** aggregate_of(a, cell): how many records it is of: the denominator of a mean
 * or rate, the values of a median, a sum, an extreme. */
uint64_t aggregate_of(const struct expr_aggregate *a, void *cell);

/** aggregate_rule(a): how it is computed, in words. */
const char *aggregate_rule(const struct expr_aggregate *a);

#endif
