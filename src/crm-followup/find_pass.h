#ifndef FIND_PASS_H
#define FIND_PASS_H

#include "find_part.h"

/**
 * find_pass: what the files about tickets share. For find_tickets.c,
 * find_kinds.c, find_ticket.c and find_noted.c alone.
 */
enum {
	FIND_FILE_SHIFT = 44, /* where: file << 44 | offset */
	FIND_LAST_MARK = FIND_MARKS - 1,
};

#define FIND_OFFSET ((UINT64_C(1) << FIND_FILE_SHIFT) - 1)

/** The tickets' columns that the tool itself needs. */
struct find_columns {
	size_t kind, status, opened, owner, customer, ticket, product,
		station;
};

/**
 * One pass over the tickets collects what rules ask of related rows, and tries
 * the rules. A rule on tickets that asks for relations cannot be decided then:
 * where nothing else keeps it from matching, the ticket is noted, with a mark
 * for each such rule. After the pass the relations of a noted ticket decide,
 * and only if they let a rule pass the record is read again.
 */
struct find_pass {
	struct find *find;
	struct find_columns columns;
	size_t cells[2];      /* the kind's and the status' among the plan's */
	struct relate_pass *relate; /* null: no relations */
	size_t noted;         /* the job of the tickets' relations, or
	                         RECORD_NONE */
	size_t owner;         /* column, if rules on owners are tried */
	uint32_t marked[FIND_MARKS]; /* the rule of each mark */
	uint32_t *marks;      /* the mark of each rule, the last one for all
	                         that follow */
	uint32_t mark_count;
};

struct find_fitting {
	uint32_t rule;
	uint64_t open; /* the parts that kind and status do not decide */
};

/** Which rules may match tickets of a kind and status. */
struct find_kind_rules {
	struct slice status; /* as it stands in the field */
	struct find_kind_rules *next; /* of the same kind */
	const struct find_fitting *rules;
	size_t count;
};

struct find_kind {
	struct find_kind_rules *rules;
	const struct relate_kind *related; /* null: to no relation */
	bool known;
};

/** find_kind(pass, w, name): name as it stands in the field. Lives until the
 * next. find_kind_rules(pass, w, kind, r): of the record's status. */
struct find_kind *find_kind(const struct find_pass *pass,
	struct find_worker *w, struct slice name);
const struct find_kind_rules *find_kind_rules(const struct find_pass *pass,
	struct find_worker *w, struct find_kind *kind, const struct record *r);

/** find_files(pass, w, r, rule): the record's customer and product into the
 * env, where the rule names them. */
void find_files(const struct find_pass *pass, struct find_worker *w,
	const struct record *r, const struct plan_rule *rule);

/** find_try(pass, w, r, rule, subject): find_match, and an action where it
 * does. */
void find_try(const struct find_pass *pass, struct find_worker *w,
	const struct record *r, const struct plan_rule *rule,
	const struct relate_subject *subject);

/** find_noted(pass): the tickets that were noted, after the pass. */
void find_noted(const struct find_pass *pass);

/** find_cell(r, column): a field; missing where the column is. */
static inline struct slice
find_cell(const struct record *r, size_t column)
{
	return column == RECORD_NONE ? (struct slice){NULL, 0}
		: record_field(r, column);
}

#endif
