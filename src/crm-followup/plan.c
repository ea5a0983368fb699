#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "msg.h"
#include "num.h"

#include "plan_read.h"
#include "plan_table.h"
#include "words.h"

#include "src/crm-followup/followup.tsv.h"

static const char *const file_names[PLAN_FILES] = {"ticket", "customer",
	"product"};
static const char *const on_names[PLAN_ONS] = {"ticket", "customer", "owner"};
static const char *const related_calls[] = {"has", "count", "first", "last",
	"sum", "work", "worktime", NULL};

struct slice
plan_built_in(void)
{
	return (struct slice){(const char *)followup_tsv,
		sizeof(followup_tsv)};
}

bool
plan_names(struct slice name, void *context)
{
	const struct plan *p = context;

	for (size_t i = 0; i < p->count * p->source->column_count; i++)
		if (words_name(p->source->cells[i], name))
			return true;
	return false;
}

bool
plan_duration(struct slice text, int64_t *out)
{
	struct expr_scope scope = {0};
	struct expr_env env = {0};
	struct expr_error error;
	struct expr_value value;
	struct expr *e = expr_compile(&scope, text, &error);
	bool good = text.n && e && expr_type(e) == EXPR_DURATION &&
		expr_eval(e, &env, &value) == EXPR_OK && !value.missing &&
		value.i > 0;

	if (good)
		*out = value.i;
	buf_free(&env.scratch);
	expr_scope_free(&scope);
	return good;
}

/* ---- names ---- */

static void
make_scopes(struct plan *p, const struct plan_job *job)
{
	static const struct slice owner = {"owner", 5};
	static const enum expr_relation_of of[PLAN_ONS] = {EXPR_OF_TICKET,
		EXPR_OF_CUSTOMER, EXPR_OF_GROUP};

	for (size_t on = 0; on < PLAN_ONS; on++) {
		struct expr_table *view = p->views[on];

		for (size_t f = 0; f < PLAN_FILES; f++)
			view[f] = (struct expr_table){file_names[f],
				p->tables[f].names, p->tables[f].count};
		if (on == PLAN_CUSTOMER)
			view[0] = view[PLAN_CUSTOMERS];
		if (on == PLAN_OWNER)
			view[0] = (struct expr_table){NULL, &owner, 1};
		view[0].prefix = NULL;
		p->scopes[on] = (struct expr_scope){.tables = view,
			.table_count = on == PLAN_TICKET ? PLAN_FILES
				: on == PLAN_CUSTOMER ? 2 : 1,
			.as_of = job->as_of, .calendar = job->calendar,
			.relation_of = of[on],
			.related = &p->views[PLAN_TICKET][PLAN_TICKETS]};
	}
}

/* The file that table t of a rule stands for. */
static enum plan_file
file_of(enum plan_on on, size_t t)
{
	return on == PLAN_CUSTOMER ? PLAN_CUSTOMERS : (enum plan_file)t;
}

static bool
may_lack(enum plan_file file, struct slice name)
{
	return file == PLAN_TICKETS &&
		(slice_is(name, "status") || slice_is(name, "ref"));
}

static void
refuse_to_try(struct plan *p, struct plan_rule *rule, enum plan_file file,
	struct slice column)
{
	static const char *const options[PLAN_FILES] = {"", "-c", "--products"};
	const struct plan_table *t = &p->tables[file];
	struct buf why = {0};

	if (rule->not_tried)
		return;
	if (t->file)
		buf_printf(&why, "%s has no column \"%.*s\"", t->file,
			(int)column.n, column.p);
	else
		buf_printf(&why, "it needs %s", options[file]);
	buf_byte(&why, '\0');
	rule->not_tried = mem_pool_copy(&p->source->pool,
		buf_slice(&why)).p;
	buf_free(&why);
}

