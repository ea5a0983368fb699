#ifndef LIKELIHOOD_H
#define LIKELIHOOD_H

/**
 * likelihood: a logarithm of a likelihood with its first and second
 * derivatives by the parameters. Of hessian only i <= j is used.
 */
enum { LIKELIHOOD_MOST = 4 };

struct likelihood {
	double value;
	double gradient[LIKELIHOOD_MOST];
	double hessian[LIKELIHOOD_MOST][LIKELIHOOD_MOST];
};

/** likelihood_add(sum, term, weight): sum += weight * term. */
void likelihood_add(struct likelihood *sum, const struct likelihood *term,
	double weight);

/** likelihood_mix(sum, odds): sum += log(1 + exp(odds)): a second way to the
 * same data, `odds` its log-odds against the first. odds->value may be
 * -INFINITY: nothing is added. */
void likelihood_mix(struct likelihood *sum, const struct likelihood *odds);

/** likelihood_logs(l, parameter, n): the derivatives by the logarithms of the
 * parameters. */
void likelihood_logs(struct likelihood *l, const double *parameter, int n);

#endif
