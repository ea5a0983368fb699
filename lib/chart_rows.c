#include "chart_part.h"

#include <math.h>

#define ROW 25.0
#define BAR 16.0
#define MOST_OF_WIDTH 0.36 /* for the names */

static double
name_width(const struct chart_category *category)
{
	return svg_width(category->name, CHART_TEXT) +
		(category->few ? CHART_TEXT : 0);
}

struct chart_rows
chart_rows_plan(const struct chart *c, double top)
{
	struct chart_rows r = {.top = top, .step = ROW, .bar = BAR,
		.right = c->width};
	double most = c->width * MOST_OF_WIDTH;
	size_t i;

	for (i = 0; i < c->data.count; i++)
		r.left = fmax(r.left, name_width(&c->data.categories[i]));
	r.left += CHART_GAP;
	if (r.left > most) {
		r.left = 0;
		r.above = 18;
		r.step = ROW + r.above;
	}
	return r;
}

void
chart_rows_names(struct chart *c, const struct chart_rows *r)
{
	double room = r->above > 0 ? r->right : r->left - CHART_GAP;
	struct buf shown = {0};
	size_t i;

	for (i = 0; i < c->data.count; i++) {
		const struct chart_category *category = &c->data.categories[i];
		double y = chart_rows_mark(r, i);

		buf_clear(&shown);
		svg_fit(&shown, category->name, CHART_TEXT, category->few ?
			room - CHART_TEXT : room);
		if (category->few)
			buf_text(&shown, " *");
		if (r->above > 0)
			svg_text(c->b, 0, y - 5, SVG_START, "name",
				buf_slice(&shown));
		else
			svg_text(c->b, r->left - CHART_GAP, y + r->bar / 2 + 4.5,
				SVG_END, "name", buf_slice(&shown));
	}
	buf_free(&shown);
}

double
chart_rows_mark(const struct chart_rows *r, size_t i)
{
	return r->top + r->step * (double)i + r->above + (ROW - BAR) / 2;
}

double
chart_rows_end(const struct chart *c, const struct chart_rows *r)
{
	return r->top + r->step * (double)c->data.count;
}
