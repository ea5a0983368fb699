#include "related.h"

#include <string.h>

struct amount {
	num_wide sum;
	int64_t count;
};

struct related_cell {
	struct related_cell *next;
	struct amount *amount; /* null: no row had one */
	int64_t first, last;
	uint32_t count, relation;
};

static struct related_cell *
find_cell(struct mem_pool *pool, struct related *s, uint32_t relation)
{
	struct related_cell *c;

	for (c = s->cells; c; c = c->next)
		if (c->relation == relation)
			return c;
	c = mem_pool_get(pool, sizeof(*c));
	*c = (struct related_cell){.next = s->cells, .relation = relation,
		.first = INT64_MAX, .last = INT64_MIN};
	s->cells = c;
	return c;
}

static void
add_rows(struct related_cell *c, uint32_t count, int64_t first, int64_t last)
{
	c->count += count;
	c->first = first < c->first ? first : c->first;
	c->last = last > c->last ? last : c->last;
}

static void
add_amounts(struct mem_pool *pool, struct related_cell *c, num_wide sum,
	int64_t count)
{
	if (!c->amount) {
		c->amount = mem_pool_get(pool, sizeof(*c->amount));
		*c->amount = (struct amount){0};
	}
	c->amount->sum += sum;
	c->amount->count += count;
}

void
related_take(struct mem_pool *pool, struct related *s,
	const struct relation_row *row, size_t relations)
{
	for (size_t i = 0; i < relations; i++) {
		struct related_cell *cell;

		if (!row->holds[i])
			continue;
		cell = find_cell(pool, s, (uint32_t)i);
		add_rows(cell, 1, row->opened, row->opened);
		if (row->has_amount)
			add_amounts(pool, cell, row->amount, 1);
	}
}

void
related_add(struct mem_pool *pool, struct related *s, size_t relation,
	const struct expr_cell *from)
{
	struct related_cell *cell = find_cell(pool, s, (uint32_t)relation);

	add_rows(cell, (uint32_t)from->count, from->first, from->last);
	if (from->amounts)
		add_amounts(pool, cell, from->sum, from->amounts);
}

void
related_merge(struct mem_pool *pool, struct related *to,
	const struct related *from)
{
	for (const struct related_cell *c = from->cells; c; c = c->next) {
		struct related_cell *cell = find_cell(pool, to, c->relation);

		add_rows(cell, c->count, c->first, c->last);
		if (c->amount)
			add_amounts(pool, cell, c->amount->sum,
				c->amount->count);
	}
}

void
related_fill(const struct related *s, struct expr_cell *cells, size_t relations)
{
	memset(cells, 0, relations * sizeof(*cells));
	for (const struct related_cell *c = s->cells; c; c = c->next) {
		struct expr_cell *to = &cells[c->relation];

		*to = (struct expr_cell){.count = c->count, .first = c->first,
			.last = c->last};
		if (c->amount) {
			to->sum = c->amount->sum;
			to->amounts = c->amount->count;
		}
	}
}