/* Looks at what the expression just compiled names, and forgets it. */
static void
take_uses(struct plan_reading *in)
{
	struct plan_rule *rule = in->rule;
	struct expr_scope *scope = &in->plan->scopes[rule->on];

	for (size_t t = 0; t < scope->table_count; t++) {
		enum plan_file file = file_of(rule->on, t);
		struct plan_table *table = &in->plan->tables[file];

		for (size_t c = 0; scope->uses[t] &&
			c < scope->tables[t].count; c++) {
			if (!scope->uses[t][c])
				continue;
			scope->uses[t][c] = false;
			if (rule->on == PLAN_OWNER)
				continue;
			rule->names_file[file] = true;
			table->evaluated[c] |= rule->on == PLAN_TICKET;
			if (c >= table->in_file &&
				!may_lack(file, table->names[c]))
				refuse_to_try(in->plan, rule, file,
					table->names[c]);
		}
	}
}

/* ---- expressions ---- */

static struct expr *
compile(struct plan_reading *in, size_t column, struct slice text,
	enum expr_type type, const char *what)
{
	const struct rules *source = in->plan->source;
	size_t record = in->rule->record;
	struct expr_error error = {0};
	struct expr *e = expr_compile(&in->plan->scopes[in->rule->on], text,
		&error);
	char why[64];

	if (!e)
		rules_die_at(source, record, column, error.position,
			error.text);
	if (expr_type(e) != type) {
		snprintf(why, sizeof(why), "must be %s", what);
		rules_die_at(source, record, column, 0, why);
	}
	take_uses(in);
	return e;
}

/* What a part of `when` costs; its uses are those of the scope. */
static enum plan_cost
cost_of(const struct plan_reading *in, struct slice part)
{
	const struct expr_scope *scope = &in->plan->scopes[in->rule->on];

	if (words_calls(part, related_calls))
		return PLAN_RELATED;
	for (size_t t = 0; t < scope->table_count; t++)
		for (size_t c = 0; scope->uses[t] &&
			c < scope->tables[t].count; c++)
			if (scope->uses[t][c] && (t > 0 ||
				!slice_is(scope->tables[t].names[c], "kind")))
				return PLAN_PLAIN;
	return PLAN_KIND;
}

static int
compare_parts(const void *a, const void *b)
{
	const struct plan_part *x = a, *y = b;

	return (x->cost > y->cost) - (x->cost < y->cost);
}

static void
cut_when(struct plan_reading *in)
{
	struct plan_rule *rule = in->rule;
	struct slice text = rule->when_text, part;
	size_t at = 0, n = 0;

	while (words_part(text, &at, &part))
		n++;
	rule->parts = mem_pool_get(&in->plan->source->pool,
		(n + 1) * sizeof(*rule->parts));
	for (at = 0; words_part(text, &at, &part);) {
		struct expr_error error;
		struct expr *test = expr_compile(
			&in->plan->scopes[rule->on], part, &error);

		if (!test) { /* cut where it should not be: as a whole then */
			rule->parts[0] = (struct plan_part){rule->when,
				PLAN_RELATED};
			rule->part_count = 1;
			return;
		}
		rule->parts[rule->part_count++] = (struct plan_part){test,
			cost_of(in, part)};
		take_uses(in);
	}
	qsort(rule->parts, rule->part_count, sizeof(*rule->parts),
		compare_parts);
}

static void
compile_start(struct plan_reading *in)
{
	struct expr_error error;
	struct slice text;

	if (!words_argument(in->rule->due_text, "work", &text))
		return;
	in->rule->start = expr_compile(&in->plan->scopes[in->rule->on], text,
		&error);
	if (in->rule->start && expr_type(in->rule->start) != EXPR_TIME)
		in->rule->start = NULL;
	take_uses(in);
}

/* ---- rules ---- */

static enum plan_on
read_on(const struct plan_reading *in)
{
	struct slice on = rules_cell(in->plan->source, in->rule->record,
		in->columns->on);

	for (size_t i = 0; i < PLAN_ONS; i++)
		if (slice_is(on, on_names[i]))
			return (enum plan_on)i;
	if (on.n)
		rules_die(in->plan->source, in->rule->record, in->columns->on,
			"not one of ticket customer owner");
	return PLAN_TICKET;
}

