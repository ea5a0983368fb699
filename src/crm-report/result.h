#ifndef RESULT_H
#define RESULT_H

#include <stdbool.h>

#include "groups.h"
#include "table.h"
#include "words.h"

/**
 * result: groups made into the rows of a report: pivoted by `across`, filled up
 * by `every`, the measures computed, sorted, chosen by `having`, cut.
 *
 * A row is a value of the keys, a side a value of `across` (one, empty, without
 * it). Where they meet is a spot: a group, or null where there is none, with
 * the values of its aggregates and measures. Beside the rows stands their
 * total, of all records on each side, and the whole, of all records.
 */
struct result_spot {
	struct group *group;
	struct expr_value *aggregates; /* report.aggregates */
	struct expr_value *wholes;     /* of each: what a share is of */
	struct expr_value *givens;     /* what expressions name: see report.h */
	struct expr_value *measures;   /* in givens */
};

struct result_row {
	struct slice key;           /* canonical fields, TAB between */
	struct result_spot *spots;  /* of each side */
};

struct result {
	const struct groups *groups;
	struct result_row *rows;
	size_t row_count;
	struct slice *sides;        /* canonical, upwards */
	size_t side_count;
	struct groups sums;         /* of each side, and of all */
	struct result_row total;
	struct result_spot whole;
	struct mem_pool pool;
};

/** result_open(r, groups): groups outlive r. */
void result_open(struct result *r, const struct groups *groups);
void result_close(struct result *r);

/** result_order(type, a, b): <0, 0, >0 of two canonical fields of a type;
 * missing before all. */
int result_order(enum expr_type type, struct slice a, struct slice b);

/** result_part(key, i): the i-th field of a key. */
struct slice result_part(struct slice key, size_t i);

/** result_table(r, style, t): makes t. */
struct result_style {
	bool explain; /* the denominators are further columns, and the rule of
	                 each figure is a note: */
	const struct words *words;
	enum table_lang lang;
};
void result_table(const struct result *r, const struct result_style *style,
	struct table *t);

#endif
