#ifndef FIGURE_H
#define FIGURE_H

#include <stdbool.h>

#include "buf.h"
#include "table.h"

/**
 * figure: how the figures of a column are written for people. All of a column
 * alike, so that they can be compared: with as many decimals, thousands apart
 * by a thin blank (U+202F) where one has five digits or more, with two decimals
 * at most where one is 1 or more, shares and hours with one, rates as percent,
 * and in Chinese in units of 万 or 亿 where
 * all of them are large. Keys stay as they are.
 */
struct figure {
	unsigned decimals;
	unsigned power; /* in units of 10 to the power of: 0, 4, 8 */
	bool percent;   /* a ratio, shown times 100 */
	bool grouped;
};

#define FIGURE_RATE "rate" /* the unit of a ratio that is shown as percent */
#define FIGURE_BLANK "\xE2\x80\xAF" /* between thousands */

/** figure_plan(t, column): a column of figures. */
struct figure figure_plan(const struct table *t, size_t column);

/** figure_write(b, f, value): value in 1/10000. */
void figure_write(struct buf *b, const struct figure *f, num_wide value);

/** figure_unit(t, column, f): the unit, for a heading; n == 0: none. */
struct slice figure_unit(const struct table *t, size_t column,
	const struct figure *f);

/** figure_counted(column): its own unit, unless its label says the same. */
struct slice figure_counted(const struct table_column *column);

/** figure_heading(b, t, column, f): label, value of `across` and unit; f null:
 * no figure. */
void figure_heading(struct buf *b, const struct table *t, size_t column,
	const struct figure *f);

/** figure_money(b, field, lang): an amount on its own, with its unit; as it is
 * where it is none. figure_time(b, field): to the minute, midnight as the day. */
void figure_money(struct buf *b, struct slice field, enum table_lang lang);
void figure_time(struct buf *b, struct slice field);

/** figure_cell(b, t, row, column, f): the cell as text, not made visible; a
 * missing one is nothing. */
void figure_cell(struct buf *b, const struct table *t, size_t row,
	size_t column, const struct figure *f);

/** figure_group(b, digits): whole digits with a blank between thousands. */
void figure_group(struct buf *b, struct slice digits);

#endif
