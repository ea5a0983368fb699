#include "chart_part.h"

#include <math.h>
#include <stdlib.h>

#include "figure.h"
#include "text.h"

size_t
chart_keys(const struct table *t)
{
	size_t n = 0;

	while (n < t->column_count && t->columns[n].key)
		n++;
	return n;
}

double
chart_value(const struct table *t, size_t row, size_t column)
{
	const struct table_cell *cell = table_at(t, row, column);

	if (cell->field.n == 0)
		return NAN;
	return (double)cell->value / (double)NUM_ONE *
		(slice_is(t->columns[column].unit, FIGURE_RATE) ? 100 : 1);
}

/* A key in words; the time of day is left out where it is midnight. */
static void
add_key(struct buf *b, const struct table *t, size_t row, size_t column)
{
	struct slice field = table_at(t, row, column)->field;
	size_t start = b->n;

	if (field.n == 0)
		buf_text(b, phrase_of(t->lang, PHRASE_NONE));
	else if (!text_unescape(b, field)) {
		b->n = start;
		buf_add(b, field);
	}
	if (t->columns[column].type == TABLE_TIME && b->n - start > 10 &&
		memcmp(b->p + start + 10, "T00:00:00", 9) == 0)
		b->n = start + 10;
}

struct slice
chart_key(struct mem_pool *pool, const struct table *t, size_t row,
	const bool *wanted)
{
	struct buf b = {0};
	struct slice name;
	size_t k, n = chart_keys(t);

	for (k = 0; k < n; k++) {
		if (wanted != NULL && !wanted[k])
			continue;
		if (b.n > 0)
			buf_text(&b, " · ");
		add_key(&b, t, row, k);
	}
	name = b.n > 0 ? mem_pool_copy(pool, buf_slice(&b)) :
		(struct slice){"", 0};
	buf_free(&b);
	return name;
}

/* Only the side, of the only measure. */
static struct slice
series_name(struct mem_pool *pool, const struct table *t, size_t column)
{
	struct figure none = {0};
	struct buf b = {0};
	struct slice name;

	if (t->columns[column].sided)
		buf_add(&b, t->columns[column].side.n > 0 ?
			t->columns[column].side :
			slice_of(phrase_of(t->lang, PHRASE_NONE)));
	else
		figure_heading(&b, t, column, &none);
	name = mem_pool_copy(pool, buf_slice(&b));
	buf_free(&b);
	return name;
}

static bool
is_percent(const struct table_column *c)
{
	return slice_is(c->unit, FIGURE_RATE) || (c->unit.n > 0 &&
		*c->unit.p == '%');
}

void
chart_data_open(struct chart_data *d, const struct table *t,
	const size_t *columns, size_t n)
{
	bool has_few = table_has_few(t);
	size_t i, k;

	*d = (struct chart_data){.count = t->rows, .series_count = n};
	d->percent = n > 0 && is_percent(&t->columns[columns[0]]);
	d->categories = mem_zero(t->rows + 1, sizeof *d->categories);
	d->series = mem_zero(n + 1, sizeof *d->series);
	for (i = 0; i < t->rows; i++) {
		d->categories[i].name = chart_key(&d->pool, t, i, NULL);
		d->categories[i].row = i;
		d->categories[i].few = has_few && t->records[i] < TABLE_FEW;
	}
	for (k = 0; k < n; k++) {
		d->series[k].name = series_name(&d->pool, t, columns[k]);
		d->series[k].values = mem_alloc(t->rows + 1,
			sizeof *d->series[k].values);
		for (i = 0; i < t->rows; i++)
			d->series[k].values[i] = chart_value(t, i, columns[k]);
	}
}

void
chart_data_close(struct chart_data *d)
{
	size_t k;

	for (k = 0; k < d->series_count; k++)
		free(d->series[k].values);
	free(d->series);
	free(d->categories);
	mem_pool_free(&d->pool);
	*d = (struct chart_data){0};
}

void
chart_data_cut(struct chart_data *d, size_t most)
{
	if (d->count <= most)
		return;
	d->hidden += d->count - most;
	d->count = most;
}

struct ranked {
	size_t at;
	double value;
};