static void
read_name(struct plan_reading *in)
{
	const struct plan *p = in->plan;
	struct plan_rule *rule = in->rule;

	rule->name = rules_cell(p->source, rule->record, in->columns->rule);
	if (!rule->name.n)
		rules_die(p->source, rule->record, in->columns->rule,
			"missing");
	for (const struct plan_rule *other = p->rules; other < rule; other++)
		if (slice_equal(other->name, rule->name))
			rules_die(p->source, rule->record, in->columns->rule,
				"stands twice");
}

static void
read_rule(struct plan_reading *in)
{
	const struct rules *source = in->plan->source;
	const struct plan_columns *columns = in->columns;
	struct plan_rule *rule = in->rule;
	struct slice priority, repeat;

	read_name(in);
	rule->on = read_on(in);
	rule->when_text = rules_cell(source, rule->record, columns->when);
	rule->due_text = rules_cell(source, rule->record, columns->due);
	rule->action = rules_cell(source, rule->record, columns->action);
	rule->channel = rules_cell(source, rule->record, columns->channel);
	priority = rules_cell(source, rule->record, columns->priority);
	repeat = rules_cell(source, rule->record, columns->repeat);
	if (!rule->due_text.n)
		rules_die(source, rule->record, columns->due, "missing");
	rule->when = compile(in, columns->when, rule->when_text, EXPR_BOOL,
		"a condition");
	rule->due = compile(in, columns->due, rule->due_text, EXPR_TIME,
		"a time");
	if (priority.n)
		rule->priority = compile(in, columns->priority, priority,
			EXPR_NUMBER, "a number");
	if (repeat.n && !plan_duration(repeat, &rule->repeat))
		rules_die(source, rule->record, columns->repeat,
			"not a duration above zero, like 7d");
	if (rule->on == PLAN_TICKET)
		cut_when(in);
	compile_start(in);
	plan_read_text(in);
}

/* A rule on what is not there. */
static void
need_subject(struct plan *p, struct plan_rule *rule)
{
	const struct plan_table *tickets = &p->tables[PLAN_TICKETS];
	static const struct slice owner = {"owner", 5};

	if (rule->on == PLAN_CUSTOMER && !p->tables[PLAN_CUSTOMERS].file)
		refuse_to_try(p, rule, PLAN_CUSTOMERS, owner);
	if (rule->on == PLAN_OWNER &&
		plan_table_find(tickets, owner) >= tickets->in_file)
		refuse_to_try(p, rule, PLAN_TICKETS, owner);
}

static void
read_rules(struct plan *p)
{
	const struct rules *r = p->source;
	const struct plan_columns columns = {
		rules_need(r, "rule"), rules_find(r, "on"),
		rules_find(r, "when"), rules_need(r, "due"),
		rules_find(r, "action"), rules_find(r, "channel"),
		rules_find(r, "priority"), rules_find(r, "text"),
		rules_find(r, "repeat")};

	p->rules = mem_zero(r->count, sizeof(*p->rules));
	for (size_t i = 0; i < r->count; i++) {
		struct plan_reading in = {p, &columns, &p->rules[i]};

		p->rules[i].record = i;
		read_rule(&in);
		need_subject(p, &p->rules[i]);
		if (!p->rules[i].not_tried)
			p->tried[p->rules[i].on]++;
		p->count++;
	}
}

struct plan *
plan_open(const struct plan_job *job)
{
	struct plan *p = mem_zero(1, sizeof(*p));

	p->source = job->path ? rules_open(job->path)
		: rules_built_in("@followup", plan_built_in());
	for (size_t i = 0; i < PLAN_FILES; i++)
		plan_table_init(&p->tables[i], (enum plan_file)i,
			job->files[i], &p->source->pool);
	make_scopes(p, job);
	read_rules(p);
	return p;
}

void
plan_close(struct plan *p)
{
	for (size_t i = 0; i < PLAN_ONS; i++)
		expr_scope_free(&p->scopes[i]);
	for (size_t i = 0; i < PLAN_FILES; i++)
		plan_table_free(&p->tables[i]);
	free(p->rules);
	rules_close(p->source);
	free(p);
}
