#ifndef EXPR_H
#define EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "calendar.h"
#include "date_days.h"
#include "mem.h"
#include "num.h"
#include "record.h"
#include "schema.h"
#include "slice.h"

/**
 * expr: the expression language of crm-rules(5). Compiled once, evaluated for
 * every record: no parsing, no allocation (but a scratch buffer that grows)
 * per record. Knows columns and relations, nothing of tools.
 *
 *   scope  what the names mean; filled in by the tool, then expr_compile
 *   env    what they are for one record; filled in by the tool, then expr_eval
 */
enum expr_type {
	EXPR_TEXT,
	EXPR_NUMBER,   /* i = 1/10000; money too */
	EXPR_TIME,     /* i = seconds, as in date.h */
	EXPR_DURATION, /* i = seconds */
	EXPR_PERIOD,   /* i = months */
	EXPR_BOOL,     /* i = 0 or 1; never missing */
};

struct expr_value {
	enum expr_type type;
	bool missing;
	int64_t i;
	struct slice s; /* EXPR_TEXT: decoded; valid until the next expr_eval
	                   with the same env, and while the record is */
};

/** The columns that a row has. A column's type follows from its name. */
struct expr_table {
	const char *prefix; /* null: bare words; "customer": customer.name */
	const struct slice *names;
	size_t count;
	size_t lacked; /* the last so many are known, but the data has no such
	                  columns: column() finds them missing */
};

/** A value that the tool itself gives, e.g. score in a card's grade rules. */
struct expr_given {
	const char *name;
	enum expr_type type;
	bool money;
};

enum expr_relation_of {
	EXPR_NO_RELATIONS,
	EXPR_OF_TICKET,   /* its child rows, by ref */
	EXPR_OF_CUSTOMER, /* the tickets of a customer */
	EXPR_OF_GROUP,    /* the tickets of a station, owner ... */
};

/** What is asked of a relation. */
enum expr_part {
	EXPR_PART_HAS = 1,
	EXPR_PART_COUNT = 2,
	EXPR_PART_FIRST = 4,
	EXPR_PART_LAST = 8,
	EXPR_PART_SUM = 16,
};

/** One distinct (kind, condition): computed once, for has count first last
 * sum. */
struct expr_relation {
	struct slice kind;
	struct expr *where; /* over the related row; null: none */
	unsigned parts;     /* expr_part: what any expression asks of it */
};

/** What a relation comes to for one subject: as far as its parts ask for it;
 * count > 0 wherever it has rows. */
struct expr_cell {
	int64_t count;
	int64_t first, last; /* opened_at; only if count > 0 */
	num_wide sum;        /* amount, 1/10000; missing amounts add nothing */
	int64_t amounts;     /* how many had one: sum of none is missing */
};

enum expr_function {
	EXPR_COUNT, EXPR_SUM, EXPR_MEAN, EXPR_MIN, EXPR_MAX, EXPR_MEDIAN,
	EXPR_PERCENTILE, EXPR_DISTINCT, EXPR_RATE,
	/* over the rows of the result: */
	EXPR_SHARE, EXPR_CUMSHARE, EXPR_RANK, EXPR_INDEX, EXPR_CHANGE,
	EXPR_RUNNING, EXPR_TOTAL, EXPR_LARGER, EXPR_PORTION,
	EXPR_WHOLE, EXPR_INITIAL,
};

/** An aggregate at the top of a report's `show`: the tool computes its value
 * and hands it over in env->aggregates. */
struct expr_aggregate {
	enum expr_function function;
	int percentile;        /* EXPR_PERCENTILE: 1-99 */
	struct expr *argument; /* null: count(). Of EXPR_SHARE and later: over
	                          measures and aggregates, else over the row */
	struct expr *amount;   /* EXPR_PORTION: what is divided */
	struct slice within;   /* of EXPR_SHARE to EXPR_PORTION: the key whose
	                          values are taken apart; n == 0: none */
	size_t within_at;      /* where it stands in the text */
	struct slice name;     /* of the function, as written */
	enum expr_type type;   /* of the value */
	bool money;
};

