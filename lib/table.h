#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "mem.h"
#include "num.h"
#include "out.h"
#include "slice.h"

/**
 * table: a result: a title, typed columns, rows. The model knows nothing of
 * how it is shown; each way to show it is a file of its own (table_text.c,
 * table_tsv.c, ...) and reads the model alone.
 *
 * A cell holds its canonical field (crm(5): escaped, n == 0 where missing),
 * and for a figure also its value, for pictures and alignment. Everything given
 * to a table is copied into it.
 */
enum table_type {
	TABLE_TEXT,
	TABLE_NUMBER,
	TABLE_MONEY,
	TABLE_HOURS, /* a duration: decimal hours */
	TABLE_TIME,
	TABLE_BOOL,
};

enum table_chart {
	TABLE_PLAIN, /* no picture */
	TABLE_BAR,
	TABLE_STACKED,
	TABLE_LINE,
	TABLE_RADAR,
	TABLE_PARETO,
	TABLE_HEAT,
};

struct table_column {
	struct slice name; /* decoded: may hold any byte */
	enum table_type type;
	bool key;          /* names the row; else a figure about it */
};

struct table_cell {
	struct slice field;
	num_wide value; /* number, money, hours: 1/10000; else 0 */
};

struct table {
	struct slice name, title;
	enum table_chart chart;
	struct table_column *columns;
	size_t column_count;
	struct table_cell *cells; /* rows * column_count, row by row */
	size_t rows, room;
	struct slice *notes;      /* sentences that stand below it */
	size_t note_count;
	struct mem_pool pool;
};

/** table_init(t, name, title, chart): no columns, no rows. */
void table_init(struct table *t, struct slice name, struct slice title,
	enum table_chart chart);
void table_free(struct table *t);

/** table_add_column: all columns come before the first row. */
void table_add_column(struct table *t, struct slice name, enum table_type type,
	bool key);

/** table_add_row(t): a row of missing cells; they are filled in by table_set.
 * Returns its number. */
size_t table_add_row(struct table *t);
void table_set(struct table *t, size_t row, size_t column, struct slice field,
	num_wide value);

void table_add_note(struct table *t, struct slice sentence);

/** table_at(t, row, column): the cell. */
const struct table_cell *table_at(const struct table *t, size_t row,
	size_t column);

/** table_is_figure(c): its cells have a value. */
bool table_is_figure(const struct table_column *c);

/** table_chart_of(word, chart): bar, stacked, line, radar, pareto, heat, or
 * nothing; false where the word is another. */
bool table_chart_of(struct slice word, enum table_chart *chart);

/** table_tsv: canonical records with a header. With TABLE_SPREADSHEET text
 * cells that a spreadsheet would take for a formula begin with an apostrophe. */
enum table_flag {
	TABLE_NO_HEADER = 1,
	TABLE_SPREADSHEET = 2,
};
void table_tsv(const struct table *t, unsigned flags, struct out *out);

/**
 * table_text: for terminals and mail: the title, the columns aligned by display
 * width (Chinese is two wide), figures to the right with their points below
 * each other, and a column of bars where the chart has one and the width leaves
 * room. A table too wide comes in parts below each other, each with the keys;
 * cells are never cut. Control characters are shown escaped.
 */
struct table_style {
	size_t width; /* of the terminal */
	bool colour;
};
void table_text(const struct table *t, const struct table_style *style,
	struct out *out);

/** table_json: one object {report, title, columns, rows}; rows are arrays in
 * the order of the columns, figures numbers, missing null; broken UTF-8 comes
 * out as U+FFFD. */
void table_json(const struct table *t, struct out *out);

/** table_md: a heading and a GitHub table, figures to the right. */
void table_md(const struct table *t, struct out *out);

#endif
