#include "optimise.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { STEPS = 100, MOST = LIKELIHOOD_MOST };

static const double bound = 13.815510557964274;  /* log 1e6 */
static const double longest = 2;                 /* step of a logarithm */
static const double near = 1e-10;                /* likelihood still to win */

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

/* The step uphill from p; returns what it promises to win, twice over. The
 * damping is raised until there is one. */
static double
find_step(const struct point *p, int n, double *damping, double *step)
{
	double m[MOST][MOST] = {{0}}, l[MOST][MOST] = {{0}};
	double greatest = curvature(p, n, m), size = 0, gain = 0;

	while (!factor(m, *damping, n, l))
		*damping = fmax(4 * *damping, 1e-6 * greatest + 1e-12);
	solve(l, n, p->at.gradient, step);
	for (int i = 0; i < n; i++) {
		gain += step[i] * p->at.gradient[i];
		size = fmax(size, fabs(step[i]));
	}
	if (size > longest)
		for (int i = 0; i < n; i++)
			step[i] *= longest / size;
	return gain;
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

static enum optimise_status
climb(const struct optimise_problem *problem, struct point *here)
{
	int n = problem->n;
	double damping = 0;

	for (int steps = 0; steps < STEPS; steps++) {
		struct point next;
		double step[MOST];
		double gain = find_step(here, n, &damping, step);
		double noise = 1e-13 * fabs(here->at.value), used = damping;

		for (int i = 0; i < n; i++)
			next.log[i] = here->log[i] + step[i];
		evaluate(problem, &next);
		if (finite_at(&next.at, n) &&
		    next.at.value >= here->at.value - noise) {
			*here = next;
			damping = damping < 1e-9 ? 0 : damping / 16;
		} else {
			double m[MOST][MOST];

			damping = fmax(8 * damping, 1e-4 * curvature(here, n, m));
		}
		if (outside(here, n))
			return OPTIMISE_BOUND;
		if (gain < near && used == 0)
			return OPTIMISE_DONE;
		if (gain < near)
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
