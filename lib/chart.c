#include "chart_part.h"

#include <math.h>
#include <stdlib.h>

#include "figure.h"
#include "series.h"

#define MOST_ROWS 30   /* of bars; the table has all */
#define MOST_PARETO 40
#define LARGEST 12     /* of more rows than that */
#define MOST_FIELDS 48 /* rows of a heat map */
#define MOST_PANELS 6
#define DENSE 2.0      /* narrower columns are a line */
#define MARGIN 16.0    /* of a picture on its own */

/* What is drawn: not always what the table asks for, for a radar needs three
 * spokes, and sides are better stacked than left out. */
enum picture {
	NOTHING,
	BARS,
	STACKED,
	COLUMNS,
	LINES,
	LIMITS,
	RADAR,
	PARETO,
	HEAT,
	FIGURES,
};

static enum picture
choose_picture(const struct chart *c, const size_t *columns, size_t n)
{
	const struct table *t = c->t;

	if (t->rows == 0 || n == 0)
		return NOTHING;
	if (chart_keys(t) == 0)
		return FIGURES;
	if (chart_data_is_empty(&c->data))
		return NOTHING;
	switch (t->chart) {
	case TABLE_STACKED:
		return c->data.timed ? COLUMNS : STACKED;
	case TABLE_LINE:
		if (chart_has_limits(t) && c->data.timed)
			return LIMITS;
		return c->data.count > 1 ? LINES : BARS;
	case TABLE_RADAR:
		return chart_radar_fits(c) ? RADAR : BARS;
	case TABLE_PARETO:
		return PARETO;
	case TABLE_HEAT:
		return HEAT;
	default:
		if (c->data.timed)
			return c->width < DENSE * (double)c->data.count ?
				LINES : COLUMNS;
		return t->columns[columns[0]].sided ? STACKED : BARS;
	}
}

static bool
is_ratio(const struct table_column *c)
{
	return slice_is(c->unit, FIGURE_RATE);
}

/* What was got against what was expected, if there is a column of it. */
static double
draw_gap(struct chart *c, double y)
{
	size_t k;

	for (k = chart_keys(c->t); k < c->t->column_count; k++) {
		if (slice_is(c->t->columns[k].name, "gap"))
			return chart_bars(c, y + 14, &k, 1);
	}
	return y;
}

/* Bars of the first measure, and beside it its rates, or where it has none the
 * first measure of another kind. */
static size_t
choose_panels(const struct table *t, size_t *columns, size_t n)
{
	const struct table_column *first = &t->columns[columns[0]];
	size_t k;

	if (n > 1 || first->drawn)
		return n < MOST_PANELS ? n : MOST_PANELS;
	for (k = columns[0] + 1; k < t->column_count && n < MOST_PANELS; k++) {
		if (table_is_figure(&t->columns[k]) && !is_ratio(first) &&
			is_ratio(&t->columns[k]))
			columns[n++] = k;
	}
	for (k = columns[0] + 1; k < t->column_count && n == 1; k++) {
		if (table_is_figure(&t->columns[k]) &&
			(t->columns[k].type != first->type ||
			slice_is(t->columns[k].unit, "days")) &&
			!slice_is(t->columns[k].unit, "%"))
			columns[n++] = k;
	}
	return n;
}

static void
open_data(struct chart *c, const size_t *columns, size_t n)
{
	enum table_chart chart = c->t->chart;

	if (chart != TABLE_STACKED && chart != TABLE_LINE && !(chart ==
		TABLE_BAR && chart_time_only(c->t)))
		chart_data_open(&c->data, c->t, columns, n);
	else if (!chart_time_open(&c->data, c->t, columns, n))
		chart_data_open(&c->data, c->t, columns, n);
}

/* What the figures are, unless each series is another measure. */
static double
draw_measure(struct chart *c, double y, const size_t *columns, size_t n)
{
	const struct table_column *first = &c->t->columns[columns[0]];
	struct figure f = figure_plan(c->t, columns[0]);
	struct slice words;

	f.power = 0;
	words = n == 1 || first->sided || c->t->chart == TABLE_PARETO ?
		chart_measure(c, columns[0]) :
		figure_unit(c->t, columns[0], &f);
	if (words.n > 0)
		y = chart_paragraph(c, y, "head", CHART_SMALL, words) + 5;
	return y;
}

static double
draw_bars(struct chart *c, double y, size_t *columns, size_t n)
{
	n = choose_panels(c->t, columns, n);
	chart_data_cut(&c->data, MOST_ROWS);
	y = chart_bars(c, y, columns, n);
	return c->t->chart == TABLE_RADAR ? draw_gap(c, y) : y;
}

/* Of very many rows the largest, and the shape of all of them. */
static double
draw_pareto(struct chart *c, double y, size_t *columns)
{
	if (c->data.count <= MOST_PARETO)
		return chart_pareto(c, y);
	chart_data_largest(&c->data);
	chart_data_cut(&c->data, LARGEST);
	return chart_curve(c, chart_bars(c, y, columns, 1) + 18);
}

