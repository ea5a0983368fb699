#include "write.h"

#include <stdio.h>
#include <stdlib.h>

#include "date.h"
#include "mem.h"

enum { BATCH = 32 };

enum own {
	ORDERS, SPEND, FIRST_ORDER, LAST_ORDER, RECENCY, R, F, M, RFM, ALIVE,
	EXPECTED, WORTH, OWN_COUNT
};

static const char *const names[OWN_COUNT] = {"orders", "spend", "first_order",
	"last_order", "recency", "r", "f", "m", "rfm", "alive", "expected",
	"worth"};

/* The own columns of one record: written one after the other into bytes. */
struct figures {
	char bytes[OWN_COUNT * NUM_SIZE];
	size_t n;
	struct slice values[OWN_COUNT];
};

struct work {
	const struct write_job *job;
	struct record_layout *layout;
};

static void
add(struct figures *f, enum own which, size_t n)
{
	f->values[which] = (struct slice){f->bytes + f->n, n};
	f->n += n;
}

static size_t
write_decimal(char *to, double value)
{
	return (size_t)snprintf(to, NUM_SIZE, "%.6f", value);
}

static void
add_outlook(const struct lifetime *lifetime, uint32_t customer,
	struct figures *f)
{
	struct lifetime_outlook outlook;

	if (!lifetime_look(lifetime, customer, &outlook))
		return;
	add(f, ALIVE, write_decimal(f->bytes + f->n, outlook.alive));
	add(f, EXPECTED, write_decimal(f->bytes + f->n, outlook.expected));
	if (outlook.has_worth)
		add(f, WORTH, num_write_money(f->bytes + f->n, outlook.worth));
}

static void
make_figures(const struct write_job *job, uint32_t index,
	const struct customer *c, struct figures *f)
{
	static const struct slice missing = {0};
	size_t start;

	f->n = 0;
	for (int i = 0; i < OWN_COUNT; i++)
		f->values[i] = missing;
	add(f, ORDERS, num_write_count(f->bytes, c->orders));
	add(f, SPEND, num_write_money(f->bytes + f->n, customer_spend(c)));
	if (c->orders == 0)
		return;
	add(f, FIRST_ORDER, date_write(f->bytes + f->n, customer_first(c)));
	add(f, LAST_ORDER, date_write(f->bytes + f->n, customer_last(c)));
	add(f, RECENCY, num_write_count(f->bytes + f->n,
		(uint64_t)rfm_recency(c, job->as_of)));
	start = f->n;
	for (int m = 0; m < RFM_MEASURES; m++) {
		int score = rfm_score(job->rfm, m,
			rfm_measure(c, job->as_of, m));

		add(f, (enum own)(R + m),
			num_write_count(f->bytes + f->n, (uint64_t)score));
	}
	f->values[RFM] = (struct slice){f->bytes + start, f->n - start};
	if (job->lifetime)
		add_outlook(job->lifetime, index, f);
}

static void
write_batch(const struct work *work, struct chunk *c,
	const struct record *batch, const uint64_t *codes, size_t n,
	struct buf *scratch)
{
	const struct customers *customers = work->job->customers;
	struct figures figures;

	for (size_t i = 0; i < n; i++) {
		const struct customer *customer;
		struct slice key;
		uint32_t index;

		if (!record_text(&batch[i], customers->id, scratch, &key))
			continue; /* reported when the customers were read */
		index = hash_find(customers->table, key, codes[i]);
		if (index == HASH_NONE)
			continue;
		customer = hash_payload(customers->table, index);
		if (customer->place != customers_place(c, &batch[i]))
			continue;
		make_figures(work->job, index, customer, &figures);
		record_layout_write(work->layout, &c->bytes, &batch[i],
			figures.values);
	}
}

static void
write_chunk(struct chunk *c, void *context)
{
	const struct work *work = context;
	const struct customers *customers = work->job->customers;
	struct record batch[BATCH];
	uint64_t codes[BATCH];
	struct buf scratch = {0};
	size_t n = 0;

	while (chunk_next(c, &batch[n])) {
		struct slice key;

		if (!record_text(&batch[n], customers->id, &scratch, &key))
			continue;
		codes[n] = hash_code(key);
		hash_prefetch(customers->table, codes[n]);
		if (++n == BATCH) {
			for (size_t i = 0; i < n; i++)
				hash_prefetch_payload(customers->table,
					codes[i]);
			write_batch(work, c, batch, codes, n, &scratch);
			n = 0;
		}
	}
	write_batch(work, c, batch, codes, n, &scratch);
	buf_free(&scratch);
}

void
write_customers(const struct write_job *job)
{
	struct work work = {.job = job, .layout = record_layout_open(
		job->customers->source, names,
		job->lifetime ? OWN_COUNT : ALIVE)};
	const struct chunk_job run = {.source = job->customers->source,
		.jobs = job->jobs, .work = write_chunk, .context = &work,
		.out = job->out, .again = true, .progress = job->progress};
	struct buf header = {0};

	if (job->header) {
		record_layout_header(work.layout, &header);
		out_write(job->out, buf_slice(&header));
		buf_free(&header);
	}
	chunk_run(&run);
	record_layout_close(work.layout);
}
