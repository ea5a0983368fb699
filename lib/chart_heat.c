#include "chart_part.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define CLASSES 5
#define FIELD 27.0      /* height */
#define LINE 17.0       /* of what stands above the headings */
#define LEAST_TEXT 24.0 /* narrower fields have no figures */
#define WIDEST 74.0
#define SKEWED 4        /* the largest is so many times the middle one */

struct heat {
	struct chart_rows rows;
	double field;           /* width */
	double bounds[CLASSES]; /* where each class begins */
	size_t classes;
	bool zeros;             /* there are some: a class of their own */
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

static bool
has_zeros(const struct chart_data *d)
{
	size_t i, k;

	for (k = 0; k < d->series_count; k++) {
		for (i = 0; i < d->count; i++) {
			if (d->series[k].values[i] == 0)
				return true;
		}
	}
	return false;
}

/* The nearest, or downwards the next, of round figures. */
static double
round_bound(double value, bool downwards)
{
	static const double round[] = {
		1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10,
	};
	double power = pow(10, floor(log10(value)));
	double part = value / power, best = 1;
	size_t i;

	for (i = 0; i < sizeof round / sizeof *round; i++) {
		if (downwards ? round[i] <= part + 1e-9 :
			fabs(round[i] - part) < fabs(best - part))
			best = round[i];
	}
	return best * power;
}

/* As many fields in each class, about. */
static void
choose_shares(struct heat *h, const double *all, size_t n)
{
	size_t i;

	h->bounds[0] = round_bound(all[0], true);
	h->classes = 1;
	for (i = 1; i < CLASSES; i++) {
		double bound = round_bound(all[(n - 1) * i / CLASSES], false);

		if (bound > h->bounds[h->classes - 1])
			h->bounds[h->classes++] = bound;
	}
}

static void
choose_steps(struct heat *h, double least, double most)
{
	double step = chart_round_step((most > least ? most - least :
		fabs(least) > 0 ? fabs(least) : 1) / CLASSES), start;

	for (;; step = chart_round_step(step * 1.01)) {
		start = floor(least / step + 1e-9) * step;
		h->classes = (size_t)floor((most - start) / step + 1e-9) + 1;
		if (h->classes <= CLASSES)
			break;
	}
	for (size_t i = 0; i < h->classes; i++)
		h->bounds[i] = start + step * (double)i;
}

/* Even steps; where a few large figures would leave the rest in the lowest
 * class, as many fields in each. Zeros are in none. */
static void
choose_bounds(struct heat *h, const struct chart_data *d)
{
	size_t n;
	double *all = sorted_values(d, &n);

	if (n > 2 * CLASSES && all[0] > 0 && all[n - 1] > SKEWED * all[n / 2])
		choose_shares(h, all, n);
	else
		choose_steps(h, n > 0 ? all[0] : 0, n > 0 ? all[n - 1] : 1);
	free(all);
}

static size_t
class_of(const struct heat *h, double value)
{
	size_t i;

	for (i = 0; i + 1 < h->classes; i++) {
		if (value < h->bounds[i + 1] - 1e-9)
			break;
	}
	return i;
}

/* Few classes lie as far apart as can be. */
static size_t
colour_of(const struct heat *h, size_t class)
{
	return h->classes < 2 ? CLASSES - 1 :
		class * (CLASSES - 1) / (h->classes - 1);
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
	size_t colour;

	if (isnan(value))
		return;
	colour = colour_of(h, class_of(h, value));
	svg_rect(c->b, x, y, h->field - 1, h->rows.bar - 1,
		value == 0 ? "h0" : fields[colour], chart_title(c, row, column));
	figure = short_figure(c, value);
	if (h->field >= LEAST_TEXT &&
		svg_width(figure, CHART_SMALL) <= h->field - 2)
		svg_text(c->b, x + h->field / 2, y + h->rows.bar / 2 + 4,
			SVG_MIDDLE, value == 0 ? "tick" : figures[colour],
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

static void
draw_class(struct chart *c, double x, double y, double width, const char *class)
{
	svg_rect(c->b, x, y, width - 1, 10, class, (struct slice){"", 0});
	svg_text(c->b, x, y + 24, SVG_START, "tick", buf_slice(&c->text));
}

/* The classes, each with the figure that it begins with, zero on its own. */
static double
draw_key(struct chart *c, const struct heat *h, double y)
{
	double width = fmin(62, c->width / (CLASSES + 1)), x = 0;
	double most = h->bounds[h->classes - 1];
	size_t i;

	if (h->zeros) {
		buf_clear(&c->text);
		chart_tick(&c->text, 0, most, c->lang, c->data.percent);
		draw_class(c, x, y, width, "h0");
		x += width;
	}
	for (i = 0; i < h->classes; i++, x += width) {
		buf_clear(&c->text);
		chart_tick(&c->text, h->bounds[i], most, c->lang,
			c->data.percent);
		if (i + 1 == h->classes)
			buf_text(&c->text, "+");
		draw_class(c, x, y, width, fields[colour_of(h, i)]);
	}
	return y + 38;
}

/* What the headings are; it begins where they do, or where it has room. */
static void
draw_sides(struct chart *c, const struct heat *h, double y)
{
	double width = svg_width(c->t->sides, CHART_SMALL);
	double x = fmin(h->rows.left + 2, c->width - width);

	buf_clear(&c->text);
	svg_fit(&c->text, c->t->sides, CHART_SMALL, c->width);
	svg_text(c->b, fmax(x, 0), y, SVG_START, "tick", buf_slice(&c->text));
}

double
chart_heat(struct chart *c, double y, size_t column)
{
	struct heat h;
	size_t i, k;

	h.zeros = has_zeros(&c->data);
	choose_bounds(&h, &c->data);
	y = draw_key(c, &h, y);
	if (c->t->sides.n > 0 && c->t->columns[column].sided)
		y += LINE;
	h.rows = chart_rows_plan(c, y + 18);
	if (h.rows.above == 0)
		h.rows.step = FIELD;
	h.rows.bar = FIELD;
	h.field = fmin((c->width - h.rows.left) /
		(double)c->data.series_count, WIDEST);
	if (c->t->sides.n > 0 && c->t->columns[column].sided)
		draw_sides(c, &h, y - LINE + 12);
	draw_headings(c, &h, y + 12);
	chart_rows_names(c, &h.rows);
	for (i = 0; i < c->data.count; i++) {
		for (k = 0; k < c->data.series_count; k++)
			draw_field(c, &h, i, k);
	}
	return chart_rows_end(c, &h.rows) + 6;
}
