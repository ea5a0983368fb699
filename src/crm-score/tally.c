#include "tally.h"

#include <stdlib.h>

#include "date.h"
#include "hash.h"
#include "mem.h"
#include "text.h"

struct part {
	_Alignas(MEM_APART) struct hash *subjects;
	struct mem_pool pool;
	struct relation_reader *relations; /* null: none */
	struct history_list days;
	struct expr_env env;
	struct buf key;
	struct purchases_count count;
};

struct tally {
	const struct tally_what *what;
	struct part *parts; /* put together in the first */
	unsigned jobs;
};

/* A pass over tickets. */
struct pass {
	struct tally *tally;
	const struct record_source *tickets;
	size_t key, opened_at;
	struct purchases_reader purchases;
	struct answers_reader answers;
};

/* What one ticket counts for. */
struct row {
	struct slice key;
	bool trades, answers, relates;
	struct purchase purchase;
	struct answers answer;
	struct relation_row relation;
};

struct tally *
tally_open(const struct tally_what *what, unsigned jobs)
{
	struct tally *t = mem_zero(1, sizeof(*t));

	t->what = what;
	t->jobs = jobs;
	t->parts = mem_apart(jobs, sizeof(*t->parts));
	for (unsigned i = 0; i < jobs; i++)
		t->parts[i].subjects = hash_open(sizeof(struct tally_entry));
	return t;
}

static void
close_part(struct part *p)
{
	hash_close(p->subjects);
	p->subjects = NULL;
	mem_pool_free(&p->pool);
	free(p->days.items);
	p->days = (struct history_list){0};
	buf_free(&p->env.scratch);
	buf_free(&p->key);
}

void
tally_close(struct tally *t)
{
	if (!t)
		return;
	for (unsigned i = 0; i < t->jobs; i++)
		close_part(&t->parts[i]);
	free(t->parts);
	free(t);
}

/* ---- a ticket ---- */

/* 1: it exists by as-of, 0: not yet, -1: bad, reported. */
static int
exists(const struct pass *pass, struct chunk *c, const struct record *r)
{
	struct slice field = record_field(r, pass->opened_at);
	enum date_status status;
	int64_t opened_at;

	if (!pass->tally->what->every)
		return 1;
	status = date_read(field, &opened_at);
	if (status == DATE_OK)
		return opened_at <= pass->tally->what->as_of;
	chunk_bad(c, r, pass->opened_at,
		field.n ? date_why(status) : "missing");
	return -1;
}

/* False where it is bad, which is reported. */
static bool
read_row(const struct pass *pass, struct part *p, struct chunk *c,
	const struct record *r, struct row *row)
{
	const struct tally_what *what = pass->tally->what;
	int status = 0;

	if (!record_text(r, pass->key, &p->key, &row->key)) {
		chunk_bad(c, r, pass->key, "unknown escape");
		return false;
	}
	if (what->when)
		status = purchases_read(&pass->purchases, c, r, &p->env,
			&row->purchase);
	row->trades = status > 0;
	if (status >= 0)
		status = answers_read(&pass->answers, c, r, &p->env,
			&row->answer);
	row->answers = status > 0;
	if (status >= 0)
		status = p->relations ? relation_read(p->relations, c, r,
			&row->relation) : 0;
	row->relates = status > 0;
	return status >= 0;
}

static void
add_purchase(struct tally_entry *e, const struct purchase *p)
{
	if (p->is_return) {
		e->returns++;
		e->spend -= p->amount;
		return;
	}
	if (e->orders == 0 || p->opened_at < e->first)
		e->first = p->opened_at;
	if (e->orders == 0 || p->opened_at > e->last)
		e->last = p->opened_at;
	e->orders++;
	e->spend += p->amount;
}

static uint32_t
subject(struct part *p, struct slice key)
{
	return hash_put(p->subjects, key, hash_code(key), NULL);
}

static void
take(const struct pass *pass, struct part *p, struct chunk *c,
	const struct record *r)
{
	const struct tally_what *what = pass->tally->what;
	struct tally_entry *e;
	struct row row;
	uint32_t number;
	int there = exists(pass, c, r);

	if (there < 0 || !read_row(pass, p, c, r, &row))
		return;
	p->count.tickets++;
	if (row.trades)
		row.trades = purchases_counts(&pass->purchases, r,
			&row.purchase, &p->count);
	if (!there) {
		p->count.later++;
		return;
	}
	if (!what->every && !row.trades && !row.answers && !row.relates)
		return;
	number = subject(p, row.key);
	e = hash_payload(p->subjects, number);
	e->tickets++;
	if (row.trades)
		add_purchase(e, &row.purchase);
	if (row.trades && what->days && !row.purchase.is_return)
		history_add(&p->days, number, row.purchase.opened_at,
			row.purchase.amount);
	if (row.answers)
		answers_add(&e->answers, &row.answer);
	if (row.relates)
		related_take(&p->pool, &e->related, &row.relation,
			what->scope->relation_count);
}

