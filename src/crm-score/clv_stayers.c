/* The limit of the models of purchases in which nobody leaves: the rates of
 * purchase are of a gamma distribution (NBD), and that is all. */
#include <math.h>
#include <stdlib.h>

#include "clv_search.h"
#include "special.h"

enum { R, ALPHA, LEAVING, BESIDE };

/* What the limit may be less likely than the best of the others, and yet as
 * good: the likelihood ratio test of two parameters goes up to 3 at 5 %. */
static const double as_good = 2;

struct stayers {
	const struct clv_history *items;
	size_t n;
	double unit;
	unsigned jobs;
};

static void
add_rate(const double *p, double x, struct likelihood *out)
{
	out->value = special_log_rise(p[R], x) + p[R] * log(p[ALPHA]);
	out->gradient[R] = special_digamma(p[R] + x) - special_digamma(p[R]) +
		log(p[ALPHA]);
	out->gradient[ALPHA] = p[R] / p[ALPHA];
	out->hessian[R][R] = special_trigamma(p[R] + x) -
		special_trigamma(p[R]);
	out->hessian[R][ALPHA] = 1 / p[ALPHA];
	out->hessian[ALPHA][ALPHA] = -p[R] / (p[ALPHA] * p[ALPHA]);
}

static void
add_time(const double *p, double x, double T, struct likelihood *out)
{
	double n = p[R] + x, time = p[ALPHA] + T;

	out->value = -n * log(time);
	out->gradient[R] = -log(time);
	out->gradient[ALPHA] = -n / time;
	out->hessian[R][ALPHA] = -1 / time;
	out->hessian[ALPHA][ALPHA] = n / (time * time);
}

static void
add_stayers(const void *data, const double *p, size_t from, size_t to,
	struct likelihood *out)
{
	const struct stayers *all = data;

	for (size_t i = from; i < to; ) {
		struct likelihood rate = {0};
		uint32_t x = all->items[i].x;
		double count = 0;

		for (; i < to && all->items[i].x == x; i++) {
			const struct clv_history *h = &all->items[i];
			struct likelihood time = {0};

			add_time(p, x, h->T / all->unit, &time);
			likelihood_add(out, &time, h->count);
			count += h->count;
		}
		add_rate(p, x, &rate);
		likelihood_add(out, &rate, count);
	}
}

static void
evaluate(const void *data, const double *p, struct likelihood *out)
{
	const struct stayers *all = data;
	const struct clv_search_set set = {add_stayers, all, all->n, all->jobs};

	clv_search_sum(&set, p, out);
}

bool
clv_fit_stayers(struct clv_fit *fit, const struct clv_history *items, size_t n)
{
	struct stayers all = {.items = items, .n = n,
		.jobs = fit->jobs ? fit->jobs : 1};
	const struct optimise_problem problem = {2, evaluate, &all};
	double customers = 0, x = 0, time = 0, to, loglik;
	struct optimise_result result;

	for (size_t i = 0; i < n; i++) {
		customers += items[i].count;
		x += (double)items[i].count * items[i].x;
		time += (double)items[i].count * items[i].T;
	}
	all.unit = time / customers;
	to = all.unit / fit->unit;
	optimise_climb(&problem, (const double[]){0.5, 0.5 * customers / x},
		&result);
	loglik = result.value - x * log(to);
	if (result.status != OPTIMISE_DONE || loglik < fit->loglik - as_good)
		return false;
	for (int i = R; i <= ALPHA; i++) {
		double value = result.parameter[i] * (i == ALPHA ? to : 1);

		fit->value[i] = clv_search_rounded(value);
		fit->error[i] = clv_search_rounded(result.error[i] * value);
	}
	fit->value[LEAVING] = 0;
	fit->value[BESIDE] = 1;
	fit->error[LEAVING] = fit->error[BESIDE] = NAN;
	fit->loglik = clv_search_rounded(loglik);
	return result.error[R] < OPTIMISE_UNCLEAR &&
		result.error[ALPHA] < OPTIMISE_UNCLEAR;
}
