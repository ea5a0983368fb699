#include "html_part.h"

#include <stdlib.h>

#include "figure.h"
#include "text.h"

#define MOST_ROWS 1000 /* a page is for looking at */
#define LONG 24 /* a key that may come in lines */
#define ONE_LINE 10 /* a heading that stays in one */
#define WHOLE 50 /* rows that are shown at once where there is no picture */
#define SHORT 25 /* rows that stay together on paper */

struct grid {
	const struct table *t;
	struct figure *figures;
	size_t keys;
	size_t first, end; /* the other columns that are shown */
	bool grouped; /* several measures with sides: a table for each */
	bool marked; /* some rows are of few records */
	struct buf *b, text;
};

static void
grid_open(struct grid *g, const struct table *t, struct buf *b)
{
	size_t k;

	*g = (struct grid){.t = t, .b = b, .marked = table_has_few(t)};
	g->figures = mem_zero(t->column_count + 1, sizeof *g->figures);
	for (k = 0; k < t->column_count; k++)
		g->figures[k] = figure_plan(t, k);
	while (g->keys < t->column_count && t->columns[g->keys].key)
		g->keys++;
	g->first = g->keys;
	g->end = t->column_count;
}

static void
grid_close(struct grid *g)
{
	free(g->figures);
	buf_free(&g->text);
}

static void
add_phrase(struct grid *g, enum phrase phrase)
{
	buf_text(g->b, phrase_of(g->t->lang, phrase));
}

static void
add_classes(struct grid *g, const char *const *names, size_t n)
{
	bool any = false;
	size_t i;

	for (i = 0; i < n; i++) {
		if (*names[i] == '\0')
			continue;
		buf_text(g->b, any ? " " : " class=\"");
		buf_text(g->b, names[i]);
		any = true;
	}
	if (any)
		buf_byte(g->b, '"');
}

/* A long heading may come in lines; the value of a side stays as it is. */
static void
add_class(struct grid *g, size_t column, struct slice text)
{
	const struct table_column *c = &g->t->columns[column];
	size_t width = text_width(text);
	const char *const names[] = {
		column >= g->keys && table_is_figure(c) ? "n" : "",
		width > ONE_LINE ? "wide" : "", width > LONG ? "long" : "",
		c->sided ? "datum" : "",
	};

	add_classes(g, names, sizeof names / sizeof *names);
}

/* The unit on a line of its own; the rule of the figure for a pointer. */
static void
add_heading(struct grid *g, size_t column, struct slice text)
{
	const struct table_column *c = &g->t->columns[column];
	struct slice unit = figure_unit(g->t, column, &g->figures[column]);

	if (c->sided && g->grouped) /* the caption says it */
		unit.n = 0;
	else if (unit.n == 0 && !c->sided)
		unit = figure_counted(c);
	buf_text(g->b, "<th scope=\"col\"");
	add_class(g, column, text);
	buf_byte(g->b, '>');
	svg_escape(g->b, text);
	if (unit.n > 0) {
		buf_text(g->b, "<small>");
		svg_escape(g->b, unit);
		buf_text(g->b, "</small>");
	}
	buf_text(g->b, "</th>");
}

static struct slice
side_of(const struct grid *g, size_t column)
{
	const struct table_column *c = &g->t->columns[column];

	return c->side.n > 0 ? c->side :
		slice_of(phrase_of(g->t->lang, PHRASE_NONE));
}

/* Of several measures with sides each gets a table of its own. */
static bool
has_groups(const struct grid *g)
{
	size_t k;

	for (k = g->keys + 1; k < g->t->column_count; k++) {
		if (g->t->columns[k].sided && g->t->columns[k].measure !=
			g->t->columns[g->keys].measure)
			return true;
	}
	return false;
}

