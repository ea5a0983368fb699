#include "groups.h"

#include <stdlib.h>

#include "aggregate.h"

void
groups_open(struct groups *g, const struct report *report)
{
	size_t n = report->aggregate_count, i;

	g->report = report;
	g->table = hash_open(sizeof(struct group) + report->cell_size);
	g->sets = mem_zero(n + 1, sizeof(struct hash *));
	for (i = 0; i < n; i++) {
		if (report->aggregates[i].function == EXPR_DISTINCT)
			g->sets[i] = hash_open(0);
	}
}

void
groups_close(struct groups *g)
{
	const struct report *report = g->report;
	size_t n = hash_count(g->table), i, k;

	for (i = 0; i < n; i++) {
		struct group *group = groups_at(g, (uint32_t)i);

		for (k = 0; k < report->folded_count; k++)
			aggregate_free(&report->aggregates[report->folded[k]],
				groups_cell(g, group, report->folded[k]));
	}
	for (k = 0; k < report->aggregate_count; k++)
		hash_close(g->sets[k]);
	free(g->sets);
	hash_close(g->table);
	*g = (struct groups){0};
}

uint32_t
groups_put(const struct groups *g, struct slice key)
{
	return hash_put(g->table, key, hash_code(key), NULL);
}

struct merge {
	const struct groups *to;
	size_t aggregate;
};

static void *
cell_of(void *context, uint32_t index)
{
	const struct merge *m = context;

	return groups_cell(m->to, groups_at(m->to, index), m->aggregate);
}

static void
merge_group(const struct groups *to, uint32_t index, const struct groups *from,
	struct group *group)
{
	const struct report *report = to->report;
	struct group *whole = groups_at(to, index);
	size_t k;

	whole->records += group->records;
	for (k = 0; k < report->folded_count; k++) {
		size_t i = report->folded[k];

		aggregate_merge(&report->aggregates[i],
			groups_cell(to, whole, i), groups_cell(from, group, i));
	}
}

/* numbers[i]: the group in `to` of from's group i. */
static void
merge_all(const struct groups *to, const struct groups *from,
	const uint32_t *numbers)
{
	const struct report *report = to->report;
	size_t n = hash_count(from->table), i, k;
	struct merge m = {.to = to};

	for (i = 0; i < n; i++)
		merge_group(to, numbers[i], from, groups_at(from, (uint32_t)i));
	for (k = 0; k < report->aggregate_count; k++) {
		m.aggregate = k;
		if (from->sets[k])
			aggregate_merge_set(to->sets[k], from->sets[k], numbers,
				cell_of, &m);
	}
}

void
groups_sum(const struct groups *to, const struct groups *from,
	struct slice (*name)(void *context, struct slice key),
	void *context)
{
	size_t n = hash_count(from->table), i;
	uint32_t *numbers = mem_alloc(n + 1, sizeof *numbers);

	for (i = 0; i < n; i++)
		numbers[i] = groups_put(to, name(context,
			hash_key(from->table, (uint32_t)i)));
	merge_all(to, from, numbers);
	free(numbers);
}

static struct slice
same(void *context, struct slice key)
{
	(void)context;
	return key;
}

void
groups_merge(const struct groups *to, const struct groups *from)
{
	groups_sum(to, from, same, NULL);
}
