#include "report.h"

#include <stdio.h>
#include <stdlib.h>

#include "aggregate.h"
#include "msg.h"
#include "text.h"

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
	if (e == NULL)
		definition_die_at(r->definition, field, at + error.position,
			error.text);
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

static void
compile_keys(struct report *r)
{
	struct slice by = definition_get(r->definition, DEFINITION_BY);
	struct slice across = definition_get(r->definition, DEFINITION_ACROSS);
	struct slice name, text;
	size_t position = 0, at;
	struct expr *e;

	r->plain = true;
	while (expr_item(by, &position, &name, &text, &at)) {
		text = text_trim(text);
		at = (size_t)(text.p - by.p);
		if (name.n == 0)
			name = text;
		check_name(r, DEFINITION_BY, name, at);
		e = compile(r, DEFINITION_BY, text, at);
		add_key(r, name, e);
	}
	if (across.n > 0) {
		e = compile(r, DEFINITION_ACROSS, across, 0);
		add_key(r, text_trim(across), e);
		r->across = true;
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

/* A measure is a name for those behind it. */
static void
add_given(struct report *r, const struct report_measure *m)
{
	struct expr_scope *scope = &r->subject->scope;
	size_t n = SUBJECT_GIVENS + r->measure_count;
	char *name = mem_pool_get(&scope->pool, m->name.n + 1);

	memcpy(name, m->name.p, m->name.n);
	name[m->name.n] = '\0';
	r->givens = mem_resize(r->givens, n + 1, sizeof *r->givens);
	r->givens[n] = (struct expr_given){
		.name = name,
		.type = expr_type(m->e),
		.money = expr_money(m->e),
	};
	scope->given = r->givens;
	scope->given_count = n + 1;
}

static void
compile_measures(struct report *r)
{
	struct slice show = definition_get(r->definition, DEFINITION_SHOW);
	struct expr_scope *scope = &r->subject->scope;
	struct report_measure m;
	size_t position = 0, at;

	while (expr_item(show, &position, &m.name, &m.text, &at)) {
		m.text = text_trim(m.text);
		at = (size_t)(m.text.p - show.p);
		if (m.name.n == 0)
			m.name = m.text;
		check_name(r, DEFINITION_SHOW, m.name, at);
		m.first = scope->aggregate_count;
		m.e = compile(r, DEFINITION_SHOW, m.text, at);
		m.end = scope->aggregate_count;
		m.whole = expr_aggregated(m.e);
		r->measures = mem_resize(r->measures, r->measure_count + 1,
			sizeof *r->measures);
		add_given(r, &m);
		r->measures[r->measure_count++] = m;
	}
	if (r->measure_count == 0)
		definition_die(r->definition, DEFINITION_SHOW,
			"a report shows something");
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
	for (i = 0; i < r->aggregate_count; i++) {
		r->cells[i] = r->cell_size;
		r->cell_size += aggregate_size(&r->aggregates[i]);
	}
}

/* "-n", "kind": a measure or a key of the rows. */
static struct report_sort
find_sort(const struct report *r, struct slice name, size_t at)
{
	struct report_sort sort = {.down = name.n > 0 && *name.p == '-'};
	struct slice *names;
	const struct slice *near;
	char why[300], shown[100];
	size_t keys = report_rows_by(r), n = keys + r->measure_count, i;

	if (sort.down)
		name = text_trim((struct slice){name.p + 1, name.n - 1});
	names = mem_pool_get(&r->subject->scope.pool, n * sizeof *names);
	for (i = 0; i < n; i++) {
		names[i] = i < keys ? r->keys[i].name :
			r->measures[i - keys].name;
		if (slice_equal(names[i], name)) {
			sort.measure = i >= keys;
			sort.number = sort.measure ? i - keys : i;
			return sort;
		}
	}
	near = text_suggest(name, names, n);
	msg_quote(shown, sizeof shown, name);
	snprintf(why, sizeof why, "neither a key nor a measure: %s", shown);
	if (near) {
		msg_quote(shown, sizeof shown, *near);
		snprintf(why + strlen(why), sizeof why - strlen(why),
			" (did you mean %s?)", shown);
	}
	definition_die_at(r->definition, DEFINITION_SORT, at + sort.down, why);
}

static void
compile_sort(struct report *r)
{
	struct slice sort = definition_get(r->definition, DEFINITION_SORT);
	size_t from = 0, to;

	while (from < sort.n) {
		const char *comma = memchr(sort.p + from, ',', sort.n - from);
		struct slice name;

		to = comma ? (size_t)(comma - sort.p) : sort.n;
		name = text_trim((struct slice){sort.p + from, to - from});
		r->sorts = mem_resize(r->sorts, r->sort_count + 1,
			sizeof *r->sorts);
		r->sorts[r->sort_count++] = find_sort(r, name, name.n ?
			(size_t)(name.p - sort.p) : from);
		from = to + 1;
	}
}

void
report_compile(struct report *r, const struct definition *d,
	struct subject *s)
{
	struct slice limit = definition_get(d, DEFINITION_LIMIT);
	struct expr_scope *scope = &s->scope;
	size_t given_count = scope->given_count, i;

	*r = (struct report){.definition = d, .subject = s};
	r->limit = limit.n > 0 ? 0 : SIZE_MAX;
	for (i = 0; i < limit.n; i++)
		r->limit = r->limit * 10 + (size_t)(limit.p[i] - '0');
	table_chart_of(definition_get(d, DEFINITION_CHART), &r->chart);
	r->givens = mem_alloc(SUBJECT_GIVENS, sizeof *r->givens);
	memcpy(r->givens, subject_givens, sizeof subject_givens);
	for (i = 0; i < SUBJECT_GIVENS && !s->sells; i++)
		r->givens[i].name = ""; /* no word is that */
	scope->given = r->givens;
	compile_where(r);
	compile_keys(r);
	scope->given_count = scope->row_given_count = SUBJECT_GIVENS;
	scope->aggregates = true;
	compile_measures(r);
	scope->aggregates = false;
	scope->given = subject_givens;
	scope->given_count = given_count;
	take_aggregates(r);
	compile_sort(r);
}

void
report_free(struct report *r)
{
	free(r->keys);
	free(r->measures);
	free(r->givens);
	free(r->aggregates);
	free(r->cells);
	free(r->sorts);
	*r = (struct report){0};
}
