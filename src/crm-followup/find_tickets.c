#include "find_pass.h"

#include <stdlib.h>

#include "mem.h"

#include "plan_table.h"

static void
note_owner(const struct find_pass *pass, struct find_worker *w,
	const struct record *r, int64_t opened)
{
	struct slice owner = find_field(&w->text, r, pass->owner);
	struct find_owner *known;

	if (!owner.n)
		return;
	known = vocabulary_payload(w->owners, owner);
	if (!known->known || opened > known->last)
		*known = (struct find_owner){opened, true};
}

static void
note_ticket(const struct find_pass *pass, struct find_worker *w, struct chunk *c,
	const struct record *r, uint64_t marks)
{
	struct relate_note note = {(uint64_t)c->file << FIND_FILE_SHIFT |
		chunk_offset(c, r), marks};

	relate_note(pass->relate, c, pass->noted,
		find_field(&w->key, r, pass->columns.ticket), &note);
}

static void
try_rules(const struct find_pass *pass, struct find_worker *w, struct chunk *c,
	const struct record *r, const struct find_kind_rules *fitting)
{
	const struct plan *plan = pass->find->job->plan;
	uint64_t marks = 0;

	find_show(pass->find, w, PLAN_TICKET, r);
	for (size_t i = 0; i < fitting->count; i++) {
		uint32_t number = fitting->rules[i].rule;
		const struct plan_rule *rule = &plan->rules[number];

		if (rule->names_other)
			find_files(pass, w, r, rule);
		if (!find_plain(pass->find, w, rule, fitting->rules[i].open))
			continue;
		if (rule->related && pass->noted != RECORD_NONE)
			marks |= UINT64_C(1) << pass->marks[number];
		else
			find_try(pass, w, r, rule, NULL);
	}
	if (marks)
		note_ticket(pass, w, c, r, marks);
}

static void
take(const struct find_pass *pass, struct find_worker *w, struct chunk *c,
	const struct record *r)
{
	const struct find_kind_rules *fitting;
	struct find_kind *kind;
	int64_t opened;

	if (!gate_pass_at(c, r, pass->find->gates[PLAN_TICKETS], &opened) ||
		opened > pass->find->job->as_of)
		return;
	kind = find_kind(pass, w, record_field(r, pass->columns.kind));
	if (kind->related && !relate_take(pass->relate, c, r, kind->related,
		&opened))
		return;
	if (pass->owner != RECORD_NONE)
		note_owner(pass, w, r, opened);
	fitting = find_kind_rules(pass, w, kind, r);
	if (!fitting->count)
		return;
	w->env.known_column = pass->columns.opened + 1;
	w->env.known_time = opened;
	try_rules(pass, w, c, r, fitting);
	w->env.known_column = 0;
}

static void
work(struct chunk *c, void *context)
{
	const struct find_pass *pass = context;
	struct find_worker *w = &pass->find->workers[c->worker];
	struct record r;

	while (chunk_next(c, &r)) {
		chunk_settle(c, &r);
		take(pass, w, c, &r);
	}
}

/* ---- the whole ---- */

/* What rules ask of related rows; false where it is nothing. */
static bool
need_relations(const struct find *f, size_t on, struct relate_job *job)
{
	static const char *const keys[PLAN_ONS] = {"ref", "customer_id",
		"owner"};
	const struct plan *plan = f->job->plan;
	const struct expr_scope *scope = &plan->scopes[on];

	*job = (struct relate_job){.tickets = f->job->files[PLAN_TICKETS],
		.scope = scope, .key = keys[on], .jobs = f->job->jobs,
		.holds = on == PLAN_TICKET && scope->uses_holds,
		.notes = on == PLAN_TICKET};
	return plan->tried[on] && (scope->relation_count || job->holds) &&
		record_find(job->tickets, slice_of(keys[on])) != RECORD_NONE;
}

static void
number_marks(struct find_pass *pass)
{
	const struct plan *plan = pass->find->job->plan;

	pass->marks = mem_zero(plan->count, sizeof(*pass->marks));
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_rule *rule = &plan->rules[i];

		if (rule->on != PLAN_TICKET || rule->not_tried ||
			!rule->related)
			continue;
		pass->marks[i] = pass->mark_count;
		pass->marked[pass->mark_count] = (uint32_t)i;
		pass->mark_count += pass->mark_count < FIND_LAST_MARK;
	}
}

static void
run(struct find_pass *pass)
{
	struct find *f = pass->find;
	struct relate_job jobs[PLAN_ONS];
	struct relate *made[PLAN_ONS];
	size_t ons[PLAN_ONS], n = 0;
	struct chunk_job job = {.source = f->job->files[PLAN_TICKETS],
		.jobs = f->job->jobs, .work = work, .context = pass,
		.progress = f->job->progress};

	for (size_t on = 0; on < PLAN_ONS; on++) {
		if (!need_relations(f, on, &jobs[n]))
			continue;
		if (on == PLAN_TICKET)
			pass->noted = n;
		ons[n++] = on;
	}
	pass->relate = n ? relate_begin(jobs, n) : NULL;
	chunk_run(&job);
	gate_end(f->gates[PLAN_TICKETS]);
	if (pass->relate)
		relate_end(pass->relate, made);
	pass->relate = NULL;
	for (size_t i = 0; i < n; i++)
		f->relates[ons[i]] = made[i];
	if (pass->noted != RECORD_NONE)
		find_noted(pass);
}

void
find_tickets(struct find *f)
{
	const struct record_source *tickets = f->job->files[PLAN_TICKETS];
	const struct plan_table *table = &f->job->plan->tables[PLAN_TICKETS];
	struct find_pass pass = {.find = f, .columns = {
		record_need(tickets, "kind"),
		record_find(tickets, slice_of("status")),
		record_need(tickets, "opened_at"),
		record_find(tickets, slice_of("owner")),
		record_need(tickets, "customer_id"),
		record_need(tickets, "ticket_id"),
		record_find(tickets, slice_of("product")),
		record_find(tickets, slice_of("station"))},
		.cells = {plan_table_find(table, slice_of("kind")),
		plan_table_find(table, slice_of("status"))},
		.noted = RECORD_NONE, .owner = RECORD_NONE};

	if (f->job->plan->tried[PLAN_OWNER])
		pass.owner = pass.columns.owner;
	number_marks(&pass);
	find_workers(f, PLAN_TICKET);
	for (unsigned i = 0; i < f->job->jobs; i++)
		f->workers[i].kinds = vocabulary_open(
			sizeof(struct find_kind));
	run(&pass);
	free(pass.marks);
}
