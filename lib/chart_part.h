#ifndef CHART_PART_H
#define CHART_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "chart.h"
#include "mem.h"
#include "phrase.h"
#include "svg.h"
#include "table.h"

/**
 * chart_part: what the files chart*.c share; for nobody else.
 */

#define CHART_TEXT 13.0  /* pixels: names */
#define CHART_SMALL 12.0 /* ticks, figures, notes */
#define CHART_SERIES 5   /* with a colour of their own; the rest is grey */
#define CHART_HEAD 12.8 /* headings: small, but bold */
#define CHART_GAP 8.0 /* between a name and its mark */

/* ---- what is shown: chart_data.c, chart_time.c ---- */

struct chart_category {
	struct slice name;
	size_t row; /* of the table, where each row is a category */
	long rank; /* its order in time, where the data are timed */
	bool few;
};

struct chart_series {
	struct slice name;
	double *values; /* of each category; NAN: missing */
	bool rest;      /* "other", or one of the others: grey */
};

struct chart_data {
	struct chart_category *categories;
	size_t count;
	struct chart_series *series;
	size_t series_count;
	bool timed;    /* the categories are points in time */
	bool months;   /* rank is year * 12 + month - 1 */
	bool seasons;  /* rank is the month of any year, from 0 */
	bool percent;  /* values are percent */
	size_t hidden; /* categories left out */
	struct mem_pool pool;
};

/** chart_data_open(d, t, columns, n): rows are categories, columns series;
 * chart_time_open: points in time are categories, and what else names the rows
 * are series; false, and nothing opened, where the rows have no time.
 * chart_time_only(t): nothing but time names the rows. chart_time_years(d):
 * adds up the months of each year. */
void chart_data_open(struct chart_data *d, const struct table *t,
	const size_t *columns, size_t n);
bool chart_time_only(const struct table *t);
bool chart_time_open(struct chart_data *d, const struct table *t,
	const size_t *columns, size_t n);
void chart_time_years(struct chart_data *d);
void chart_data_close(struct chart_data *d);

/** chart_data_cut(d, most): leaves the first categories. chart_data_largest(d):
 * puts those that are largest in the first series first. chart_data_gather(d,
 * lang, most): where there are more than `most` + 1 series, the smaller ones
 * are added up as "other"; the largest comes first. chart_data_rank(d, most):
 * where there are more than `most`, the largest come first, and the others are
 * marked. */
void chart_data_cut(struct chart_data *d, size_t most);
void chart_data_largest(struct chart_data *d);
void chart_data_gather(struct chart_data *d, enum table_lang lang,
	size_t most);
void chart_data_rank(struct chart_data *d, size_t most);

/** chart_data_is_empty(d): no value is known. chart_data_finest(d): 1 where all
 * are whole numbers: nothing is between them; else 0. */
bool chart_data_is_empty(const struct chart_data *d);
double chart_data_finest(const struct chart_data *d);

/** chart_data_range(d, stacked, least, most): of all values and zero; stacked:
 * of the sums of those below, and of those above zero. */
void chart_data_range(const struct chart_data *d, bool stacked, double *least,
	double *most);

/** chart_value(t, row, column): NAN where missing; percent of a ratio. */
double chart_value(const struct table *t, size_t row, size_t column);

/** chart_key(pool, t, row, wanted): the keys of a row in words; wanted null:
 * all, else of each key whether it is. chart_keys(t): how many columns are
 * keys. */
struct slice chart_key(struct mem_pool *pool, const struct table *t, size_t row,
	const bool *wanted);
size_t chart_keys(const struct table *t);

/* ---- scales: chart_scale.c ---- */

struct chart_scale {
	double least, most, step; /* least and most are multiples of step */
	double from, to;          /* the places of least and most */
};

/** chart_round_step(least): 1, 2 or 5 times a power of ten, not less. */
double chart_round_step(double least);

/** chart_scale_open(least, most, ticks, finest): with about so many round steps,
 * none smaller than the finest; 0: any. */
struct chart_scale chart_scale_open(double least, double most, size_t ticks,
	double finest);

/** chart_scale_at(s, value): its place. */
double chart_scale_at(const struct chart_scale *s, double value);

/* ---- figures beside marks: chart_number.c ---- */

/** How all figures of a measure are written, so that they can be compared: in
 * one unit, with one number of decimals. */
struct chart_form {
	enum table_lang lang;
	bool percent;
	double most;  /* the largest, without its sign */
	int decimals; /* that they have, 3 at most */
};

