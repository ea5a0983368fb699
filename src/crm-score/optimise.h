#ifndef OPTIMISE_H
#define OPTIMISE_H

#include "likelihood.h"

/**
 * optimise: the parameters, all positive, at which a likelihood is greatest.
 *
 * Newton's steps in the logarithms of the parameters, damped (Levenberg,
 * Marquardt) where the likelihood is not concave or a step does not climb; a
 * value that is no number is a step that does not climb.
 */
struct optimise_problem {
	int n; /* parameters */
	void (*evaluate)(const void *data, const double *parameter,
		struct likelihood *out); /* derivatives by the parameters */
	const void *data;
};

/** A standard error of a parameter's logarithm beyond which it may be anything:
 * it is known to a factor of e^10, up or down. */
enum { OPTIMISE_UNCLEAR = 5 };

enum optimise_status {
	OPTIMISE_DONE,
	OPTIMISE_BOUND, /* a parameter ran out of 1e-6 .. 1e6, or out of 1e-3 ..
	                   1e3 to where nothing is to be won any more */
	OPTIMISE_STUCK, /* no value at the start, or no end in sight */
};

struct optimise_result {
	enum optimise_status status;
	double parameter[LIKELIHOOD_MOST];
	double error[LIKELIHOOD_MOST]; /* standard errors of the logarithms of
		the parameters; huge, or INFINITY, where there is no maximum */
	double value;
};

/** optimise_climb(problem, start, result). */
void optimise_climb(const struct optimise_problem *problem, const double *start,
	struct optimise_result *result);

#endif
