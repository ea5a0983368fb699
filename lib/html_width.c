#include "html_part.h"

#include "figure.h"
#include "text.h"

#define MARGIN 3     /* characters between columns on a screen */
#define HEADING 14   /* longer ones have several lines */
#define FIGURES 30   /* the list of the figures of one row */
#define TIGHT 115    /* as many go across paper; with smaller letters: */
#define DENSE 160
#define HALF 60      /* of so many two tables go beside each other */
#define MANY 50      /* rows of which it is worth it */

static size_t
side_width(const struct table *t, size_t column)
{
	const struct table_column *c = &t->columns[column];

	if (!c->sided)
		return text_width(table_label(c));
	return text_width(c->side.n > 0 ? c->side :
		slice_of(phrase_of(t->lang, PHRASE_NONE)));
}

static size_t
column_width(const struct table *t, size_t column, struct buf *text)
{
	struct figure figure = figure_plan(t, column);
	size_t widest = side_width(t, column), i, width;

	if (widest > HEADING)
		widest = HEADING;
	for (i = 0; i < t->rows; i++) {
		buf_clear(text);
		figure_cell(text, t, i, column, &figure);
		width = text_width(buf_slice(text));
		widest = width > widest ? width : widest;
	}
	return widest;
}

/* Of the keys and the columns from first to end, with so much between them. */
static size_t
width_of(const struct table *t, size_t first, size_t end, size_t margin)
{
	struct buf text = {0};
	size_t width = 0, k;

	for (k = 0; k < end; k++) {
		if (t->columns[k].key || k >= first)
			width += column_width(t, k, &text) + margin;
	}
	buf_free(&text);
	return width;
}

size_t
html_table_width(const struct table *t)
{
	if (t->rows == 1 && t->column_count > 0 && !t->columns[0].key)
		return FIGURES;
	return width_of(t, 0, t->column_count, MARGIN);
}

const char *
html_print_class(const struct table *t, size_t first, size_t end)
{
	size_t width = width_of(t, first, end, MARGIN - 1);

	if (width > DENSE)
		return " dense";
	if (width > TIGHT)
		return " tight";
	return width <= HALF && t->rows > MANY ? " halves" : "";
}
