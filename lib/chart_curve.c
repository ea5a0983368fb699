#include "chart_part.h"

#include <math.h>
#include <stdlib.h>

#define SIDE 380.0  /* at most */
#define HEIGHT 220.0
#define LEFT 42.0   /* for ticks */
#define POINTS 200  /* of the line */
#define FIFTH 20.0  /* percent of the rows whose share is told */

struct curve {
	double *values; /* downwards */
	size_t n;
	double total;
	struct chart_scale x, y; /* percent of the rows, and of the total */
};

static int
compare_down(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x < *y) - (*x > *y);
}

/* What adds to the total: without what is missing or negative. */
static void
curve_open(struct curve *curve, const struct chart_data *d)
{
	size_t all = d->count + d->hidden, i;

	*curve = (struct curve){.n = all};
	curve->values = mem_alloc(all + 1, sizeof *curve->values);
	for (i = 0; i < all; i++) {
		double value = d->series[0].values[i];

		curve->values[i] = value > 0 ? value : 0;
		curve->total += curve->values[i];
	}
	qsort(curve->values, all, sizeof *curve->values, compare_down);
}

/* The share of the first rows, in percent. */
static double
share_of(const struct curve *curve, size_t rows)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < rows; i++)
		sum += curve->values[i];
	return sum / curve->total * 100;
}

static void
draw_grid(struct chart *c, const struct curve *curve)
{
	double at;

	for (at = 0; at <= 100; at += FIFTH) {
		double x = chart_scale_at(&curve->x, at);
		double y = chart_scale_at(&curve->y, at);

		buf_clear(&c->text);
		chart_tick(&c->text, at, 100, c->lang, true);
		svg_text(c->b, curve->x.from - 6, y + 4, SVG_END, "tick",
			buf_slice(&c->text));
		svg_text(c->b, x, curve->y.from + 17, SVG_MIDDLE, "tick",
			buf_slice(&c->text));
		svg_line(c->b, curve->x.from, y, curve->x.to, y, at > 0 ?
			"grid" : "axis");
	}
}

static void
draw_line(struct chart *c, const struct curve *curve)
{
	size_t step = curve->n / POINTS + 1, i;
	double sum = 0;

	svg_path_open(c->b, "l2");
	svg_path_to(c->b, true, curve->x.from, curve->y.from);
	for (i = 0; i < curve->n; i++) {
		sum += curve->values[i];
		if ((i + 1) % step == 0 || i + 1 == curve->n)
			svg_path_to(c->b, false, chart_scale_at(&curve->x,
				(double)(i + 1) * 100 / (double)curve->n),
				chart_scale_at(&curve->y,
				sum / curve->total * 100));
	}
	svg_path_close(c->b, false);
}

static void
tell_fifth(struct chart *c, const struct curve *curve)
{
	size_t rows = (size_t)((double)curve->n * FIFTH / 100);
	double share = share_of(curve, rows);
	double x = chart_scale_at(&curve->x, FIFTH);
	double y = chart_scale_at(&curve->y, share);

	buf_clear(&c->text);
	buf_printf(&c->text, phrase_of(c->lang, PHRASE_FIRST_FIFTH), share);
	svg_circle(c->b, x, y, 4, "s2", (struct slice){"", 0});
	svg_text(c->b, x + 10, y + 16, SVG_START, "name", buf_slice(&c->text));
}

double
chart_curve(struct chart *c, double y)
{
	struct curve curve;
	double right = fmin(c->width, SIDE);

	curve_open(&curve, &c->data);
	if (curve.total > 0) {
		y = chart_paragraph(c, y, "head", CHART_SMALL,
			slice_of(phrase_of(c->lang, PHRASE_CURVE))) + 12;
		curve.x = (struct chart_scale){.least = 0, .most = 100,
			.from = LEFT, .to = right - 16};
		curve.y = (struct chart_scale){.least = 0, .most = 100,
			.from = y + HEIGHT, .to = y};
		draw_grid(c, &curve);
		draw_line(c, &curve);
		tell_fifth(c, &curve);
		y += HEIGHT + 26;
	}
	free(curve.values);
	return y;
}
