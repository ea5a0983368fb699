#include "find_part.h"

#include <stdlib.h>

#include "date.h"

enum { MOST_KINDS = 4096 }; /* remembered; then it begins anew */

/* The tickets' columns that the tool itself needs. */
struct columns {
	size_t kind, opened, owner, customer, ticket, product, station;
};

struct pass {
	struct find *find;
	struct columns columns;
	bool owners; /* collect them */
};

/* Which rules may match tickets of a kind. */
struct kind_rules {
	const uint32_t *rules;
	size_t count;
	bool known;
};

/* The ticket at hand, and what of its surroundings was looked up. */
struct ticket {
	const struct record *record;
	bool has_cells, has_relations, has_customer, has_product;
};

static struct slice
cell(const struct record *r, size_t column)
{
	return column == RECORD_NONE ? (struct slice){NULL, 0}
		: record_field(r, column);
}

/* ---- kinds ---- */

static bool
kind_fits(struct find_worker *w, const struct plan_rule *rule)
{
	struct expr_value value;

	for (size_t i = 0; i < rule->part_count &&
		rule->parts[i].cost == PLAN_KIND; i++)
		if (expr_eval(rule->parts[i].test, &w->env, &value) != EXPR_OK
			|| !value.i)
			return false;
	return true;
}

static void
fit_rules(const struct pass *pass, struct find_worker *w,
	struct kind_rules *of, struct slice kind)
{
	const struct plan *plan = pass->find->job->plan;
	uint32_t *fitting = mem_pool_get(&w->pool,
		(plan->count + 1) * sizeof(*fitting));

	w->cells[PLAN_TICKETS][pass->columns.kind] = kind;
	w->env.cells[PLAN_TICKETS] = w->cells[PLAN_TICKETS];
	of->count = 0;
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_rule *rule = &plan->rules[i];

		if (rule->on == PLAN_TICKET && !rule->not_tried &&
			kind_fits(w, rule))
			fitting[of->count++] = (uint32_t)i;
	}
	of->rules = fitting;
	of->known = true;
}

static const struct kind_rules *
rules_for(const struct pass *pass, struct find_worker *w, struct slice kind)
{
	uint64_t code = hash_code(kind);
	uint32_t at = hash_find(w->kinds, kind, code);
	struct kind_rules *of;

	if (at == HASH_NONE && hash_count(w->kinds) >= MOST_KINDS) {
		hash_close(w->kinds);
		mem_pool_free(&w->pool);
		w->kinds = hash_open(sizeof(struct kind_rules));
	}
	if (at == HASH_NONE)
		at = hash_put(w->kinds, kind, code, NULL);
	of = hash_payload(w->kinds, at);
	if (!of->known)
		fit_rules(pass, w, of, kind);
	return of;
}

/* ---- a ticket ---- */

static void
fill_cells(const struct pass *pass, struct find_worker *w, struct ticket *t)
{
	const struct plan_table *table =
		&pass->find->job->plan->tables[PLAN_TICKETS];

	if (t->has_cells)
		return;
	for (size_t i = 0; i < table->in_file; i++)
		if (table->evaluated[i])
			w->cells[PLAN_TICKETS][i] = record_field(t->record, i);
	w->env.cells[PLAN_TICKETS] = w->cells[PLAN_TICKETS];
	w->env.cells[PLAN_CUSTOMERS] = NULL;
	w->env.cells[PLAN_PRODUCTS] = NULL;
	t->has_cells = true;
}

static void
fill_files(const struct pass *pass, struct find_worker *w, struct ticket *t,
	const struct plan_rule *rule)
{
	const struct find *f = pass->find;

	if (rule->names_file[PLAN_CUSTOMERS] && !t->has_customer) {
		struct slice key = find_decode(&w->text,
			cell(t->record, pass->columns.customer));

		t->has_customer = true;
		if (f->customers && lookup_fill(f->customers, key,
			w->cells[PLAN_CUSTOMERS]))
			w->env.cells[PLAN_CUSTOMERS] =
				w->cells[PLAN_CUSTOMERS];
	}
	if (rule->names_file[PLAN_PRODUCTS] && !t->has_product) {
		struct slice key = find_decode(&w->text,
			cell(t->record, pass->columns.product));

		t->has_product = true;
		if (f->products && lookup_fill(f->products, key,
			w->cells[PLAN_PRODUCTS]))
			w->env.cells[PLAN_PRODUCTS] = w->cells[PLAN_PRODUCTS];
	}
}

static void
fill_relations(const struct pass *pass, struct find_worker *w,
	struct ticket *t)
{
	const struct relate *relate = pass->find->relates[PLAN_TICKET];
	struct slice key;

