#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calendar.h"
#include "expr.h"
#include "record.h"
#include "rules.h"

#include "template.h"

/**
 * plan: the rules, compiled against the files at hand.
 *
 * A column of crm(5) that a file lacks is known all the same; a rule that names
 * one is not tried (not_tried says why), but `status` and `ref` of the tickets
 * and what is named in column() are then missing in every row.
 */
enum plan_on { PLAN_TICKET, PLAN_CUSTOMER, PLAN_OWNER, PLAN_ONS };

/** The files, and the tables[] of a ticket rule's env. */
enum plan_file { PLAN_TICKETS, PLAN_CUSTOMERS, PLAN_PRODUCTS, PLAN_FILES };

/** What the tool itself gives to rules on owners. */
enum plan_given { PLAN_LAST_ENTRY, PLAN_GIVENS };

/** What a name of a text means: the `table` of template_part. */
enum plan_text {
	PLAN_OUTPUT,       /* column: list_column */
	PLAN_OF_TICKET,    /* column: number in extras */
	PLAN_OF_CUSTOMER,  /* column of the customers */
	PLAN_OF_PRODUCT,
};

enum { PLAN_PARTS = 64 };

/** Numbers of relations in the scope. */
struct plan_relations {
	size_t *numbers;
	size_t count;
};

/** An `and` part of a rule's `when`; plain: no relations and no holds. */
struct plan_part {
	const struct expr *test;
	struct plan_relations relations;
};

struct plan_rule {
	struct slice name, action, channel;
	struct slice when_text, due_text;
	enum plan_on on;
	size_t record;            /* in the rules file */
	struct expr *when, *due;
	struct expr *priority;    /* null: none */
	struct expr *start;       /* of the deadline's working time, to explain
	                             it; null: it has none */
	struct plan_part *parts;  /* of `when`; at most PLAN_PARTS */
	size_t part_count;
	uint64_t plain, rest;     /* bit i: part i is so; those that are not */
	uint64_t alone;           /* of the rest: its relations tell it all */
	struct plan_relations relations; /* that it names anywhere */
	bool related;             /* it looks at relations or holds */
	bool due_plain;           /* its due does not */
	bool names_file[PLAN_FILES]; /* when, due or priority does */
	bool names_other;         /* a file that is not its subject's */
	struct template text;
	size_t *extras;           /* ticket columns that the text names */
	size_t extra_count;
	int64_t repeat;           /* seconds; 0: once */
	const char *not_tried;    /* null: it is */
};

struct plan_table {
	struct slice *names;
	size_t count, in_file;    /* the first in_file are the file's */
	const char *file;         /* null: not given */
	bool *evaluated;          /* columns that ticket rules name */
	bool *shown;              /* columns that texts name */
};

struct plan {
	struct rules *source;
	struct plan_table tables[PLAN_FILES];
	struct expr_table views[PLAN_ONS][PLAN_FILES];
	struct expr_scope scopes[PLAN_ONS]; /* of the rules that are tried */
	struct expr_scope probes[PLAN_ONS]; /* of all rules */
	bool from_row[PLAN_ONS]; /* the rules name columns of the record alone:
	                            it can be the env's row as it is */
	struct plan_rule *rules;
	size_t count;
	size_t tried[PLAN_ONS];
};

struct plan_job {
	const char *path; /* of the rules; null: the built-in ones */
	const struct record_source *files[PLAN_FILES]; /* or null */
	const struct calendar *calendar;
	int64_t as_of;
};

/** plan_open(job): ends the program where a rule is wrong. */
struct plan *plan_open(const struct plan_job *job);
void plan_close(struct plan *p);

/** plan_built_in(): the built-in rules file. */
struct slice plan_built_in(void);

/** plan_names(name, plan): a rule names this column, or needs it to find its
 * relations and holds. */
bool plan_names(struct slice name, void *plan);

/** plan_duration(text, out): seconds of a duration like 24h; false where it is
 * none, or not above zero. */
bool plan_duration(struct slice text, int64_t *out);

#endif
