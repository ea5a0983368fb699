/* The fit of Gamma-Gamma to spendings. */
#include <math.h>
#include <stdlib.h>

#include "clv_search.h"
#include "mem.h"
#include "spend.h"

struct spendings {
	const struct clv_spending *items;
	size_t n;
	double unit; /* of money, in 1/10000 */
	unsigned jobs;
};

static bool
spent(const struct clv_spending *s)
{
	return s->x > 0 && s->total > 0;
}

static void
add_spendings(const void *data, const double *p, size_t from, size_t to,
	struct likelihood *out)
{
	const struct spendings *all = data;

	for (size_t i = from; i < to; ) {
		struct likelihood own = {0}, shared = {0};
		uint32_t x = all->items[i].x;
		double count = 0;

		for (; i < to && all->items[i].x == x; i++) {
			const struct clv_spending *s = &all->items[i];
			struct likelihood term = {0};

			if (!spent(s))
				continue;
			spend_of_total(p, x, (double)s->total / all->unit,
				&term);
			likelihood_add(&own, &term, s->count);
			count += s->count;
		}
		if (count > 0)
			spend_of_x(p, x, &shared);
		likelihood_add(&own, &shared, count);
		likelihood_add(out, &own, 1);
	}
}

static void
evaluate_spendings(const void *data, const double *p, struct likelihood *out)
{
	const struct spendings *all = data;
	const struct clv_search_set set = {add_spendings, all, all->n,
		all->jobs};

	clv_search_sum(&set, p, out);
}

/* Into items, which has room for it. */
static struct spendings
sample_spendings(const struct spendings *all, uint64_t customers, uint32_t size,
	struct clv_spending *items)
{
	struct spendings sample = {items, 0, all->unit, all->jobs};
	uint64_t passed = 0;

	for (size_t i = 0; i < all->n; i++) {
		uint32_t count = spent(&all->items[i]) ? all->items[i].count : 0;
		uint32_t taken = clv_search_sampled(passed, count, customers,
			size);

		passed += count;
		if (taken == 0)
			continue;
		items[sample.n] = all->items[i];
		items[sample.n++].count = taken;
	}
	return sample;
}

/* By way of samples. */
static void
climb(const struct spendings *all, uint64_t customers,
	double starts[CLV_SEARCH_STARTS][CLV_PARAMETERS],
	struct optimise_result *result)
{
	struct spendings sets[CLV_SEARCH_SAMPLES + 1];
	struct optimise_problem problems[CLV_SEARCH_SAMPLES + 1];
	struct clv_spending *taken[CLV_SEARCH_SAMPLES];
	uint32_t sizes[CLV_SEARCH_SAMPLES];
	size_t samples = clv_search_samples(customers, customers, sizes);

	for (size_t i = 0; i < samples; i++) {
		taken[i] = mem_alloc(sizes[i], sizeof(*taken[i]));
		sets[i] = sample_spendings(all, customers, sizes[i], taken[i]);
	}
	sets[samples] = *all;
	for (size_t i = 0; i <= samples; i++)
		problems[i] = (struct optimise_problem){3, evaluate_spendings,
			&sets[i]};
	clv_search_climb(problems, samples + 1, starts, result);
	while (samples)
		free(taken[--samples]);
}

/* In units of the mean spend of a purchase; see clv_histories.c. */
static enum clv_status
search(struct clv_fit *fit, const struct clv_spending *items, size_t n,
	const struct clv_tally *tally, char reason[CLV_REASON])
{
	const struct spendings all = {items, n, tally->size / tally->x,
		fit->jobs ? fit->jobs : 1};
	double starts[CLV_SEARCH_STARTS][CLV_PARAMETERS] = {
		{6, 4, 0.5}, {1, 3, 2}, {0.5, 1.5, 1},
	};
	double customers = (double)tally->repeated, to = all.unit / 10000;
	struct optimise_result result;

	climb(&all, tally->repeated, starts, &result);
	fit->customers = tally->repeated;
	return clv_search_take(fit, &result, (const double[]){1, 1, to},
		-customers * log(to), reason);
}

enum clv_status
clv_fit_spendings(struct clv_fit *fit, const struct clv_spending *items, size_t n,
	char reason[CLV_REASON])
{
	struct clv_tally tally = {0};
	enum clv_status status;

	fit->model = CLV_GAMMAGAMMA;
	for (size_t i = 0; i < n; i++) {
		uint64_t count = spent(&items[i]) ? items[i].count : 0;

		tally.customers += items[i].count;
		tally.repeated += count;
		tally.x += (double)count * items[i].x;
		tally.size += (double)count * (double)items[i].total;
	}
	status = clv_search_check(fit->model, &tally, reason);
	if (status == CLV_OK)
		status = search(fit, items, n, &tally, reason);
	if (status == CLV_OK && fit->value[1] <= 1)
		return clv_search_refuse(reason, CLV_NO_MEAN,
			"%s: q = %.*g is not over 1: the mean spend is not finite",
			clv_name(fit->model), CLV_DIGITS, fit->value[1]);
	return status;
}
