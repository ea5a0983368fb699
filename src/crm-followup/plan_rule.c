#include "plan_read.h"

#include <stdio.h>

#include "mem.h"

#include "plan_table.h"
#include "words.h"

static const char *const on_names[PLAN_ONS] = {"ticket", "customer", "owner"};

/* ---- whether it can be tried ---- */

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

static void
take_use(struct plan_reading *in, size_t t, size_t c)
{
	struct plan_rule *rule = in->rule;
	enum plan_file file = file_of(rule->on, t);
	struct plan_table *table = &in->plan->tables[file];

	rule->names_file[file] = true;
	rule->names_other |= t > 0;
	if (in->for_good) {
		table->evaluated[c] |= rule->on == PLAN_TICKET;
		if (t > 0 ? rule->on == PLAN_CUSTOMER : c >= table->in_file)
			in->plan->from_row[rule->on] = false;
	}
	if (c >= table->in_file && !may_lack(file, table->names[c]))
		refuse_to_try(in->plan, rule, file, table->names[c]);
}

void
plan_read_uses(struct plan_reading *in)
{
	struct expr_scope *scope = in->scope;

	for (size_t t = 0; t < scope->table_count; t++)
		for (size_t c = 0; c < scope->tables[t].count; c++) {
			if (!scope->uses[t][c])
				continue;
			scope->uses[t][c] = false;
			if (in->rule->on != PLAN_OWNER)
				take_use(in, t, c);
		}
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

/* ---- expressions ---- */

static struct expr *
compile(struct plan_reading *in, size_t column, struct slice text,
	enum expr_type type, const char *what)
{
	const struct rules *source = in->plan->source;
	size_t record = in->rule->record;
	struct expr_error error = {0};
	struct expr *e = expr_compile(in->scope, text, &error);
	char why[64];

	if (!e)
		rules_die_at(source, record, column, error.position,
			error.text);
	if (expr_type(e) != type) {
		snprintf(why, sizeof(why), "must be %s", what);
		rules_die_at(source, record, column, 0, why);
	}
	plan_read_uses(in);
	return e;
}

static void
compile_all(struct plan_reading *in)
{
	const struct plan_columns *columns = in->columns;
	struct plan_rule *rule = in->rule;
	struct slice priority = rules_cell(in->plan->source, rule->record,
		columns->priority);

	rule->when = compile(in, columns->when, rule->when_text, EXPR_BOOL,
		"a condition");
	rule->due = compile(in, columns->due, rule->due_text, EXPR_TIME,
		"a time");
	if (priority.n)
		rule->priority = compile(in, columns->priority, priority,
			EXPR_NUMBER, "a number");
	rule->related = plan_read_related(rule->when_text) ||
		plan_read_related(rule->due_text) ||
		plan_read_related(priority);
	rule->due_plain = !plan_read_related(rule->due_text);
}

static void
compile_start(struct plan_reading *in)
{
	struct expr_error error;
	struct slice text;

	if (!words_argument(in->rule->due_text, "work", &text))
		return;
	in->rule->start = expr_compile(in->scope, text, &error);
	if (in->rule->start && expr_type(in->rule->start) != EXPR_TIME)
		in->rule->start = NULL;
	plan_read_uses(in);
}

/* ---- the rule ---- */

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
read_cells(struct plan_reading *in)
{
	const struct rules *source = in->plan->source;
	const struct plan_columns *columns = in->columns;
	struct plan_rule *rule = in->rule;
	struct slice repeat = rules_cell(source, rule->record,
		columns->repeat);

	read_name(in);
	rule->on = read_on(in);
	rule->when_text = rules_cell(source, rule->record, columns->when);
	rule->due_text = rules_cell(source, rule->record, columns->due);
	rule->action = rules_cell(source, rule->record, columns->action);
	rule->channel = rules_cell(source, rule->record, columns->channel);
	if (!rule->due_text.n)
		rules_die(source, rule->record, columns->due, "missing");
	if (repeat.n && !plan_duration(repeat, &rule->repeat))
		rules_die(source, rule->record, columns->repeat,
			"not a duration above zero, like 7d");
}

static void
read_for_good(struct plan_reading *in)
{
	struct plan_rule *rule = in->rule;

	in->for_good = true;
	in->scope = &in->plan->scopes[rule->on];
	compile_all(in);
	plan_read_when(in);
	compile_start(in);
	plan_read_relations(in, rule->when, &rule->relations);
	plan_read_relations(in, rule->due, &rule->relations);
	if (rule->priority)
		plan_read_relations(in, rule->priority, &rule->relations);
	if (rule->start)
		plan_read_relations(in, rule->start, &rule->relations);
}

void
plan_read_rule(struct plan_reading *in)
{
	read_cells(in);
	in->scope = &in->plan->probes[in->rule->on];
	compile_all(in);
	need_subject(in->plan, in->rule);
	if (!in->rule->not_tried)
		read_for_good(in);
	plan_read_text(in);
}
