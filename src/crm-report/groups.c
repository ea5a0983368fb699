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

		for (k = 0; k < report->aggregate_count; k++)
			aggregate_free(&report->aggregates[k],
				groups_cell(g, group, k));
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

static uint32_t
put_escaped(const struct groups *g, struct slice key)
{
	struct buf b = {0};
	uint32_t index;
	size_t i;

	for (i = 0; i < key.n; i++) {
		if (key.p[i] == '\r')
			buf_text(&b, "\\r");
		else
			buf_byte(&b, key.p[i]);
	}
	index = groups_put(g, buf_slice(&b));
	buf_free(&b);
	return index;
}

/* A CR is looked for once a group, not once a record. */
uint32_t
groups_put_raw(const struct groups *g, struct slice key)
{
	struct group *group;
	bool is_new;
	uint32_t index = hash_put(g->table, key, hash_code(key), &is_new);

	group = groups_at(g, index);
	if (is_new && key.n > 0 && memchr(key.p, '\r', key.n))
		group->same_as = (uint64_t)put_escaped(g, key) + 1;
	return group->same_as ? (uint32_t)(group->same_as - 1) : index;
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
	for (k = 0; k < report->aggregate_count; k++)
		aggregate_merge(&report->aggregates[k],
			groups_cell(to, whole, k), groups_cell(from, group, k));
}

void
groups_merge(const struct groups *to, const struct groups *from)
{
	const struct report *report = to->report;
	size_t n = hash_count(from->table), i, k;
	uint32_t *numbers = mem_alloc(n + 1, sizeof *numbers);
	struct merge m = {.to = to};

	for (i = 0; i < n; i++) {
		struct group *group = groups_at(from, (uint32_t)i);

		numbers[i] = 0;
		if (group->same_as)
			continue;
		numbers[i] = groups_put(to, hash_key(from->table, (uint32_t)i));
		merge_group(to, numbers[i], from, group);
	}
	for (k = 0; k < report->aggregate_count; k++) {
		m.aggregate = k;
		if (from->sets[k])
			aggregate_merge_set(to->sets[k],
				from->sets[k], numbers,
				cell_of, &m);
	}
	free(numbers);
}
