#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "definition.h"
#include "expr.h"
#include "subject.h"
#include "table.h"

/**
 * report: a definition, compiled for the columns of the data.
 *
 * A group of records is named by its key: the values of `by`, and of `across`
 * if there is one, as canonical fields with a TAB between them.
 *
 * What `show` may name outside of aggregates: the constants of the run, the
 * keys, and earlier measures. They are numbered, behind the subject's givens,
 * in this order.
 */
enum report_constant {
	REPORT_YEAR_TARGET, /* --target */
	REPORT_SINCE_YEAR,  /* of --since, --until */
	REPORT_UNTIL_YEAR,
	REPORT_CONSTANTS,
};

enum { REPORT_KEYS = SUBJECT_GIVENS + REPORT_CONSTANTS };

struct report_key {
	struct slice name;
	struct expr *e;
	size_t table, column; /* e is just a column of text: where; else
	                         table is RECORD_NONE */
	bool every;           /* rows that are not there are made: from the
	                         first to the last, or from least to most */
	bool bounded;
	int64_t least, most;  /* 1/10000 */
};

struct report_measure {
	struct slice name;
	struct slice text;     /* the expression, as written */
	struct expr *e;
	struct expr *divisor;  /* what a quotient is of, or null */
	size_t first, end;     /* the aggregates that it was first to name */
	size_t whole;          /* it is just this aggregate, or RECORD_NONE */
};

struct report_sort {
	bool down;
	bool measure;          /* else a key */
	size_t number;
};

struct report {
	const struct definition *definition;
	struct subject *subject;
	const struct expr_value *constants;
	struct report_key *keys;   /* `across` is the last one */
	size_t key_count;
	bool across;
	bool plain;                /* all keys are columns of text */
	struct expr *where;        /* null: every record */
	struct report_measure *measures;
	size_t measure_count;
	struct report_measure having; /* e is null: every row */
	struct expr_given *givens;
	struct expr_aggregate *aggregates;
	size_t aggregate_count;
	size_t *cells;             /* of each: where its cell is in a group;
	                              medians and percentiles of one value share
	                              it */
	size_t *within;            /* of each: the key whose values are taken
	                              apart, or RECORD_NONE */
	size_t cell_size;          /* of all */
	size_t *folded;            /* the aggregates that take values of
	                              records, one of those that share */
	size_t folded_count;
	struct report_sort *sorts;
	size_t sort_count;
	size_t limit;              /* SIZE_MAX: none */
	enum table_chart chart;
};

/** report_compile(r, d, s, constants): ends the program where the definition is
 * wrong, with file, line, column and a caret. constants outlive r. */
void report_compile(struct report *r, const struct definition *d,
	struct subject *s, const struct expr_value *constants);
void report_free(struct report *r);

/** report_rows_by(r): how many keys name a row. */
size_t report_rows_by(const struct report *r);

/** report_measures_at(r): the number of the first measure among what may be
 * named. */
size_t report_measures_at(const struct report *r);

/** report_unit(r, key, i), of a key or a measure: n == 0: none.
 * report_drawn(r, i): the definition wants measure i in the picture. */
struct slice report_unit(const struct report *r, bool key, size_t i);
bool report_drawn(const struct report *r, size_t i);

/** report_samples(r): figures say little of few records: there are means, rates
 * and the like. */
bool report_samples(const struct report *r);

/** report_of_customers(d): the definition is of customers. */
bool report_of_customers(const struct definition *d);

#endif
