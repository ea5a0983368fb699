#include "clv_search.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "team.h"

enum { FEW = 10, STARTS = CLV_SEARCH_STARTS };

enum clv_status
clv_search_refuse(char reason[CLV_REASON], enum clv_status status,
	const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(reason, CLV_REASON, format, list);
	va_end(list);
	return status;
}

enum clv_status
clv_search_check(enum clv_model model, const struct clv_tally *tally,
	char reason[CLV_REASON])
{
	const char *name = clv_name(model);

	if (tally->customers == 0)
		return clv_search_refuse(reason, CLV_EMPTY,
			"%s: no customers to fit to", name);
	if (tally->repeated == 0)
		return clv_search_refuse(reason, CLV_NO_REPEATS,
			"%s: no customer bought again%s", name,
			model == CLV_GAMMAGAMMA ? " for money" : "");
	if (tally->repeated < FEW)
		return clv_search_refuse(reason, CLV_FEW_REPEATS,
			"%s: only %llu of %llu customers bought again; "
			"a fit needs at least %d", name,
			(unsigned long long)tally->repeated,
			(unsigned long long)tally->customers, FEW);
	return CLV_OK;
}

size_t
clv_search_samples(uint64_t customers, uint64_t repeated,
	uint32_t sizes[CLV_SEARCH_SAMPLES])
{
	size_t n = 0;

	for (uint32_t size = 5000; n < CLV_SEARCH_SAMPLES &&
		customers / 2 > size; size *= 10)
		if (repeated * size > customers * 200)
			sizes[n++] = size;
	return n;
}

uint32_t
clv_search_sampled(uint64_t passed, uint32_t count, uint64_t customers,
	uint32_t size)
{
	return (uint32_t)((passed + count) * size / customers -
		passed * size / customers);
}

/* Many items are added up in pieces, and these in their order, whoever did
 * them. */
enum { MANY = 10000, PIECES = 64 };

struct pieces {
	const struct clv_search_set *set;
	const double *p;
	struct likelihood sums[PIECES];
};

static void
add_pieces(unsigned worker, void *context)
{
	struct pieces *all = context;
	const struct clv_search_set *set = all->set;

	for (unsigned i = worker; i < PIECES; i += set->jobs) {
		struct likelihood sum = {0};

		set->add(set->data, all->p, set->n * i / PIECES,
			set->n * (i + 1) / PIECES, &sum);
		all->sums[i] = sum;
	}
}

void
clv_search_sum(const struct clv_search_set *set, const double *p,
	struct likelihood *out)
{
	struct pieces all = {.set = set, .p = p};

	if (set->n < MANY) {
		set->add(set->data, p, 0, set->n, out);
		return;
	}
	team_run(set->jobs, add_pieces, &all);
	for (int i = 0; i < PIECES; i++)
		likelihood_add(out, &all.sums[i], 1);
}

/* The better of two ends of a search. */
static bool
better(const struct optimise_result *a, const struct optimise_result *b)
{
	bool a_done = a->status == OPTIMISE_DONE;
	bool b_done = b->status == OPTIMISE_DONE;

	if (a_done != b_done)
		return a_done;
	return a->value > b->value;
}

static void
climb_from(const struct optimise_problem *problem,
	double starts[STARTS][CLV_PARAMETERS], struct optimise_result *best)
{
	optimise_climb(problem, starts[0], best);
	for (int i = 1; i < STARTS; i++) {
		struct optimise_result result;

		optimise_climb(problem, starts[i], &result);
		if (better(&result, best))
			*best = result;
	}
}

/* The search costs little on a sample, and ends so near to the maximum of all
 * that a few steps on all the data lead there. Where a sample has none, a larger
 * one may; where that has none either, all the data are asked from there. */
void
clv_search_climb(const struct optimise_problem *problems, size_t count,
	double starts[STARTS][CLV_PARAMETERS], struct optimise_result *result)
{
	climb_from(&problems[0], starts, result);
	for (size_t i = 1; i < count; i++) {
		double start[CLV_PARAMETERS];
		bool found = result->status == OPTIMISE_DONE;

		if (found && i + 1 < count)
			continue;
		memcpy(start, found || i > 1 ? result->parameter : starts[0],
			sizeof(start));
		optimise_climb(&problems[i], start, result);
	}
}

/* The parameters that ran away, or that may be anything, by name. */
static void
name_unclear(enum clv_model model, const struct optimise_result *result, int n,
	char *text, size_t size)
{
	const char *between = "";
	size_t at = 0;

	text[0] = '\0';
	for (int i = 0; i < n && at < size; i++) {
		double value = result->parameter[i];
		bool ran = result->status == OPTIMISE_BOUND;
		const char *what = "may be anything";

		if (ran ? value > 1e-3 && value < 1e3 :
		    result->error[i] < OPTIMISE_UNCLEAR)
			continue;
		if (value >= 1e3)
			what = "grows without end";
		else if (value <= 1e-3)
			what = "goes to 0";
		at += (size_t)snprintf(text + at, size - at, "%s%s %s", between,
			clv_parameter(model, (size_t)i), what);
		between = ", ";
	}
}

static enum clv_status
judge(enum clv_model model, const struct optimise_result *result, int n,
	char reason[CLV_REASON])
{
	bool clear = result->status == OPTIMISE_DONE;
	char names[CLV_REASON / 2];

	for (int i = 0; i < n; i++)
		clear = clear && result->error[i] < OPTIMISE_UNCLEAR;
	if (clear)
		return CLV_OK;
	name_unclear(model, result, n, names, sizeof(names));
	if (names[0] == '\0')
		snprintf(names, sizeof(names), "the search did not end");
	return clv_search_refuse(reason, CLV_RIDGE,
		"%s: not identified by these data: the likelihood has no clear "
		"maximum (%s); it takes more customers, a longer time or "
		"another model", clv_name(model), names);
}

double
clv_search_rounded(double value)
{
	char text[40];

	snprintf(text, sizeof(text), "%.*g", CLV_DIGITS, value);
	return strtod(text, NULL);
}

enum clv_status
clv_search_take(struct clv_fit *fit, const struct optimise_result *result,
	const double *scale, double shift, char reason[CLV_REASON])
{
	int n = 0;

	while (n < CLV_PARAMETERS && clv_parameter(fit->model, (size_t)n))
		n++;
	for (int i = 0; i < CLV_PARAMETERS; i++) {
		double value = i < n ? result->parameter[i] * scale[i] : 0;

		fit->value[i] = clv_search_rounded(value);
		fit->error[i] = i < n ? clv_search_rounded(result->error[i] *
			value) : 0;
	}
	fit->loglik = clv_search_rounded(result->value + shift);
	return judge(fit->model, result, n, reason);
}
