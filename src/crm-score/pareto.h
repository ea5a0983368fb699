#ifndef PARETO_H
#define PARETO_H

#include "clv.h"
#include "likelihood.h"

/**
 * pareto: Pareto/NBD, parameters r alpha s beta: purchases at a rate of
 * gamma(r, alpha), a lifetime with a rate of gamma(s, beta).
 *
 * The log-likelihood of a customer is pareto_of_x + pareto_of_times; both add
 * to what out holds.
 */
void pareto_of_x(const double *parameter, double x, struct likelihood *out);
void pareto_of_times(const double *parameter, const struct clv_customer *c,
	struct likelihood *out);

struct clv_outlook pareto_look(const double *parameter,
	const struct clv_customer *c, double horizon);

#endif