static void
add_unit(struct grid *g, size_t column)
{
	struct slice unit = figure_unit(g->t, column, &g->figures[column]);

	if (unit.n == 0)
		unit = figure_counted(&g->t->columns[column]);
	if (unit.n == 0)
		return;
	buf_text(g->b, g->t->lang == TABLE_ZH ? "（" : ", ");
	svg_escape(g->b, unit);
	if (g->t->lang == TABLE_ZH)
		buf_text(g->b, "）");
}

/* The keys, then those that are shown. */
static size_t
next_column(const struct grid *g, size_t k)
{
	return k + 1 == g->keys ? g->first : k + 1;
}

static void
add_caption(struct grid *g)
{
	buf_text(g->b, "<caption>");
	svg_escape(g->b, table_label(&g->t->columns[g->first]));
	add_unit(g, g->first);
	buf_text(g->b, "</caption>\n");
}

static void
add_head(struct grid *g)
{
	size_t k;

	buf_text(g->b, "<thead>\n<tr>");
	for (k = 0; k < g->end; k = next_column(g, k))
		add_heading(g, k, g->t->columns[k].sided ? side_of(g, k) :
			table_label(&g->t->columns[k]));
	buf_text(g->b, "</tr>\n</thead>\n");
}

/* The figure as it is, where it is shown in units of 10 000. */
static void
add_exact(struct grid *g, const struct table_cell *cell, size_t column)
{
	if (g->figures[column].power == 0 || cell->field.n == 0)
		return;
	buf_text(g->b, " title=\"");
	svg_escape(g->b, cell->field);
	buf_byte(g->b, '"');
}

/* With a minus as wide as a plus. */
static void
add_number(struct grid *g, const struct figure *f, num_wide value)
{
	struct slice written;

	buf_clear(&g->text);
	figure_write(&g->text, f, value);
	written = buf_slice(&g->text);
	if (written.n > 0 && *written.p == '-') {
		buf_text(g->b, "−");
		written = (struct slice){written.p + 1, written.n - 1};
	}
	buf_add(g->b, written);
}

static void
add_figure(struct grid *g, const struct table_cell *cell, size_t column)
{
	buf_text(g->b, "<td class=\"n\"");
	add_exact(g, cell, column);
	buf_byte(g->b, '>');
	if (cell->field.n > 0)
		add_number(g, &g->figures[column], cell->value);
	buf_text(g->b, "</td>");
}

static void
add_text(struct grid *g, size_t row, size_t column)
{
	buf_clear(&g->text);
	figure_cell(&g->text, g->t, row, column, &g->figures[column]);
	svg_escape(g->b, buf_slice(&g->text));
}

/* The same as above it: there it is read already. */
static bool
is_repeated(const struct grid *g, size_t row, size_t column)
{
	size_t k;

	if (row == 0 || column + 1 >= g->keys)
		return false;
	for (k = 0; k <= column; k++) {
		if (!slice_equal(table_at(g->t, row, k)->field,
			table_at(g->t, row - 1, k)->field))
			return false;
	}
	return true;
}

static bool
is_few(const struct grid *g, size_t row)
{
	return g->marked && g->t->records[row] < TABLE_FEW;
}

static void
add_key(struct grid *g, size_t row, size_t column)
{
	bool missing = table_at(g->t, row, column)->field.n == 0;
	const char *names[2] = {"", ""};

	buf_clear(&g->text);
	figure_cell(&g->text, g->t, row, column, &g->figures[column]);
	buf_text(g->b, "<th scope=\"row\"");
	if (missing || is_repeated(g, row, column))
		names[0] = "quiet";
	if (text_width(buf_slice(&g->text)) > LONG)
		names[1] = "long";
	add_classes(g, names, 2);
	buf_byte(g->b, '>');
	if (missing && g->keys < g->t->column_count)
		add_phrase(g, PHRASE_NONE);
	else if (!missing)
		add_text(g, row, column);
	if (column + 1 == g->keys && is_few(g, row))
		buf_text(g->b, "&#160;*");
	buf_text(g->b, "</th>");
}

