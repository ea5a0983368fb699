#ifndef EXPR_CASE_H
#define EXPR_CASE_H

#include <stdio.h>
#include <stdlib.h>

#include "date.h"
#include "expr.h"
#include "tap.h"

/**
 * expr_case: what the tests of expr share: one ticket row with its customer and
 * product, and cases (expression, row, what comes of it).
 *
 * A row is "column=raw value<TAB>...": what differs from the row below. What
 * comes of it is the written value, (missing), "!POSITION MESSAGE" where it is
 * refused, or "bad COLUMN: WHY: VALUE".
 */
struct expr_case {
	const char *row, *text, *want;
};

static const char *const case_ticket[][2] = {
	{"ticket_id", "t1"}, {"kind", "complaint"}, {"status", "open"},
	{"opened_at", "2026-11-18T09:30:00"}, {"closed_at", ""},
	{"due_at", "2026-11-20"}, {"amount", "120.50"}, {"quantity", "3"},
	{"score", ""}, {"note", "Hello"}, {"model", "XK-9"},
	{"birthday", "1990-02-28"}, {"wedding", "--10-01"}, {"number", "7"},
	{"when", "2026-01-05"}, {"product", "fridge"},
	{"\xe6\x95\xb0\xe9\x87\x8f", "12"},                 /* 数量 */
	{"\xe9\x87\x91\xe9\xa2\x9d\xef\xbc\x88\xe5\x85\x83\xef\xbc\x89",
		"5"}, /* 金额（元） */
};

static const char *const case_customer[][2] = {
	{"name", "\xe5\xbc\xa0\xe4\xb8\x89"}, {"tier", "gold"},
	{"credit_limit", "1000"}, {"balance", ""},
	{"created_at", "2020-02-29T12:00:00"}, {"remark", "a\\tb\\\\c"},
};

static const char *const case_product[][2] = {
	{"warranty", "24"}, {"season", "05-01"}, {"broken", "12x"},
};

#define CASE_COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define CASE_TICKET CASE_COUNT(case_ticket)
#define CASE_CUSTOMER CASE_COUNT(case_customer)
#define CASE_PRODUCT CASE_COUNT(case_product)

static struct slice case_names[CASE_TICKET + CASE_CUSTOMER + CASE_PRODUCT];
static struct slice case_values[CASE_TICKET + CASE_CUSTOMER + CASE_PRODUCT];
static struct expr_table case_tables[3];

static const struct expr_given case_given[] = {
	{"points", EXPR_NUMBER, false},
	{"label", EXPR_TEXT, false},
	{"ready", EXPR_BOOL, false},
	{"fee", EXPR_NUMBER, true},
	{"nothing", EXPR_NUMBER, false},
};

static const struct expr_value case_given_values[] = {
	{EXPR_NUMBER, false, 75 * NUM_ONE, {NULL, 0}},
	{EXPR_TEXT, false, 0, {"x", 1}},
	{EXPR_BOOL, false, 1, {NULL, 0}},
	{EXPR_NUMBER, false, 25000, {NULL, 0}},
	{EXPR_NUMBER, true, 0, {NULL, 0}},
};

static inline void
case_table(size_t t, const char *prefix, size_t from,
	const char *const (*columns)[2], size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		case_names[from + i] = slice_of(columns[i][0]);
		case_values[from + i] = slice_of(columns[i][1]);
	}
	case_tables[t] = (struct expr_table){.prefix = prefix,
		.names = case_names + from, .count = n};
}

/** case_scope(calendar): all that the cases know; free it with
 * expr_scope_free. */
static inline struct expr_scope
case_scope(const struct calendar *calendar)
{
	struct expr_scope scope = {.tables = case_tables, .table_count = 3};

	case_table(0, NULL, 0, case_ticket, CASE_TICKET);
	case_table(1, "customer", CASE_TICKET, case_customer, CASE_CUSTOMER);
	case_table(2, "product", CASE_TICKET + CASE_CUSTOMER, case_product,
		CASE_PRODUCT);
	scope.given = case_given;
	scope.given_count = CASE_COUNT(case_given);
	date_read(slice_of("2026-11-21T08:30:00"), &scope.as_of);
	scope.calendar = calendar;
	scope.relation_of = EXPR_OF_TICKET;
	scope.related = &case_tables[0];
	return scope;
}

