#include "find_part.h"

#include "explain.h"

enum {
	EARLY_ENOUGH = 1024, /* looks before it is judged */
	EARLY_SHARE = 16,    /* of them that must help */
};

void
find_show(const struct find *f, struct find_worker *w, enum plan_on on,
	const struct record *r)
{
	enum plan_file file = on == PLAN_CUSTOMER ? PLAN_CUSTOMERS
		: PLAN_TICKETS;
	const struct plan_table *table = &f->job->plan->tables[file];
	struct slice *cells = w->cells[file];

	w->env.row = NULL;
	for (size_t t = 0; t < PLAN_FILES; t++)
		w->env.cells[t] = NULL;
	if (f->job->plan->from_row[on] && !f->job->explain) {
		w->env.row = r;
		return;
	}
	for (size_t i = 0; i < table->in_file; i++)
		if (on == PLAN_CUSTOMER || table->evaluated[i])
			cells[i] = record_field(r, i);
	w->env.cells[0] = cells;
	if (on == PLAN_CUSTOMER)
		w->env.cells[1] = cells;
}

/* Whether there is nothing to do yet, as far as that is easy to tell. A rule
 * where that is seldom so is not asked any more. */
static bool
too_early(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule)
{
	struct find_early *early = &w->early[rule - f->job->plan->rules];
	struct expr_value due;
	bool is;

	if (!rule->due_plain || (early->looked >= EARLY_ENOUGH &&
		early->helped < early->looked / EARLY_SHARE))
		return false;
	is = expr_eval(rule->due, &w->env, &due) != EXPR_OK || due.missing ||
		due.i > f->job->until;
	early->looked += early->looked < UINT32_MAX;
	early->helped += is && early->helped < UINT32_MAX;
	return is;
}

bool
find_plain(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule, uint64_t open)
{
	for (; open; open &= open - 1)
		if (expr_true(rule->parts[__builtin_ctzll(open)].test,
			&w->env) <= 0)
			return false;
	return !too_early(f, w, rule);
}

static void
fill(const struct find *f, struct find_worker *w, const struct plan_rule *rule,
	const struct plan_relations *relations,
	const struct relate_subject *subject)
{
	for (size_t i = 0; subject && i < relations->count; i++) {
		size_t number = relations->numbers[i];

		if (w->filled[number] == subject)
			continue;
		w->filled[number] = subject;
		relate_cell(f->relates[rule->on], subject, number,
			&w->relations[number]);
	}
}

/* The env is that of a subject of which `when` holds. */
static bool
find_due(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule, struct action *a)
{
	struct expr_value due, priority;

	a->priority = INT64_MAX;
	if (expr_eval(rule->due, &w->env, &due) != EXPR_OK || due.missing ||
		due.i > f->job->until)
		return false;
	a->due = due.i;
	a->rule = (uint32_t)(rule - f->job->plan->rules);
	if (rule->priority && expr_eval(rule->priority, &w->env, &priority) ==
		EXPR_OK && !priority.missing)
		a->priority = priority.i;
	if (f->job->explain) {
		buf_clear(&w->why);
		explain(f, &w->env, rule, a->due, &w->why);
		a->why = mem_pool_copy(&w->actions.pool, buf_slice(&w->why));
	}
	return true;
}

static void
show_relations(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule, const struct relate_subject *subject)
{
	w->env.relations = subject ? w->relations : NULL;
	w->env.holds = NULL;
	w->env.hold_count = 0;
	if (subject && rule->on == PLAN_TICKET)
		w->env.holds = relate_holds(f->relates[PLAN_TICKET], subject,
			&w->env.hold_count);
}

/* Of the parts, a bit for each. */
static bool
all_hold(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule, uint64_t parts,
	const struct relate_subject *subject)
{
	for (; parts; parts &= parts - 1) {
		const struct plan_part *part =
			&rule->parts[__builtin_ctzll(parts)];

		fill(f, w, rule, &part->relations, subject);
		if (expr_true(part->test, &w->env) <= 0)
			return false;
	}
	return true;
}

bool
find_alone(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule, const struct relate_subject *subject)
{
	show_relations(f, w, rule, subject);
	return all_hold(f, w, rule, rule->alone, subject);
}

bool
find_match(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule, const struct relate_subject *subject,
	struct action *a)
{
	show_relations(f, w, rule, subject);
	if (!all_hold(f, w, rule, rule->rest, subject))
		return false;
	fill(f, w, rule, &rule->relations, subject);
	return find_due(f, w, rule, a);
}
