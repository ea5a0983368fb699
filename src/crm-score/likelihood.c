#include "likelihood.h"

#include <math.h>

#include "special.h"

void
likelihood_add(struct likelihood *sum, const struct likelihood *term,
	double weight)
{
	sum->value += weight * term->value;
	for (int i = 0; i < LIKELIHOOD_MOST; i++) {
		sum->gradient[i] += weight * term->gradient[i];
		for (int j = i; j < LIKELIHOOD_MOST; j++)
			sum->hessian[i][j] += weight * term->hessian[i][j];
	}
}

void
likelihood_mix(struct likelihood *sum, const struct likelihood *odds)
{
	double share, both;

	if (odds->value == -INFINITY)
		return;
	sum->value += special_softplus(odds->value, &share);
	both = share * (1 - share);
	for (int i = 0; i < LIKELIHOOD_MOST; i++) {
		sum->gradient[i] += share * odds->gradient[i];
		for (int j = i; j < LIKELIHOOD_MOST; j++)
			sum->hessian[i][j] += share * odds->hessian[i][j] +
				both * odds->gradient[i] * odds->gradient[j];
	}
}

void
likelihood_logs(struct likelihood *l, const double *parameter, int n)
{
	for (int i = 0; i < n; i++)
		l->gradient[i] *= parameter[i];
	for (int i = 0; i < n; i++) {
		for (int j = i; j < n; j++)
			l->hessian[i][j] *= parameter[i] * parameter[j];
		l->hessian[i][i] += l->gradient[i];
	}
}
