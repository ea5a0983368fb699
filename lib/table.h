#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
	struct slice unit; /* "hours", "%", "tickets" ...; n == 0: none */
	enum table_type type;
	bool key;          /* names the row; else a figure about it */
	bool drawn;        /* the definition wants it in the picture; if it
	                      wants none, whoever draws chooses */
	/* Set after table_add_column, the slices by table_keep: */
	struct slice label;  /* of key or measure, for people; or empty */
	struct slice source; /* the expression that it comes from */
	bool sided;          /* a measure at a value of `across`: */
	struct slice side;   /* which, decoded; may be empty */
	struct slice measured; /* the measure's name */
	size_t measure;      /* sides of one measure have one number */
};

struct table_cell {
	struct slice field;
	num_wide value; /* number, money, hours: 1/10000; else 0 */
};

#define TABLE_KEY SIZE_MAX /* measure: none */

/** The language of what is not data. */
enum table_lang {
	TABLE_EN,
	TABLE_ZH,
	TABLE_LANGS,
};

enum { TABLE_FEW = 5 }; /* a row of fewer records is marked */

struct table {
	struct slice name, title;
	struct slice about;       /* a sentence on what it says; may be empty */
	struct slice across;      /* expression of the sides; may be empty */
	struct slice sides;       /* what they are, for people; may be empty */
	enum table_chart chart;
	enum table_lang lang;
	struct table_column *columns;
	size_t column_count;
	struct table_cell *cells; /* rows * column_count, row by row */
	uint64_t *records;        /* behind each row */
	struct table_cell *total; /* a cell for each column: the figures of all
	                             records at once, keys and what has no total
	                             missing; null: none */
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

/** table_keep(t, s): a copy that lives as long as the table. */
struct slice table_keep(struct table *t, struct slice s);

/** table_add_row(t): a row of missing cells; they are filled in by table_set.
 * Returns its number. */
size_t table_add_row(struct table *t);
void table_set(struct table *t, size_t row, size_t column, struct slice field,
	num_wide value);

/** table_set_unit, table_draw: of the column added last. table_set_about: of
 * the table. table_set_records(t, row, n): a new row has TABLE_FEW. */
void table_set_unit(struct table *t, struct slice unit);
void table_draw(struct table *t);
void table_set_about(struct table *t, struct slice sentence);
void table_set_records(struct table *t, size_t row, uint64_t n);

/** table_set_total: as table_set, of the total; the first call makes it. */
void table_set_total(struct table *t, size_t column, struct slice field,
	num_wide value);

void table_add_note(struct table *t, struct slice sentence);

/** table_at(t, row, column): the cell. */
const struct table_cell *table_at(const struct table *t, size_t row,
	size_t column);

/** table_is_figure(c): its cells have a value. */
bool table_is_figure(const struct table_column *c);

/** table_has_few(t): some row is to be marked as being of fewer than TABLE_FEW
 * records; not where every row is one record. */
bool table_has_few(const struct table *t);

/** table_label(c): the label, else the name, of the key or measure. */
struct slice table_label(const struct table_column *c);

/** table_mask(t): names, phones, e-mail and postal addresses of persons are
 * masked (see mask.h), in cells and in the names of sides. */
void table_mask(struct table *t);

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
 * room. A table too wide comes in parts below each other, each with the keys
 * (of nothing but keys, with the first); cells are never cut. Control characters
 * are shown escaped.
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