static double
draw(struct chart *c, double y, enum picture picture, size_t *columns,
	size_t n)
{
	switch (picture) {
	case NOTHING:
		return chart_paragraph(c, y, "name", CHART_TEXT,
			slice_of(phrase_of(c->lang, PHRASE_NO_ROWS)));
	case BARS:
		return draw_bars(c, y, columns, n);
	case STACKED:
		chart_data_gather(&c->data, c->lang, CHART_SERIES);
		chart_data_cut(&c->data, MOST_ROWS);
		return chart_stacked(c, y);
	case COLUMNS:
		chart_data_gather(&c->data, c->lang, CHART_SERIES);
		return chart_columns(c, y, columns[0]);
	case LIMITS:
		return chart_control(c, y, columns[0]);
	case LINES:
		return chart_lines(c, y);
	case RADAR:
		return draw_gap(c, chart_radar(c, y));
	case PARETO:
		return draw_pareto(c, y, columns);
	case HEAT:
		chart_data_cut(&c->data, MOST_FIELDS);
		return chart_heat(c, y, columns[0]);
	case FIGURES:
		return chart_figures(c, y);
	}
	return y;
}

static enum phrase
phrase_for(enum picture picture)
{
	static const enum phrase phrases[] = {
		[NOTHING] = PHRASE_NO_ROWS, [BARS] = PHRASE_BARS,
		[STACKED] = PHRASE_STACKED, [COLUMNS] = PHRASE_COLUMNS,
		[LINES] = PHRASE_LINES, [LIMITS] = PHRASE_LIMITS, [RADAR] = PHRASE_RADAR,
		[PARETO] = PHRASE_PARETO, [HEAT] = PHRASE_HEAT,
		[FIGURES] = PHRASE_FIGURES,
	};

	return phrases[picture];
}

/* What is left out of the picture is said in it. */
static double
say_hidden(struct chart *c, double y)
{
	struct buf b = {0};

	if (c->data.hidden > 0) {
		buf_printf(&b, phrase_of(c->lang, PHRASE_ROWS_SHOWN),
			c->data.count, c->data.count + c->data.hidden);
		y = chart_paragraph(c, y + 6, "tick", CHART_SMALL,
			buf_slice(&b));
	}
	buf_free(&b);
	return y;
}

static double
draw_title(struct chart *c, double y)
{
	y = chart_paragraph(c, y, "title", 21, c->t->title);
	if (c->t->about.n > 0)
		y = chart_paragraph(c, y + 4, "name", CHART_TEXT, c->t->about);
	return y + 12;
}

static void
open_document(struct buf *b, const struct chart *c,
	const struct chart_style *style, double height)
{
	double margin = style->alone ? MARGIN : 0;
	double width = c->width + 2 * margin;

	buf_printf(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
		"aria-labelledby=\"%s-title %s-about\" class=\"%s\" ",
		style->id, style->id, style->alone ? "alone" : "picture");
	buf_printf(b, "width=\"%.0f\" height=\"%.0f\" viewBox=\"%.0f %.0f %.0f "
		"%.0f\">\n", width, height + 2 * margin, -margin, -margin,
		width, height + 2 * margin);
}

static void
add_words(struct buf *b, const char *element, const char *id,
	const char *suffix, struct slice words)
{
	buf_printf(b, "<%s id=\"%s-%s\">", element, id, suffix);
	svg_escape(b, words);
	buf_printf(b, "</%s>\n", element);
}

static void
add_style(struct buf *b, const struct chart *c, double height)
{
	buf_text(b, "<style>\n");
	chart_colours(b);
	buf_text(b, "</style>\n");
	svg_rect(b, -MARGIN, -MARGIN, c->width + 2 * MARGIN,
		height + 2 * MARGIN, "paper", (struct slice){"", 0});
}

void
chart_draw(struct buf *b, const struct table *t,
	const struct chart_style *style)
{
	struct buf body = {0}, words = {0};
	struct chart c = {.b = &body, .t = t, .lang = t->lang,
		.width = style->width - (style->alone ? 2 * MARGIN : 0)};
	size_t *columns = mem_alloc(t->column_count + 1, sizeof *columns);
	size_t n = series_choose(t, columns);
	enum picture picture;
	double y = 4; /* what stands out above a line of text */

	open_data(&c, columns, n);
	picture = choose_picture(&c, columns, n);
	chart_describe(&words, &c, phrase_for(picture));
	if (style->alone)
		y = draw_title(&c, y);
	if (picture > BARS && picture < FIGURES && (picture != PARETO ||
		c.data.count <= MOST_PARETO))
		y = draw_measure(&c, y, columns, n);
	y = say_hidden(&c, draw(&c, y, picture, columns, n)) + 2;
	open_document(b, &c, style, y);
	add_words(b, "title", style->id, "title", t->title.n > 0 ? t->title :
		t->name);
	add_words(b, "desc", style->id, "about", buf_slice(&words));
	if (style->alone)
		add_style(b, &c, y);
	buf_add(b, buf_slice(&body));
	buf_text(b, "</svg>\n");
	chart_data_close(&c.data);
	buf_free(&body);
	buf_free(&words);
	buf_free(&c.text);
	free(columns);
}
