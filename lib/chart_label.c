#include "chart_part.h"

#include <math.h>

#include "figure.h"

#define SIGN 11.0      /* a coloured square */
#define LINE 19.0      /* of a legend */
#define LEADING 1.35   /* of a paragraph */

const char *
chart_class(const struct chart *c, size_t series, char kind)
{
	static const char *const filled[] = {
		"s1", "s2", "s3", "s4", "s5", "s0",
	};
	static const char *const drawn[] = {
		"l1", "l2", "l3", "l4", "l5", "l0",
	};
	static const char *const written[] = {
		"name s1", "name s2", "name s3", "name s4", "name s5",
		"name s0",
	};
	size_t i = series;

	if (i >= CHART_SERIES || c->data.series[i].rest)
		i = CHART_SERIES;
	return kind == 's' ? filled[i] : kind == 'l' ? drawn[i] : written[i];
}

double
chart_legend(struct chart *c, double y)
{
	double x = 0;
	size_t k;

	if (c->data.series_count < 2)
		return y;
	for (k = 0; k < c->data.series_count; k++) {
		struct slice name = c->data.series[k].name;
		double width = SIGN + 5 + svg_width(name, CHART_TEXT);

		if (c->data.series[k].rest && c->data.series_count >
			CHART_SERIES + 1)
			break;
		if (x > 0 && x + width > c->width) {
			x = 0;
			y += LINE;
		}
		buf_clear(&c->text);
		svg_fit(&c->text, name, CHART_TEXT, c->width - SIGN - 5);
		svg_rect(c->b, x, y + 2, SIGN, SIGN, chart_class(c, k, 's'),
			(struct slice){"", 0});
		svg_text(c->b, x + SIGN + 5, y + SIGN + 1, SVG_START, "name",
			buf_slice(&c->text));
		x += width + 16;
	}
	return y + LINE + 5;
}

struct slice
chart_title(struct chart *c, size_t category, size_t series)
{
	const struct chart_series *s = &c->data.series[series];

	buf_clear(&c->text);
	buf_add(&c->text, c->data.categories[category].name);
	if (c->data.series_count > 1) {
		if (c->text.n > 0)
			buf_text(&c->text, " · ");
		buf_add(&c->text, s->name);
	}
	if (c->text.n > 0)
		buf_text(&c->text, c->lang == TABLE_ZH ? "：" : ": ");
	chart_figure(&c->text, s->values[category], c->lang, c->data.percent);
	return buf_slice(&c->text);
}

/* Figures in a picture name a unit of 10 000 themselves. */
static struct slice
unit_of(const struct chart *c, size_t column)
{
	struct figure f = figure_plan(c->t, column);
	struct slice unit;

	f.power = 0;
	unit = figure_unit(c->t, column, &f);
	return unit.n > 0 ? unit : figure_counted(&c->t->columns[column]);
}

static void
add_unit(struct chart *c, struct slice unit)
{
	if (unit.n == 0)
		return;
	buf_text(&c->text, c->lang == TABLE_ZH ? "（" : ", ");
	buf_add(&c->text, unit);
	if (c->lang == TABLE_ZH)
		buf_text(&c->text, "）");
}

struct slice
chart_heading(struct chart *c, size_t column, double room)
{
	size_t alone;

	buf_clear(&c->text);
	figure_heading(&c->text, c->t, column, NULL);
	alone = c->text.n;
	add_unit(c, unit_of(c, column));
	if (svg_width(buf_slice(&c->text), CHART_HEAD) > room)
		c->text.n = alone;
	return buf_slice(&c->text);
}

bool
chart_is_index(const struct table_column *column)
{
	struct slice unit = column->unit;

	return unit.n > 6 && memcmp(unit.p + unit.n - 6, " = 100", 6) == 0;
}

struct slice
chart_measure(struct chart *c, size_t column)
{
	buf_clear(&c->text);
	buf_add(&c->text, table_label(&c->t->columns[column]));
	add_unit(c, unit_of(c, column));
	return buf_slice(&c->text);
}

double
chart_paragraph(struct chart *c, double y, const char *class, double size,
	struct slice text)
{
	while (text.n > 0) {
		size_t n = svg_line_break(text, size, c->width);

		y += size * LEADING;
		svg_text(c->b, 0, y - size * (LEADING - 1), SVG_START, class,
			(struct slice){text.p, n});
		text = (struct slice){text.p + n, text.n - n};
	}
	return y;
}
