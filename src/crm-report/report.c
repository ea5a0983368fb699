#include "report.h"

#include <stdio.h>
#include <stdlib.h>

#include "aggregate.h"
#include "msg.h"
#include "report_part.h"
#include "text.h"

static const struct expr_given constants_named[REPORT_CONSTANTS] = {
	[REPORT_YEAR_TARGET] = {"year_target", EXPR_NUMBER, true},
	[REPORT_SINCE_YEAR] = {"since_year", EXPR_NUMBER, false},
	[REPORT_UNTIL_YEAR] = {"until_year", EXPR_NUMBER, false},
};

bool
report_of_customers(const struct definition *d)
{
	return slice_is(definition_get(d, DEFINITION_OF), "customers");
}

size_t
report_rows_by(const struct report *r)
{
	return r->key_count - r->across;
}

size_t
report_measures_at(const struct report *r)
{
	return REPORT_KEYS + r->key_count;
}

/* What is unknown may be a given for which the tickets lack a column. */
static void
explain_missing(const struct subject *s, struct expr_error *error)
{
	char unknown[80];
	size_t n = strlen(error->text), i;

	for (i = 0; s->lacks && i < SUBJECT_GIVENS; i++) {
		snprintf(unknown, sizeof unknown, "unknown column \"%s\"",
			subject_givens[i].name);
		if (strncmp(error->text, unknown, strlen(unknown)) == 0)
			snprintf(error->text + n, sizeof error->text - n,
				": the tickets have no column \"%s\"",
				s->lacks);
	}
}

static struct expr *
compile(struct report *r, enum definition_field field, struct slice text,
	size_t at)
{
	struct expr_error error;
	struct expr *e;

	if (text.n == 0)
		definition_die_at(r->definition, field, at,
			"an expression is missing");
	e = expr_compile(&r->subject->scope, text, &error);
	if (e == NULL) {
		explain_missing(r->subject, &error);
		definition_die_at(r->definition, field, at + error.position,
			error.text);
	}
	return e;
}

static void
check_name(const struct report *r, enum definition_field field,
	struct slice name, size_t at)
{
	size_t i;

	for (i = 0; i < r->key_count; i++) {
		if (slice_equal(r->keys[i].name, name))
			definition_die_at(r->definition, field, at,
				"two columns of one name");
	}
	for (i = 0; i < r->measure_count; i++) {
		if (slice_equal(r->measures[i].name, name))
			definition_die_at(r->definition, field, at,
				"two columns of one name");
	}
}

static void
add_key(struct report *r, struct slice name, struct expr *e)
{
	struct report_key key = {.name = name, .e = e, .table = RECORD_NONE};

	if (expr_type(e) == EXPR_TEXT)
		key.table = expr_column(e, &key.column);
	r->plain = r->plain && key.table != RECORD_NONE;
	r->keys = mem_resize(r->keys, r->key_count + 1, sizeof *r->keys);
	r->keys[r->key_count++] = key;
}

/* The items of a list as keys; returns how many. */
static size_t
compile_list(struct report *r, enum definition_field field)
{
	struct slice list = definition_get(r->definition, field);
	struct slice name, text;
	size_t position = 0, count = 0, at;

	while (expr_item(list, &position, &name, &text, &at)) {
		text = text_trim(text);
		at = (size_t)(text.p - list.p);
		if (name.n == 0)
			name = text;
		check_name(r, field, name, at);
		add_key(r, name, compile(r, field, text, at));
		count++;
	}
	return count;
}

static void
compile_keys(struct report *r)
{
	r->plain = true;
	compile_list(r, DEFINITION_BY);
	switch (compile_list(r, DEFINITION_ACROSS)) {
	case 0:
		break;
	case 1:
		r->across = true;
		break;
	default:
		definition_die(r->definition, DEFINITION_ACROSS,
			"one expression, not several");
	}
}

