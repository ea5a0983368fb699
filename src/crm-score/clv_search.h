#ifndef CLV_SEARCH_H
#define CLV_SEARCH_H

#include <stdbool.h>

#include "clv.h"
#include "optimise.h"

/**
 * clv_search: what the fits of histories and of spendings share: when there is
 * no sense in a search, where it starts, what comes of it.
 */
enum { CLV_SEARCH_STARTS = 3, CLV_SEARCH_SAMPLE = 5000 };

struct clv_tally {
	uint64_t customers;
	uint64_t repeated; /* of them, with x > 0 (and money spent) */
	double x, size;    /* sums of x, and of T or of money */
};

/** clv_search_refuse(reason, status, format, ...): returns status. */
enum clv_status clv_search_refuse(char reason[CLV_REASON],
	enum clv_status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/** clv_search_check(model, tally, reason): are there enough customers? */
enum clv_status clv_search_check(enum clv_model model,
	const struct clv_tally *tally, char reason[CLV_REASON]);

/** clv_search_sampling(customers, repeated): is a sample of
 * CLV_SEARCH_SAMPLE customers a help? clv_search_sampled(passed, count,
 * customers): how many of them, taken at even distances from all, lie among the
 * `count` that come after `passed`. */
bool clv_search_sampling(uint64_t customers, uint64_t repeated);
uint32_t clv_search_sampled(uint64_t passed, uint32_t count, uint64_t customers);

/** clv_search_climb(all, sample, starts, result): the maximum for all, from the
 * maximum of the sample (null: none). */
void clv_search_climb(const struct optimise_problem *all,
	const struct optimise_problem *sample,
	double starts[CLV_SEARCH_STARTS][CLV_PARAMETERS],
	struct optimise_result *result);

/** clv_search_take(fit, result, scale, shift, reason): value, error and loglik,
 * and whether they mean anything. scale[i]: what parameter i is to be multiplied
 * by; shift: what is to be added to the log-likelihood. */
enum clv_status clv_search_take(struct clv_fit *fit,
	const struct optimise_result *result, const double *scale, double shift,
	char reason[CLV_REASON]);

#endif
