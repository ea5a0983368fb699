#include "chart_part.h"

#include <math.h>

#include "figure.h"

#define LEAST_PANEL 112.0
#define LONGEST 460.0 /* of a bar; longer ones tire the eye */

/* A column as bars, beside others of the same rows. */
struct panel {
	size_t column;
	struct chart_scale scale;
	double left, right; /* where bars begin and end, figures beside them */
	double start;       /* where the panel begins */
	double end;         /* of the heading */
	struct chart_form form;
};

static bool
is_percent(const struct chart *c, size_t column)
{
	struct chart_data one;
	bool percent;

	chart_data_open(&one, c->t, &column, 1);
	percent = one.percent;
	chart_data_close(&one);
	return percent;
}

static double
value_at(const struct chart *c, size_t i, size_t column)
{
	return chart_value(c->t, c->data.categories[i].row, column);
}

static struct slice
figure_at(struct chart *c, const struct panel *p, size_t i)
{
	buf_clear(&c->text);
	chart_form_write(&c->text, &p->form, value_at(c, i, p->column));
	return buf_slice(&c->text);
}

/* The widest figures right and left of the bars. */
static void
measure(struct chart *c, const struct panel *p, double *after, double *before)
{
	size_t i;

	*after = *before = 0;
	for (i = 0; i < c->data.count; i++) {
		double value = value_at(c, i, p->column), width;

		if (isnan(value))
			continue;
		width = svg_width(figure_at(c, p, i), CHART_SMALL) + 5;
		if (value < 0)
			*before = fmax(*before, width);
		else
			*after = fmax(*after, width);
	}
}

static bool
are_alike(const struct chart *c, size_t a, size_t b)
{
	return c->t->columns[a].type == c->t->columns[b].type &&
		slice_equal(c->t->columns[a].unit, c->t->columns[b].unit);
}

static void
widen(const struct chart *c, size_t column, double *least, double *most)
{
	size_t i;

	for (i = 0; i < c->data.count; i++) {
		double value = value_at(c, i, column);

		if (!isnan(value)) {
			*least = fmin(*least, value);
			*most = fmax(*most, value);
		}
	}
}

/* Panels of one unit have one scale. Bars need no round ends: their figures
 * stand beside them. */
static void
plan_panel(struct chart *c, struct panel *p, const size_t *columns, size_t n)
{
	double after, before, least = 0, most = 0;
	size_t i;

	p->form = chart_form_start(c->lang, is_percent(c, p->column));
	for (i = 0; i < c->data.count; i++)
		chart_form_see(&p->form, value_at(c, i, p->column));
	for (i = 0; i < n; i++) {
		if (are_alike(c, columns[i], p->column))
			widen(c, columns[i], &least, &most);
	}
	if (slice_is(c->t->columns[p->column].unit, FIGURE_RATE) &&
		least == 0 && most <= 100)
		most = 100;
	if (most == least)
		most = least + 1;
	measure(c, p, &after, &before);
	p->left += before;
	p->right = fmin(p->right - after, p->left + LONGEST);
	p->scale = (struct chart_scale){.least = least, .most = most,
		.from = p->left, .to = fmax(p->right, p->left + 1)};
}

static void
draw_bar(struct chart *c, const struct panel *p, size_t row, double y,
	double height)
{
	double value = value_at(c, row, p->column);
	double zero = chart_scale_at(&p->scale, 0), at;
	struct slice figure;

	if (isnan(value)) {
		svg_text(c->b, zero + 5, y + height - 4, SVG_START, "tick",
			slice_of("–"));
		return;
	}
	at = chart_scale_at(&p->scale, value);
	figure = figure_at(c, p, row);
	svg_rect(c->b, fmin(zero, at), y, fabs(at - zero), height,
		value < 0 ? "s2" : "s1", (struct slice){"", 0});
	svg_text(c->b, value < 0 ? at - 5 : at + 5, y + height - 4,
		value < 0 ? SVG_END : SVG_START, "figure", figure);
}

/* At the zero of the bars, or as far before it as it needs. */
static void
draw_heading(struct chart *c, const struct panel *p, double y)
{
	struct slice words = chart_heading(c, p->column, p->end - p->start);
	double zero = chart_scale_at(&p->scale, 0);
	double x = fmin(zero, p->end - svg_width(words, CHART_HEAD));
	struct buf shown = {0};

	x = fmax(x, p->start);
	svg_fit(&shown, words, CHART_HEAD, p->end - x);
	svg_text(c->b, x, y, SVG_START, "head", buf_slice(&shown));
	buf_free(&shown);
}

/* Of shares that go beyond it, where the whole is, but not through the names.
 * Returns where it ends. */
static double
draw_whole(struct chart *c, const struct panel *p,
	const struct chart_rows *rows)
{
	double x = chart_scale_at(&p->scale, 100);
	double end = chart_rows_end(c, rows), mark;
	size_t i;

	if (!slice_is(c->t->columns[p->column].unit, FIGURE_RATE) ||
		p->scale.most <= 100)
		return end;
	buf_clear(&c->text);
	chart_tick(&c->text, 100, 100, c->lang, true);
	for (i = 0; rows->above > 0 && i < c->data.count; i++) {
		mark = chart_rows_mark(rows, i);
		svg_line(c->b, x, mark - 2, x, mark + rows->bar + 2, "axis");
	}
	if (rows->above == 0)
		svg_line(c->b, x, rows->top, x, end, "axis");
	svg_text(c->b, x, end + 13, SVG_MIDDLE, "tick", buf_slice(&c->text));
	return end + 18;
}

/* A row of panels with the names at the left. */
static double
draw_panels(struct chart *c, double y, const size_t *columns, size_t n,
	size_t in_row)
{
	struct chart_rows rows = chart_rows_plan(c, y + 20);
	double width = (c->width - rows.left) / (double)in_row;
	double end = chart_rows_end(c, &rows);
	size_t i, k;

	chart_rows_names(c, &rows);
	for (k = 0; k < n; k++) {
		struct panel p = {.column = columns[k]};
		double left = rows.left + width * (double)k, zero;

		p.left = p.start = left;
		p.right = left + width - (k + 1 < n ? 10 : 0);
		p.end = k + 1 < n ? left + width - 8 : c->width;
		plan_panel(c, &p, columns, n);
		draw_heading(c, &p, y + 12);
		for (i = 0; i < c->data.count; i++)
			draw_bar(c, &p, i, chart_rows_mark(&rows, i), rows.bar);
		zero = chart_scale_at(&p.scale, 0);
		if (rows.above == 0)
			svg_line(c->b, zero, rows.top, zero,
				chart_rows_end(c, &rows), "axis");
		end = fmax(end, draw_whole(c, &p, &rows));
	}
	return end;
}

double
chart_bars(struct chart *c, double y, const size_t *columns, size_t n)
{
	struct chart_rows rows = chart_rows_plan(c, y);
	double most = floor((c->width - rows.left) / LEAST_PANEL);
	size_t in_row = most < 2 ? 1 : (size_t)most, k, next;

	if (in_row > n)
		in_row = n;
	if (n > in_row) /* rows of panels as even as can be */
		in_row = (n + (n + in_row - 1) / in_row - 1) /
			((n + in_row - 1) / in_row);
	for (k = 0; k < n; k = next) {
		next = k + in_row < n ? k + in_row : n;
		y = draw_panels(c, y, columns + k, next - k, in_row) +
			(next < n ? 14 : 0);
	}
	return y;
}
