/* Log-likelihoods: derivatives against differences; the search for a maximum. */
#include "src/crm-score/likelihood.h"

#include <math.h>
#include <string.h>

#include "src/crm-score/geometric.h"
#include "src/crm-score/optimise.h"
#include "src/crm-score/pareto.h"
#include "src/crm-score/spend.h"
#include "tap.h"

enum { N = LIKELIHOOD_MOST };

/* One customer, of any model; total is that of gammagamma. */
struct one {
	enum clv_model model;
	double value[N];
	struct clv_customer customer;
	double total;
};

static void
evaluate(const void *data, const double *p, struct likelihood *out)
{
	const struct one *one = data;
	bool at_zero = one->model == CLV_MBGNBD;

	switch (one->model) {
	case CLV_GAMMAGAMMA:
		spend_of_x(p, one->customer.x, out);
		spend_of_total(p, one->customer.x, one->total, out);
		break;
	case CLV_PARETONBD:
		pareto_of_x(p, one->customer.x, out);
		pareto_of_times(p, &one->customer, out);
		break;
	default:
		geometric_of_x(p, at_zero, one->customer.x, out);
		geometric_of_times(p, at_zero, &one->customer, out);
	}
}

static const struct one ones[] = {
	{CLV_BGNBD, {0.25, 4.4, 0.8, 2.4}, {0, 0, 30}, 0},
	{CLV_BGNBD, {0.25, 4.4, 0.8, 2.4}, {1, 3, 30}, 0},
	{CLV_BGNBD, {2, 9, 0.3, 0.4}, {40, 30, 31}, 0},
	{CLV_MBGNBD, {0.5, 6, 0.9, 1.6}, {0, 0, 30}, 0},
	{CLV_MBGNBD, {0.5, 6, 0.9, 1.6}, {7, 25, 30}, 0},
	{CLV_PARETONBD, {0.55, 10.6, 0.6, 11.7}, {0, 0, 38}, 0},
	{CLV_PARETONBD, {0.55, 10.6, 0.6, 11.7}, {2, 30, 38}, 0},
	{CLV_PARETONBD, {0.55, 10.6, 0.6, 11.7}, {2, 38, 38}, 0},
	{CLV_PARETONBD, {3, 40, 2, 1.5}, {30, 10, 50}, 0},
	{CLV_PARETONBD, {0.3, 0.7, 2, 60}, {9, 1, 80}, 0},
	{CLV_GAMMAGAMMA, {6.2, 3.7, 15}, {1, 0, 0}, 22},
	{CLV_GAMMAGAMMA, {6.2, 3.7, 15}, {12, 0, 0}, 480},
};

/* The greatest error of the derivatives, as a part of the value beside which it
 * stands. */
static double
difference(const struct one *one)
{
	struct likelihood at = {0};
	double worst = 0;
	int n = one->model == CLV_GAMMAGAMMA ? 3 : 4;

	evaluate(one, one->value, &at);
	for (int i = 0; i < n; i++) {
		struct likelihood less = {0}, more = {0};
		double p[N], h = 1e-4 * one->value[i], slope;

		memcpy(p, one->value, sizeof(p));
		p[i] = one->value[i] - h;
		evaluate(one, p, &less);
		p[i] = one->value[i] + h;
		evaluate(one, p, &more);
		slope = (more.value - less.value) / (2 * h);
		worst = fmax(worst, fabs(slope - at.gradient[i]) /
			(fabs(slope) + 1 / one->value[i]));
		for (int j = 0; j < n; j++) {
			double curve = (more.gradient[j] - less.gradient[j]) /
				(2 * h);
			double got = at.hessian[i < j ? i : j][i < j ? j : i];

			worst = fmax(worst, fabs(curve - got) / (fabs(curve) +
				1 / (one->value[i] * one->value[j])));
		}
	}
	return worst;
}

static void
test_derivatives(void)
{
	for (size_t i = 0; i < sizeof(ones) / sizeof(*ones); i++) {
		double worst = difference(&ones[i]);

		tap_ok(worst < 1e-6, "derivatives %zu: %s: %.1e", i,
			clv_name(ones[i].model), worst);
	}
}

/* Greatest at exp(1), exp(-2); beyond `edge` there is no number. */
struct hill {
	double edge;
};

static void
climb_hill(const void *data, const double *p, struct likelihood *out)
{
	const struct hill *hill = data;
	double u = log(p[0]) - 1, v = log(p[1]) + 2;

	if (p[0] > hill->edge) {
		out->value = NAN;
		return;
	}
	out->value = -cosh(u) - 2 * v * v + u * v;
	out->gradient[0] = (-sinh(u) + v) / p[0];
	out->gradient[1] = (-4 * v + u) / p[1];
	out->hessian[0][0] = (-cosh(u) + sinh(u) - v) / (p[0] * p[0]);
	out->hessian[0][1] = 1 / (p[0] * p[1]);
	out->hessian[1][1] = (-4 + 4 * v - u) / (p[1] * p[1]);
}

