#include "geometric.h"

#include <math.h>

#include "special.h"

enum { R, ALPHA, A, B };

enum { SERIES_MOST = 400 };

/* How often the customer may have left and did not, or did at last. */
static double
chances(bool at_zero, double x)
{
	return x + (at_zero ? 1 : 0);
}

void
geometric_of_x(const double *p, bool at_zero, double x, struct likelihood *out)
{
	double k = chances(at_zero, x);
	double rate = special_digamma(p[R] + x) - special_digamma(p[R]);
	double rate_2 = special_trigamma(p[R] + x) - special_trigamma(p[R]);
	double both = special_digamma(p[A] + p[B]) -
		special_digamma(p[A] + p[B] + k);
	double both_2 = special_trigamma(p[A] + p[B]) -
		special_trigamma(p[A] + p[B] + k);

	out->value += special_log_rise(p[R], x) + p[R] * log(p[ALPHA]) +
		special_log_rise(p[B], k) - special_log_rise(p[A] + p[B], k);
	out->gradient[R] += rate + log(p[ALPHA]);
	out->gradient[ALPHA] += p[R] / p[ALPHA];
	out->gradient[A] += both;
	out->gradient[B] += both + special_digamma(p[B] + k) -
		special_digamma(p[B]);
	out->hessian[R][R] += rate_2;
	out->hessian[R][ALPHA] += 1 / p[ALPHA];
	out->hessian[ALPHA][ALPHA] -= p[R] / (p[ALPHA] * p[ALPHA]);
	out->hessian[A][A] += both_2;
	out->hessian[A][B] += both_2;
	out->hessian[B][B] += both_2 + special_trigamma(p[B] + k) -
		special_trigamma(p[B]);
}

/* Log-odds of having left right after the last purchase. */
static void
left(const double *p, double k, const struct clv_customer *c,
	struct likelihood *odds)
{
	double n = p[R] + c->x, beside = p[B] + k - 1;
	double then = 1 / (p[ALPHA] + c->t_x), now = 1 / (p[ALPHA] + c->T);
	double silent = log1p((c->T - c->t_x) * then);

	*odds = (struct likelihood){
		.value = log(p[A] / beside) + n * silent,
		.gradient = {silent, n * (now - then), 1 / p[A], -1 / beside},
	};
	odds->hessian[R][ALPHA] = now - then;
	odds->hessian[ALPHA][ALPHA] = n * (then * then - now * now);
	odds->hessian[A][A] = -1 / (p[A] * p[A]);
	odds->hessian[B][B] = 1 / (beside * beside);
}

void
geometric_of_times(const double *p, bool at_zero, const struct clv_customer *c,
	struct likelihood *out)
{
	double k = chances(at_zero, c->x), n = p[R] + c->x;
	double time = p[ALPHA] + c->T, logarithm = log(time);
	struct likelihood odds;

	out->value -= n * logarithm;
	out->gradient[R] -= logarithm;
	out->gradient[ALPHA] -= n / time;
	out->hessian[R][ALPHA] -= 1 / time;
	out->hessian[ALPHA][ALPHA] += n / (time * time);
	if (k > 0) {
		left(p, k, c, &odds);
		likelihood_mix(out, &odds);
	}
}

/**
 * Expected purchases of one who is a customer now: the mean of
 * (1 - (1 + p w)^-n) / p over p of beta(a, b), w the horizon in units of
 * alpha + T. In closed form it is a hypergeometric function, which Pfaff's
 * transformation makes a fast series whose terms are all positive but for a few
 * at the start:
 *     (a+b-1) D - (1+w)^(1-a) sum_k (a)_k-1 (a+b-1-n)_k / (a+b)_k-1 k! y^k
 * with y = w / (1+w), D = (1 - (1+w)^(1-a)) / (a-1). False where the series is
 * slow or its terms cancel.
 */
static bool
by_series(double n, double a, double b, double w, double *mean)
{
	double y = w / (1 + w), q = a + b - 1 - n, l = log1p(w);
	double term = q * y, sum = term, size = fabs(term), first, factor;
	int k;

	for (k = 1; k < SERIES_MOST && fabs(term) > 1e-17 * fabs(sum); k++) {
		term *= (a + k - 1) * (q + k) / ((a + b + k - 1) * (k + 1)) * y;
		sum += term;
		size += fabs(term);
	}
	first = (a + b - 1) * special_decay(a - 1, l);
	factor = exp((1 - a) * l);
	*mean = first - factor * sum;
	return k < SERIES_MOST && fabs(first) + factor * size < 1e4 * *mean;
}

/* The term of the sum below at p = 1 / (1 + exp(-v)), less the greatest
 * exponent, and its weight. */
static double
at(double n, double a, double b, double w, double v, double scale, double *weight)
{
	double p = 1 / (1 + exp(-v)), share;

	*weight = exp(a * v - (a + b) * special_softplus(v, &share) - scale);
	return -expm1(-n * log1p(p * w)) / p;
}

/**
 * The same mean by the trapezoidal rule over v = log(p / (1-p)), where it
 * converges geometrically: all terms are positive, whatever the parameters. Both
 * tails are geometric series once p, or 1 - p, stands for nothing.
 */
static double
by_sum(double n, double a, double b, double w)
{
	double share, mode = log(a / b), weight, value;
	double scale = a * mode - (a + b) * special_softplus(mode, &share);
	double width = fmax(sqrt(1 / a + 1 / b), 1e-6); /* at the mode */
	double step = 0.25 * fmin(1, width);
	double least = fmin(mode, 0) - 40 - log1p(n * w);
	double most = fmax(mode, 0) + 40, from = least, to = most;
	double sum = 0, weights = 0;
	int nodes;

	if (width < 0.5) {
		from = fmax(least, mode - 60 * width);
		to = fmin(most, mode + 60 * width);
	}
	nodes = (int)((to - from) / step) + 1;
	for (int i = 0; i < nodes; i++) {
		value = at(n, a, b, w, from + i * step, scale, &weight);
		sum += weight * value;
		weights += weight;
	}
	if (from == least) {
		value = at(n, a, b, w, from, scale, &weight);
		weight /= expm1(a * step);
		sum += weight * value;
		weights += weight;
	}
	if (to == most) {
		value = at(n, a, b, w, from + nodes * step, scale, &weight);
		weight /= -expm1(-b * step);
		sum += weight * value;
		weights += weight;
	}
	return sum / weights;
}

struct clv_outlook
geometric_look(const double *p, bool at_zero, const struct clv_customer *c,
	double horizon)
{
	double k = chances(at_zero, c->x), n = p[R] + c->x;
	double w = horizon / (p[ALPHA] + c->T), mean = 0;
	struct clv_outlook look = {1, 0};
	struct likelihood odds;

	if (k > 0) {
		left(p, k, c, &odds);
		look.alive = 1 / (1 + exp(odds.value));
	}
	if (p[A] == 0)
		mean = n * w; /* nobody leaves */
	else if (w > 0 && !by_series(n, p[A], p[B] + k, w, &mean))
		mean = by_sum(n, p[A], p[B] + k, w);
	look.expected = look.alive * mean;
	return look;
}
