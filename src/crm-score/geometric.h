#ifndef GEOMETRIC_H
#define GEOMETRIC_H

#include <stdbool.h>

#include "clv.h"
#include "likelihood.h"

/**
 * geometric: BG/NBD and MBG/NBD, parameters r alpha a b: purchases at a rate of
 * gamma(r, alpha); after each, the customer leaves with a probability of
 * beta(a, b). In MBG/NBD that is so after the first purchase too (at_zero).
 *
 * The log-likelihood of a customer is geometric_of_x + geometric_of_times;
 * both add to what out holds.
 */
void geometric_of_x(const double *parameter, bool at_zero, double x,
	struct likelihood *out);
void geometric_of_times(const double *parameter, bool at_zero,
	const struct clv_customer *c, struct likelihood *out);

struct clv_outlook geometric_look(const double *parameter, bool at_zero,
	const struct clv_customer *c, double horizon);

#endif