	if (t->has_relations)
		return;
	t->has_relations = true;
	w->env.relations = NULL;
	w->env.holds = NULL;
	w->env.hold_count = 0;
	if (!relate)
		return;
	key = find_decode(&w->text, cell(t->record, pass->columns.ticket));
	w->env.relations = relate_find(relate, key, w->relations,
		&w->env.holds, &w->env.hold_count);
}

static bool
matches(const struct pass *pass, struct find_worker *w, struct ticket *t,
	const struct plan_rule *rule)
{
	struct expr_value value;

	fill_cells(pass, w, t);
	fill_files(pass, w, t, rule);
	for (size_t i = 0; i < rule->part_count; i++) {
		if (rule->parts[i].cost == PLAN_KIND)
			continue;
		if (rule->parts[i].cost == PLAN_RELATED)
			fill_relations(pass, w, t);
		if (expr_eval(rule->parts[i].test, &w->env, &value) != EXPR_OK
			|| !value.i)
			return false;
	}
	fill_relations(pass, w, t);
	return true;
}

static void
issue(const struct pass *pass, struct find_worker *w, const struct record *r,
	const struct plan_rule *rule, const struct action *found)
{
	const struct columns *c = &pass->columns;
	const struct plan_table *table =
		&pass->find->job->plan->tables[PLAN_TICKETS];
	struct action *a = action_add(&w->actions);
	struct mem_pool *pool = &w->actions.pool;

	*a = *found;
	a->customer_id = find_keep(pool, cell(r, c->customer));
	a->ticket_id = find_keep(pool, cell(r, c->ticket));
	a->product = find_keep(pool, cell(r, c->product));
	a->station = find_keep(pool, cell(r, c->station));
	a->owner = find_keep(pool, cell(r, c->owner));
	if (rule->extra_count)
		a->extras = mem_pool_get(pool,
			rule->extra_count * sizeof(*a->extras));
	for (size_t i = 0; i < rule->extra_count; i++) {
		size_t column = rule->extras[i];

		a->extras[i] = find_keep(pool, cell(r,
			column < table->in_file ? column : RECORD_NONE));
	}
}

static void
note_owner(const struct pass *pass, struct find_worker *w,
	struct slice owner)
{
	struct slice key = find_decode(&w->text, owner);

	if (pass->owners && key.n)
		hash_put(w->owners, key, hash_code(key), NULL);
}

/* The ticket exists: it was opened by as-of. */
static bool
exists(const struct pass *pass, const struct record *r)
{
	int64_t opened;

	return date_read(record_field(r, pass->columns.opened), &opened) ==
		DATE_OK && opened <= pass->find->job->as_of;
}

static void
try_ticket(const struct pass *pass, struct find_worker *w,
	const struct record *r)
{
	const struct plan *plan = pass->find->job->plan;
	const struct kind_rules *fitting = rules_for(pass, w,
		record_field(r, pass->columns.kind));
	struct ticket t = {.record = r};

	if ((!fitting->count && !pass->owners) || !exists(pass, r))
		return;
	note_owner(pass, w, cell(r, pass->columns.owner));
	for (size_t i = 0; i < fitting->count; i++) {
		const struct plan_rule *rule = &plan->rules[fitting->rules[i]];
		struct action found = {0};

		if (matches(pass, w, &t, rule) &&
			find_due(pass->find, w, rule, &found))
			issue(pass, w, r, rule, &found);
	}
}

static void
work(struct chunk *c, void *context)
{
	const struct pass *pass = context;
	struct find_worker *w = &pass->find->workers[c->worker];
	struct gate *gate = pass->find->gates[PLAN_TICKETS];
	struct record r;

	while (chunk_next(c, &r))
		if (gate_pass(c, &r, gate))
			try_ticket(pass, w, &r);
}

void
find_tickets(struct find *f)
{
	const struct record_source *tickets = f->job->files[PLAN_TICKETS];
	struct pass pass = {f, {
		record_need(tickets, "kind"),
		record_need(tickets, "opened_at"),
		record_find(tickets, slice_of("owner")),
		record_need(tickets, "customer_id"),
		record_need(tickets, "ticket_id"),
		record_find(tickets, slice_of("product")),
		record_find(tickets, slice_of("station"))},
		f->job->plan->tried[PLAN_OWNER] > 0};
	struct chunk_job job = {.source = tickets, .jobs = f->job->jobs,
		.work = work, .context = &pass,
		.again = gate_again(f->gates[PLAN_TICKETS]),
		.progress = f->job->progress};

	find_workers(f, PLAN_TICKET);
	for (unsigned i = 0; i < f->job->jobs; i++) {
		f->workers[i].kinds = hash_open(sizeof(struct kind_rules));
		f->workers[i].owners = hash_open(0);
	}
	chunk_run(&job);
	gate_end(f->gates[PLAN_TICKETS]);
}
