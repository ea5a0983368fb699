#include "purchases.h"

#include <stdlib.h>

#include "date.h"
#include "mem.h"

/* How many records are looked up together, so that their places in memory are
 * on the way while others are read. */
enum { BATCH = 32 };

struct entry {
	struct slice key; /* in the chunk */
	uint64_t code;
	int64_t opened_at, amount;
	bool is_return;
};

struct worker {
	_Alignas(MEM_APART) struct expr_env env;
	struct buf scratch;
	struct purchases_count count;
	struct history_list days;
	struct entry batch[BATCH];
	size_t n;
};

struct work {
	const struct purchases_job *job;
	size_t customer_id, kind, status, opened_at, amount; /* columns */
	struct worker *workers;
};

static void
add_entry(const struct work *work, struct worker *w, const struct entry *e)
{
	struct hash *table = work->job->customers->table;
	uint32_t i = hash_find(table, e->key, e->code);
	struct customer *customer;

	if (i == HASH_NONE) {
		w->count.unknown++;
		return;
	}
	customer = hash_payload(table, i);
	if (e->is_return) {
		customer_add_amount(customer, -e->amount);
		return;
	}
	if (work->job->histories)
		history_add(&w->days, i, e->opened_at, e->amount);
	customer_add_order(customer, e->opened_at);
	customer_add_amount(customer, e->amount);
}

static void
add_batch(const struct work *work, struct worker *w)
{
	const struct hash *table = work->job->customers->table;

	for (size_t i = 0; i < w->n; i++)
		hash_prefetch_payload(table, w->batch[i].code);
	for (size_t i = 0; i < w->n; i++)
		add_entry(work, w, &w->batch[i]);
	w->n = 0;
}

static bool
read_values(const struct work *work, struct chunk *c, const struct record *r,
	struct entry *e)
{
	struct slice time = record_field(r, work->opened_at), amount = {0};
	enum date_status date;
	enum num_status num;

	if (time.n == 0) {
		chunk_bad(c, r, work->opened_at, "missing");
		return false;
	}
	date = date_read(time, &e->opened_at);
	if (date != DATE_OK) {
		chunk_bad(c, r, work->opened_at, date_why(date));
		return false;
	}
	e->amount = 0;
	if (work->amount != RECORD_NONE)
		amount = record_field(r, work->amount);
	if (amount.n == 0)
		return true;
	num = num_read(amount, &e->amount);
	if (num != NUM_OK)
		chunk_bad(c, r, work->amount, num_why(num));
	return num == NUM_OK;
}

/* 1: a purchase or a return, 0: neither, -1: a bad record. */
static int
is_trade(const struct work *work, struct chunk *c, const struct record *r,
	struct worker *w, struct entry *e)
{
	int yes;

	e->is_return = work->kind != RECORD_NONE &&
		slice_is(record_field(r, work->kind), "return");
	if (e->is_return)
		return 1;
	w->env.row = r;
	yes = expr_true(work->job->when, &w->env);
	if (yes < 0)
		msg_bad(&c->bad, r->line, c->source->names[w->env.bad_column].p,
			w->env.bad_value, "%s", w->env.bad_why);
	return yes;
}

static void
add_record(const struct work *work, struct chunk *c, const struct record *r,
	struct worker *w)
{
	struct entry *e = &w->batch[w->n];
	int trade = is_trade(work, c, r, w, e);

	if (trade < 0 || (trade > 0 && !read_values(work, c, r, e)))
		return;
	if (trade && !record_text(r, work->customer_id, &w->scratch, &e->key)) {
		chunk_bad(c, r, work->customer_id, "unknown escape");
		return;
	}
	w->count.tickets++;
	if (!trade)
		return;
	if (e->opened_at > work->job->as_of) {
		w->count.later++;
		return;
	}
	if (work->status != RECORD_NONE &&
		slice_is(record_field(r, work->status), "cancelled")) {
		w->count.cancelled++;
		return;
	}
	if (e->is_return)
		w->count.returns++;
	else
		w->count.purchases++;
	e->code = hash_code(e->key);
	hash_prefetch(work->job->customers->table, e->code);
	w->n++;
	/* a decoded key lies in scratch, which the next one needs */
	if (w->n == BATCH || e->key.p == w->scratch.p)
		add_batch(work, w);
}

static void
add_chunk(struct chunk *c, void *context)
{
	const struct work *work = context;
	struct worker *w = &work->workers[c->worker];
	struct record r;

	while (chunk_next(c, &r))
		add_record(work, c, &r, w);
	add_batch(work, w);
}

static void
join_days(const struct work *work)
{
	const struct purchases_job *job = work->job;
	struct history_list *lists = mem_zero(job->jobs, sizeof(*lists));

	for (unsigned i = 0; i < job->jobs; i++)
		lists[i] = work->workers[i].days;
	history_join(job->histories, lists, job->jobs,
		hash_count(job->customers->table));
	free(lists);
}

struct purchases_count
purchases_add(const struct purchases_job *job)
{
	struct record_source *tickets = job->tickets;
	struct work work = {.job = job,
		.customer_id = record_need(tickets, "customer_id"),
		.kind = record_find(tickets, slice_of("kind")),
		.status = record_find(tickets, slice_of("status")),
		.opened_at = record_need(tickets, "opened_at"),
		.amount = record_find(tickets, slice_of("amount")),
		.workers = mem_apart(job->jobs, sizeof(*work.workers))};
	const struct chunk_job run = {.source = tickets, .jobs = job->jobs,
		.work = add_chunk, .context = &work, .progress = job->progress};
	struct purchases_count sum = {0};

	chunk_run(&run);
	if (job->histories)
		join_days(&work);
	for (unsigned i = 0; i < job->jobs; i++) {
		const struct purchases_count *one = &work.workers[i].count;

		sum.tickets += one->tickets;
		sum.later += one->later;
		sum.cancelled += one->cancelled;
		sum.purchases += one->purchases;
		sum.returns += one->returns;
		sum.unknown += one->unknown;
		buf_free(&work.workers[i].env.scratch);
		buf_free(&work.workers[i].scratch);
	}
	free(work.workers);
	return sum;
}
