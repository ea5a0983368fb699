#include "find_part.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

struct slice
find_decode(struct buf *scratch, struct slice cell)
{
	if (!text_escaped(cell))
		return cell;
	buf_clear(scratch);
	text_unescape(scratch, cell);
	return buf_slice(scratch);
}

struct slice
find_field(struct buf *scratch, const struct record *r, size_t column)
{
	struct slice s = record_field(r, column);

	return r->backslash ? find_decode(scratch, s) : s;
}

struct slice
find_keep(struct mem_pool *pool, struct slice cell)
{
	struct buf scratch = {0};
	struct slice kept = {NULL, 0};

	if (cell.n)
		kept = mem_pool_copy(pool, find_decode(&scratch, cell));
	buf_free(&scratch);
	return kept;
}

void
find_workers(struct find *f, enum plan_on on)
{
	const struct plan *plan = f->job->plan;

	for (unsigned i = 0; i < f->job->jobs; i++) {
		struct find_worker *w = &f->workers[i];

		for (size_t t = 0; t < PLAN_FILES; t++)
			if (!w->cells[t])
				w->cells[t] = mem_zero(plan->tables[t].count,
					sizeof(struct slice));
		buf_free(&w->env.scratch);
		w->env = (struct expr_env){.days = &w->days};
		if (!w->batch.pairs)
			w->batch.pairs = mem_alloc(FIND_BATCH *
				(plan->count + 1), sizeof(*w->batch.pairs));
		free(w->relations);
		free(w->filled);
		w->relations = mem_zero(plan->scopes[on].relation_count + 1,
			sizeof(*w->relations));
		w->filled = mem_zero(plan->scopes[on].relation_count + 1,
			sizeof(*w->filled));
	}
}

/* ---- passes ---- */

static void
open_gates(struct find *f)
{
	static const char *const required[PLAN_FILES] = {"opened_at",
		"customer_id", "product"};
	static const char *const keys[PLAN_FILES] = {"ticket_id",
		"customer_id", "product"};
	union {
		const struct plan *from;
		void *to;
	} plan = {f->job->plan};

	record_need(f->job->files[PLAN_TICKETS], "customer_id");
	record_need(f->job->files[PLAN_TICKETS], "kind");
	for (size_t i = 0; i < PLAN_FILES; i++)
		if (f->job->files[i])
			f->gates[i] = gate_open(f->job->files[i], required[i],
				keys[i], f->job->jobs, plan_names, plan.to);
}

/* Which columns of the customers are kept. */
static void
choose_kept(struct find *f)
{
	static const char *const always[] = {"name", "phone", "region",
		"no_contact"};
	const struct record_source *customers = f->job->files[PLAN_CUSTOMERS];
	const struct plan_table *t = &f->job->plan->tables[PLAN_CUSTOMERS];

	f->kept = mem_zero(t->count, sizeof(*f->kept));
	for (size_t i = 0; i < t->in_file; i++) {
		f->kept[i] = t->shown[i] || t->evaluated[i];
		f->load_first |= t->evaluated[i];
	}
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++) {
		size_t c = record_find(customers, slice_of(always[i]));

		if (c != RECORD_NONE)
			f->kept[c] = true;
	}
}

static void
load_products(struct find *f)
{
	struct record_source *source = f->job->files[PLAN_PRODUCTS];
	const struct plan_table *t = &f->job->plan->tables[PLAN_PRODUCTS];
	bool *kept;

	if (!source)
		return;
	kept = mem_zero(t->count, sizeof(*kept));
	for (size_t i = 0; i < t->in_file; i++)
		kept[i] = t->shown[i] || t->evaluated[i];
	f->products = lookup_open(source, record_need(source, "product"),
		kept);
	free(kept);
	lookup_all(f->products, f->gates[PLAN_PRODUCTS], f->job->jobs,
		f->job->progress);
}

static void
open_customers(struct find *f)
{
	struct record_source *source = f->job->files[PLAN_CUSTOMERS];

	if (!source)
		return;
	choose_kept(f);
	f->customers = lookup_open(source, record_need(source, "customer_id"),
		f->kept);
	if (f->load_first)
		lookup_all(f->customers, f->gates[PLAN_CUSTOMERS],
			f->job->jobs, f->job->progress);
}

/* ---- the result ---- */

/* Of a customer that stands twice only the first counts. */
static bool
counts(const struct find *f, const struct action *a)
{
	return f->job->plan->rules[a->rule].on != PLAN_CUSTOMER ||
		!gate_refused(f->gates[PLAN_CUSTOMERS], a->number, a->line);
}

static void
hand_over(struct find *f, struct finding *to)
{
	size_t total = 0;

	to->list_count = f->job->jobs;
	to->lists = mem_zero(to->list_count, sizeof(*to->lists));
	for (size_t i = 0; i < to->list_count; i++) {
		to->lists[i] = f->workers[i].actions;
		total += to->lists[i].n;
	}
	to->actions = mem_alloc(total, sizeof(struct action *));
	for (size_t i = 0; i < to->list_count; i++)
		for (size_t k = 0; k < to->lists[i].n; k++)
			if (counts(f, &to->lists[i].items[k]))
				to->actions[to->count++] =
					&to->lists[i].items[k];
	action_sort(to->actions, to->count, f->job->plan, f->job->jobs);
	to->customers = f->customers;
	to->products = f->products;
}

static void
close_worker(struct find_worker *w)
{
	for (size_t t = 0; t < PLAN_FILES; t++)
		free(w->cells[t]);
	free(w->relations);
	free(w->filled);
	free(w->early);
	free(w->batch.pairs);
	record_at_free(&w->at);
	vocabulary_close(w->kinds);
	vocabulary_close(w->owners);
	mem_pool_free(&w->pool);
	buf_free(&w->env.scratch);
	buf_free(&w->text);
	buf_free(&w->key);
	buf_free(&w->why);
}

static void
close_all(struct find *f)
{
	for (unsigned i = 0; i < f->job->jobs; i++)
		close_worker(&f->workers[i]);
	for (size_t i = 0; i < PLAN_ONS; i++)
		relate_close(f->relates[i]);
	for (size_t i = 0; i < PLAN_FILES; i++)
		gate_close(f->gates[i]);
	hash_close(f->wanted);
	free(f->workers);
	free(f->kept);
}

void
find_run(const struct find_job *job, struct finding *to)
{
	struct find f = {.job = job};

	*to = (struct finding){0};
	f.workers = mem_apart(job->jobs, sizeof(*f.workers));
	for (unsigned i = 0; i < job->jobs; i++) {
		f.workers[i].early = mem_zero(job->plan->count,
			sizeof(struct find_early));
		f.workers[i].owners = vocabulary_open(
			sizeof(struct find_owner));
	}
	open_gates(&f);
	load_products(&f);
	open_customers(&f);
	find_tickets(&f);
	find_owners(&f);
	find_customers(&f);
	hand_over(&f, to);
	close_all(&f);
}

void
find_free(struct finding *f)
{
	for (size_t i = 0; i < f->list_count; i++)
		action_list_free(&f->lists[i]);
	lookup_close(f->customers);
	lookup_close(f->products);
	free(f->lists);
	free(f->actions);
}
