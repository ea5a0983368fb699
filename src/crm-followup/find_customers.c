#include "find_part.h"

#include "out.h"

struct pass {
	struct find *find;
	size_t id, owner;
	bool rules; /* try them */
	bool keep;  /* the customers of actions */
};

/* The ids that the actions so far name. */
static void
want_customers(struct find *f)
{
	f->wanted = hash_open(0);
	for (unsigned i = 0; i < f->job->jobs; i++) {
		const struct action_list *list = &f->workers[i].actions;

		for (size_t k = 0; k < list->n; k++)
			if (list->items[k].customer_id.n)
				hash_put(f->wanted, list->items[k].customer_id,
					hash_code(list->items[k].customer_id),
					NULL);
	}
}

static void
issue(struct find_worker *w, const struct plan_rule *rule,
	const struct action *found, struct slice id, struct slice owner)
{
	struct action *a = action_add(&w->actions);
	struct mem_pool *pool = &w->actions.pool;

	*a = *found;
	if (rule->on == PLAN_CUSTOMER)
		a->customer_id = mem_pool_copy(pool, id);
	if (owner.n)
		a->owner = find_keep(pool, owner);
}

/* Tries the rules on one subject, whose cells are set; true if there was an
 * action. */
static bool
try_subject(const struct find *f, struct find_worker *w, enum plan_on on,
	struct action *found, struct slice id, struct slice owner)
{
	const struct plan *plan = f->job->plan;
	bool any = false;

	w->env.relations = f->relates[on] ? relate_find(f->relates[on],
		id, w->relations, NULL, NULL) : NULL;
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_rule *rule = &plan->rules[i];
		struct expr_value value;

		if (rule->on != on || rule->not_tried)
			continue;
		if (expr_eval(rule->when, &w->env, &value) != EXPR_OK ||
			!value.i || !find_due(f, w, rule, found))
			continue;
		issue(w, rule, found, id, owner);
		any = true;
	}
	return any;
}

static bool
try_customer(const struct pass *pass, struct find_worker *w, struct chunk *c,
	const struct record *r, struct slice id)
{
	struct slice *cells = w->cells[PLAN_CUSTOMERS];
	struct action found = {.number = c->number, .line = r->line};
	struct slice owner = {NULL, 0};

	for (size_t i = 0; i < c->source->columns; i++)
		cells[i] = record_field(r, i);
	w->env.cells[0] = w->env.cells[1] = cells;
	if (pass->owner != RECORD_NONE)
		owner = cells[pass->owner];
	return try_subject(pass->find, w, PLAN_CUSTOMER, &found, id, owner);
}

static void
work(struct chunk *c, void *context)
{
	const struct pass *pass = context;
	struct find *f = pass->find;
	struct find_worker *w = &f->workers[c->worker];
	struct record r;

	while (chunk_next(c, &r)) {
		struct slice id;
		bool acts;

		if (!gate_pass(c, &r, f->gates[PLAN_CUSTOMERS]))
			continue;
		id = find_decode(&w->text, record_field(&r, pass->id));
		acts = pass->rules && try_customer(pass, w, c, &r, id);
		if (pass->keep && (acts || hash_find(f->wanted, id,
			hash_code(id)) != HASH_NONE))
			lookup_note(f->customers, c, &r);
	}
}

static void
turn(struct chunk *c, void *context)
{
	const struct pass *pass = context;

	if (pass->keep)
		lookup_turn(pass->find->customers, c,
			pass->find->gates[PLAN_CUSTOMERS]);
}

void
find_customers(struct find *f)
{
	const struct record_source *customers = f->job->files[PLAN_CUSTOMERS];
	struct pass pass = {.find = f};
	struct chunk_job job = {.source = customers, .jobs = f->job->jobs,
		.work = work, .context = &pass, .turn = turn,
		.progress = f->job->progress};

	if (!customers)
		return;
	pass.id = record_need(customers, "customer_id");
	pass.owner = record_find(customers, slice_of("owner"));
	pass.rules = f->job->plan->tried[PLAN_CUSTOMER] > 0;
	pass.keep = !f->load_first;
	if (!pass.rules && !pass.keep)
		return;
	want_customers(f);
	find_workers(f, PLAN_CUSTOMER);
	job.again = gate_again(f->gates[PLAN_CUSTOMERS]);
	chunk_run(&job);
	gate_end(f->gates[PLAN_CUSTOMERS]);
}

void
find_owners(struct find *f)
{
	struct find_worker *first = &f->workers[0];

	if (!f->job->plan->tried[PLAN_OWNER])
		return;
	for (unsigned i = 1; i < f->job->jobs; i++)
		for (size_t k = 0; k < hash_count(f->workers[i].owners); k++) {
			struct slice owner = hash_key(f->workers[i].owners,
				(uint32_t)k);

			hash_put(first->owners, owner, hash_code(owner), NULL);
		}
	find_workers(f, PLAN_OWNER);
	for (size_t i = 0; i < hash_count(first->owners); i++) {
		struct slice owner = hash_key(first->owners, (uint32_t)i);
		struct action found = {0};
		struct buf raw = {0};
		struct slice cell;

		out_text(&raw, owner);
		cell = buf_slice(&raw);
		first->env.cells[0] = &cell;
		try_subject(f, first, PLAN_OWNER, &found, owner, cell);
		buf_free(&raw);
	}
}
