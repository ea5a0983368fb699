#include "chart_part.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define CLASSES 5
#define FIELD 27.0      /* height */
#define LEAST_TEXT 24.0 /* narrower fields have no figures */
#define WIDEST 74.0
#define SKEWED 4        /* the largest is so many times the middle one */

struct heat {
	struct chart_rows rows;
	double field;              /* width */
	double bounds[CLASSES + 1];
};

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double *
sorted_values(const struct chart_data *d, size_t *n)
{
	double *all = mem_alloc(d->count * d->series_count + 1, sizeof *all);
	size_t i, k;

	*n = 0;
	for (k = 0; k < d->series_count; k++) {
		for (i = 0; i < d->count; i++) {
			if (!isnan(d->series[k].values[i]) &&
				d->series[k].values[i] != 0)
				all[(*n)++] = d->series[k].values[i];
		}
	}
	qsort(all, *n, sizeof *all, compare);
	return all;
}

/* Even steps; where a few large figures would leave the rest in the lowest
 * class, as many fields in each. Zeros are in none. */
static void
choose_bounds(struct heat *h, const struct chart_data *d)
{
	size_t n, i;
	double *all = sorted_values(d, &n), least, most;

	least = n > 0 ? all[0] : 0;
	most = n > 0 ? all[n - 1] : 1;
	for (i = 0; i <= CLASSES; i++) {
		if (n > 2 * CLASSES && least >= 0 &&
			most > SKEWED * all[n / 2] && all[n / 2] > 0)
			h->bounds[i] = all[(n - 1) * i / CLASSES];
		else
			h->bounds[i] = least + (most - least) * (double)i /
				CLASSES;
	}
	free(all);
}

static size_t
class_of(const struct heat *h, double value)
{
	size_t i;

	for (i = 0; i + 1 < CLASSES; i++) {
		if (value < h->bounds[i + 1])
			break;
	}
	return i;
}

static const char *const fields[] = {"h1", "h2", "h3", "h4", "h5"};
static const char *const figures[] = {"g1", "g2", "g3", "g4", "g5"};

/* In a field there is no room for the sign of percent. */
static struct slice
short_figure(struct chart *c, double value)
{
	buf_clear(&c->text);
	if (c->data.percent)
		buf_printf(&c->text, value < 9.95 ? "%.1f" : "%.0f", value);
	else
		chart_figure(&c->text, value, c->lang, false);
	return buf_slice(&c->text);
}

static void
draw_field(struct chart *c, const struct heat *h, size_t row, size_t column)
{
	double value = c->data.series[column].values[row];
	double x = h->rows.left + h->field * (double)column;
	double y = chart_rows_mark(&h->rows, row);
	struct slice figure;
	size_t class;

	if (isnan(value))
		return;
	class = class_of(h, value);
	if (value != 0)
		svg_rect(c->b, x, y, h->field - 1, h->rows.bar - 1,
			fields[class], chart_title(c, row, column));
	figure = short_figure(c, value);
	if (h->field >= LEAST_TEXT &&
		svg_width(figure, CHART_SMALL) <= h->field - 2)
		svg_text(c->b, x + h->field / 2, y + h->rows.bar / 2 + 4,
			SVG_MIDDLE, value == 0 ? "tick" : figures[class],
			figure);
}

/* Above the columns, as many as there is room for. */
static void
draw_headings(struct chart *c, const struct heat *h, double y)
{
	double widest = 1;
	size_t every, k;

	for (k = 0; k < c->data.series_count; k++)
		widest = fmax(widest, svg_width(c->data.series[k].name,
			CHART_SMALL));
	every = (size_t)ceil((fmin(widest, 90) + 6) / h->field);
	for (k = 0; k < c->data.series_count; k += every) {
		buf_clear(&c->text);
		svg_fit(&c->text, c->data.series[k].name, CHART_SMALL,
			h->field * (double)every - 4);
		svg_text(c->b, h->rows.left + h->field * ((double)k + 0.5), y,
			SVG_MIDDLE, "tick", buf_slice(&c->text));
	}
}

/* The classes, each with its lowest figure. */
static double
draw_key(struct chart *c, const struct heat *h, double y)
{
	double width = fmin(62, c->width / CLASSES);
	size_t i;

	for (i = 0; i < CLASSES; i++) {
		svg_rect(c->b, width * (double)i, y, width - 1, 10, fields[i],
			(struct slice){"", 0});
		buf_clear(&c->text);
		chart_figure(&c->text, h->bounds[i], c->lang, c->data.percent);
		if (i + 1 == CLASSES)
			buf_text(&c->text, "+");
		svg_text(c->b, width * (double)i, y + 24, SVG_START, "tick",
			buf_slice(&c->text));
	}
	return y + 38;
}

double
chart_heat(struct chart *c, double y)
{
	struct heat h;
	size_t i, k;

	choose_bounds(&h, &c->data);
	y = draw_key(c, &h, y);
	h.rows = chart_rows_plan(c, y + 18);
	if (h.rows.above == 0)
		h.rows.step = FIELD;
	h.rows.bar = FIELD;
	h.field = fmin((c->width - h.rows.left) /
		(double)c->data.series_count, WIDEST);
	draw_headings(c, &h, y + 12);
	chart_rows_names(c, &h.rows);
	for (i = 0; i < c->data.count; i++) {
		for (k = 0; k < c->data.series_count; k++)
			draw_field(c, &h, i, k);
	}
	return chart_rows_end(c, &h.rows) + 6;
}
