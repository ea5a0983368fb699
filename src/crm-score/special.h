#ifndef SPECIAL_H
#define SPECIAL_H

/**
 * special: functions that the C library lacks. Arguments are finite; z > 0.
 */

/** special_log_gamma(z): as lgamma, safe from many threads.
 * special_digamma, special_trigamma: its first and second derivative. */
double special_log_gamma(double z);
double special_digamma(double z);
double special_trigamma(double z);

/** special_log_rise(z, x): log of gamma(z + x) / gamma(z); x >= 0. */
double special_log_rise(double z, double x);

/** special_softplus(u, share): log(1 + exp(u)); *share its derivative. */
double special_softplus(double u, double *share);

/** special_decay(k, t): the integral of exp(-k u) for u from 0 to t; k may be 0
 * or negative. */
double special_decay(double k, double t);

#endif
