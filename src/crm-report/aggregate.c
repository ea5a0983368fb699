#include "aggregate.h"

#include <stdlib.h>

#include "aggregate_cell.h"
#include "bag.h"
#include "mem.h"

static void
add_wide(struct aggregate_total *t, num_wide more)
{
	aggregate_bits sum = (aggregate_bits)aggregate_sum(t) + (aggregate_bits)more;

	t->low = (uint64_t)sum;
	t->high = (uint64_t)(sum >> 64);
}

bool
aggregate_is_window(const struct expr_aggregate *a)
{
	return a->function >= EXPR_SHARE;
}

bool
aggregate_is_ordered(const struct expr_aggregate *a)
{
	return a->function == EXPR_MEDIAN || a->function == EXPR_PERCENTILE;
}

size_t
aggregate_size(const struct expr_aggregate *a)
{
	switch (a->function) {
	case EXPR_COUNT:
		return a->argument ? sizeof(uint64_t) : 0;
	case EXPR_DISTINCT:
		return sizeof(uint64_t);
	case EXPR_SUM:
	case EXPR_MEAN:
		return sizeof(struct aggregate_total);
	case EXPR_MIN:
	case EXPR_MAX:
		return sizeof(struct aggregate_extreme);
	case EXPR_MEDIAN:
	case EXPR_PERCENTILE:
		return sizeof(struct bag);
	case EXPR_RATE:
		return sizeof(struct aggregate_vote);
	default:
		return 0;
	}
}

static void
add_extreme(const struct expr_aggregate *a, struct aggregate_extreme *e,
	int64_t value, uint64_t values)
{
	if (e->values == 0 || (a->function == EXPR_MIN ? value < e->value :
		value > e->value))
		e->value = value;
	e->values += values;
}

static void
add_distinct(uint64_t *count, const struct expr_value *value, struct hash *set,
	uint32_t group)
{
	char small[64];
	size_t n = value->type == EXPR_TEXT ? value->s.n : sizeof value->i;
	char *p = n + sizeof group <= sizeof small ? small :
		mem_alloc(n + sizeof group, 1);
	struct slice key = {p, n + sizeof group};
	bool is_new;

	memcpy(p, &group, sizeof group);
	if (value->type == EXPR_TEXT)
		memcpy(p + sizeof group, value->s.p, n);
	else
		memcpy(p + sizeof group, &value->i, n);
	hash_put(set, key, hash_code(key), &is_new);
	*count += is_new;
	if (p != small)
		free(p);
}

void
aggregate_add(const struct expr_aggregate *a, void *cell,
	const struct expr_value *value, struct hash *set, uint32_t group)
{
	struct aggregate_total *total = cell;

	if (value->missing)
		return;
	switch (a->function) {
	case EXPR_DISTINCT:
		add_distinct(cell, value, set, group);
		break;
	case EXPR_SUM:
	case EXPR_MEAN:
		add_wide(total, value->i);
		total->values++;
		break;
	case EXPR_MIN:
	case EXPR_MAX:
		add_extreme(a, cell, value->i, 1);
		break;
	default:
		bag_add(cell, value->i);
	}
}

void
aggregate_add_conditions(const struct expr_aggregate *a, void *const *cells,
	const bool *holds, const bool *met_missing, size_t n)
{
	struct aggregate_vote *vote;
	uint64_t *count;
	size_t i;

	for (i = 0; a->function == EXPR_COUNT && i < n; i++) {
		count = cells[i];
		*count += holds[i];
	}
	for (i = 0; a->function == EXPR_RATE && i < n; i++) {
		vote = cells[i];
		vote->yes += !met_missing[i] & holds[i];
		vote->no += !met_missing[i] & !holds[i];
	}
}

void
aggregate_merge(const struct expr_aggregate *a, void *to, void *from)
{
	struct aggregate_total *total = to, *more = from;
	struct aggregate_extreme *extreme = from;
	struct aggregate_vote *vote = to, *votes = from;

	switch (a->function) {
	case EXPR_COUNT:
		if (a->argument)
			*(uint64_t *)to += *(uint64_t *)from;
		break;
	case EXPR_SUM:
	case EXPR_MEAN:
		add_wide(total, aggregate_sum(more));
		total->values += more->values;
		break;
	case EXPR_MIN:
	case EXPR_MAX:
		if (extreme->values > 0)
			add_extreme(a, to, extreme->value, extreme->values);
		break;
	case EXPR_MEDIAN:
	case EXPR_PERCENTILE:
		bag_merge(to, from);
		break;
	case EXPR_RATE:
		vote->yes += votes->yes;
		vote->no += votes->no;
		break;
	default: /* a distinct: aggregate_merge_set; windows keep nothing */
		break;
	}
}

void
aggregate_merge_set(struct hash *to, const struct hash *from,
	const uint32_t *groups, void *(*cell)(void *context, uint32_t group),
	void *context)
{
	size_t i, n = hash_count(from);
	struct buf b = {0};
	uint32_t group;
	bool is_new;

	for (i = 0; i < n; i++) {
		buf_clear(&b);
		buf_add(&b, hash_key(from, (uint32_t)i));
		memcpy(&group, b.p, sizeof group);
		group = groups[group];
		memcpy(b.p, &group, sizeof group);
		hash_put(to, buf_slice(&b), hash_code(buf_slice(&b)), &is_new);
		if (is_new)
			++*(uint64_t *)cell(context, group);
	}
	buf_free(&b);
}

void
aggregate_free(const struct expr_aggregate *a, void *cell)
{
	if (a->function == EXPR_MEDIAN || a->function == EXPR_PERCENTILE)
		bag_free(cell);
}