static void
compile_where(struct report *r)
{
	struct slice where = definition_get(r->definition, DEFINITION_WHERE);

	if (where.n == 0)
		return;
	r->where = compile(r, DEFINITION_WHERE, where, 0);
	if (expr_type(r->where) != EXPR_BOOL)
		definition_die_at(r->definition, DEFINITION_WHERE, 0,
			"not a condition");
}

/* A word for the expressions that follow. */
static void
add_given(struct report *r, size_t n, struct slice word, const struct expr *e)
{
	struct expr_scope *scope = &r->subject->scope;
	char *name = mem_pool_get(&scope->pool, word.n + 1);

	memcpy(name, word.p, word.n);
	name[word.n] = '\0';
	r->givens = mem_resize(r->givens, n + 1, sizeof *r->givens);
	r->givens[n] = (struct expr_given){
		.name = name,
		.type = expr_type(e),
		.money = expr_money(e),
	};
	scope->given = r->givens;
	scope->given_count = n + 1;
}

static void
resolve_within(struct report *r, const struct expr_aggregate *a, size_t number,
	size_t at)
{
	size_t i;

	r->within = mem_resize(r->within, number + 1, sizeof *r->within);
	r->within[number] = RECORD_NONE;
	for (i = 0; a->within.n > 0 && i < report_rows_by(r); i++) {
		if (slice_equal(r->keys[i].name, a->within))
			r->within[number] = i;
	}
	if (a->within.n > 0 && r->within[number] == RECORD_NONE)
		definition_die_at(r->definition, DEFINITION_SHOW,
			at + a->within_at, "not a key of the rows");
}

static void
compile_measure(struct report *r, struct report_measure *m,
	enum definition_field field, size_t at)
{
	struct expr_scope *scope = &r->subject->scope;
	size_t i;

	m->first = scope->aggregate_count;
	m->e = compile(r, field, m->text, at);
	m->end = scope->aggregate_count;
	m->whole = expr_aggregated(m->e);
	m->divisor = expr_divisor(scope, m->e);
	for (i = m->first; i < m->end; i++)
		resolve_within(r, &scope->aggregated[i], i, at);
}

static void
compile_measures(struct report *r)
{
	struct slice show = definition_get(r->definition, DEFINITION_SHOW);
	struct report_measure m;
	size_t position = 0, at;

	while (expr_item(show, &position, &m.name, &m.text, &at)) {
		m.text = text_trim(m.text);
		at = (size_t)(m.text.p - show.p);
		if (m.name.n == 0)
			m.name = m.text;
		check_name(r, DEFINITION_SHOW, m.name, at);
		compile_measure(r, &m, DEFINITION_SHOW, at);
		r->measures = mem_resize(r->measures, r->measure_count + 1,
			sizeof *r->measures);
		add_given(r, report_measures_at(r) + r->measure_count, m.name,
			m.e);
		r->measures[r->measure_count++] = m;
	}
	if (r->measure_count == 0)
		definition_die(r->definition, DEFINITION_SHOW,
			"a report shows something");
	r->having.text = definition_get(r->definition, DEFINITION_HAVING);
	if (r->having.text.n == 0)
		return;
	compile_measure(r, &r->having, DEFINITION_HAVING, 0);
	if (expr_type(r->having.e) != EXPR_BOOL)
		definition_die_at(r->definition, DEFINITION_HAVING, 0,
			"not a condition");
}

/* The first aggregate that keeps the same: values in their order. */
static size_t
shares(const struct report *r, size_t i)
{
	const struct expr_aggregate *a = &r->aggregates[i], *b;
	size_t k;

	for (k = 0; k < i; k++) {
		b = &r->aggregates[k];
		if (aggregate_is_ordered(a) && aggregate_is_ordered(b) &&
			slice_equal(expr_argument(a->argument),
			expr_argument(b->argument)))
			return k;
	}
	return i;
}

