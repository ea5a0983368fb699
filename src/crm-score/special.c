#include "special.h"

#include <math.h>

/* Beyond it the asymptotic series are exact to the last digits. */
static const double series_from = 12;

double
special_log_gamma(double z)
{
	int sign;

	return lgamma_r(z, &sign);
}

/* Abramowitz, Stegun 6.3.18 */
double
special_digamma(double z)
{
	double shift = 0, y;

	while (z < series_from) {
		shift += 1 / z;
		z += 1;
	}
	y = 1 / (z * z);
	return log(z) - 0.5 / z - shift - y * (1.0 / 12 - y * (1.0 / 120 -
		y * (1.0 / 252 - y * (1.0 / 240 - y * (1.0 / 132 -
		y * (691.0 / 32760 - y / 12))))));
}

/* Abramowitz, Stegun 6.4.12 */
double
special_trigamma(double z)
{
	double shift = 0, y;

	while (z < series_from) {
		shift += 1 / (z * z);
		z += 1;
	}
	y = 1 / (z * z);
	return shift + y / 2 + (1 + y * (1.0 / 6 - y * (1.0 / 30 -
		y * (1.0 / 42 - y * (1.0 / 30 - y * (5.0 / 66 -
		y * (691.0 / 2730 - y * 7.0 / 6))))))) / z;
}

double
special_log_rise(double z, double x)
{
	return special_log_gamma(z + x) - special_log_gamma(z);
}

double
special_softplus(double u, double *share)
{
	double e = exp(-fabs(u));

	*share = (u > 0 ? 1 : e) / (1 + e);
	return (u > 0 ? u : 0) + log1p(e);
}

double
special_decay(double k, double t)
{
	return k == 0 ? t : -expm1(-k * t) / k;
}
