#include "lifetime.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "date.h"
#include "mem.h"
#include "msg.h"
#include "num.h"
#include "store.h"

enum { CLASSES = 8 }; /* of the report: 0 .. 6 repeats, and more */

static const double most_worth = 8.9e13;
static const double large = 1e3, limit = 1e9; /* of q, or p */

/* The last day that the fit may see. */
static int32_t
fit_end(const struct lifetime *l, const struct lifetime_job *job)
{
	return job->has_holdout ? history_day(job->holdout) - 1 : l->end;
}

static void
fit_purchases(struct lifetime *l, const struct lifetime_job *job)
{
	struct clv_history *items = mem_alloc(l->histories.customers,
		sizeof(*items));
	struct clv_fit *fit = &l->models.purchases;
	char reason[CLV_REASON];
	enum clv_status status;
	size_t n = 0;

	for (size_t c = 0; c < l->histories.customers; c++) {
		struct history h;

		if (history_of(&l->histories, (uint32_t)c, fit_end(l, job), &h))
			items[n++] = (struct clv_history){h.x, h.t_x, h.T, 1};
	}
	n = clv_distinct_histories(items, n);
	fit->model = job->model;
	fit->unit = (double)job->unit / (double)DATE_DAY;
	fit->jobs = job->jobs;
	status = clv_fit_histories(fit, items, n, reason);
	if (status == CLV_RIDGE && clv_fit_stayers(fit, items, n))
		msg_warn("--clv: %s: these data do not show that anybody "
			"leaves: alive is 1 for all, and expected goes by the "
			"rates of purchase alone", clv_name(fit->model));
	else if (status != CLV_OK)
		msg_die("--clv: %s", reason);
	free(items);
}

/* q and gamma grow together where the customers do not differ in what they
 * spend at a time: the limit is the mean of all, for everybody. */
static void
take_mean(struct clv_fit *fit, const struct clv_spending *items, size_t n)
{
	double total = 0, purchases = 0, mean;

	for (size_t i = 0; i < n; i++)
		if (items[i].x && items[i].total > 0) {
			total += (double)items[i].total * items[i].count;
			purchases += (double)items[i].x * items[i].count;
		}
	mean = total / purchases / NUM_ONE;
	fit->value[1] = limit;
	fit->value[2] = mean * (limit - 1) / fit->value[0];
	for (int i = 0; i < CLV_PARAMETERS; i++)
		fit->error[i] = NAN;
	msg_warn("--clv: the customers do not differ in what they spend on a "
		"purchase: worth goes by the mean of all, %.2f", mean);
}

/* p grows and gamma goes to 0, with p * gamma staying, where what a customer
 * spends varies little beside what customers differ: the limit is the mean of
 * each. False where the mean of all is not finite. */
static bool
take_own_means(struct clv_fit *fit)
{
	if (!(fit->value[0] >= large) || !(fit->value[1] > 1))
		return false;
	fit->value[2] *= fit->value[0] / limit;
	fit->value[0] = limit;
	for (int i = 0; i < CLV_PARAMETERS; i++)
		fit->error[i] = NAN;
	msg_warn("--clv: what a customer spends on a purchase varies little "
		"beside what customers differ: worth goes by each customer's "
		"own mean");
	return true;
}

static void
fit_spend(struct lifetime *l, const struct lifetime_job *job)
{
	struct clv_spending *items = mem_alloc(l->histories.customers,
		sizeof(*items));
	char reason[CLV_REASON];
	enum clv_status status;
	size_t n = 0;

	for (size_t c = 0; c < l->histories.customers; c++) {
		struct history h;

		if (history_of(&l->histories, (uint32_t)c, fit_end(l, job), &h))
			items[n++] = (struct clv_spending){h.total, h.x, 1};
	}
	n = clv_distinct_spendings(items, n);
	l->models.spend = (struct clv_fit){.model = CLV_GAMMAGAMMA,
		.jobs = job->jobs};
	status = clv_fit_spendings(&l->models.spend, items, n, reason);
	if (status == CLV_RIDGE && l->models.spend.value[1] >= large)
		take_mean(&l->models.spend, items, n);
	else if (status != CLV_OK && (status != CLV_RIDGE ||
		!take_own_means(&l->models.spend)))
		msg_die("--clv: %s", reason);
	l->models.has_spend = true;
	free(items);
}

