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
 */
struct report_key {
	struct slice name;
	struct expr *e;
	size_t table, column; /* e is just a column of text: where; else
	                         table is RECORD_NONE */
};

struct report_measure {
	struct slice name;
	struct slice text;     /* the expression, as written */
	struct expr *e;
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
	struct report_key *keys;   /* `across` is the last one */
	size_t key_count;
	bool across;
	bool plain;                /* all keys are columns of text */
	struct expr *where;        /* null: every record */
	struct report_measure *measures;
	size_t measure_count;
	struct expr_given *givens; /* subject_givens, then the measures */
	struct expr_aggregate *aggregates;
	size_t aggregate_count;
	size_t *cells;             /* of each: where its cell is in a group */
	size_t cell_size;          /* of all */
	struct report_sort *sorts;
	size_t sort_count;
	size_t limit;              /* SIZE_MAX: none */
	enum table_chart chart;
};

/** report_compile(r, d, s): ends the program where the definition is wrong,
 * with file, line, column and a caret. */
void report_compile(struct report *r, const struct definition *d,
	struct subject *s);
void report_free(struct report *r);

/** report_rows_by(r): how many keys name a row. */
size_t report_rows_by(const struct report *r);

/** report_of_customers(d): the definition is of customers. */
bool report_of_customers(const struct definition *d);

#endif
