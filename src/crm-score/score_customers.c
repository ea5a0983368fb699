#include "score.h"

#include "breaks.h"
#include <stdlib.h>
#include <unistd.h>

#include "fold.h"
#include "mem.h"
#include "msg.h"
#include "store.h"
#include "write.h"

static void
summarise(const struct options *o, const struct customers *customers,
	const struct purchases_count *count)
{
	if (count->unknown && o->strict_keys) {
		msg_warn("--strict-keys: %llu purchases and returns are of "
			"customers that are not in the file",
			(unsigned long long)count->unknown);
		msg_fail();
	}
	if (o->common.quiet)
		return;
	if (o->merge)
		msg_summary("%zu customers, partials of %llu tickets that count: "
			"%llu purchases, %llu returns, %llu of unknown customers",
			hash_count(customers->table),
			(unsigned long long)count->tickets,
			(unsigned long long)count->purchases,
			(unsigned long long)count->returns,
			(unsigned long long)count->unknown);
	else
		msg_summary("%zu customers, %llu tickets: %llu purchases, %llu "
			"returns, %llu of unknown customers, %llu cancelled, "
			"%llu after as-of", hash_count(customers->table),
			(unsigned long long)count->tickets,
			(unsigned long long)count->purchases,
			(unsigned long long)count->returns,
			(unsigned long long)count->unknown,
			(unsigned long long)count->cancelled,
			(unsigned long long)count->later);
}

/* The days of a tally, by the numbers that the customers have. */
static void
hand_over_days(struct tally *t, const uint32_t *numbers, size_t customers,
	struct histories *histories)
{
	struct history_list *days = tally_days(t);
	size_t kept = 0;

	for (size_t i = 0; i < days->count; i++) {
		struct history_item item = days->items[i];

		item.customer = numbers[item.customer];
		if (item.customer != HASH_NONE)
			days->items[kept++] = item;
	}
	days->count = kept;
	history_join(histories, days, 1, customers);
}

/* The purchases of a tally go where those of the plain run are. */
static void
hand_over(struct tally *t, struct customers *customers,
	struct histories *histories, struct purchases_count *count)
{
	size_t n = tally_count(t);
	uint32_t *numbers = mem_alloc(n, sizeof(*numbers));

	for (size_t i = 0; i < n; i++) {
		const struct tally_entry *e = tally_entry(t, i);
		struct slice key = tally_key(t, i);

		numbers[i] = hash_find(customers->table, key, hash_code(key));
		if (numbers[i] == HASH_NONE)
			count->unknown += e->orders + e->returns;
		else
			customer_set(hash_payload(customers->table, numbers[i]),
				e->orders, e->spend, e->first, e->last);
	}
	if (histories)
		hand_over_days(t, numbers, hash_count(customers->table),
			histories);
	free(numbers);
}

/* One table for all threads is quicker and smaller than a tally: it serves where
 * nothing but purchases is asked for. */
static struct tally *
count_tickets(const struct setting *s, const struct tally_what *what,
	struct customers *customers, struct histories *histories,
	struct purchases_count *count)
{
	const struct options *o = s->options;
	const struct purchases_job job = {.tickets = s->tickets,
		.customers = customers, .as_of = s->as_of, .when = s->when,
		.histories = histories,
		.jobs = o->common.jobs, .progress = !o->common.quiet};
	struct tally *t;

	if (!o->merge && !o->csi && !o->nps && s->scope.relation_count == 0) {
		*count = purchases_add(&job);
		return NULL;
	}
	t = fold_run(s, what, count);
	hand_over(t, customers, histories, count);
	return t;
}

/* The report of --holdout, to its file or standard error. */
static void
tell_holdout(const struct options *o, const struct lifetime *l,
	const struct lifetime_job *job)
{
	struct buf b = {0};
	struct store *store;

	lifetime_report(l, job, &b);
	if (o->report) {
		store = store_open(o->report);
		out_write(store_out(store), buf_slice(&b));
		store_commit(store);
	} else {
		struct out *out = out_open(STDERR_FILENO, "standard error");

		out_write(out, buf_slice(&b));
		out_close(out);
	}
	buf_free(&b);
}

static void
foretell(const struct options *o, struct lifetime *l, int64_t as_of)
{
	struct lifetime_job job = o->lifetime;

	job.as_of = as_of;
	job.jobs = o->common.jobs;
	if (job.has_holdout && job.holdout > as_of)
		msg_usage("--holdout: the date is after as-of");
	lifetime_open(l, &job);
	if (o->save_model)
		lifetime_save(l, o->save_model);
	if (job.has_holdout)
		tell_holdout(o, l, &job);
}

static void
save_breaks(const struct options *o, const struct rfm *rfm)
{
	struct store *store;

	if (!o->save_breaks)
		return;
	store = store_open(o->save_breaks);
	breaks_write(rfm, store_out(store));
	store_commit(store);
}

static struct record_source *
open_customers(struct setting *s, const struct options *o,
	const struct figures_shape *shape)
{
	struct record_source *source = record_open(o->operands,
		o->operand_count, o->merge ? NULL : o->common.columns,
		RECORD_TWICE);
	const struct setting_row row = {.of = EXPR_OF_CUSTOMER,
		.columns = source->names, .count = source->columns,
		.given_count = figures_givens(shape, s->givens)};

	setting_card(s, &row);
	return source;
}

void
score_customers(const struct options *o, struct out *out)
{
	const struct figures_shape shape = figures_shape(o);
	struct rfm rfm = {.bins = o->breaks && !o->bins_given ? RFM_MOST_BINS
		: o->bins};
	struct purchases_count count = {0};
	struct write_job job = {.rfm = &rfm, .shape = &shape, .out = out,
		.jobs = o->common.jobs, .header = !o->common.no_header,
		.progress = !o->common.quiet};
	struct lifetime lifetime = {.horizon = 0};
	struct customers customers;
	struct tally_what what;
	struct setting s;
	struct tally *t;

	setting_open(&s, o);
	if (o->breaks)
		breaks_read(o->breaks, &rfm);
	customers_open(&customers, open_customers(&s, o, &shape),
		o->common.jobs, !o->common.quiet);
	what = setting_what(&s, "customer_id", false);
	t = count_tickets(&s, &what, &customers, o->clv ? &lifetime.histories
		: NULL, &count);
	if (!o->merge)
		purchases_tell(s.tickets, &count);
	if (!o->breaks)
		rfm_find(&rfm, &customers, s.as_of);
	if (o->clv)
		foretell(o, &lifetime, s.as_of);
	job.customers = &customers;
	job.setting = &s;
	job.lifetime = o->clv ? &lifetime : NULL;
	job.tally = t;
	write_customers(&job);
	save_breaks(o, &rfm);
	summarise(o, &customers, &count);
	tally_close(t);
	customers_close(&customers);
	lifetime_free(&lifetime);
	setting_close(&s);
}
