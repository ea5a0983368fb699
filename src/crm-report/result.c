#include "result.h"

#include <stdlib.h>

#include "aggregate.h"
#include "date.h"
#include "msg.h"

#define SIDES_MOST 2000 /* columns of a table that anybody looks at */

/* ---- rows and sides ---- */

struct slice
result_part(struct slice key, size_t i)
{
	const char *tab;

	for (; i > 0; i--) {
		tab = memchr(key.p, '\t', key.n);
		key.n -= (size_t)(tab + 1 - key.p);
		key.p = tab + 1;
	}
	tab = key.n ? memchr(key.p, '\t', key.n) : NULL;
	if (tab)
		key.n = (size_t)(tab - key.p);
	return key;
}

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

int
result_order(enum expr_type type, struct slice a, struct slice b)
{
	int64_t x, y;
	bool known = false;

	if (a.n == 0 || b.n == 0)
		return (a.n > 0) - (b.n > 0);
	if (type == EXPR_NUMBER || type == EXPR_DURATION)
		known = num_read(a, &x) == NUM_OK && num_read(b, &y) == NUM_OK;
	else if (type == EXPR_TIME)
		known = date_read(a, &x) == DATE_OK &&
			date_read(b, &y) == DATE_OK;
	if (known && x != y)
		return x < y ? -1 : 1;
	return slice_compare(a, b);
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
		if (groups_at(g, (uint32_t)i)->same_as)
			continue;
		split(g->report, hash_key(g->table, (uint32_t)i), &row, &side);
		put(found, side);
	}
	if (hash_count(found) > SIDES_MOST)
		msg_die("%.*s: across has %zu values, more than %d",
			(int)g->report->definition->name.n,
			g->report->definition->name.p, hash_count(found),
			SIDES_MOST);
}

static void
add_row(struct result *r, struct slice key)
{
	struct result_row *row;

	if ((r->row_count & (r->row_count - 1)) == 0)
		r->rows = mem_resize(r->rows, r->row_count ? 2 * r->row_count :
			1, sizeof *r->rows);
	row = &r->rows[r->row_count++];
	row->key = key;
	row->spots = mem_pool_get(&r->pool, (r->side_count + 1) *
		sizeof *row->spots);
	memset(row->spots, 0, (r->side_count + 1) * sizeof *row->spots);
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
		struct group *group = groups_at(g, (uint32_t)i);

		if (group->same_as)
			continue;
		split(g->report, hash_key(g->table, (uint32_t)i), &key, &side);
		row = put(rows, key);
		if (row == r->row_count)
			add_row(r, key);
		at = g->report->across ? places[hash_find(found, side,
			hash_code(side))] : 0;
		r->rows[row].spots[at].group = group;
	}
	if (report_rows_by(g->report) == 0 && r->row_count == 0)
		add_row(r, (struct slice){"", 0});
	hash_close(rows);
}

static void
pivot(struct result *r)
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
	free(places);
	hash_close(found);
}

/* ---- values ---- */

static void
compute_aggregates(struct result *r, struct result_spot *spot)
{
	const struct report *report = r->groups->report;
	size_t n = report->aggregate_count, i;
	size_t m = SUBJECT_GIVENS + report->measure_count;

	spot->aggregates = mem_pool_get(&r->pool,
		(n + 1) * sizeof *spot->aggregates);
	spot->measures = mem_pool_get(&r->pool, m * sizeof *spot->measures);
	for (i = 0; i < SUBJECT_GIVENS; i++)
		spot->measures[i] = (struct expr_value){.type = EXPR_NUMBER,
			.missing = true};
	spot->measures += SUBJECT_GIVENS;
	for (i = 0; i < n; i++) {
		if (aggregate_is_window(&report->aggregates[i]))
			continue;
		spot->aggregates[i] = aggregate_value(&report->aggregates[i],
			spot->group ? groups_cell(r->groups, spot->group, i) :
			NULL, spot->group ? spot->group->records : 0);
	}
}

