#include "groups_state.h"

#include <stdlib.h>

#include "aggregate.h"
#include "mem.h"
#include "num.h"

/* ---- out ---- */

/* A value of a distinct. */
struct member {
	uint32_t group;
	struct slice bytes;
};

struct members {
	struct member *list;
	size_t count, room;
	size_t next; /* to hand out */
};

struct saving {
	const struct groups *g;
	void (*put)(void *context, const struct groups_row *row);
	void *context;
	struct groups_row row;
	struct members *members; /* of each aggregate */
};

struct place {
	struct slice key;
	uint32_t group;
};

static int
compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return slice_compare(x->key, y->key);
}

/* By the place of their group, whose number they have by now. */
static int
compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return slice_compare(x->bytes, y->bytes);
}

static void
add_member(void *context, uint32_t group, struct slice bytes)
{
	struct members *m = context;

	if (m->count == m->room) {
		m->room = m->room ? 2 * m->room : 64;
		m->list = mem_resize(m->list, m->room, sizeof *m->list);
	}
	m->list[m->count++] = (struct member){group, bytes};
}

/* places[i]: where group i stands among the sorted. */
static void
sort_members(struct saving *s, const uint32_t *places)
{
	size_t n = s->g->report->aggregate_count, i, k;

	s->members = mem_zero(n + 1, sizeof *s->members);
	for (i = 0; i < n; i++) {
		struct members *m = &s->members[i];

		if (s->g->sets[i] == NULL)
			continue;
		aggregate_each(s->g->sets[i], add_member, m);
		for (k = 0; k < m->count; k++)
			m->list[k].group = places[m->list[k].group];
		if (m->count > 0)
			qsort(m->list, m->count, sizeof *m->list,
				compare_members);
	}
}

static void
put_part(void *context, struct slice value, uint64_t times)
{
	struct saving *s = context;

	s->row.value = value;
	s->row.times = times;
	s->put(s->context, &s->row);
}

static void
put_members(struct saving *s, size_t aggregate, uint32_t place)
{
	struct members *m = &s->members[aggregate];
	struct buf value = {0};

	for (; m->next < m->count && m->list[m->next].group == place;
		m->next++) {
		buf_clear(&value);
		aggregate_write_value(&s->g->report->aggregates[aggregate],
			m->list[m->next].bytes, &value);
		put_part(s, buf_slice(&value), 0);
	}
	buf_free(&value);
}

static void
put_group(struct saving *s, const struct place *place, uint32_t number)
{
	const struct report *report = s->g->report;
	struct group *group = groups_at(s->g, place->group);
	struct buf text = {0};
	size_t i;

	s->row.key = place->key;
	s->row.figure = slice_of("records");
	out_count(&text, group->records);
	put_part(s, buf_slice(&text), 0);
	for (i = 0; i < report->folded_count; i++) {
		const struct expr_aggregate *a =
			&report->aggregates[report->folded[i]];

		buf_clear(&text);
		aggregate_name(a, &text);
		s->row.figure = buf_slice(&text);
		aggregate_save(a, groups_cell(s->g, group, report->folded[i]),
			put_part, s);
		put_members(s, report->folded[i], number);
	}
	buf_free(&text);
}

void
groups_save(const struct groups *g, void (*put)(void *context,
	const struct groups_row *row), void *context)
{
	struct saving s = {.g = g, .put = put, .context = context};
	size_t n = hash_count(g->table), i;
	struct place *sorted = mem_alloc(n + 1, sizeof *sorted);
	uint32_t *places = mem_alloc(n + 1, sizeof *places);

	for (i = 0; i < n; i++)
		sorted[i] = (struct place){hash_key(g->table, (uint32_t)i),
			(uint32_t)i};
	qsort(sorted, n, sizeof *sorted, compare_places);
	for (i = 0; i < n; i++)
		places[sorted[i].group] = (uint32_t)i;
	sort_members(&s, places);
	for (i = 0; i < n; i++)
		put_group(&s, &sorted[i], (uint32_t)i);
	for (i = 0; i < g->report->aggregate_count; i++)
		free(s.members[i].list);
	free(s.members);
	free(sorted);
	free(places);
}

/* ---- in ---- */

struct groups_loader {
	const struct groups *g;
	struct hash *figures; /* name -> number of the aggregate */
};

struct groups_loader *
groups_load_open(const struct groups *g)
{
	struct groups_loader *l = mem_zero(1, sizeof *l);
	const struct report *report = g->report;
	struct buf name = {0};
	uint32_t index;
	size_t i;

	l->g = g;
	l->figures = hash_open(sizeof(size_t));
	for (i = 0; i < report->folded_count; i++) {
		buf_clear(&name);
		aggregate_name(&report->aggregates[report->folded[i]], &name);
		index = hash_put(l->figures, buf_slice(&name),
			hash_code(buf_slice(&name)), NULL);
		*(size_t *)hash_payload(l->figures, index) = report->folded[i];
	}
	buf_free(&name);
	return l;
}

void
groups_load_close(struct groups_loader *l)
{
	hash_close(l->figures);
	free(l);
}

bool
groups_load(struct groups_loader *l, const struct groups_row *row)
{
	const struct groups *g = l->g;
	uint32_t index = groups_put(g, row->key), figure;
	struct group *group = groups_at(g, index);
	const struct expr_aggregate *a;
	struct expr_value value;
	uint64_t records;
	size_t k;

	if (slice_is(row->figure, "records")) {
		if (!num_read_count(row->value, &records))
			return false;
		group->records += records;
		return true;
	}
	figure = hash_find(l->figures, row->figure, hash_code(row->figure));
	if (figure == HASH_NONE)
		return false;
	k = *(size_t *)hash_payload(l->figures, figure);
	a = &g->report->aggregates[k];
	if (g->sets[k] == NULL)
		return aggregate_load(a, groups_cell(g, group, k), row->value,
			row->times);
	if (!aggregate_read_value(a, row->value, &value))
		return false;
	aggregate_add(a, groups_cell(g, group, k), &value, g->sets[k], index);
	return true;
}
