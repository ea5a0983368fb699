#include "find_pass.h"

void
find_files(const struct find_pass *pass, struct find_worker *w,
	const struct record *r, const struct plan_rule *rule)
{
	const struct find *f = pass->find;

	if (rule->names_file[PLAN_CUSTOMERS] && f->customers &&
		!w->env.cells[PLAN_CUSTOMERS] && lookup_fill(f->customers,
		find_decode(&w->text, find_cell(r, pass->columns.customer)),
		w->cells[PLAN_CUSTOMERS]))
		w->env.cells[PLAN_CUSTOMERS] = w->cells[PLAN_CUSTOMERS];
	if (rule->names_file[PLAN_PRODUCTS] && f->products &&
		!w->env.cells[PLAN_PRODUCTS] && lookup_fill(f->products,
		find_decode(&w->text, find_cell(r, pass->columns.product)),
		w->cells[PLAN_PRODUCTS]))
		w->env.cells[PLAN_PRODUCTS] = w->cells[PLAN_PRODUCTS];
}

static void
issue(const struct find_pass *pass, struct find_worker *w, const struct record *r,
	const struct plan_rule *rule, const struct action *found)
{
	const struct find_columns *c = &pass->columns;
	const struct plan_table *table =
		&pass->find->job->plan->tables[PLAN_TICKETS];
	struct action *a = action_add(&w->actions);
	struct mem_pool *pool = &w->actions.pool;

	*a = *found;
	a->customer_id = find_keep(pool, find_cell(r, c->customer));
	a->ticket_id = find_keep(pool, find_cell(r, c->ticket));
	a->product = find_keep(pool, find_cell(r, c->product));
	a->station = find_keep(pool, find_cell(r, c->station));
	a->owner = find_keep(pool, find_cell(r, c->owner));
	if (rule->extra_count)
		a->extras = mem_pool_get(pool,
			rule->extra_count * sizeof(*a->extras));
	for (size_t i = 0; i < rule->extra_count; i++) {
		size_t column = rule->extras[i];

		a->extras[i] = find_keep(pool, find_cell(r,
			column < table->in_file ? column : RECORD_NONE));
	}
}

void
find_try(const struct find_pass *pass, struct find_worker *w,
	const struct record *r, const struct plan_rule *rule,
	const struct relate_subject *subject)
{
	struct action found = {0};

	if (find_match(pass->find, w, rule, subject, &found))
		issue(pass, w, r, rule, &found);
}