static void
compute_measures(struct result *r, size_t side)
{
	const struct report *report = r->groups->report;
	struct expr_env env = {0};
	size_t i, k;

	for (k = 0; k < report->measure_count; k++) {
		result_windows(r, side, k);
		for (i = 0; i < r->row_count; i++) {
			struct result_spot *spot = &r->rows[i].spots[side];
			struct expr_value *value = &spot->measures[k];

			env.given = spot->measures - SUBJECT_GIVENS;
			env.aggregates = spot->aggregates;
			if (expr_eval(report->measures[k].e, &env, value) !=
				EXPR_OK)
				value->missing = true;
			if (value->type == EXPR_TEXT && !value->missing)
				value->s = mem_pool_copy(&r->pool, value->s);
		}
	}
	buf_free(&env.scratch);
}

static void
compute(struct result *r)
{
	size_t i, k;

	for (k = 0; k < r->side_count; k++) {
		for (i = 0; i < r->row_count; i++)
			compute_aggregates(r, &r->rows[i].spots[k]);
		compute_measures(r, k);
	}
}

/* ---- order ---- */

/* What rows are compared by: a report, found through the first row's array. */
struct place {
	const struct result *r;
	struct result_row row;
};

static int
compare_keys(const struct report *report, size_t key, struct slice a,
	struct slice b)
{
	return result_order(expr_type(report->keys[key].e),
		result_part(a, key), result_part(b, key));
}

/* Of several sides, their sum. */
static bool
measure_of(const struct place *p, size_t measure, num_wide *sum,
	struct slice *text)
{
	bool known = false;
	size_t i;

	*sum = 0;
	for (i = 0; i < p->r->side_count; i++) {
		const struct expr_value *v =
			&p->row.spots[i].measures[measure];

		if (v->missing)
			continue;
		known = true;
		*sum += v->i;
		*text = v->s;
	}
	return known;
}

static int
compare_measures(const struct place *a, const struct place *b, size_t measure)
{
	const struct report *report = a->r->groups->report;
	struct slice s = {"", 0}, t = {"", 0};
	num_wide x, y;
	bool p = measure_of(a, measure, &x, &s);
	bool q = measure_of(b, measure, &y, &t);

	if (!p || !q)
		return p - q;
	if (expr_type(report->measures[measure].e) == EXPR_TEXT)
		return slice_compare(s, t);
	return (x > y) - (x < y);
}

static int
compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	const struct report *report = x->r->groups->report;
	size_t i;
	int order = 0;

	for (i = 0; order == 0 && i < report->sort_count; i++) {
		const struct report_sort *sort = &report->sorts[i];

		order = sort->measure ?
			compare_measures(x, y, sort->number) :
			compare_keys(report, sort->number, x->row.key,
				y->row.key);
		if (sort->down)
			order = -order;
	}
	for (i = 0; order == 0 && i < report_rows_by(report); i++)
		order = compare_keys(report, i, x->row.key, y->row.key);
	return order ? order : slice_compare(x->row.key, y->row.key);
}

static void
sort(struct result *r)
{
	struct place *places = mem_alloc(r->row_count + 1, sizeof *places);
	size_t i;

	for (i = 0; i < r->row_count; i++)
		places[i] = (struct place){r, r->rows[i]};
	qsort(places, r->row_count, sizeof *places, compare_places);
	for (i = 0; i < r->row_count; i++)
		r->rows[i] = places[i].row;
	free(places);
}

static bool
depends_on_order(const struct report *report)
{
	size_t i;

	for (i = 0; i < report->aggregate_count; i++) {
		if (report->aggregates[i].function == EXPR_CUMSHARE ||
			report->aggregates[i].function == EXPR_CHANGE)
			return true;
	}
	return false;
}

void
result_open(struct result *r, const struct groups *groups)
{
	size_t k;

	*r = (struct result){.groups = groups};
	pivot(r);
	compute(r);
	sort(r);
	for (k = 0; depends_on_order(groups->report) && k < r->side_count; k++)
		compute_measures(r, k);
	if (r->row_count > groups->report->limit)
		r->row_count = groups->report->limit;
}

void
result_close(struct result *r)
{
	free(r->rows);
	free(r->sides);
	mem_pool_free(&r->pool);
	*r = (struct result){0};
}