/** chart_form_start(lang, percent), then chart_form_see(f, value) of all values
 * that will be written; then chart_form_write. */
struct chart_form chart_form_start(enum table_lang lang, bool percent);
void chart_form_see(struct chart_form *f, double value);
void chart_form_write(struct buf *b, const struct chart_form *f, double value);

/** chart_figure(b, value, lang, percent): a figure on its own: three digits
 * that count, or whole with thin blanks: 12.5, 1 234, 6.88m, 688万, 45.7%.
 * chart_tick: a round value on an axis whose largest is `most`. */
void chart_figure(struct buf *b, double value, enum table_lang lang,
	bool percent);
void chart_tick(struct buf *b, double value, double most,
	enum table_lang lang, bool percent);

/* ---- the picture that is being drawn ---- */

struct chart {
	struct buf *b;
	const struct table *t;
	enum table_lang lang;
	double width;
	struct chart_data data;
	struct buf text; /* scratch */
};

/** Names of categories at the left, rows below each other (chart_rows.c). */
struct chart_rows {
	double top;
	double left;  /* where the marks begin */
	double step;  /* from row to row */
	double bar;   /* height of a mark */
	double above; /* height of the name where it stands above its mark */
	double right; /* names above their marks end here */
};

/** chart_rows_plan(c, top): in so much width as the names need.
 * chart_rows_names(c, r): draws them. chart_rows_mark(r, i): the top of a
 * mark. chart_rows_end(c, r): where the last ends. */
struct chart_rows chart_rows_plan(const struct chart *c, double top);
void chart_rows_names(struct chart *c, const struct chart_rows *r);
double chart_rows_mark(const struct chart_rows *r, size_t i);
double chart_rows_end(const struct chart *c, const struct chart_rows *r);

/** chart_legend(c, y): what the colours of the series mean; returns
 * where it ends. chart_class(c, series, kind): the class of a mark: 's' filled,
 * 'l' a line, 't' text. */
double chart_legend(struct chart *c, double y);
const char *chart_class(const struct chart *c, size_t series, char kind);

/** chart_title(c, category, series): "空调, 2025: 688万", for a pointer over
 * it; valid until the next. */
struct slice chart_title(struct chart *c, size_t category, size_t series);

/** chart_heading(c, column, room): what a column shows, with its unit if that
 * fits; in c->text. chart_measure: without the side, always with the unit. */
struct slice chart_heading(struct chart *c, size_t column, double room);
struct slice chart_measure(struct chart *c, size_t column);

/** chart_is_index(column): its unit says what is 100. */
bool chart_is_index(const struct table_column *column);

/** chart_paragraph(c, y, class, size, text): a text in lines; returns where it
 * ends. */
double chart_paragraph(struct chart *c, double y, const char *class,
	double size, struct slice text);

/** Each draws below y and returns where it ends. chart_columns: of the measure
 * in `column`, chart_heat too; chart_control: each series on its own, between the
 * limits of the columns `lower` and `upper`; chart_curve: how much the largest rows make up,
 * of all rows, those left out too. */
double chart_bars(struct chart *c, double y, const size_t *columns, size_t n);
double chart_stacked(struct chart *c, double y);
double chart_pareto(struct chart *c, double y);
double chart_curve(struct chart *c, double y);
double chart_heat(struct chart *c, double y, size_t column);
double chart_radar(struct chart *c, double y);
bool chart_radar_fits(const struct chart *c);
double chart_columns(struct chart *c, double y, size_t column);
double chart_lines(struct chart *c, double y);
double chart_control(struct chart *c, double y, size_t column);
bool chart_has_limits(const struct table *t);
double chart_figures(struct chart *c, double y);

/** Axes of columns and lines (chart_frame.c). */
struct chart_frame {
	double left, right, top, bottom;
	double step; /* from category to category */
	struct chart_scale scale;
};

/** chart_frame_open(c, y, right, least, most): draws the grid and the names of
 * the categories; `right` is left free at the right. chart_frame_at(f, i): the
 * middle of a category. chart_frame_end(f): below the names.
 * chart_year_step(month): the names of how many years, where a month is so
 * wide, have room: each, each second, fifth ... */
struct chart_frame chart_frame_open(struct chart *c, double y, double right,
	double least, double most);
double chart_frame_at(const struct chart_frame *f, size_t i);
double chart_frame_end(const struct chart_frame *f);
long chart_year_step(double month);

/** chart_describe(b, c, kind): appends the picture in words. */
void chart_describe(struct buf *b, struct chart *c, enum phrase kind);

#endif
