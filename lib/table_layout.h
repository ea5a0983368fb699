#ifndef TABLE_LAYOUT_H
#define TABLE_LAYOUT_H

#include "figure.h"
#include "table.h"

/**
 * table_layout: what table_text.c and table_bars.c share; for nobody else.
 */
struct table_layout {
	const struct table *t;
	const struct table_style *style;
	size_t *widths;
	struct figure *figures; /* how those of each column are written */
	size_t *series;   /* columns whose figures make the bars */
	size_t series_count;
	bool marked;      /* some row is of few records */
	size_t keys;      /* columns at the left that name the row */
	size_t from, to;  /* the other columns that are shown now */
	size_t bar;       /* columns of the terminal; 0: no bars */
	num_wide largest; /* what the longest bar stands for */
	struct buf cell, line, plain;
};

#define TABLE_GAP 2    /* blanks between columns */
#define TABLE_SHADES 4 /* of bars; the last may stand for several series */

/** table_bars_plan(l, used): whether there are bars, and how long, beside what
 * takes `used` columns. */
void table_bars_plan(struct table_layout *l, size_t used);

/** table_bars_row(l, row): appends the bar to l->line. */
void table_bars_row(struct table_layout *l, size_t row);

/** table_bars_sign(l, i): appends the shade of series i; a comma for one that
 * shares the last shade. */
void table_bars_sign(struct table_layout *l, size_t i);

#endif
