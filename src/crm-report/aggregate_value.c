#include "aggregate.h"

#include "aggregate_cell.h"
#include "bag.h"
#include "num.h"
#include "out.h"

/* An exact value before rounding: above / below. */
struct fraction {
	bool missing;
	num_wide above;
	num_wide below;
};

/* Median: mean of the two middle values; percentile: nearest rank, the value
 * at place ceil(p/100 * n). */
static struct fraction
quantile(const struct expr_aggregate *a, struct bag *b)
{
	uint64_t n = bag_settle(b);

	if (n == 0)
		return (struct fraction){.missing = true};
	if (a->function == EXPR_MEDIAN)
		return (struct fraction){
			.above = (num_wide)bag_at(b, (n - 1) / 2) +
				bag_at(b, n / 2),
			.below = 2,
		};
	return (struct fraction){
		.above = bag_at(b, (n * (uint64_t)a->percentile + 99) / 100 -
			1),
		.below = 1,
	};
}

static struct fraction
exact(const struct expr_aggregate *a, void *cell, uint64_t records)
{
	struct fraction none = {.missing = true, .below = 1};
	struct aggregate_total *total = cell;
	struct aggregate_extreme *e = cell;
	struct aggregate_vote *vote = cell;

	switch (a->function) {
	case EXPR_COUNT:
	case EXPR_DISTINCT:
		if (aggregate_size(a) > 0)
			records = cell ? *(uint64_t *)cell : 0;
		return (struct fraction){
			.above = (num_wide)records * NUM_ONE, .below = 1};
	case EXPR_SUM:
		if (cell == NULL || total->values == 0)
			return none;
		return (struct fraction){.above = aggregate_sum(total), .below = 1};
	case EXPR_MEAN:
		if (cell == NULL || total->values == 0)
			return none;
		return (struct fraction){.above = aggregate_sum(total),
			.below = (num_wide)total->values};
	case EXPR_MIN:
	case EXPR_MAX:
		if (cell == NULL || e->values == 0)
			return none;
		return (struct fraction){.above = e->value, .below = 1};
	case EXPR_RATE:
		if (cell == NULL || vote->yes + vote->no == 0)
			return none;
		return (struct fraction){.above = (num_wide)vote->yes * NUM_ONE,
			.below = (num_wide)(vote->yes + vote->no)};
	default:
		return cell ? quantile(a, cell) : none;
	}
}

struct expr_value
aggregate_value(const struct expr_aggregate *a, void *cell, uint64_t records)
{
	struct fraction f = exact(a, cell, records);
	struct expr_value value = {.type = a->type, .missing = f.missing};
	num_wide rounded;

	if (f.missing)
		return value;
	rounded = num_divide(f.above, f.below);
	value.missing = !num_fits(rounded);
	value.i = value.missing ? 0 : (int64_t)rounded;
	return value;
}

num_wide
aggregate_write(const struct expr_aggregate *a, void *cell, uint64_t records,
	struct buf *b)
{
	struct fraction f = exact(a, cell, records);
	num_wide value = 0;
	char *out = buf_reserve(b, NUM_SIZE);

	if (f.missing)
		return 0;
	if (a->type == EXPR_TIME) {
		out_time(b, (int64_t)num_divide(f.above, f.below));
	} else if (a->type == EXPR_DURATION) {
		value = num_divide(f.above * NUM_ONE, f.below * 3600);
		b->n += num_write(out, value);
	} else {
		value = num_divide(f.above, f.below);
		b->n += a->money ? num_write_money(out, value) :
			num_write(out, value);
	}
	return value;
}

uint64_t
aggregate_of(const struct expr_aggregate *a, void *cell)
{
	struct aggregate_total *total = cell;
	struct aggregate_extreme *e = cell;
	struct aggregate_vote *vote = cell;

	if (cell == NULL)
		return 0;
	switch (a->function) {
	case EXPR_SUM:
	case EXPR_MEAN:
		return total->values;
	case EXPR_MIN:
	case EXPR_MAX:
		return e->values;
	case EXPR_RATE:
		return vote->yes + vote->no;
	case EXPR_MEDIAN:
	case EXPR_PERCENTILE:
		return bag_settle(cell);
	default:
		return 0;
	}
}

const char *
aggregate_rule(const struct expr_aggregate *a)
{
	static const char *const rules[] = {
		[EXPR_COUNT] = "records of the group",
		[EXPR_SUM] = "sum of the values; missing ones left out",
		[EXPR_MEAN] = "sum / number of values; missing ones left out",
		[EXPR_MIN] = "smallest value; missing ones left out",
		[EXPR_MAX] = "largest value; missing ones left out",
		[EXPR_MEDIAN] = "middle value, or mean of the two middle ones; "
			"missing ones left out",
		[EXPR_PERCENTILE] = "nearest rank: the smallest value that so "
			"many percent do not exceed; missing ones left out",
		[EXPR_DISTINCT] = "different values; missing ones left out",
		[EXPR_RATE] = "true / (true + false); left out where a "
			"comparison met a missing value",
		[EXPR_SHARE] = "percent of the total of all rows",
		[EXPR_CUMSHARE] = "percent of the total of all rows, this row "
			"and those above it",
		[EXPR_RANK] = "1 + number of rows with a larger value",
		[EXPR_INDEX] = "value / mean of the rows * 100",
		[EXPR_CHANGE] = "value - value of the row above",
		[EXPR_RUNNING] = "sum of this row and those above it",
		[EXPR_TOTAL] = "sum of all rows",
		[EXPR_LARGER] = "sum of the rows with a larger value",
		[EXPR_PORTION] = "amount * value / sum of all rows",
		[EXPR_WHOLE] = "of all records at once",
		[EXPR_INITIAL] = "value in the first column",
	};

	if (a->function == EXPR_COUNT && a->argument)
		return "records of the group that satisfy the condition; one "
			"that met a missing value does not";
	return rules[a->function];
}