/** A ticket row as a record of its own text. */
struct case_row {
	char text[4096];
	uint32_t separators[CASE_TICKET + 1];
	struct record record;
};

static inline void
case_row_set(struct case_row *row, const char *changes)
{
	size_t i, n = 0;

	row->separators[0] = UINT32_MAX;
	for (i = 0; i < CASE_TICKET; i++) {
		const char *name = case_ticket[i][0], *p = changes, *end;
		struct slice value = slice_of(case_ticket[i][1]);

		while (p != NULL && *p != '\0') {
			end = p + strcspn(p, "\t");
			if (strncmp(p, name, strlen(name)) == 0 &&
				p[strlen(name)] == '=')
				value = (struct slice){p + strlen(name) + 1,
					(size_t)(end - p) - strlen(name) - 1};
			p = *end != '\0' ? end + 1 : end;
		}
		memcpy(row->text + n, value.p, value.n);
		n += value.n;
		row->separators[i + 1] = (uint32_t)n;
		row->text[n++] = i + 1 < CASE_TICKET ? '\t' : '\n';
	}
	row->record = (struct record){.text = row->text,
		.separators = row->separators + 1, .fields = CASE_TICKET,
		.backslash = memchr(row->text, '\\', n) != NULL};
}

/** case_cells(scope, cells): two repairs, a hold without an amount; nothing
 * else. */
static inline void
case_cells(const struct expr_scope *scope, struct expr_cell *cells)
{
	size_t i;

	for (i = 0; i < scope->relation_count; i++) {
		cells[i] = (struct expr_cell){0};
		if (slice_is(scope->relations[i].kind, "repair"))
			cells[i] = (struct expr_cell){2, 0, DATE_DAY, 305000, 1};
		if (slice_is(scope->relations[i].kind, "hold"))
			cells[i].count = 1;
	}
}

static inline struct expr_env
case_env(const struct case_row *row, const struct expr_cell *cells)
{
	struct expr_env env = {.row = &row->record, .given = case_given_values,
		.relations = cells};

	env.cells[1] = case_values + CASE_TICKET;
	env.cells[2] = case_values + CASE_TICKET + CASE_CUSTOMER;
	return env;
}

/** case_result(scope, c, b): what came of it, as in struct expr_case. */
static inline void
case_result(struct expr_scope *scope, const struct expr_case *c, struct buf *b)
{
	static struct case_row row;
	struct expr_cell cells[64];
	struct expr_error error;
	struct expr_value value;
	struct expr_env env;
	struct expr *e;

	buf_clear(b);
	e = expr_compile(scope, slice_of(c->text), &error);
	if (e == NULL) {
		buf_printf(b, "!%zu %s", error.position, error.text);
		return;
	}
	case_row_set(&row, c->row);
	case_cells(scope, cells);
	env = case_env(&row, cells);
	if (expr_eval(e, &env, &value) == EXPR_BAD) {
		struct slice name =
			case_tables[env.bad_table].names[env.bad_column];

		buf_printf(b, "bad %.*s: %s: ", (int)name.n, name.p,
			env.bad_why);
		buf_add(b, env.bad_value);
	} else if (value.missing) {
		buf_text(b, "(missing)");
	} else {
		expr_write(b, e, &value);
	}
	if (expr_type(e) == EXPR_BOOL && !value.missing &&
		expr_true(e, &env) != (slice_is(buf_slice(b), "true") ? 1 :
			slice_is(buf_slice(b), "false") ? 0 : -1))
		buf_text(b, " (but not to expr_true)");
	buf_free(&env.scratch);
}

/** case_run(scope, cases, n): one test for each. */
static inline void
case_run(struct expr_scope *scope, const struct expr_case *cases, size_t n)
{
	struct buf b = {0};
	size_t i;

	for (i = 0; i < n; i++) {
		case_result(scope, &cases[i], &b);
		if (!tap_ok(slice_is(buf_slice(&b), cases[i].want), "%s",
			cases[i].text))
			printf("# got  %.*s\n# want %s\n", (int)b.n, b.p,
				cases[i].want);
	}
	buf_free(&b);
}

#endif
