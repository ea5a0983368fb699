#include "chart_part.h"

#include <math.h>

#define WIDEST 44.0
#define NARROWEST 2.0 /* narrower months are added up to years */

static void
draw_column(struct chart *c, const struct chart_frame *f, size_t category)
{
	double width = fmin(fmax(f->step * 0.78, 1), WIDEST);
	double x = chart_frame_at(f, category) - width / 2;
	double below = 0, above = 0, from, to;
	size_t k;

	for (k = 0; k < c->data.series_count; k++) {
		double value = c->data.series[k].values[category];

		if (isnan(value) || value == 0)
			continue;
		from = chart_scale_at(&f->scale, value < 0 ? below : above);
		if (value < 0)
			below += value;
		else
			above += value;
		to = chart_scale_at(&f->scale, value < 0 ? below : above);
		svg_rect(c->b, x, fmin(from, to), width,
			fmax(fabs(to - from) - 0.6, 0.4),
			chart_class(c, k, 's'), chart_title(c, category, k));
	}
}

static double
total_of(const struct chart *c, size_t category)
{
	double total = 0;
	size_t k;

	for (k = 0; k < c->data.series_count; k++) {
		if (!isnan(c->data.series[k].values[category]))
			total += c->data.series[k].values[category];
	}
	return total;
}

/* What is in c->text, on paper of its own: lines may run behind it. */
static void
write_above(struct chart *c, double x, double y)
{
	double width = svg_width(buf_slice(&c->text), CHART_SMALL) + 2;

	svg_rect(c->b, x - width / 2, y - CHART_SMALL + 2, width,
		CHART_SMALL, "paper", (struct slice){"", 0});
	svg_text(c->b, x, y, SVG_MIDDLE, "figure", buf_slice(&c->text));
}

/* The figure above a column, if there is room for all of them. */
static void
name_totals(struct chart *c, const struct chart_frame *f)
{
	struct chart_form form = chart_form_start(c->lang, c->data.percent);
	bool fits = true;
	size_t i, pass;

	for (i = 0; i < c->data.count; i++)
		chart_form_see(&form, total_of(c, i));

	for (pass = 0; pass < 2 && fits; pass++) {
		for (i = 0; i < c->data.count; i++) {
			double total = total_of(c, i);

			buf_clear(&c->text);
			chart_form_write(&c->text, &form, total);
			fits &= svg_width(buf_slice(&c->text), CHART_SMALL) <
				f->step;
			if (pass > 0 && total > 0)
				write_above(c, chart_frame_at(f, i),
					chart_scale_at(&f->scale, total) - 5);
		}
	}
}

/* An index has a mean, and what is above it is more than the share of one. */
static void
draw_mean(struct chart *c, const struct chart_frame *f, size_t column)
{
	double y = chart_scale_at(&f->scale, 100);

	if (chart_is_index(&c->t->columns[column]))
		svg_line(c->b, f->left, y, f->right, y, "axis");
}

double
chart_columns(struct chart *c, double y, size_t column)
{
	struct chart_frame f;
	double least, most;
	size_t i;

	if (c->data.months && c->width < NARROWEST * (double)c->data.count)
		chart_time_years(&c->data);
	y = chart_legend(c, y);
	chart_data_range(&c->data, true, &least, &most);
	f = chart_frame_open(c, y, 0, least, most);
	for (i = 0; i < c->data.count; i++)
		draw_column(c, &f, i);
	draw_mean(c, &f, column);
	name_totals(c, &f);
	return chart_frame_end(&f);
}
