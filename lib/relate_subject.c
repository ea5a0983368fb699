#include "relate_subject.h"

#include <string.h>

struct amount {
	num_wide sum;
	int64_t count;
};

struct relate_cell {
	struct relate_cell *next;
	struct amount *amount; /* null: no row had one */
	int64_t first, last;
	uint32_t count, relation;
};

static struct relate_cell *
find_cell(struct mem_pool *pool, struct relate_subject *s, uint32_t relation)
{
	struct relate_cell *c;

	for (c = s->cells; c; c = c->next)
		if (c->relation == relation)
			return c;
	c = mem_pool_get(pool, sizeof(*c));
	*c = (struct relate_cell){.next = s->cells, .relation = relation,
		.first = INT64_MAX, .last = INT64_MIN};
	s->cells = c;
	return c;
}

static void
add_rows(struct relate_cell *c, uint32_t count, int64_t first, int64_t last)
{
	c->count += count;
	c->first = first < c->first ? first : c->first;
	c->last = last > c->last ? last : c->last;
}

static void
add_amounts(struct mem_pool *pool, struct relate_cell *c, num_wide sum,
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
relate_subject_row(struct mem_pool *pool, struct relate_subject *s,
	size_t relation, int64_t opened)
{
	add_rows(find_cell(pool, s, (uint32_t)relation), 1, opened, opened);
}

void
relate_subject_amount(struct mem_pool *pool, struct relate_subject *s,
	size_t relation, int64_t amount)
{
	add_amounts(pool, find_cell(pool, s, (uint32_t)relation), amount, 1);
}

void
relate_subject_pause(struct mem_pool *pool, struct relate_subject *s,
	struct calendar_span span)
{
	struct relate_pauses *p = s->pauses;

	if (!p) {
		p = s->pauses = mem_pool_get(pool, sizeof(*p));
		*p = (struct relate_pauses){0};
	}
	if (p->n == p->room) {
		size_t room = p->room ? 2 * p->room : 2;
		struct calendar_span *spans = mem_pool_get(pool,
			room * sizeof(*spans));

		if (p->n)
			memcpy(spans, p->spans, p->n * sizeof(*spans));
		p->spans = spans;
		p->room = room;
	}
	p->spans[p->n++] = span;
}

void
relate_subject_merge(struct mem_pool *pool, struct relate_subject *to,
	const struct relate_subject *from)
{
	for (const struct relate_cell *c = from->cells; c; c = c->next) {
		struct relate_cell *cell = find_cell(pool, to, c->relation);

		add_rows(cell, c->count, c->first, c->last);
		if (c->amount)
			add_amounts(pool, cell, c->amount->sum,
				c->amount->count);
	}
	for (size_t i = 0; from->pauses && i < from->pauses->n; i++)
		relate_subject_pause(pool, to, from->pauses->spans[i]);
}

void
relate_subject_fill(const struct relate_subject *s, struct expr_cell *cells)
{
	for (const struct relate_cell *c = s->cells; c; c = c->next) {
		struct expr_cell *to = &cells[c->relation];

		*to = (struct expr_cell){.count = c->count, .first = c->first,
			.last = c->last};
		if (c->amount) {
			to->sum = c->amount->sum;
			to->amounts = c->amount->count;
		}
	}
}