static int
compare_down(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	return (x->at > y->at) - (x->at < y->at);
}

static void
reorder(struct chart_data *d, const struct ranked *ranks)
{
	struct chart_category *categories = mem_alloc(d->count,
		sizeof *categories);
	double *values = mem_alloc(d->count, sizeof *values);
	size_t i, k;

	for (i = 0; i < d->count; i++)
		categories[i] = d->categories[ranks[i].at];
	memcpy(d->categories, categories, d->count * sizeof *categories);
	for (k = 0; k < d->series_count; k++) {
		for (i = 0; i < d->count; i++)
			values[i] = d->series[k].values[ranks[i].at];
		memcpy(d->series[k].values, values, d->count * sizeof *values);
	}
	free(categories);
	free(values);
}

void
chart_data_largest(struct chart_data *d)
{
	struct ranked *ranks = mem_alloc(d->count + 1, sizeof *ranks);
	size_t i;

	for (i = 0; i < d->count; i++) {
		double value = d->series[0].values[i];

		ranks[i] = (struct ranked){i, isnan(value) ? -INFINITY : value};
	}
	qsort(ranks, d->count, sizeof *ranks, compare_down);
	if (d->count > 0)
		reorder(d, ranks);
	free(ranks);
}

static double
sum_of(const struct chart_data *d, size_t series)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < d->count; i++) {
		if (!isnan(d->series[series].values[i]))
			sum += d->series[series].values[i];
	}
	return sum;
}

/* Insertion keeps equals in their order. */
static void
sort_by_sum(struct chart_data *d)
{
	double *sums = mem_alloc(d->series_count + 1, sizeof *sums);
	size_t i, k;

	for (i = 0; i < d->series_count; i++) {
		struct chart_series series = d->series[i];
		double sum = sum_of(d, i);

		for (k = i; k > 0 && sums[k - 1] < sum; k--) {
			d->series[k] = d->series[k - 1];
			sums[k] = sums[k - 1];
		}
		d->series[k] = series;
		sums[k] = sum;
	}
	free(sums);
}

void
chart_data_rank(struct chart_data *d, size_t most)
{
	size_t k;

	if (d->series_count <= most)
		return;
	sort_by_sum(d);
	for (k = most; k < d->series_count; k++)
		d->series[k].rest = true;
}

void
chart_data_gather(struct chart_data *d, enum table_lang lang, size_t most)
{
	struct chart_series *rest;
	size_t i, k;

	if (d->series_count <= most + 1)
		return;
	sort_by_sum(d);
	rest = &d->series[most];
	rest->rest = true;
	rest->name = slice_of(phrase_of(lang, PHRASE_OTHER));
	for (k = most + 1; k < d->series_count; k++) {
		for (i = 0; i < d->count; i++) {
			double value = d->series[k].values[i];

			if (isnan(rest->values[i]))
				rest->values[i] = value;
			else if (!isnan(value))
				rest->values[i] += value;
		}
		free(d->series[k].values);
	}
	d->series_count = most + 1;
}

bool
chart_data_is_empty(const struct chart_data *d)
{
	size_t i, k;

	for (k = 0; k < d->series_count; k++) {
		for (i = 0; i < d->count; i++) {
			if (!isnan(d->series[k].values[i]))
				return false;
		}
	}
	return true;
}

double
chart_data_finest(const struct chart_data *d)
{
	size_t i, k;

	for (k = 0; k < d->series_count; k++) {
		for (i = 0; i < d->count; i++) {
			double value = d->series[k].values[i];

			if (!isnan(value) && value != floor(value))
				return 0;
		}
	}
	return d->percent ? 0 : 1;
}

void
chart_data_range(const struct chart_data *d, bool stacked, double *least,
	double *most)
{
	size_t i, k;

	*least = *most = 0;
	for (i = 0; i < d->count; i++) {
		double below = 0, above = 0;

		for (k = 0; k < d->series_count; k++) {
			double value = d->series[k].values[i];

			if (isnan(value))
				continue;
			below = (stacked ? below : 0) + fmin(value, 0);
			above = (stacked ? above : 0) + fmax(value, 0);
			*least = fmin(*least, below);
			*most = fmax(*most, above);
		}
	}
}
