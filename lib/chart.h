#ifndef CHART_H
#define CHART_H

#include <stdbool.h>

#include "buf.h"
#include "table.h"

/**
 * chart: a table as a picture, SVG 1.1.
 *
 *   bar      one row a bar; beside the first measure the rates, or a measure of
 *            another kind, as panels
 *   stacked  a bar of several series; over months, columns
 *   line     the same as lines; columns named `lower` and `upper` are a band
 *   radar    a spoke a row, a line a series
 *   pareto   bars downwards, and how they add up
 *   heat     a field a figure
 *
 * Series and categories are named where they are, figures have round ticks, bars
 * begin at zero. Every picture has a title and a description in words.
 */
struct chart_style {
	double width;   /* in pixels; text is 13 pixels at any width */
	bool alone;     /* a document of its own: with title and colours */
	const char *id; /* prefix of the ids in it, unique in its page */
};

/** chart_draw(b, t, style): appends the picture; of a table without `chart`
 * bars, of one row its figures. */
void chart_draw(struct buf *b, const struct table *t,
	const struct chart_style *style);

/** chart_colours(b): appends the rules of CSS for all pictures of a page, on
 * light and dark paper; and the colours of the page itself, as the properties
 * --paper --ink --quiet --grid --link --tint. */
void chart_colours(struct buf *b);

#endif