static void
work(struct chunk *c, void *context)
{
	const struct pass *pass = context;
	struct part *p = &pass->tally->parts[c->worker];
	struct record r;

	while (chunk_next(c, &r))
		take(pass, p, c, &r);
}

void
tally_read(struct tally *t, const struct record_source *tickets, bool progress,
	struct purchases_count *count)
{
	const struct tally_what *what = t->what;
	struct pass pass = {.tally = t, .tickets = tickets,
		.key = record_need(tickets, what->key),
		.opened_at = record_need(tickets, "opened_at"),
		.answers = answers_reader(tickets, what->answers, what->as_of)};
	const struct chunk_job job = {.source = tickets, .jobs = t->jobs,
		.work = work, .context = &pass, .progress = progress};

	if (what->when)
		pass.purchases = purchases_reader(tickets, what->when,
			what->as_of);
	for (unsigned i = 0; what->scope->relation_count && i < t->jobs; i++)
		t->parts[i].relations = relation_open(tickets, what->scope);
	chunk_run(&job);
	for (unsigned i = 0; i < t->jobs; i++) {
		relation_close(t->parts[i].relations);
		t->parts[i].relations = NULL;
		purchases_sum(count, &t->parts[i].count);
	}
}

/* ---- parts ---- */

static void
merge(struct mem_pool *pool, struct tally_entry *to, const struct tally_entry *e)
{
	to->tickets += e->tickets;
	if (e->orders && (to->orders == 0 || e->first < to->first))
		to->first = e->first;
	if (e->orders && (to->orders == 0 || e->last > to->last))
		to->last = e->last;
	to->orders += e->orders;
	to->returns += e->returns;
	to->spend += e->spend;
	answers_add(&to->answers, &e->answers);
	related_merge(pool, &to->related, &e->related);
}

uint32_t
tally_add(struct tally *t, unsigned worker, struct slice key,
	const struct tally_entry *e)
{
	struct part *p = &t->parts[worker];
	uint32_t number = subject(p, key);

	merge(&p->pool, hash_payload(p->subjects, number), e);
	return number;
}

void
tally_relate(struct tally *t, unsigned worker, uint32_t number,
	size_t relation, const struct expr_cell *cell)
{
	struct part *p = &t->parts[worker];
	struct tally_entry *e = hash_payload(p->subjects, number);

	related_add(&p->pool, &e->related, relation, cell);
}

void
tally_day(struct tally *t, unsigned worker, uint32_t number, int64_t day,
	int64_t amount)
{
	history_add(&t->parts[worker].days, number, day, amount);
}

/* Into the first part, where the subjects have other numbers. */
static void
join_part(struct tally *t, struct part *from)
{
	size_t n = hash_count(from->subjects);
	uint32_t *numbers = mem_alloc(n, sizeof(*numbers));

	for (size_t i = 0; i < n; i++)
		numbers[i] = tally_add(t, 0, hash_key(from->subjects,
			(uint32_t)i), hash_payload(from->subjects, (uint32_t)i));
	for (size_t i = 0; i < from->days.count; i++) {
		const struct history_item *item = &from->days.items[i];

		tally_day(t, 0, numbers[item->customer],
			item->day * DATE_DAY, item->amount);
	}
	free(numbers);
}

void
tally_finish(struct tally *t)
{
	for (unsigned k = 1; k < t->jobs; k++) {
		join_part(t, &t->parts[k]);
		close_part(&t->parts[k]);
	}
}

struct history_list *
tally_days(struct tally *t)
{
	return &t->parts[0].days;
}

size_t
tally_count(const struct tally *t)
{
	return hash_count(t->parts[0].subjects);
}

struct slice
tally_key(const struct tally *t, size_t i)
{
	return hash_key(t->parts[0].subjects, (uint32_t)i);
}

struct tally_entry *
tally_entry(const struct tally *t, size_t i)
{
	return hash_payload(t->parts[0].subjects, (uint32_t)i);
}

struct tally_entry *
tally_find(const struct tally *t, struct slice key)
{
	uint32_t i = hash_find(t->parts[0].subjects, key, hash_code(key));

	return i == HASH_NONE ? NULL : tally_entry(t, i);
}

/* A key to be sorted, and whose it is. */
struct place {
	struct slice key;
	uint32_t index;
};

static int
compare(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return slice_compare(x->key, y->key);
}

uint32_t *
tally_sorted(const struct tally *t)
{
	size_t n = tally_count(t);
	struct place *places = mem_alloc(n, sizeof(*places));
	uint32_t *sorted = mem_alloc(n, sizeof(*sorted));

	for (size_t i = 0; i < n; i++)
		places[i] = (struct place){tally_key(t, i), (uint32_t)i};
	qsort(places, n, sizeof(*places), compare);
	for (size_t i = 0; i < n; i++)
		sorted[i] = places[i].index;
	free(places);
	return sorted;
}