void
lifetime_open(struct lifetime *l, const struct lifetime_job *job)
{
	l->end = history_day(job->as_of);
	l->horizon = job->horizon;
	if (job->stored) {
		modelfile_read(job->stored, job->unit, &l->models);
		if (job->named && l->models.purchases.model != job->model)
			msg_die("%s: the model is %s, not %s", job->stored,
				clv_name(l->models.purchases.model),
				clv_name(job->model));
		if (job->unit_named && l->models.unit != job->unit)
			msg_die("%s: the parameters are in another unit of "
				"time than --unit", job->stored);
		return;
	}
	fit_purchases(l, job);
	fit_spend(l, job);
	l->models.unit = job->unit;
	l->models.as_of = job->has_holdout ? date_midnight(job->holdout)
		: job->as_of;
	l->models.has_as_of = true;
}

void
lifetime_free(struct lifetime *l)
{
	history_free(&l->histories);
}

void
lifetime_save(const struct lifetime *l, const char *path)
{
	struct store *store = store_open(path);

	modelfile_write(&l->models, store_out(store));
	store_commit(store);
}

static struct clv_outlook
look(const struct lifetime *l, const struct history *h, double days)
{
	const struct clv_fit *fit = &l->models.purchases;
	struct clv_customer customer = clv_customer_of(fit, h->x, h->t_x, h->T);

	return clv_look(fit, &customer, days / fit->unit);
}

/* Money in 1/10000, rounded to the cent. */
static int64_t
cents(double amount)
{
	if (!(amount < most_worth))
		return (int64_t)most_worth * NUM_ONE;
	return (int64_t)nearbyint(amount * 100) * (NUM_ONE / 100);
}

bool
lifetime_look(const struct lifetime *l, uint32_t customer,
	struct lifetime_outlook *out)
{
	struct clv_outlook outlook;
	struct history h;

	if (!history_of(&l->histories, customer, l->end, &h))
		return false;
	outlook = look(l, &h, (double)l->horizon / (double)DATE_DAY);
	*out = (struct lifetime_outlook){.alive = outlook.alive,
		.expected = outlook.expected, .has_worth = l->models.has_spend};
	if (out->has_worth)
		out->worth = cents(out->expected * clv_mean_spend(
			&l->models.spend, h.x, (double)h.total / NUM_ONE));
	return true;
}

struct row {
	uint64_t customers, actual;
	double predicted;
};

static void
write_row(struct buf *b, const char *name, const struct row *row)
{
	buf_printf(b, "%s\t%llu\t%.4f\t%llu\n", name,
		(unsigned long long)row->customers, row->predicted,
		(unsigned long long)row->actual);
}

void
lifetime_report(const struct lifetime *l, const struct lifetime_job *job,
	struct buf *b)
{
	int32_t end = fit_end(l, job);
	struct row rows[CLASSES] = {{0}}, total = {0};
	char name[24];

	for (size_t c = 0; c < l->histories.customers; c++) {
		struct history h;
		struct row *row;

		if (!history_of(&l->histories, (uint32_t)c, end, &h))
			continue;
		row = &rows[h.x < CLASSES ? h.x : CLASSES - 1];
		row->customers++;
		row->actual += h.later;
		row->predicted += look(l, &h, l->end - end).expected;
	}
	buf_text(b, "repeats\tcustomers\tpredicted\tactual\n");
	for (int i = 0; i < CLASSES; i++) {
		snprintf(name, sizeof(name), i < CLASSES - 1 ? "%d" : "%d+", i);
		write_row(b, name, &rows[i]);
		total.customers += rows[i].customers;
		total.actual += rows[i].actual;
		total.predicted += rows[i].predicted;
	}
	write_row(b, "total", &total);
}
