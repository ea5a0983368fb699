#include "chart_part.h"

#include <math.h>

#include "figure.h"

#define TILE 168.0
#define HEIGHT 62.0

/* The figures of the first row, large, each above its name. */
double
chart_figures(struct chart *c, double y)
{
	double in_row = fmax(floor(c->width / TILE), 1);
	double width = c->width / in_row;
	size_t k, n = 0;

	for (k = chart_keys(c->t); k < c->t->column_count; k++) {
		struct slice unit = c->t->columns[k].unit;
		double x, top, value;

		if (!table_is_figure(&c->t->columns[k]))
			continue;
		x = width * fmod((double)n, in_row);
		top = y + HEIGHT * floor((double)n / in_row);
		n++;
		value = chart_value(c->t, 0, k);
		buf_clear(&c->text);
		if (isnan(value))
			buf_text(&c->text, "–");
		else
			chart_figure(&c->text, value, c->lang,
				slice_is(unit, "%") ||
				slice_is(unit, FIGURE_RATE));
		svg_text(c->b, x, top + 26, SVG_START, "large",
			buf_slice(&c->text));
		svg_text(c->b, x, top + 45, SVG_START, "name",
			table_label(&c->t->columns[k]));
	}
	return y + HEIGHT * ceil((double)n / in_row);
}