static void
add_cell(struct grid *g, size_t row, size_t column)
{
	if (column < g->keys) {
		add_key(g, row, column);
	} else if (table_is_figure(&g->t->columns[column])) {
		add_figure(g, table_at(g->t, row, column), column);
	} else {
		buf_text(g->b, g->t->columns[column].type == TABLE_TIME ?
			"<td class=\"t\">" : "<td>");
		add_text(g, row, column);
		buf_text(g->b, "</td>");
	}
}

static void
add_body(struct grid *g)
{
	size_t i, k;

	buf_text(g->b, "<tbody>\n");
	for (i = 0; i < g->t->rows && i < MOST_ROWS; i++) {
		buf_text(g->b, is_few(g, i) ? "<tr class=\"few\">" : "<tr>");
		for (k = 0; k < g->end; k = next_column(g, k))
			add_cell(g, i, k);
		buf_text(g->b, "</tr>\n");
	}
	buf_text(g->b, "</tbody>\n");
}

static void
add_total(struct grid *g)
{
	size_t k;

	buf_printf(g->b, "<tfoot>\n<tr><th scope=\"row\" colspan=\"%zu\">",
		g->keys > 0 ? g->keys : 1);
	add_phrase(g, PHRASE_TOTAL);
	buf_text(g->b, "</th>");
	for (k = g->keys > 0 ? g->first : 1; k < g->end; k++)
		add_figure(g, &g->t->total[k], k);
	buf_text(g->b, "</tr>\n</tfoot>\n");
}

/* One row without keys: each figure a row, with its unit. */
static void
add_list(struct grid *g)
{
	size_t k;

	buf_text(g->b, "<tbody>\n");
	for (k = 0; k < g->t->column_count; k++) {
		buf_text(g->b, "<tr><th scope=\"row\">");
		svg_escape(g->b, table_label(&g->t->columns[k]));
		add_unit(g, k);
		buf_text(g->b, "</th>");
		add_cell(g, 0, k);
		buf_text(g->b, "</tr>\n");
	}
	buf_text(g->b, "</tbody>\n");
}

static void
add_table(struct grid *g, const char *id)
{
	const struct table *t = g->t;

	buf_printf(g->b, "<div class=\"scroll%s%s\" role=\"region\" "
		"tabindex=\"0\" aria-label=\"%s\">\n<table%s",
		t->chart == TABLE_PLAIN && t->rows <= WHOLE ? " whole" : "",
		html_print_class(t, g->first, g->end),
		phrase_of(t->lang, PHRASE_TABLE_OF),
		t->rows <= SHORT ? " class=\"short\"" : "");
	if (g->grouped)
		buf_text(g->b, ">\n");
	else
		buf_printf(g->b, " aria-labelledby=\"%s\">\n", id);
	if (g->keys == 0 && t->rows == 1) {
		add_list(g);
	} else {
		if (g->grouped)
			add_caption(g);
		add_head(g);
		add_body(g);
		if (t->total)
			add_total(g);
	}
	buf_text(g->b, "</table>\n</div>\n");
}

/* A measure with its sides. */
static void
add_tables(struct grid *g, const char *id)
{
	const struct table_column *columns = g->t->columns;

	while (g->first < g->t->column_count) {
		g->end = g->first + 1;
		while (g->end < g->t->column_count &&
			columns[g->end].measure == columns[g->first].measure)
			g->end++;
		add_table(g, id);
		g->first = g->end;
	}
}

void
html_table(struct buf *b, const struct table *t, const char *id)
{
	struct grid g;

	grid_open(&g, t, b);
	g.grouped = g.keys > 0 && has_groups(&g);
	if (g.grouped)
		add_tables(&g, id);
	else
		add_table(&g, id);
	if (t->rows > MOST_ROWS) {
		buf_text(b, "<p class=\"note\">");
		buf_printf(b, phrase_of(t->lang, PHRASE_MORE_ROWS),
			(size_t)MOST_ROWS, t->rows);
		buf_text(b, "</p>\n");
	}
	grid_close(&g);
}
