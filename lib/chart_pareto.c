#include "chart_part.h"

#include <math.h>

#define SHARE 0.3       /* of the marks' width, for the second panel */
#define LEAST_SHARE 84.0

/* Bars downwards, and beside them how much of the whole those from the top to
 * here make up. */
struct pareto {
	struct chart_rows rows;
	struct chart_scale bars, shares;
	struct chart_form form;
	double total;
	size_t told; /* the column with their cumulative share, if any */
	bool shared; /* the shares are drawn */
};

static double
value_at(const struct chart *c, size_t i)
{
	double value = c->data.series[0].values[i];

	return isnan(value) ? 0 : value;
}

/* How much those from the top to here make up, in percent: as the table says,
 * where it does; inside a group it may begin anew. */
static double
share_at(const struct chart *c, const struct pareto *p, size_t i, double *sum)
{
	if (p->told < c->t->column_count)
		return chart_value(c->t, i, p->told);
	*sum += value_at(c, i);
	return *sum / p->total * 100;
}

/* Where some are negative the sums may go beyond the whole: no share is told. */
static bool
has_shares(const struct chart *c, const struct pareto *p)
{
	double sum = 0, share;
	size_t i;

	for (i = 0; i < c->data.count; i++) {
		share = share_at(c, p, i, &sum);
		if (share < -0.05 || share > 100.05)
			return false;
	}
	return p->total > 0;
}

static struct slice
figure_of(struct chart *c, const struct pareto *p, size_t i)
{
	buf_clear(&c->text);
	if (isnan(c->data.series[0].values[i]))
		buf_text(&c->text, "–");
	else
		chart_form_write(&c->text, &p->form, value_at(c, i));
	return buf_slice(&c->text);
}

static double
total_of(const struct chart *c)
{
	size_t i, all = c->data.count + c->data.hidden;
	double total = 0;

	for (i = 0; i < all; i++)
		total += value_at(c, i);
	return total;
}

static void
plan(struct chart *c, struct pareto *p, double y)
{
	double share = 0, most = 0, least = 0, room = 0;
	size_t i;

	p->rows = chart_rows_plan(c, y + 22);
	p->form = chart_form_start(c->lang, c->data.percent);
	for (i = 0; i < c->data.count; i++)
		chart_form_see(&p->form, value_at(c, i));
	p->total = total_of(c);
	for (p->told = 0; p->told < c->t->column_count; p->told++) {
		if (slice_is(c->t->columns[p->told].name, "cumshare"))
			break;
	}
	for (i = 0; i < c->data.count; i++) {
		most = fmax(most, value_at(c, i));
		least = fmin(least, value_at(c, i));
		room = fmax(room, svg_width(figure_of(c, p, i),
			CHART_SMALL));
	}
	if (most == least)
		most = least + 1;
	p->shared = has_shares(c, p);
	if (p->shared) {
		share = fmax((c->width - p->rows.left) * SHARE, LEAST_SHARE);
		p->rows.right = c->width - share - 10;
	}
	p->bars = (struct chart_scale){.least = least, .most = most,
		.from = p->rows.left, .to = c->width - share - room -
		(p->shared ? 22 : 6)};
	p->shares = (struct chart_scale){.least = 0, .most = 100,
		.from = c->width - share, .to = c->width - 14};
}

static void
draw_grid(struct chart *c, const struct pareto *p)
{
	static const double ticks[] = {0, 80, 100};
	double bottom = chart_rows_end(c, &p->rows);
	size_t i;

	for (i = 0; i < sizeof ticks / sizeof *ticks; i++) {
		double x = chart_scale_at(&p->shares, ticks[i]);
		bool close = i == 2 &&
			x - chart_scale_at(&p->shares, ticks[1]) < 36;

		svg_line(c->b, x, p->rows.top, x, bottom,
			i == 0 ? "axis" : "grid");
		buf_clear(&c->text);
		chart_tick(&c->text, ticks[i], 100, c->lang, true);
		if (!close)
			svg_text(c->b, x, p->rows.top - 6, SVG_MIDDLE, "tick",
				buf_slice(&c->text));
	}
}

static void
draw_dot(struct chart *c, const struct pareto *p, size_t i, double share)
{
	if (isnan(share))
		return;
	buf_clear(&c->text);
	buf_add(&c->text, c->data.categories[i].name);
	buf_text(&c->text, " ≤ ");
	chart_figure(&c->text, share, c->lang, true);
	svg_circle(c->b, chart_scale_at(&p->shares, share),
		chart_rows_mark(&p->rows, i) + p->rows.bar / 2, 3.5, "s2",
		buf_slice(&c->text));
}

static void
draw_shares(struct chart *c, const struct pareto *p)
{
	double sum = 0, share, before = NAN;
	size_t i;

	svg_path_open(c->b, "l2");
	for (i = 0; i < c->data.count; i++) {
		share = share_at(c, p, i, &sum);
		if (!isnan(share))
			svg_path_to(c->b, isnan(before) || share < before,
				chart_scale_at(&p->shares, share),
				chart_rows_mark(&p->rows, i) + p->rows.bar / 2);
		before = share;
	}
	svg_path_close(c->b, false);
	for (i = 0, sum = 0; i < c->data.count; i++)
		draw_dot(c, p, i, share_at(c, p, i, &sum));
}

double
chart_pareto(struct chart *c, double y)
{
	struct pareto p;
	double zero;
	size_t i;

	plan(c, &p, y);
	zero = chart_scale_at(&p.bars, 0);
	chart_rows_names(c, &p.rows);
	for (i = 0; i < c->data.count; i++) {
		double at = chart_scale_at(&p.bars, value_at(c, i));
		double mark = chart_rows_mark(&p.rows, i);

		svg_rect(c->b, fmin(zero, at), mark, fabs(at - zero),
			p.rows.bar, at < zero ? "s2" : "s1",
			(struct slice){"", 0});
		svg_text(c->b, fmax(zero, at) + 5, mark + p.rows.bar - 4,
			SVG_START, "figure", figure_of(c, &p, i));
	}
	if (p.rows.above == 0)
		svg_line(c->b, zero, p.rows.top, zero,
			chart_rows_end(c, &p.rows), "axis");
	if (p.shared) {
		svg_text(c->b, c->width, y + 3, SVG_END, "head",
			slice_of(phrase_of(c->lang, PHRASE_CUMULATIVE)));
		draw_grid(c, &p);
		draw_shares(c, &p);
	}
	return chart_rows_end(c, &p.rows);
}
