#include "write.h"

#include <stdlib.h>

#include "mem.h"

enum { BATCH = 32 };

/* What one thread needs. */
struct hand {
	_Alignas(MEM_APART) struct expr_env env;
	struct expr_value givens[SETTING_GIVENS];
	struct expr_cell *cells; /* of the card's relations */
	struct card_result result;
	char digits[FIGURES_DIGITS];
	struct buf text, scratch;
};

struct work {
	const struct write_job *job;
	struct record_layout *layout;
	struct hand *hands;
};

/* False where a column of the customer is bad, which is reported. */
static bool
apply_card(const struct work *work, struct hand *hand, struct chunk *c,
	const struct record *r, const struct tally_entry *e, struct figures *f)
{
	const struct setting *s = work->job->setting;
	size_t given = figures_values(work->job->shape, f, hand->digits,
		hand->givens);

	hand->env.row = r;
	hand->env.given = hand->givens;
	hand->env.relations = NULL;
	if (e && s->scope.relation_count) {
		related_fill(&e->related, hand->cells,
			s->scope.relation_count);
		hand->env.relations = hand->cells;
	}
	f->card = &hand->result;
	if (card_eval(s->card, &hand->env,
		setting_values(s, hand->givens + given),
		work->job->shape->explain, &hand->result))
		return true;
	chunk_bad(c, r, hand->env.bad_column, hand->env.bad_why);
	return false;
}

static void
write_record(const struct work *work, struct hand *hand, struct chunk *c,
	const struct record *r, uint32_t index, struct slice key)
{
	const struct write_job *job = work->job;
	struct slice fields[FIGURES_COLUMNS];
	struct figures figures = {0};
	const struct tally_entry *e = NULL;
	struct lifetime_outlook outlook;

	figures_of(hash_payload(job->customers->table, index), job->rfm,
		job->setting->as_of, &figures);
	if (job->lifetime && lifetime_look(job->lifetime, index, &outlook))
		figures.outlook = &outlook;
	if (job->tally) {
		e = tally_find(job->tally, key);
		figures.answers = e ? &e->answers : NULL;
	}
	if (job->shape->card && !apply_card(work, hand, c, r, e, &figures))
		return;
	figures_fields(job->shape, &figures, &hand->text, fields);
	record_layout_write(work->layout, &c->bytes, r, fields);
}

static void
write_batch(const struct work *work, struct chunk *c,
	const struct record *batch, const uint64_t *codes, size_t n)
{
	const struct customers *customers = work->job->customers;
	struct hand *hand = &work->hands[c->worker];

	for (size_t i = 0; i < n; i++) {
		const struct customer *customer;
		struct slice key;
		uint32_t index;

		if (!record_text(&batch[i], customers->id, &hand->scratch,
			&key))
			continue; /* reported when the customers were read */
		index = hash_find(customers->table, key, codes[i]);
		if (index == HASH_NONE)
			continue;
		customer = hash_payload(customers->table, index);
		if (customer->place == customers_place(c, &batch[i]))
			write_record(work, hand, c, &batch[i], index, key);
	}
}

static void
write_chunk(struct chunk *c, void *context)
{
	const struct work *work = context;
	const struct customers *customers = work->job->customers;
	struct buf *scratch = &work->hands[c->worker].scratch;
	struct record batch[BATCH];
	uint64_t codes[BATCH];
	size_t n = 0;

	while (chunk_next(c, &batch[n])) {
		struct slice key;

		if (!record_text(&batch[n], customers->id, scratch, &key))
			continue;
		codes[n] = hash_code(key);
		hash_prefetch(customers->table, codes[n]);
		if (++n == BATCH) {
			for (size_t i = 0; i < n; i++)
				hash_prefetch_payload(customers->table,
					codes[i]);
			write_batch(work, c, batch, codes, n);
			n = 0;
		}
	}
	write_batch(work, c, batch, codes, n);
}

static void
write_header(const struct work *work)
{
	struct buf header = {0};

	if (!work->job->header)
		return;
	record_layout_header(work->layout, &header);
	out_write(work->job->out, buf_slice(&header));
	buf_free(&header);
}

void
write_customers(const struct write_job *job)
{
	const char *names[FIGURES_COLUMNS];
	size_t count = figures_names(job->shape, names);
	size_t relations = job->setting->scope.relation_count;
	struct work work = {.job = job,
		.layout = record_layout_open(job->customers->source, names,
			count),
		.hands = mem_apart(job->jobs, sizeof(*work.hands))};
	/* only a card can find more that is bad */
	const struct chunk_job run = {.source = job->customers->source,
		.jobs = job->jobs, .work = write_chunk, .context = &work,
		.out = job->out, .again = !job->shape->card, .checked = true,
		.progress = job->progress};

	for (unsigned i = 0; relations && i < job->jobs; i++)
		work.hands[i].cells = mem_alloc(relations,
			sizeof(struct expr_cell));
	write_header(&work);
	chunk_run(&run);
	for (unsigned i = 0; i < job->jobs; i++) {
		struct hand *hand = &work.hands[i];

		free(hand->cells);
		buf_free(&hand->env.scratch);
		buf_free(&hand->text);
		buf_free(&hand->scratch);
		card_result_free(&hand->result);
	}
	free(work.hands);
	record_layout_close(work.layout);
}
