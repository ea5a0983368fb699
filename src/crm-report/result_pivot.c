#include "result_step.h"

#include <stdlib.h>

#include "msg.h"

#define SIDES_MOST 2000 /* columns of a table that anybody looks at */

/* The last field is the side; what is before it, the row. */
static void
split(const struct report *report, struct slice key, struct slice *row,
	struct slice *side)
{
	size_t n = key.n;

	*row = key;
	*side = (struct slice){"", 0};
	if (!report->across)
		return;
	while (n > 0 && key.p[n - 1] != '\t')
		n--;
	*row = (struct slice){key.p, n > 0 ? n - 1 : 0};
	*side = (struct slice){key.p + n, key.n - n};
}

struct side {
	struct slice value;
	enum expr_type type;
	uint32_t index;
};

static int
compare_sides(const void *a, const void *b)
{
	const struct side *x = a, *y = b;

	return result_order(x->type, x->value, y->value);
}

/* Numbers the sides by value; places[i]: of the i-th that was found. */
static uint32_t *
sort_sides(struct result *r, const struct hash *found)
{
	const struct report *report = r->groups->report;
	size_t n = hash_count(found), i;
	struct side *sides = mem_alloc(n + 1, sizeof *sides);
	uint32_t *places = mem_alloc(n + 1, sizeof *places);

	for (i = 0; i < n; i++)
		sides[i] = (struct side){
			.value = hash_key(found, (uint32_t)i),
			.type = expr_type(
				report->keys[report->key_count - 1].e),
			.index = (uint32_t)i,
		};
	qsort(sides, n, sizeof *sides, compare_sides);
	r->side_count = n;
	r->sides = mem_alloc(n + 1, sizeof *r->sides);
	for (i = 0; i < n; i++) {
		r->sides[i] = mem_pool_copy(&r->pool, sides[i].value);
		places[sides[i].index] = (uint32_t)i;
	}
	free(sides);
	return places;
}

static uint32_t
put(struct hash *h, struct slice key)
{
	return hash_put(h, key, hash_code(key), NULL);
}

static void
find_sides(struct result *r, struct hash *found)
{
	const struct groups *g = r->groups;
	size_t n = hash_count(g->table), i;
	struct slice row, side;

	for (i = 0; i < n; i++) {
		split(g->report, hash_key(g->table, (uint32_t)i), &row, &side);
		put(found, side);
	}
	if (g->report->keys[g->report->key_count - 1].every)
		result_fill_sides(r, found);
	if (hash_count(found) > SIDES_MOST)
		msg_die("%.*s: across has %zu values, more than %d",
			(int)g->report->definition->name.n,
			g->report->definition->name.p, hash_count(found),
			SIDES_MOST);
}

static struct result_spot *
new_spots(struct result *r)
{
	size_t size = (r->side_count + 1) * sizeof(struct result_spot);
	struct result_spot *spots = mem_pool_get(&r->pool, size);

	memset(spots, 0, size);
	return spots;
}

void
result_add_row(struct result *r, struct slice key)
{
	if ((r->row_count & (r->row_count - 1)) == 0)
		r->rows = mem_resize(r->rows, r->row_count ? 2 * r->row_count :
			1, sizeof *r->rows);
	r->rows[r->row_count++] = (struct result_row){key, new_spots(r)};
}

/* Without `across` and `by` there is a row even of nothing. */
static void
find_rows(struct result *r, const struct hash *found, const uint32_t *places)
{
	const struct groups *g = r->groups;
	struct hash *rows = hash_open(0);
	size_t n = hash_count(g->table), i;
	struct slice key, side;
	uint32_t row, at;

	for (i = 0; i < n; i++) {
		split(g->report, hash_key(g->table, (uint32_t)i), &key, &side);
		row = put(rows, key);
		if (row == r->row_count)
			result_add_row(r, key);
		at = g->report->across ? places[hash_find(found, side,
			hash_code(side))] : 0;
		r->rows[row].spots[at].group = groups_at(g, (uint32_t)i);
	}
	if (report_rows_by(g->report) == 0 && r->row_count == 0)
		result_add_row(r, (struct slice){"", 0});
	hash_close(rows);
}

struct sum {
	const struct report *report;
	struct buf key;
};

/* Sides are told from the whole by a TAB before them. */
static struct slice
name_side(struct sum *s, struct slice side)
{
	buf_clear(&s->key);
	buf_byte(&s->key, '\t');
	buf_add(&s->key, side);
	return buf_slice(&s->key);
}

static struct slice
side_of(void *context, struct slice key)
{
	struct sum *s = context;
	struct slice row, side;

	split(s->report, key, &row, &side);
	return name_side(s, side);
}

static struct slice
whole_of(void *context, struct slice key)
{
	(void)context;
	(void)key;
	return (struct slice){"", 0};
}

static struct group *
find_sum(const struct result *r, struct slice name)
{
	uint32_t index = hash_find(r->sums.table, name, hash_code(name));

	return index == HASH_NONE ? NULL : groups_at(&r->sums, index);
}

static void
add_up(struct result *r)
{
	struct sum s = {.report = r->groups->report};
	size_t k;

	groups_open(&r->sums, s.report);
	groups_sum(&r->sums, r->groups, whole_of, NULL);
	r->whole.group = find_sum(r, (struct slice){"", 0});
	r->total.spots = new_spots(r);
	if (!s.report->across) {
		r->total.spots[0].group = r->whole.group;
		return;
	}
	groups_sum(&r->sums, r->groups, side_of, &s);
	for (k = 0; k < r->side_count; k++)
		r->total.spots[k].group =
			find_sum(r, name_side(&s, r->sides[k]));
	buf_free(&s.key);
}

void
result_pivot(struct result *r)
{
	struct hash *found = hash_open(0);
	uint32_t *places = NULL;

	if (r->groups->report->across) {
		find_sides(r, found);
		places = sort_sides(r, found);
	} else {
		r->side_count = 1;
		r->sides = mem_zero(1, sizeof *r->sides);
	}
	find_rows(r, found, places);
	add_up(r);
	free(places);
	hash_close(found);
}
