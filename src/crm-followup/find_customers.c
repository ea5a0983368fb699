#include "find_part.h"

#include "out.h"

enum { AHEAD = 16 }; /* actions */

struct pass {
	struct find *find;
	size_t id, owner;
	bool rules; /* try them */
	bool keep;  /* the customers of actions */
};

static void
want(struct hash *wanted, const struct action_list *list)
{
	for (size_t k = 0; k < list->n; k++) {
		struct slice id = list->items[k].customer_id;

		if (k + AHEAD < list->n)
			hash_prefetch(wanted, hash_code(
				list->items[k + AHEAD].customer_id));
		if (id.n)
			hash_put(wanted, id, hash_code(id), NULL);
	}
}

/* The ids that the actions so far name. */
static void
want_customers(struct find *f)
{
	size_t total = 0;

	f->wanted = hash_open(0);
	for (unsigned i = 0; i < f->job->jobs; i++)
		total += f->workers[i].actions.n;
	hash_reserve(f->wanted, total);
	for (unsigned i = 0; i < f->job->jobs; i++)
		want(f->wanted, &f->workers[i].actions);
	lookup_reserve(f->customers, hash_count(f->wanted));
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

/* The rules that wait with an entry; true if there was an action. */
static bool
try_entry(const struct pass *pass, struct find_worker *w, struct chunk *c,
	size_t entry, size_t *pair)
{
	const struct find *f = pass->find;
	const struct find_batch *b = &w->batch;
	const struct find_entry *e = &b->entries[entry];
	const struct relate_subject *subject = NULL;
	struct slice owner = {NULL, 0};
	bool any = false;

	if (*pair == b->pair_count || b->pairs[*pair].entry != entry)
		return false;
	if (pass->owner != RECORD_NONE)
		owner = record_field(&e->record, pass->owner);
	find_show(f, w, PLAN_CUSTOMER, &e->record);
	if (f->relates[PLAN_CUSTOMER])
		subject = relate_subject(f->relates[PLAN_CUSTOMER], e->key,
			e->code);
	for (; *pair < b->pair_count && b->pairs[*pair].entry == entry;
		++*pair) {
		const struct plan_rule *rule =
			&f->job->plan->rules[b->pairs[*pair].rule];
		struct action found = {.number = c->number,
			.line = e->record.line};

		if (!find_match(f, w, rule, subject, &found))
			continue;
		issue(w, rule, &found, e->key, owner);
		any = true;
	}
	return any;
}

static void
try_waiting(const struct pass *pass, struct find_worker *w, struct chunk *c)
{
	struct find *f = pass->find;
	const struct relate *relate = f->relates[PLAN_CUSTOMER];
	struct find_batch *b = &w->batch;
	size_t pair = 0;

	for (size_t i = 0; i < b->n; i++) {
		if (relate)
			relate_prefetch_subject(relate, b->entries[i].code);
		if (pass->keep)
			hash_prefetch_payload(f->wanted, b->entries[i].code);
	}
	for (size_t i = 0; i < b->n; i++) {
		const struct find_entry *e = &b->entries[i];
		bool acts = try_entry(pass, w, c, i, &pair);

		if (pass->keep && (acts || hash_find(f->wanted, e->key,
			e->code) != HASH_NONE))
			lookup_note(f->customers, c, &e->record);
	}
	b->n = b->pair_count = 0;
}

/* Which rules may match. */
static void
try_plain(const struct pass *pass, struct find_worker *w,
	const struct record *r)
{
	const struct plan *plan = pass->find->job->plan;
	struct find_batch *b = &w->batch;

	if (!pass->rules)
		return;
	find_show(pass->find, w, PLAN_CUSTOMER, r);
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_rule *rule = &plan->rules[i];

		if (rule->on == PLAN_CUSTOMER && !rule->not_tried &&
			find_plain(pass->find, w, rule, rule->plain))
			b->pairs[b->pair_count++] = (struct find_pair){
				(uint32_t)b->n, (uint32_t)i};
	}
}

static void
wait(const struct pass *pass, struct find_worker *w, struct chunk *c,
	const struct record *r)
{
	struct find *f = pass->find;
	struct find_batch *b = &w->batch;
	struct find_entry *e = &b->entries[b->n++];

	e->record = *r;
	e->key = find_field(&w->key, r, pass->id);
	e->code = hash_code(e->key);
	if (f->relates[PLAN_CUSTOMER])
		relate_prefetch(f->relates[PLAN_CUSTOMER], e->code);
	if (pass->keep)
		hash_prefetch(f->wanted, e->code);
	/* a decoded key lies where the next one will */
	if (b->n == FIND_BATCH || e->key.p == w->key.p)
		try_waiting(pass, w, c);
}

static void
work(struct chunk *c, void *context)
{
	const struct pass *pass = context;
	struct find *f = pass->find;
	struct find_worker *w = &f->workers[c->worker];
	struct record r;

	while (chunk_next(c, &r)) {
		chunk_settle(c, &r);
		if (gate_pass(c, &r, f->gates[PLAN_CUSTOMERS])) {
			try_plain(pass, w, &r);
			wait(pass, w, c, &r);
		}
	}
	try_waiting(pass, w, c);
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
	if (pass.keep)
		want_customers(f);
	find_workers(f, PLAN_CUSTOMER);
	job.again = gate_again(f->gates[PLAN_CUSTOMERS]);
	chunk_run(&job);
	gate_end(f->gates[PLAN_CUSTOMERS]);
}

/* ---- owners ---- */

/* All of them into the first worker's. */
static const struct hash *
merge_owners(struct find *f)
{
	struct vocabulary *to = f->workers[0].owners;

	for (unsigned i = 1; i < f->job->jobs; i++) {
		const struct hash *from = f->workers[i].owners->words;

		for (size_t k = 0; k < hash_count(from); k++) {
			const struct find_owner *one = hash_payload(from,
				(uint32_t)k);
			struct find_owner *known = vocabulary_payload(to,
				hash_key(from, (uint32_t)k));

			if (!known->known || one->last > known->last)
				*known = *one;
		}
	}
	return to->words;
}

static void
try_owner(struct find *f, struct slice owner, const struct find_owner *known)
{
	const struct plan *plan = f->job->plan;
	struct find_worker *w = &f->workers[0];
	const struct relate *relate = f->relates[PLAN_OWNER];
	const struct expr_value given[PLAN_GIVENS] = {
		[PLAN_LAST_ENTRY] = {.type = EXPR_TIME, .i = known->last}};
	struct buf raw = {0};
	struct slice cell;

	out_text(&raw, owner);
	cell = buf_slice(&raw);
	w->env.cells[0] = &cell;
	w->env.given = given;
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_rule *rule = &plan->rules[i];
		struct action found = {0};

		if (rule->on != PLAN_OWNER || rule->not_tried ||
			!find_plain(f, w, rule, rule->plain))
			continue;
		if (find_match(f, w, rule, relate ? relate_subject(relate,
			owner, hash_code(owner)) : NULL, &found))
			issue(w, rule, &found, owner, cell);
	}
	buf_free(&raw);
}

void
find_owners(struct find *f)
{
	const struct hash *owners;

	if (!f->job->plan->tried[PLAN_OWNER])
		return;
	owners = merge_owners(f);
	find_workers(f, PLAN_OWNER);
	for (size_t i = 0; i < hash_count(owners); i++)
		try_owner(f, hash_key(owners, (uint32_t)i),
			hash_payload(owners, (uint32_t)i));
}
