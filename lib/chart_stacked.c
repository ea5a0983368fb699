#include "chart_part.h"

#include <math.h>

#define SEAM 1.0 /* of paper between parts */

static double
total_of(const struct chart *c, size_t category)
{
	double total = 0;
	size_t k;

	for (k = 0; k < c->data.series_count; k++) {
		double value = c->data.series[k].values[category];

		if (!isnan(value))
			total += value;
	}
	return total;
}

static struct slice
figure_of(struct chart *c, const struct chart_form *form, size_t category)
{
	buf_clear(&c->text);
	chart_form_write(&c->text, form, total_of(c, category));
	return buf_slice(&c->text);
}

static void
draw_grid(struct chart *c, const struct chart_scale *s, double top,
	double bottom)
{
	double at;

	for (at = s->least; at <= s->most; at += s->step) {
		double x = chart_scale_at(s, at);

		buf_clear(&c->text);
		chart_tick(&c->text, at, s->most, c->lang, c->data.percent);
		svg_text(c->b, x, top - 6, SVG_MIDDLE, "tick",
			buf_slice(&c->text));
		svg_line(c->b, x, top, x, bottom, "grid");
	}
}

/* Negative parts go to the left of zero, the others to the right. */
static void
draw_row(struct chart *c, const struct chart_scale *s,
	const struct chart_form *form, size_t category, double y, double height)
{
	double below = 0, above = 0, from, to;
	size_t k;

	for (k = 0; k < c->data.series_count; k++) {
		double value = c->data.series[k].values[category];

		if (isnan(value) || value == 0)
			continue;
		from = chart_scale_at(s, value < 0 ? below : above);
		if (value < 0)
			below += value;
		else
			above += value;
		to = chart_scale_at(s, value < 0 ? below : above);
		svg_rect(c->b, fmin(from, to), y,
			fmax(fabs(to - from) - SEAM, 0.5), height,
			chart_class(c, k, 's'), chart_title(c, category, k));
	}
	svg_text(c->b, chart_scale_at(s, above) + 5, y + height - 4, SVG_START,
		"figure", figure_of(c, form, category));
}

double
chart_stacked(struct chart *c, double y)
{
	struct chart_form form = chart_form_start(c->lang, c->data.percent);
	struct chart_scale scale;
	struct chart_rows rows;
	double least, most, room = 0, zero;
	size_t i;

	y = chart_legend(c, y);
	rows = chart_rows_plan(c, y + 20);
	for (i = 0; i < c->data.count; i++)
		chart_form_see(&form, total_of(c, i));
	for (i = 0; i < c->data.count; i++)
		room = fmax(room, svg_width(figure_of(c, &form, i),
			CHART_SMALL));
	chart_data_range(&c->data, true, &least, &most);
	scale = chart_scale_open(least, most, c->width < 500 ? 3 : 5,
		chart_data_finest(&c->data));
	if (most > 0)
		scale.most = most; /* nothing is beyond the longest bar */
	scale.from = rows.left + (rows.left == 0 ? 6 : 0);
	scale.to = c->width - room - 8;
	draw_grid(c, &scale, rows.top, chart_rows_end(c, &rows));
	chart_rows_names(c, &rows);
	for (i = 0; i < c->data.count; i++)
		draw_row(c, &scale, &form, i, chart_rows_mark(&rows, i),
			rows.bar);
	zero = chart_scale_at(&scale, 0);
	svg_line(c->b, zero, rows.top, zero, chart_rows_end(c, &rows), "axis");
	return chart_rows_end(c, &rows);
}
