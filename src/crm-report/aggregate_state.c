#include "aggregate.h"

#include "aggregate_cell.h"
#include "bag.h"
#include "num.h"
#include "out.h"

/* Numbers are written as such, times and durations in seconds. */
static bool
in_seconds(enum expr_type type)
{
	return type != EXPR_NUMBER;
}

static void
write_wide(struct buf *b, enum expr_type type, num_wide value)
{
	char *out = buf_reserve(b, NUM_SIZE);

	b->n += num_write(out, in_seconds(type) ? value * NUM_ONE : value);
}

static bool
read_wide(struct slice s, enum expr_type type, num_wide *value)
{
	if (num_read_wide(s, value) != NUM_OK)
		return false;
	if (in_seconds(type))
		*value /= NUM_ONE;
	return true;
}

static bool
read_narrow(struct slice s, enum expr_type type, int64_t *value)
{
	num_wide wide;

	if (!read_wide(s, type, &wide) || wide < INT64_MIN || wide > INT64_MAX)
		return false;
	*value = (int64_t)wide;
	return true;
}

static enum expr_type
type_of(const struct expr_aggregate *a)
{
	return a->argument ? expr_type(a->argument) : EXPR_NUMBER;
}

static void
save_bag(const struct expr_aggregate *a, struct bag *bag,
	void (*put)(void *context, struct slice value, uint64_t times),
	void *context)
{
	struct buf b = {0};
	const struct bag_run *run;
	uint32_t i;

	bag_settle(bag);
	for (i = 0; (run = bag_run_at(bag, i)) != NULL; i++) {
		buf_clear(&b);
		write_wide(&b, type_of(a), run->value);
		put(context, buf_slice(&b), run->times);
	}
	buf_free(&b);
}

void
aggregate_save(const struct expr_aggregate *a, void *cell,
	void (*put)(void *context, struct slice value, uint64_t times),
	void *context)
{
	const struct aggregate_total *total = cell;
	const struct aggregate_extreme *e = cell;
	const struct aggregate_vote *vote = cell;
	struct buf b = {0};
	uint64_t times = 0;

	switch (a->function) {
	case EXPR_COUNT:
		out_count(&b, *(const uint64_t *)cell);
		break;
	case EXPR_SUM:
	case EXPR_MEAN:
		times = total->values;
		write_wide(&b, type_of(a), aggregate_sum(total));
		break;
	case EXPR_MIN:
	case EXPR_MAX:
		times = e->values;
		write_wide(&b, type_of(a), e->value);
		break;
	case EXPR_RATE:
		out_count(&b, vote->yes);
		times = vote->no;
		break;
	case EXPR_MEDIAN:
	case EXPR_PERCENTILE:
		save_bag(a, cell, put, context);
		return;
	default:
		return;
	}
	put(context, buf_slice(&b), times);
	buf_free(&b);
}

static bool
load_extreme(const struct expr_aggregate *a, void *cell, struct slice value,
	uint64_t times)
{
	struct aggregate_extreme more = {.values = times};

	if (!read_narrow(value, type_of(a), &more.value))
		return false;
	aggregate_merge(a, cell, &more);
	return true;
}

static bool
load_total(const struct expr_aggregate *a, void *cell, struct slice value,
	uint64_t times)
{
	struct aggregate_total more = {.values = times};
	num_wide sum;

	if (!read_wide(value, type_of(a), &sum))
		return false;
	more.low = (uint64_t)(aggregate_bits)sum;
	more.high = (uint64_t)((aggregate_bits)sum >> 64);
	aggregate_merge(a, cell, &more);
	return true;
}

bool
aggregate_load(const struct expr_aggregate *a, void *cell, struct slice value,
	uint64_t times)
{
	struct aggregate_vote *vote = cell;
	int64_t number;

	switch (a->function) {
	case EXPR_SUM:
	case EXPR_MEAN:
		return load_total(a, cell, value, times);
	case EXPR_MIN:
	case EXPR_MAX:
		return load_extreme(a, cell, value, times);
	default:
		break;
	}
	if (!read_narrow(value, a->function == EXPR_COUNT ||
		a->function == EXPR_RATE ? EXPR_TIME : type_of(a), &number))
		return false;
	switch (a->function) {
	case EXPR_COUNT:
		*(uint64_t *)cell += (uint64_t)number;
		break;
	case EXPR_RATE:
		vote->yes += (uint64_t)number;
		vote->no += times;
		break;
	default:
		bag_add_times(cell, number, times);
	}
	return true;
}

void
aggregate_name(const struct expr_aggregate *a, struct buf *b)
{
	buf_add(b, a->name);
	buf_byte(b, '(');
	if (a->argument)
		buf_add(b, expr_argument(a->argument));
	buf_byte(b, ')');
}

void
aggregate_each(const struct hash *set, void (*put)(void *context,
	uint32_t group, struct slice bytes), void *context)
{
	size_t n = hash_count(set), i;
	uint32_t group;

	for (i = 0; i < n; i++) {
		struct slice key = hash_key(set, (uint32_t)i);

		memcpy(&group, key.p, sizeof group);
		put(context, group, (struct slice){key.p + sizeof group,
			key.n - sizeof group});
	}
}

void
aggregate_write_value(const struct expr_aggregate *a, struct slice bytes,
	struct buf *b)
{
	int64_t number;

	if (type_of(a) == EXPR_TEXT) {
		buf_add(b, bytes);
		return;
	}
	memcpy(&number, bytes.p, sizeof number);
	write_wide(b, type_of(a), number);
}

bool
aggregate_read_value(const struct expr_aggregate *a, struct slice field,
	struct expr_value *value)
{
	*value = (struct expr_value){.type = type_of(a), .s = field};
	return value->type == EXPR_TEXT ||
		read_narrow(field, value->type, &value->i);
}
