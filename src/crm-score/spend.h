#ifndef SPEND_H
#define SPEND_H

#include "likelihood.h"

/**
 * spend: Gamma-Gamma, parameters p q gamma: what a customer spends on one
 * purchase is gamma(p, v), v of a customer is gamma(q, gamma).
 *
 * The log-likelihood of a customer who spent `total` > 0 on x > 0 purchases is
 * spend_of_x + spend_of_total; both add to what out holds.
 */
void spend_of_x(const double *parameter, double x, struct likelihood *out);
void spend_of_total(const double *parameter, double x, double total,
	struct likelihood *out);

#endif
