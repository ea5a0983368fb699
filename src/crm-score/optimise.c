#include "optimise.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { STEPS = 100, MOST = LIKELIHOOD_MOST };

static const double bound = 13.815510557964274;  /* log 1e6 */
static const double longest = 2;                 /* step of a logarithm */
static const double near = 1e-10;                /* likelihood still to win */
/* what rounding does to a likelihood, in parts of it, and what is not worth a
 * step then */
static const double noise = 1e-11, level = 1e-12;
static const double far = 6.9077552789821371;    /* log 1e3 */

struct point {
	double log[MOST];
	struct likelihood at;
};

/* Cholesky's factor of what stands in the upper half of m, plus damping: m = L
 * L^T. False where it is not positive definite. */
static bool
factor(double m[MOST][MOST], double damping, int n, double l[MOST][MOST])
{
	for (int i = 0; i < n; i++) {
		for (int j = 0; j <= i; j++) {
			double sum = m[j][i];

			if (i == j)
				sum += damping;
			for (int k = 0; k < j; k++)
				sum -= l[i][k] * l[j][k];
			if (i != j)
				l[i][j] = sum / l[j][j];
			else if (sum > 0)
				l[i][i] = sqrt(sum);
			else
				return false;
		}
	}
	return true;
}

static void
solve(double l[MOST][MOST], int n, const double *right, double *x)
{
	for (int i = 0; i < n; i++) {
		x[i] = right[i];
		for (int k = 0; k < i; k++)
			x[i] -= l[i][k] * x[k];
		x[i] /= l[i][i];
	}
	for (int i = n - 1; i >= 0; i--) {
		for (int k = i + 1; k < n; k++)
			x[i] -= l[k][i] * x[k];
		x[i] /= l[i][i];
	}
}

static void
evaluate(const struct optimise_problem *problem, struct point *point)
{
	double parameter[MOST] = {0};

	for (int i = 0; i < problem->n; i++)
		parameter[i] = exp(point->log[i]);
	memset(&point->at, 0, sizeof(point->at));
	problem->evaluate(problem->data, parameter, &point->at);
	likelihood_logs(&point->at, parameter, problem->n);
}

static bool
finite_at(const struct likelihood *l, int n)
{
	bool good = isfinite(l->value);

	for (int i = 0; i < n; i++) {
		good = good && isfinite(l->gradient[i]);
		for (int j = i; j < n; j++)
			good = good && isfinite(l->hessian[i][j]);
	}
	return good;
}

static double
curvature(const struct point *p, int n, double m[MOST][MOST])
{
	double greatest = 0;

	for (int i = 0; i < n; i++) {
		for (int j = i; j < n; j++)
			m[i][j] = -p->at.hessian[i][j];
		greatest = fmax(greatest, fabs(m[i][i]));
	}
	return greatest;
}

struct step {
	double log[MOST];
	double size; /* the largest of them; longest where it was cut */
	double gain; /* what it promises to win, twice over */
	bool flat;   /* the standard error along it is beyond all sense */
};

/* The step uphill from p. The damping is raised until there is one. */
static void
find_step(const struct point *p, int n, double *damping, struct step *step)
{
	double m[MOST][MOST] = {{0}}, l[MOST][MOST] = {{0}};
	double greatest = curvature(p, n, m);

	*step = (struct step){.size = 0};
	while (!factor(m, *damping, n, l))
		*damping = fmax(4 * *damping, 1e-6 * greatest + 1e-12);
	solve(l, n, p->at.gradient, step->log);
	for (int i = 0; i < n; i++) {
		step->gain += step->log[i] * p->at.gradient[i];
		step->size = fmax(step->size, fabs(step->log[i]));
	}
	step->flat = step->gain < 1 && step->size * step->size >
		step->gain * OPTIMISE_UNCLEAR * OPTIMISE_UNCLEAR;
	if (step->size > longest) {
		for (int i = 0; i < n; i++)
			step->log[i] *= longest / step->size;
		step->size = longest;
	}
}

/* Whether it takes a parameter that is far out still farther, and nothing is to
 * be won there. */
static bool
runs_away(const struct point *p, const struct step *step, int n)
{
	for (int i = 0; i < n; i++)
		if (fabs(p->log[i]) > far && step->flat &&
		    2 * fabs(step->log[i]) > step->size &&
		    (p->log[i] > 0) == (step->log[i] > 0))
			return true;
	return false;
}

static void
finish(struct optimise_result *result, const struct point *p, int n)
{
	double m[MOST][MOST] = {{0}}, l[MOST][MOST] = {{0}};
	double greatest = curvature(p, n, m);
	/* a hint of damping tells a flat direction from the others */
	bool maximum = factor(m, 0, n, l) ||
		factor(m, 1e-12 * greatest, n, l);

	result->value = p->at.value;
	for (int i = 0; i < n; i++) {
		double unit[MOST] = {0}, column[MOST] = {0};

		unit[i] = 1;
		if (maximum)
			solve(l, n, unit, column);
		result->parameter[i] = exp(p->log[i]);
		result->error[i] = maximum ? sqrt(column[i]) : INFINITY;
	}
}

static bool
outside(const struct point *p, int n)
{
	for (int i = 0; i < n; i++)
		if (fabs(p->log[i]) > bound)
			return true;
	return false;
}

/* Takes the step if it leads uphill; else the next one is to be shorter. */
static void
try_step(const struct optimise_problem *problem, struct point *here,
	const struct step *step, double *damping)
{
	double m[MOST][MOST], least = here->at.value -
		noise * fabs(here->at.value);
	struct point next;

	for (int i = 0; i < problem->n; i++)
		next.log[i] = here->log[i] + step->log[i];
	evaluate(problem, &next);
	if (finite_at(&next.at, problem->n) && next.at.value >= least) {
		*here = next;
		*damping = *damping < 1e-9 ? 0 : *damping / 16;
	} else
		*damping = fmax(8 * *damping,
			1e-4 * curvature(here, problem->n, m));
}

static enum optimise_status
climb(const struct optimise_problem *problem, struct point *here)
{
	double damping = 0;
	int away = 0; /* steps on end that run away */

	for (int steps = 0; steps < STEPS; steps++) {
		double least = fmax(near, level * fabs(here->at.value));
		struct step step;
		bool damped;

		find_step(here, problem->n, &damping, &step);
		damped = damping > 0;
		away = runs_away(here, &step, problem->n) ? away + 1 : 0;
		try_step(problem, here, &step, &damping);
		if (away > 1 || outside(here, problem->n))
			return OPTIMISE_BOUND;
		if (step.gain < least && !damped)
			return OPTIMISE_DONE;
		if (step.gain < least)
			damping = 0; /* it was too careful to tell */
	}
	return OPTIMISE_STUCK;
}

void
optimise_climb(const struct optimise_problem *problem, const double *start,
	struct optimise_result *result)
{
	struct point here;

	for (int i = 0; i < problem->n; i++)
		here.log[i] = log(start[i]);
	evaluate(problem, &here);
	result->status = OPTIMISE_STUCK;
	if (finite_at(&here.at, problem->n))
		result->status = climb(problem, &here);
	finish(result, &here, problem->n);
}
