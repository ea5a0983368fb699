#include "customers.h"

#include <string.h>

#include "msg.h"

/* Times of the years 1 to 9999 lie within +- this. */
#define SHIFT (INT64_C(1) << 40)

/* What a chunk hands over for each record, before the key's bytes. */
struct found {
	uint64_t code;
	uint32_t line;
	uint32_t n;
};

static void
find_keys(struct chunk *c, void *context)
{
	const struct customers *customers = context;
	struct buf scratch = {0};
	struct record r;

	while (chunk_next(c, &r)) {
		struct found found = {.line = r.line};
		struct slice key;

		if (!record_text(&r, customers->id, &scratch, &key)) {
			chunk_bad(c, &r, customers->id, "unknown escape");
			continue;
		}
		if (key.n == 0) {
			chunk_bad(c, &r, customers->id, "missing");
			continue;
		}
		found.code = hash_code(key);
		found.n = (uint32_t)key.n;
		buf_add(&c->bytes,
			(struct slice){(const char *)&found, sizeof(found)});
		buf_add(&c->bytes, key);
	}
	buf_free(&scratch);
}

/* How many customers the whole file may hold, judged by its first chunk. */
static size_t
expected(const struct chunk *c)
{
	uint64_t total = 0;

	for (size_t i = 0; i < c->source->file_count; i++)
		total += input_size(c->source->files[i].in);
	return c->size ? (size_t)(total / c->size + 1) * c->records : 0;
}

static void
put_keys(struct chunk *c, void *context)
{
	struct customers *customers = context;

	if (c->number == 0)
		hash_reserve(customers->table, expected(c));
	for (size_t at = 0; at < c->bytes.n; ) {
		struct found found;
		struct slice key;
		bool is_new;
		uint32_t i;

		memcpy(&found, c->bytes.p + at, sizeof(found));
		at += sizeof(found);
		key = (struct slice){c->bytes.p + at, found.n};
		at += found.n;
		i = hash_put(customers->table, key, found.code, &is_new);
		if (is_new)
			((struct customer *)hash_payload(customers->table, i))
				->place = c->number << 32 | found.line;
		else
			msg_bad(&c->bad, found.line, "customer_id", key,
				"comes twice");
	}
}

void
customers_open(struct customers *c, struct record_source *source, unsigned jobs,
	bool progress)
{
	const struct chunk_job job = {.source = source, .jobs = jobs,
		.work = find_keys, .turn = put_keys, .context = c,
		.progress = progress};

	c->source = source;
	c->id = record_need(source, "customer_id");
	c->table = hash_open(sizeof(struct customer));
	chunk_run(&job);
}

void
customers_close(struct customers *c)
{
	hash_close(c->table);
	record_close(c->source);
}

uint64_t
customers_place(const struct chunk *chunk, const struct record *r)
{
	return chunk->number << 32 | r->line;
}

static void
raise_to(uint64_t *at, uint64_t value)
{
	uint64_t old = __atomic_load_n(at, __ATOMIC_RELAXED);

	while (old < value && !__atomic_compare_exchange_n(at, &old, value,
		true, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		continue;
}

void
customer_add_order(struct customer *c, int64_t opened_at)
{
	__atomic_fetch_add(&c->orders, 1, __ATOMIC_RELAXED);
	raise_to(&c->first, (uint64_t)(SHIFT - opened_at));
	raise_to(&c->last, (uint64_t)(SHIFT + opened_at));
}

/* The carry of the low half goes into the high one on its own: whatever comes
 * between, the two together end as the exact sum. */
void
customer_add_amount(struct customer *c, int64_t amount)
{
	uint64_t low = (uint64_t)amount, old;
	int32_t high = amount < 0 ? -1 : 0;

	if (amount == 0)
		return;
	old = __atomic_fetch_add(&c->spend_low, low, __ATOMIC_RELAXED);
	high += old + low < old;
	if (high)
		__atomic_fetch_add(&c->spend_high, high, __ATOMIC_RELAXED);
}

void
customer_set(struct customer *c, uint64_t orders, num_wide spend,
	int64_t first, int64_t last)
{
	c->orders = (uint32_t)orders;
	c->spend_low = (uint64_t)spend;
	c->spend_high = (int32_t)(spend >> 64);
	if (orders) {
		c->first = (uint64_t)(SHIFT - first);
		c->last = (uint64_t)(SHIFT + last);
	}
}

num_wide
customer_spend(const struct customer *c)
{
	return (num_wide)c->spend_high * ((num_wide)1 << 64) +
		(num_wide)c->spend_low;
}

int64_t
customer_first(const struct customer *c)
{
	return SHIFT - (int64_t)c->first;
}

int64_t
customer_last(const struct customer *c)
{
	return (int64_t)c->last - SHIFT;
}
