#ifndef CLV_SEARCH_H
#define CLV_SEARCH_H

#include <stdbool.h>

#include "clv.h"
#include "optimise.h"

/**
 * clv_search: what the fits of histories and of spendings share: when there is
 * no sense in a search, where it starts, what comes of it.
 */
enum { CLV_SEARCH_STARTS = 3, CLV_SEARCH_SAMPLES = 2 };

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

/** clv_search_samples(customers, repeated, sizes): how many samples are a help,
 * and of how many customers, the smallest first. clv_search_sampled(passed,
 * count, customers, size): how many of a sample's customers, taken at even
 * distances from all, lie among the `count` that come after `passed`. */
size_t clv_search_samples(uint64_t customers, uint64_t repeated,
	uint32_t sizes[CLV_SEARCH_SAMPLES]);
uint32_t clv_search_sampled(uint64_t passed, uint32_t count,
	uint64_t customers, uint32_t size);

/** clv_search_sum(set, p, out): adds the likelihood of n items at p to out, on
 * several threads, and the same, to the byte, on any number of them. add: of the
 * items from .. to - 1. */
struct clv_search_set {
	void (*add)(const void *data, const double *p, size_t from, size_t to,
		struct likelihood *out);
	const void *data;
	size_t n;
	unsigned jobs;
};
void clv_search_sum(const struct clv_search_set *set, const double *p,
	struct likelihood *out);

/** clv_search_climb(problems, count, starts, result): the maximum for the last
 * problem, all the data, by way of the samples before it. */
void clv_search_climb(const struct optimise_problem *problems, size_t count,
	double starts[CLV_SEARCH_STARTS][CLV_PARAMETERS],
	struct optimise_result *result);

/** clv_search_rounded(value): as a stored model has it. */
double clv_search_rounded(double value);

/** clv_search_take(fit, result, scale, shift, reason): value, error and loglik,
 * and whether they mean anything. scale[i]: what parameter i is to be multiplied
 * by; shift: what is to be added to the log-likelihood. */
enum clv_status clv_search_take(struct clv_fit *fit,
	const struct optimise_result *result, const double *scale, double shift,
	char reason[CLV_REASON]);

#endif
