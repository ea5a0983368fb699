#include "series.h"

#include <string.h>

static bool
is_measure(const struct table_column *c)
{
	return !c->key && table_is_figure(c);
}

static bool
are_alike(const struct table_column *a, const struct table_column *b)
{
	if (a->sided)
		return a->measure == b->measure;
	return a->type == b->type && slice_equal(a->unit, b->unit);
}

/* Its series share a scale. */
static bool
is_joint(const struct table *t)
{
	return t->chart != TABLE_BAR && t->chart != TABLE_PARETO &&
		t->chart != TABLE_PLAIN;
}

/* Bars of sides are stacked rather than left out. */
static bool
shows_several(const struct table *t, size_t first)
{
	if (t->chart == TABLE_BAR || t->chart == TABLE_PLAIN)
		return t->columns[first].sided;
	return t->chart != TABLE_PARETO;
}

static bool
is_total(const struct table *t, const size_t *columns, size_t n)
{
	size_t i, k;

	for (i = 0; i < t->rows; i++) {
		num_wide left = table_at(t, i, columns[0])->value;

		for (k = 1; k < n; k++)
			left -= table_at(t, i, columns[k])->value;
		if (left != 0)
			return false;
	}
	return t->rows > 0;
}

size_t
series_choose(const struct table *t, size_t *columns)
{
	size_t n = 0, i;

	for (i = 0; i < t->column_count; i++) {
		if (t->columns[i].drawn && is_measure(&t->columns[i]) &&
			(n == 0 || !is_joint(t) || are_alike(
			&t->columns[columns[0]], &t->columns[i])))
			columns[n++] = i;
	}
	for (i = n > 0 ? t->column_count : 0; i < t->column_count; i++) {
		if (is_measure(&t->columns[i]) && (n == 0 || (shows_several(t,
			columns[0]) && are_alike(&t->columns[columns[0]],
			&t->columns[i]))))
			columns[n++] = i;
	}
	if (t->chart == TABLE_STACKED && n > 2 &&
		!t->columns[columns[0]].drawn && is_total(t, columns, n))
		memmove(columns, columns + 1, --n * sizeof *columns);
	return n;
}
