#include "pareto.h"

#include <math.h>
#include <stdbool.h>

#include "special.h"

enum { R, ALPHA, S, BETA };

/* What the sums over the time of leaving are made of: logarithms of alpha + t
 * and beta + t, less those at T, and their derivatives. */
enum { LOG_A, INVERSE_A, LOG_B, INVERSE_B, PARTS };

struct sums {
	double weight;
	double part[PARTS];            /* sum of weight * part */
	double product[PARTS][PARTS];  /* i <= j */
};

/* Gauss and Legendre: the half of the nodes that is positive, and weights. */
static const double few[][2] = {
	{0.96028985649753623, 0.10122853629037626},
	{0.79666647741362674, 0.22238103445337447},
	{0.52553240991632899, 0.31370664587788729},
	{0.1834346424956498, 0.36268378337836198},
};
static const double many[][2] = {
	{0.98940093499164993, 0.027152459411754095},
	{0.94457502307323258, 0.062253523938647893},
	{0.86563120238783174, 0.095158511682492785},
	{0.75540440835500303, 0.12462897125553387},
	{0.61787624440264375, 0.14959598881657673},
	{0.45801677765722739, 0.16915651939500254},
	{0.28160355077925891, 0.18260341504492359},
	{0.09501250983763744, 0.1894506104550685},
};

/* A customer as the integral over the time t of leaving sees one. The variable
 * is log(m + t) - log(m + t_x), m the smaller of alpha and beta: in it the
 * integrand has no singularity nearer than pi. */
struct span {
	double n, s;          /* exponents: (alpha + t)^-n (beta + t)^-(s+1) */
	double a, b;          /* alpha + t_x, beta + t_x */
	double least;         /* the smaller of them */
	double log_a, log_b;  /* of (alpha + T) / a, (beta + T) / b */
	double width;         /* of the variable */
	double drop;          /* logarithm of the integrand, first to last */
};

static struct span
span_of(const double *p, const struct clv_customer *c)
{
	double silent = c->T - c->t_x;
	struct span span = {.n = p[R] + c->x, .s = p[S],
		.a = p[ALPHA] + c->t_x, .b = p[BETA] + c->t_x};
	double slope, whole;

	span.least = fmin(span.a, span.b);
	span.log_a = log1p(silent / span.a);
	span.log_b = log1p(silent / span.b);
	span.width = fmax(span.log_a, span.log_b);
	whole = span.width;
	slope = span.n * span.least / span.a +
		(span.s + 1) * span.least / span.b - 1;
	/* beyond that it is nothing */
	if (slope * span.width > 45)
		span.width = 45 / slope;
	span.drop = span.n * span.log_a + (span.s + 1) * span.log_b - whole;
	return span;
}

static void
add_node(const struct span *span, double u, double weight, bool parts,
	struct sums *sums)
{
	double passed = span->least * expm1(u), part[PARTS];
	double log_a = span->a > span->b ? log1p(passed / span->a) : u;
	double log_b = span->a > span->b ? u : log1p(passed / span->b);

	weight *= exp(u - span->n * log_a - (span->s + 1) * log_b);
	sums->weight += weight;
	if (!parts)
		return;
	part[LOG_A] = log_a - span->log_a;
	part[INVERSE_A] = 1 / (span->a + passed);
	part[LOG_B] = log_b - span->log_b;
	part[INVERSE_B] = 1 / (span->b + passed);
	for (int i = 0; i < PARTS; i++) {
		double weighted = weight * part[i];

		sums->part[i] += weighted;
		for (int j = i; j < PARTS; j++)
			sums->product[i][j] += weighted * part[j];
	}
}

static void
add_panel(const struct span *span, double from, double to, bool parts,
	struct sums *sums)
{
	double middle = (from + to) / 2, half = (to - from) / 2;
	bool narrow = span->width < 1 && span->drop < 3;
	size_t n = narrow ? sizeof(few) / sizeof(*few) :
		sizeof(many) / sizeof(*many);
	const double (*nodes)[2] = narrow ? few : many;

	for (size_t i = 0; i < n; i++) {
		double offset = half * nodes[i][0], weight = half * nodes[i][1];

		add_node(span, middle - offset, weight, parts, sums);
		add_node(span, middle + offset, weight, parts, sums);
	}
}

/* Log-odds of having left between the last purchase and T. */
static double
left(const double *p, const struct clv_customer *c, bool parts,
	struct sums *sums)
{
	struct span span = span_of(p, c);
	int panels = (int)ceil(fmax(span.width / 2.5,
		fmin(span.drop, 60) / 15));
	double size;

