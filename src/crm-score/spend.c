#include "spend.h"

#include <math.h>

#include "special.h"

enum { P, Q, GAMMA };

void
spend_of_x(const double *p, double x, struct likelihood *out)
{
	double own = p[P] * x, all = own + p[Q];
	double second = special_trigamma(all);

	out->value += special_log_gamma(all) - special_log_gamma(own) -
		special_log_gamma(p[Q]) + p[Q] * log(p[GAMMA]) + log(x);
	out->gradient[P] += x * (special_digamma(all) - special_digamma(own));
	out->gradient[Q] += special_digamma(all) - special_digamma(p[Q]) +
		log(p[GAMMA]);
	out->gradient[GAMMA] += p[Q] / p[GAMMA];
	out->hessian[P][P] += x * x * (second - special_trigamma(own));
	out->hessian[P][Q] += x * second;
	out->hessian[Q][Q] += second - special_trigamma(p[Q]);
	out->hessian[Q][GAMMA] += 1 / p[GAMMA];
	out->hessian[GAMMA][GAMMA] -= p[Q] / (p[GAMMA] * p[GAMMA]);
}

void
spend_of_total(const double *p, double x, double total, struct likelihood *out)
{
	double all = p[P] * x + p[Q], sum = p[GAMMA] + total;
	double spent = log(total), both = log(sum);

	out->value += (p[P] * x - 1) * spent - all * both;
	out->gradient[P] += x * (spent - both);
	out->gradient[Q] -= both;
	out->gradient[GAMMA] -= all / sum;
	out->hessian[P][GAMMA] -= x / sum;
	out->hessian[Q][GAMMA] -= 1 / sum;
	out->hessian[GAMMA][GAMMA] += all / (sum * sum);
}
