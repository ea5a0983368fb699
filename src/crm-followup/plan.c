#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "msg.h"

#include "plan_read.h"
#include "plan_table.h"
#include "words.h"

#include "src/crm-followup/followup.tsv.h"

static const char *const file_names[PLAN_FILES] = {"ticket", "customer",
	"product"};

static const struct expr_given givens[PLAN_GIVENS] = {
	[PLAN_LAST_ENTRY] = {"last_entry", EXPR_TIME, false},
};

struct slice
plan_built_in(void)
{
	return (struct slice){(const char *)followup_tsv,
		sizeof(followup_tsv)};
}

static bool
any_relation(const struct plan *p, unsigned parts)
{
	for (size_t on = 0; on < PLAN_ONS; on++)
		for (size_t i = 0; i < p->scopes[on].relation_count; i++)
			if (p->scopes[on].relations[i].parts & parts)
				return true;
	return false;
}

bool
plan_names(struct slice name, void *context)
{
	const struct plan *p = context;

	if (slice_is(name, "amount") && any_relation(p, EXPR_PART_SUM))
		return true;
	if (slice_is(name, "closed_at") && p->scopes[PLAN_TICKET].uses_holds)
		return true;
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

static void
make_scope(struct plan *p, const struct plan_job *job, size_t on,
	struct expr_scope *scope)
{
	static const enum expr_relation_of of[PLAN_ONS] = {EXPR_OF_TICKET,
		EXPR_OF_CUSTOMER, EXPR_OF_GROUP};

	*scope = (struct expr_scope){.tables = p->views[on],
		.table_count = on == PLAN_TICKET ? PLAN_FILES
			: on == PLAN_CUSTOMER ? 2 : 1,
		.given = givens,
		.given_count = on == PLAN_OWNER ? PLAN_GIVENS : 0,
		.as_of = job->as_of, .calendar = job->calendar,
		.relation_of = of[on],
		.related = &p->views[PLAN_TICKET][PLAN_TICKETS]};
}

static void
make_scopes(struct plan *p, const struct plan_job *job)
{
	static const struct slice owner = {"owner", 5};

	for (size_t on = 0; on < PLAN_ONS; on++) {
		struct expr_table *view = p->views[on];

		for (size_t f = 0; f < PLAN_FILES; f++)
			view[f] = (struct expr_table){file_names[f],
				p->tables[f].names, p->tables[f].count,
				p->tables[f].count - p->tables[f].in_file};
		if (on == PLAN_CUSTOMER)
			view[0] = view[PLAN_CUSTOMERS];
		if (on == PLAN_OWNER)
			view[0] = (struct expr_table){.names = &owner, .count = 1};
		view[0].prefix = NULL;
		p->from_row[on] = on != PLAN_OWNER;
		make_scope(p, job, on, &p->scopes[on]);
		make_scope(p, job, on, &p->probes[on]);
	}
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
		struct plan_reading in = {p, &columns, &p->rules[i], NULL,
			false};

		p->rules[i].record = i;
		plan_read_rule(&in);
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
	for (size_t i = 0; i < PLAN_ONS; i++) {
		expr_scope_free(&p->scopes[i]);
		expr_scope_free(&p->probes[i]);
	}
	for (size_t i = 0; i < PLAN_FILES; i++)
		plan_table_free(&p->tables[i]);
	free(p->rules);
	rules_close(p->source);
	free(p);
}