struct expr_scope {
	/* Given by the tool, before the first expr_compile: */
	const struct expr_table *tables; /* [0] the row itself; then others */
	size_t table_count;
	const struct expr_given *given;
	size_t given_count;
	size_t row_given_count; /* with aggregates: so many of given (at
	                           most given_count), the
	                           first, are seen inside their arguments
	                           alone, the others outside alone */
	int64_t as_of;
	const struct calendar *calendar;
	enum expr_relation_of relation_of;
	const char *relation_hint;       /* EXPR_NO_RELATIONS: added to the
	                                    error, may be null */
	const struct expr_table *related; /* the row of a relation's condition */
	/* true: count sum mean ... at the top are aggregates, and a bare word
	 * outside their arguments is a `given`, never a column */
	bool aggregates;

	/* Collected by expr_compile; numbered as env->relations and
	 * env->aggregates are: */
	struct expr_relation *relations;
	size_t relation_count;
	struct expr_aggregate *aggregated;
	size_t aggregate_count;
	bool uses_holds;       /* work or worktime occurs */
	size_t shared_count;   /* what expr_share found */
	bool *uses[4];         /* uses[t][c]: column c of tables[t] occurs; may be
	                          null while nothing was compiled */

	struct mem_pool pool;  /* everything compiled lives here */
	struct expr_pattern *patterns; /* private */
};

struct expr_error {
	size_t position; /* byte in the text, from 0 */
	char text[256];
};

/** A value that several expressions use, of a row. */
struct expr_shared {
	int64_t i;
	uint32_t row; /* env->shared_row, when it was computed */
	bool missing, met_missing;
};

/** expr_compile(scope, text, error): null, and *error set, where the text is
 * wrong; an empty text is `true`. The result lives as long as the scope. */
struct expr *expr_compile(struct expr_scope *scope, struct slice text,
	struct expr_error *error);
void expr_scope_free(struct expr_scope *scope); /* what it collected */

/** expr_compile_as(scope, text, type, error): as expr_compile, and the result
 * has that type: what is anything else is an error too. */
struct expr *expr_compile_as(struct expr_scope *scope, struct slice text,
	enum expr_type type, struct expr_error *error);

/** expr_share(scope, list, n, known_column): what occurs more than once in these
 * expressions, all of one scope, is from now on computed once for each row, if
 * env->shared is there. known_column: as it will be in env. Once for a scope,
 * after it has compiled all. */
void expr_share(struct expr_scope *scope, struct expr *const *list, size_t n,
	size_t known_column);

enum expr_type expr_type(const struct expr *e);

/** expr_type_name(type): for messages: "a number", "a condition" ... */
const char *expr_type_name(enum expr_type type);

/** expr_money(e): a number that is an amount of money (a money column, or made
 * of one by sum, mean, min, max, + and -, or multiplied or divided by a plain
 * number). */
bool expr_money(const struct expr *e);

/** expr_column(e): if e is just a column: its table, and its number in *column;
 * else RECORD_NONE. */
size_t expr_column(const struct expr *e, size_t *column);

/** expr_relation_text(e, i): the i-th relation that e names, from 0, as it is
 * written: count("repair"). n == 0: e has no more. */
struct slice expr_relation_text(const struct expr *e, size_t i);

/** expr_names(e, table, column): the column occurs in e, which is no condition
 * of a relation or that condition itself (table 0: the related row).
 * expr_relates(e, relation): the relation of that number does. */
bool expr_names(const struct expr *e, size_t table, size_t column);
bool expr_relates(const struct expr *e, size_t relation);

/** expr_by_day(e, column): e comes to the same for all rows that have, in this
 * column of tables[0], a time of the same day. May be false where it does. */
bool expr_by_day(const struct expr *e, size_t column);

/** expr_aggregated(e): if e is just an aggregate: its number in
 * scope->aggregated; else RECORD_NONE. */
size_t expr_aggregated(const struct expr *e);

