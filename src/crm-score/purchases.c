#include "purchases.h"

#include <stdlib.h>

#include "date_days.h"
#include "mem.h"
#include "msg.h"
#include "text.h"

/* How many records are looked up together, so that their places in memory are
 * on the way while others are read. */
enum { BATCH = 32 };

struct entry {
	struct slice key; /* in the chunk */
	uint64_t code;
	struct purchase purchase;
};

struct worker {
	_Alignas(MEM_APART) struct expr_env env;
	struct date_days days; /* env's */
	struct buf scratch;
	struct purchases_count count;
	struct history_list orders;
	struct entry batch[BATCH];
	size_t n;
};

struct work {
	const struct purchases_job *job;
	struct purchases_reader reader;
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
	if (e->purchase.is_return) {
		customer_add_amount(customer, -e->purchase.amount);
		return;
	}
	if (work->job->histories)
		history_add(&w->orders, i, e->purchase.opened_at,
			e->purchase.amount);
	customer_add_order(customer, e->purchase.opened_at);
	customer_add_amount(customer, e->purchase.amount);
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

static inline __attribute__((always_inline)) bool
read_values(const struct purchases_reader *reader, struct chunk *c,
	const struct record *r, const struct expr_env *env, struct purchase *p)
{
	struct slice time = record_field(r, reader->opened_at), amount = {0};
	enum date_status date;
	enum num_status num;

	if (time.n == 0) {
		chunk_bad(c, r, reader->opened_at, "missing");
		return false;
	}
	date = env->days ? date_days_read(env->days, time, &p->opened_at)
		: date_read(time, &p->opened_at);
	if (date != DATE_OK) {
		chunk_bad(c, r, reader->opened_at, date_why(date));
		return false;
	}
	p->amount = 0;
	if (reader->amount != RECORD_NONE)
		amount = record_field(r, reader->amount);
	if (amount.n == 0)
		return true;
	num = num_read(amount, &p->amount);
	if (num != NUM_OK)
		chunk_bad(c, r, reader->amount, num_why(num));
	return num == NUM_OK;
}

/* 1: a purchase or a return, 0: neither, -1: a bad record. Asked for every
 * ticket. */
static inline __attribute__((always_inline)) int
is_trade(const struct purchases_reader *reader, struct chunk *c,
	const struct record *r, struct expr_env *env, struct purchase *p)
{
	int yes;

	p->is_return = reader->kind != RECORD_NONE &&
		slice_is(record_field(r, reader->kind), "return");
	if (p->is_return)
		return 1;
	env->row = r;
	yes = expr_true(reader->when, env);
	if (yes < 0)
		msg_bad(&c->bad, r->line, c->source->names[env->bad_column].p,
			env->bad_value, "%s", env->bad_why);
	return yes;
}

/* Counts a purchase or return; false where it does not count. */
static inline __attribute__((always_inline)) bool
counts(const struct purchases_reader *reader, const struct record *r,
	const struct purchase *p, struct purchases_count *count)
{
	if (p->opened_at > reader->as_of) {
		count->later++;
		return false;
	}
	if (reader->status != RECORD_NONE &&
		slice_is(record_field(r, reader->status), "cancelled")) {
		count->cancelled++;
		return false;
	}
	if (p->is_return)
		count->returns++;
	else
		count->purchases++;
	return true;
}

int
purchases_read(const struct purchases_reader *reader, struct chunk *c,
	const struct record *r, struct expr_env *env, struct purchase *p)
{
	int trade = is_trade(reader, c, r, env, p);

	return trade > 0 && !read_values(reader, c, r, env, p) ? -1 : trade;
}

bool
purchases_counts(const struct purchases_reader *reader, const struct record *r,
	const struct purchase *p, struct purchases_count *count)
{
	return counts(reader, r, p, count);
}

static void
add_record(const struct work *work, struct chunk *c, const struct record *r,
	struct worker *w)
{
	const struct purchases_reader *reader = &work->reader;
	struct entry *e = &w->batch[w->n];
	int trade = is_trade(reader, c, r, &w->env, &e->purchase);

	if (trade < 0 || (trade > 0 && !read_values(reader, c, r, &w->env,
		&e->purchase)))
		return;
	if (trade && !record_text(r, reader->customer_id, &w->scratch, &e->key)) {
		chunk_bad(c, r, reader->customer_id, "unknown escape");
		return;
	}
	w->count.tickets++;
	if (!trade || !counts(reader, r, &e->purchase, &w->count))
		return;
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

struct purchases_reader
purchases_reader(const struct record_source *tickets, const struct expr *when,
	int64_t as_of)
{
	return (struct purchases_reader){.when = when, .as_of = as_of,
		.customer_id = record_need(tickets, "customer_id"),
		.kind = record_find(tickets, slice_of("kind")),
		.status = record_find(tickets, slice_of("status")),
		.opened_at = record_need(tickets, "opened_at"),
		.amount = record_find(tickets, slice_of("amount"))};
}

void
purchases_tell(const struct record_source *tickets,
	const struct purchases_count *count)
{
	struct slice name = slice_of("amount");
	const struct slice *near;

	if (count->purchases + count->returns == 0 ||
		record_find(tickets, name) != RECORD_NONE)
		return;
	near = text_suggest(name, tickets->names, tickets->columns);
	if (near)
		msg_warn("%s: no column \"amount\", so nothing is spent; did "
			"you mean \"%.*s\"?", tickets->files[0].name,
			(int)near->n, near->p);
}

void
purchases_sum(struct purchases_count *to, const struct purchases_count *from)
{
	to->tickets += from->tickets;
	to->later += from->later;
	to->cancelled += from->cancelled;
	to->purchases += from->purchases;
	to->returns += from->returns;
	to->unknown += from->unknown;
}

static void
join_orders(const struct work *work)
{
	const struct purchases_job *job = work->job;
	struct history_list *lists = mem_zero(job->jobs, sizeof(*lists));

	for (unsigned i = 0; i < job->jobs; i++)
		lists[i] = work->workers[i].orders;
	history_join(job->histories, lists, job->jobs,
		hash_count(job->customers->table));
	free(lists);
}

struct purchases_count
purchases_add(const struct purchases_job *job)
{
	struct work work = {.job = job,
		.reader = purchases_reader(job->tickets, job->when, job->as_of),
		.workers = mem_apart(job->jobs, sizeof(*work.workers))};
	const struct chunk_job run = {.source = job->tickets,
		.jobs = job->jobs, .work = add_chunk, .context = &work,
		.progress = job->progress};
	struct purchases_count sum = {0};

	for (unsigned i = 0; i < job->jobs; i++)
		work.workers[i].env.days = &work.workers[i].days;
	chunk_run(&run);
	if (job->histories)
		join_orders(&work);
	for (unsigned i = 0; i < job->jobs; i++) {
		purchases_sum(&sum, &work.workers[i].count);
		buf_free(&work.workers[i].env.scratch);
		buf_free(&work.workers[i].scratch);
	}
	free(work.workers);
	return sum;
}