/* Rises for ever in the second parameter. */
static void
climb_ridge(const void *data, const double *p, struct likelihood *out)
{
	double u = log(p[0]);

	(void)data;
	out->value = -u * u - 1 / p[1];
	out->gradient[0] = -2 * u / p[0];
	out->gradient[1] = 1 / (p[1] * p[1]);
	out->hessian[0][0] = (-2 + 2 * u) / (p[0] * p[0]);
	out->hessian[1][1] = -2 / (p[1] * p[1] * p[1]);
}

/* Greatest at 1, 2e4; the second is known to a factor of e^3, or not at all. */
static void
climb_far(const void *data, const double *p, struct likelihood *out)
{
	double u = log(p[0]), v = log(p[1] / 2e4);
	double steep = *(const double *)data;

	out->value = -u * u - steep * v * v / 2;
	out->gradient[0] = -2 * u / p[0];
	out->gradient[1] = -steep * v / p[1];
	out->hessian[0][0] = (-2 + 2 * u) / (p[0] * p[0]);
	out->hessian[1][1] = (-steep + steep * v) / (p[1] * p[1]);
}

static void
test_far(void)
{
	static const double clear = 0.1, unclear = 0.01;
	const struct optimise_problem problem = {2, climb_far, &clear};
	const struct optimise_problem flat = {2, climb_far, &unclear};
	struct optimise_result result;

	optimise_climb(&problem, (const double[]){3, 1}, &result);
	tap_ok(result.status == OPTIMISE_DONE &&
		fabs(result.parameter[1] - 2e4) < 1 &&
		result.error[1] < OPTIMISE_UNCLEAR, "a maximum far out");
	optimise_climb(&flat, (const double[]){3, 1}, &result);
	tap_ok(result.status == OPTIMISE_BOUND ||
		result.error[1] > OPTIMISE_UNCLEAR, "one that is not clear");
}

/* Rounding makes waves on the value and the slope that are higher than what is
 * left to be won. */
static void
climb_noisy(const void *data, const double *p, struct likelihood *out)
{
	double u = log(p[0]) - 1, v = log(p[1]) + 2, size = *(const double *)data;
	double wave = sin(1e13 * u) + sin(1e13 * v);

	out->value = size * (-1 - 1e-12 * wave) - u * u - v * v;
	out->gradient[0] = (-2 * u + 3e-5 * (2 + wave)) / p[0];
	out->gradient[1] = (-2 * v + 3e-5 * (2 - wave)) / p[1];
	out->hessian[0][0] = -2 / (p[0] * p[0]) - out->gradient[0] / p[0];
	out->hessian[1][1] = -2 / (p[1] * p[1]) - out->gradient[1] / p[1];
}

static void
test_noisy(void)
{
	static const double size = 4400;
	const struct optimise_problem problem = {2, climb_noisy, &size};
	struct optimise_result result;
	int done = 0;

	for (int i = 0; i < 50; i++) {
		optimise_climb(&problem, (const double[]){1 + 0.1 * i, 0.3},
			&result);
		done += result.status == OPTIMISE_DONE &&
			fabs(result.parameter[0] - exp(1)) < 1e-3;
	}
	tap_ok(done == 50, "the end is found among rounding: %d of 50", done);
}

static void
test_optimise(void)
{
	static const double starts[][N] = {
		{1, 1}, {1e-4, 1e4}, {2.5, 1e-5}, {20, 3},
	};
	const struct hill hill = {30};
	const struct optimise_problem problem = {2, climb_hill, &hill};
	const struct optimise_problem ridge = {2, climb_ridge, NULL};
	struct optimise_result result;

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		optimise_climb(&problem, starts[i], &result);
		tap_ok(result.status == OPTIMISE_DONE &&
			fabs(result.parameter[0] - exp(1)) < 1e-8 &&
			fabs(result.parameter[1] - exp(-2)) < 1e-8 &&
			fabs(result.value + 1) < 1e-12, "hill, start %zu", i);
		/* the inverse of {{1, -1}, {-1, 4}} */
		tap_ok(fabs(result.error[0] - sqrt(4.0 / 3)) < 1e-8 &&
			fabs(result.error[1] - sqrt(1.0 / 3)) < 1e-8,
			"hill, start %zu: errors", i);
	}
	optimise_climb(&problem, (const double[]){40, 1}, &result);
	tap_ok(result.status == OPTIMISE_STUCK, "no number at the start");
	optimise_climb(&ridge, (const double[]){3, 1}, &result);
	tap_ok(result.status == OPTIMISE_BOUND && result.parameter[1] > 1e3 &&
		result.parameter[1] < 1e6 &&
		fabs(result.parameter[0] - 1) < 1e-6, "a ridge");
	test_far();
	test_noisy();
}

int
main(void)
{
	test_derivatives();
	test_optimise();
	return tap_done();
}
