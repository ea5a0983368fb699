/* The fit of BG/NBD, MBG/NBD and Pareto/NBD to histories. */
#include <math.h>
#include <stdlib.h>

#include "clv_search.h"
#include "geometric.h"
#include "mem.h"
#include "pareto.h"

struct histories {
	const struct clv_history *items;
	size_t n;
	enum clv_model model;
	double unit;
	unsigned jobs;
};

static void
add_histories(const void *data, const double *p, size_t from, size_t to,
	struct likelihood *out)
{
	const struct histories *all = data;
	bool pareto = all->model == CLV_PARETONBD;
	bool at_zero = all->model == CLV_MBGNBD;

	for (size_t i = from; i < to; ) {
		struct likelihood own = {0}, shared = {0};
		uint32_t x = all->items[i].x;
		double count = 0;

		for (; i < to && all->items[i].x == x; i++) {
			const struct clv_history *h = &all->items[i];
			const struct clv_customer c = {x, h->t_x / all->unit,
				h->T / all->unit};
			struct likelihood term = {0};

			if (pareto)
				pareto_of_times(p, &c, &term);
			else
				geometric_of_times(p, at_zero, &c, &term);
			likelihood_add(&own, &term, h->count);
			count += h->count;
		}
		if (pareto)
			pareto_of_x(p, x, &shared);
		else
			geometric_of_x(p, at_zero, x, &shared);
		likelihood_add(&own, &shared, count);
		likelihood_add(out, &own, 1);
	}
}

static void
evaluate_histories(const void *data, const double *p, struct likelihood *out)
{
	const struct histories *all = data;
	const struct clv_search_set set = {add_histories, all, all->n,
		all->jobs};

	clv_search_sum(&set, p, out);
}

/* Into items, which has room for it. */
static struct histories
sample_histories(const struct histories *all, uint64_t customers, uint32_t size,
	struct clv_history *items)
{
	struct histories sample = {items, 0, all->model, all->unit, all->jobs};
	uint64_t passed = 0;

	for (size_t i = 0; i < all->n; i++) {
		uint32_t count = all->items[i].count;
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

static enum clv_status
check_histories(enum clv_model model, const struct clv_history *items, size_t n,
	struct clv_tally *tally, char reason[CLV_REASON])
{
	for (size_t i = 0; i < n; i++) {
		const struct clv_history *h = &items[i];
		double count = h->count;

		if (h->t_x > h->T || (h->x == 0) != (h->t_x == 0))
			return clv_search_refuse(reason, CLV_IMPOSSIBLE,
				"%s: no customer can have x = %lu, t_x = %lu, "
				"T = %lu days: %s", clv_name(model),
				(unsigned long)h->x, (unsigned long)h->t_x,
				(unsigned long)h->T, h->t_x > h->T ?
				"t_x is over T" : "x and t_x are 0 together");
		tally->customers += h->count;
		tally->repeated += h->x > 0 ? h->count : 0;
		tally->x += count * h->x;
		tally->size += count * h->T;
	}
	return clv_search_check(model, tally, reason);
}

/* By way of samples. */
static void
climb(const struct histories *all, const struct clv_tally *tally,
	double starts[CLV_SEARCH_STARTS][CLV_PARAMETERS],
	struct optimise_result *result)
{
	struct histories sets[CLV_SEARCH_SAMPLES + 1];
	struct optimise_problem problems[CLV_SEARCH_SAMPLES + 1];
	struct clv_history *taken[CLV_SEARCH_SAMPLES];
	uint32_t sizes[CLV_SEARCH_SAMPLES];
	size_t samples = clv_search_samples(tally->customers, tally->repeated,
		sizes);

	for (size_t i = 0; i < samples; i++) {
		taken[i] = mem_alloc(sizes[i], sizeof(*taken[i]));
		sets[i] = sample_histories(all, tally->customers, sizes[i],
			taken[i]);
	}
	sets[samples] = *all;
	for (size_t i = 0; i <= samples; i++)
		problems[i] = (struct optimise_problem){4, evaluate_histories,
			&sets[i]};
	clv_search_climb(problems, samples + 1, starts, result);
	while (samples)
		free(taken[--samples]);
}

/* In units of the mean T, where every parameter has an ordinary size; the unit
 * that was asked for comes in afterwards, and cannot matter to the rest. */
static enum clv_status
search(struct clv_fit *fit, const struct clv_history *items, size_t n,
	const struct clv_tally *tally, char reason[CLV_REASON])
{
	const struct histories all = {items, n, fit->model,
		tally->size / (double)tally->customers,
		fit->jobs ? fit->jobs : 1};
	double gap = tally->size / tally->x / all.unit, to = all.unit / fit->unit;
	double starts[CLV_SEARCH_STARTS][CLV_PARAMETERS] = {
		{0.5, 0.5 * gap, 0.5, 2},
		{2, 2 * gap, 1, 5},
		{0.2, 0.1 * gap, 1, 1},
	};
	const double scale[] = {1, to, 1, fit->model == CLV_PARETONBD ? to : 1};
	struct optimise_result result;

	climb(&all, tally, starts, &result);
	fit->customers = tally->customers;
	return clv_search_take(fit, &result, scale, -tally->x * log(to), reason);
}

enum clv_status
clv_fit_histories(struct clv_fit *fit, const struct clv_history *items, size_t n,
	char reason[CLV_REASON])
{
	struct clv_tally tally = {0};
	enum clv_status status = check_histories(fit->model, items, n, &tally,
		reason);

	return status == CLV_OK ? search(fit, items, n, &tally, reason) : status;
}
