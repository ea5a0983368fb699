#include "result_step.h"

#include <stdlib.h>

#include "date.h"
#include "mem.h"
#include "num.h"

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

/* What rows are compared by. */
struct place {
	const struct result *r;
	struct result_row row;
};

static int
compare_key(const struct report *report, size_t key, struct slice a,
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
compare_keys(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	const struct report *report = x->r->groups->report;
	size_t i;
	int order = 0;

	for (i = 0; order == 0 && i < report_rows_by(report); i++)
		order = compare_key(report, i, x->row.key, y->row.key);
	return order ? order : slice_compare(x->row.key, y->row.key);
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
			compare_key(report, sort->number, x->row.key,
				y->row.key);
		if (sort->down)
			order = -order;
	}
	return order ? order : compare_keys(a, b);
}

void
result_sort(struct result *r, bool by_keys)
{
	struct place *places = mem_alloc(r->row_count + 1, sizeof *places);
	size_t i;

	for (i = 0; i < r->row_count; i++)
		places[i] = (struct place){r, r->rows[i]};
	qsort(places, r->row_count, sizeof *places,
		by_keys ? compare_keys : compare_places);
	for (i = 0; i < r->row_count; i++)
		r->rows[i] = places[i].row;
	free(places);
}