/* The next report numbers its aggregates anew. */
static void
take_aggregates(struct report *r)
{
	struct expr_scope *scope = &r->subject->scope;
	size_t i;

	r->aggregates = scope->aggregated;
	r->aggregate_count = scope->aggregate_count;
	scope->aggregated = NULL;
	scope->aggregate_count = 0;
	r->cells = mem_alloc(r->aggregate_count + 1, sizeof *r->cells);
	r->folded = mem_alloc(r->aggregate_count + 1, sizeof *r->folded);
	for (i = 0; i < r->aggregate_count; i++) {
		size_t first = shares(r, i);

		r->cells[i] = first < i ? r->cells[first] : r->cell_size;
		if (first < i)
			continue;
		r->cell_size += aggregate_size(&r->aggregates[i]);
		if (r->aggregates[i].argument &&
			!aggregate_is_window(&r->aggregates[i]))
			r->folded[r->folded_count++] = i;
	}
}

/* A figure of the same name hides a column of the file. */
static void
warn_hidden(const struct report *r)
{
	const struct expr_table *table = &r->subject->tables[0];
	unsigned needs = r->where ? expr_needs(r->where) : 0;
	size_t i, k;

	for (i = 0; i < r->key_count; i++)
		needs |= expr_needs(r->keys[i].e);
	for (i = 0; i < r->folded_count; i++)
		needs |= expr_needs(r->aggregates[r->folded[i]].argument);
	for (i = 0; i < SUBJECT_GIVENS; i++) {
		if (!(needs & (unsigned)EXPR_NEEDS_GIVEN << i))
			continue;
		for (k = 0; k < table->count; k++) {
			if (slice_is(table->names[k], subject_givens[i].name))
				msg_warn("%.*s: \"%s\" is the figure computed "
					"from the tickets; the column of that "
					"name is column(\"%s\")",
					(int)r->definition->name.n,
					r->definition->name.p,
					subject_givens[i].name,
					subject_givens[i].name);
		}
	}
}

/* What is seen in the arguments of aggregates alone, and what outside alone. */
static void
compile_all(struct report *r)
{
	struct expr_scope *scope = &r->subject->scope;
	size_t i;

	r->givens = mem_alloc(REPORT_KEYS, sizeof *r->givens);
	memcpy(r->givens, subject_givens, sizeof subject_givens);
	memcpy(r->givens + SUBJECT_GIVENS, constants_named,
		sizeof constants_named);
	for (i = 0; i < SUBJECT_GIVENS && !r->subject->sells; i++)
		r->givens[i].name = ""; /* no word is that */
	scope->given = r->givens;
	scope->given_count = scope->row_given_count = SUBJECT_GIVENS;
	compile_where(r);
	compile_keys(r);
	scope->given_count = REPORT_KEYS;
	for (i = 0; i < r->key_count; i++)
		add_given(r, REPORT_KEYS + i, r->keys[i].name, r->keys[i].e);
	scope->aggregates = true;
	compile_measures(r);
	scope->aggregates = false;
	scope->given = subject_givens;
	scope->given_count = r->subject->sells ? SUBJECT_GIVENS : 0;
}

void
report_compile(struct report *r, const struct definition *d,
	struct subject *s, const struct expr_value *constants)
{
	struct slice limit = definition_get(d, DEFINITION_LIMIT);
	size_t i;

	*r = (struct report){.definition = d, .subject = s,
		.constants = constants};
	r->limit = limit.n > 0 ? 0 : SIZE_MAX;
	for (i = 0; i < limit.n; i++)
		r->limit = r->limit * 10 + (size_t)(limit.p[i] - '0');
	table_chart_of(definition_get(d, DEFINITION_CHART), &r->chart);
	compile_all(r);
	take_aggregates(r);
	report_part_sort(r);
	report_part_every(r);
	report_part_check(r);
	warn_hidden(r);
}

void
report_free(struct report *r)
{
	free(r->keys);
	free(r->measures);
	free(r->givens);
	free(r->aggregates);
	free(r->cells);
	free(r->within);
	free(r->folded);
	free(r->sorts);
	*r = (struct report){0};
}