	*sums = (struct sums){0};
	if (!(c->T > c->t_x))
		return -INFINITY;
	panels = panels > 0 ? panels : 1;
	size = span.width / panels;
	for (int i = 0; i < panels; i++)
		add_panel(&span, i * size, i + 1 < panels ? (i + 1) * size :
			span.width, parts, sums);
	return log(sums->weight) + log(span.s * span.least / span.b) +
		span.n * span.log_a + span.s * span.log_b;
}

/* The derivatives of the log-odds: of the logarithm of the integral those of its
 * integrand's logarithm, in the mean, and their covariance; less those of being
 * alive. */
static void
derive(const double *p, const struct clv_customer *c, const struct sums *sums,
	struct likelihood *odds)
{
	double n = p[R] + c->x, s = p[S];
	double a = 1 / (p[ALPHA] + c->T), b = 1 / (p[BETA] + c->T);
	const double factor[PARTS] = {-1, -n, -1, -(s + 1)};
	double mean[PARTS];

	for (int i = 0; i < PARTS; i++)
		mean[i] = sums->part[i] / sums->weight;
	for (int i = 0; i < PARTS; i++) {
		odds->gradient[i] = factor[i] * mean[i];
		for (int j = i; j < PARTS; j++)
			odds->hessian[i][j] = factor[i] * factor[j] *
				(sums->product[i][j] / sums->weight -
				mean[i] * mean[j]);
	}
	odds->gradient[ALPHA] += n * a;
	odds->gradient[S] += 1 / s;
	odds->gradient[BETA] += s * b;
	odds->hessian[R][ALPHA] += a - mean[INVERSE_A];
	odds->hessian[ALPHA][ALPHA] += n * (sums->product[INVERSE_A][INVERSE_A] /
		sums->weight - a * a);
	odds->hessian[S][S] -= 1 / (s * s);
	odds->hessian[S][BETA] += b - mean[INVERSE_B];
	odds->hessian[BETA][BETA] += (s + 1) *
		sums->product[INVERSE_B][INVERSE_B] / sums->weight - s * b * b;
}

void
pareto_of_x(const double *p, double x, struct likelihood *out)
{
	out->value += special_log_rise(p[R], x) + p[R] * log(p[ALPHA]) +
		p[S] * log(p[BETA]);
	out->gradient[R] += special_digamma(p[R] + x) - special_digamma(p[R]) +
		log(p[ALPHA]);
	out->gradient[ALPHA] += p[R] / p[ALPHA];
	out->gradient[S] += log(p[BETA]);
	out->gradient[BETA] += p[S] / p[BETA];
	out->hessian[R][R] += special_trigamma(p[R] + x) -
		special_trigamma(p[R]);
	out->hessian[R][ALPHA] += 1 / p[ALPHA];
	out->hessian[ALPHA][ALPHA] -= p[R] / (p[ALPHA] * p[ALPHA]);
	out->hessian[S][BETA] += 1 / p[BETA];
	out->hessian[BETA][BETA] -= p[S] / (p[BETA] * p[BETA]);
}

void
pareto_of_times(const double *p, const struct clv_customer *c,
	struct likelihood *out)
{
	double n = p[R] + c->x, a = p[ALPHA] + c->T, b = p[BETA] + c->T;
	double log_a = log(a), log_b = log(b);
	struct likelihood odds;
	struct sums sums;

	out->value -= n * log_a + p[S] * log_b;
	out->gradient[R] -= log_a;
	out->gradient[ALPHA] -= n / a;
	out->gradient[S] -= log_b;
	out->gradient[BETA] -= p[S] / b;
	out->hessian[R][ALPHA] -= 1 / a;
	out->hessian[ALPHA][ALPHA] += n / (a * a);
	out->hessian[S][BETA] -= 1 / b;
	out->hessian[BETA][BETA] += p[S] / (b * b);
	odds.value = left(p, c, true, &sums);
	if (odds.value == -INFINITY)
		return;
	derive(p, c, &sums, &odds);
	likelihood_mix(out, &odds);
}

struct clv_outlook
pareto_look(const double *p, const struct clv_customer *c, double horizon)
{
	double n = p[R] + c->x, b = p[BETA] + c->T;
	struct clv_outlook look;
	struct sums sums;

	look.alive = 1 / (1 + exp(left(p, c, false, &sums)));
	look.expected = look.alive * n / (p[ALPHA] + c->T) * b *
		special_decay(p[S] - 1, log1p(horizon / b));
	return look;
}