struct expr_env {
	const struct record *row;       /* tables[0]; or null: see cells[0] */
	const struct slice *cells[4];   /* raw fields of tables[t], each as its
	                                   names; null: no such row, all missing */
	const struct expr_value *given;
	const struct expr_cell *relations; /* null: no related rows */
	const struct calendar_span *holds; /* of the ticket */
	size_t hold_count;
	const struct expr_value *aggregates;
	size_t known_column;   /* 1 + a time column of the row that the tool has
	                          read already; 0: none */
	int64_t known_time;
	struct date_days *days; /* where times are read with it; or null */
	struct expr_shared *shared; /* scope->shared_count, all zero at first;
	                          null: nothing is computed but once */
	uint32_t shared_row;   /* with it: another one for each row, not 0 */
	/* Set by expr_eval: */
	bool met_missing;      /* a comparison met a missing value; cleared at
	                          the start of each expr_eval */
	const char *bad_why;   /* on EXPR_BAD, with: */
	size_t bad_table, bad_column;
	struct slice bad_value;
	struct buf scratch;    /* zero at first; buf_free it at the end */
};

enum expr_status {
	EXPR_OK,
	EXPR_BAD, /* a column holds what its type cannot be: a bad record */
};

/** expr_eval(e, env, value). */
enum expr_status expr_eval(const struct expr *e, struct expr_env *env,
	struct expr_value *value);

/** expr_true(e, env): of an expression of type bool: 1 true, 0 false, -1 bad, as
 * EXPR_BAD. The fast way for rules. */
int expr_true(const struct expr *e, struct expr_env *env);

/** expr_argument(e): the text of e, as written. */
struct slice expr_argument(const struct expr *e);

/** expr_divisor(scope, e): what e divides by, as an expression of its own; null
 * where e is no quotient. */
struct expr *expr_divisor(struct expr_scope *scope, const struct expr *e);

/** expr_needs(e): what of the env e looks at: a bit for each table, 1 << t, and
 * one for what is related, and one for each given. Arguments of aggregates do
 * not count. */
enum { EXPR_NEEDS_RELATED = 1 << 4, EXPR_NEEDS_GIVEN = 1 << 5 };
unsigned expr_needs(const struct expr *e);

/** expr_known(e, env, columns, n): what a condition comes to where only these
 * columns of tables[0] are known: 1 true, 0 false, -1: it depends on more. */
int expr_known(const struct expr *e, struct expr_env *env,
	const size_t *columns, size_t n);

/** expr_known_first(e, env, columns, n): the same, where expr_true would not
 * come to look at any other column: so no bad value of one is passed over. */
int expr_known_first(const struct expr *e, struct expr_env *env,
	const size_t *columns, size_t n);

/** expr_known_rest(e, env, columns, n, pool): a condition that comes to the same
 * as e for every row that is like this one in these columns, without the parts
 * of e that they decide. For expr_true; lives as long as pool and e. What rate()
 * leaves out it does not tell, unless that is its argument. */
struct expr *expr_known_rest(const struct expr *e, struct expr_env *env,
	const size_t *columns, size_t n, struct mem_pool *pool);

/** expr_write(b, e, value): as a field: times and numbers as crm(5) says, money
 * if expr_money(e), durations as hours with at most 4 decimals, bool as true or
 * false, text escaped, missing as nothing. */
void expr_write(struct buf *b, const struct expr *e,
	const struct expr_value *value);

/** expr_explain(e, env, b): appends the columns and relations that e names,
 * with their values: kind=repair closed_at=2026-11-20T10:00:00
 * count("callback")=0. Values of the tool (given) too. Not escaped. Counts as
 * an evaluation: slices of the one before are gone. */
void expr_explain(const struct expr *e, struct expr_env *env, struct buf *b);

/** expr_relation_write(e, i, env, b): appends the value of that relation, as
 * expr_write. */
void expr_relation_write(const struct expr *e, size_t i, struct expr_env *env,
	struct buf *b);

/**
 * expr_item: cuts a list "name = expression; expression; ...". Start with
 * *position = 0; false at the end. A bare item has name.n == 0. *at is where
 * the expression starts in text. Semicolons inside quotes do not count; "==" is
 * not a name's "=".
 */
bool expr_item(struct slice text, size_t *position, struct slice *name,
	struct slice *expression, size_t *at);

#endif
