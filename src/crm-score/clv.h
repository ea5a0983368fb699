#ifndef CLV_H
#define CLV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * clv: lifetime-value models, as pure computation: who is still a customer,
 * how much will be bought, how much is spent on it.
 *
 * A customer is x repeat purchase days, t_x the time from the first to the last
 * of them, T the time from the first to the end of what was seen; of the money
 * only that of the repeat purchases counts. Sources:
 *     bgnbd       Fader, Hardie, Lee, Marketing Science 24 (2005)
 *     mbgnbd      Batislam, Denizel, Filiztekin, IJRM 24 (2007)
 *     paretonbd   Schmittlein, Morrison, Colombo, Management Science 33 (1987)
 *     gammagamma  Fader, Hardie, The Gamma-Gamma model of monetary value (2013)
 */
enum clv_model { CLV_BGNBD, CLV_MBGNBD, CLV_PARETONBD, CLV_GAMMAGAMMA,
	CLV_MODELS };

enum { CLV_PARAMETERS = 4, CLV_REASON = 320 };

/** clv_name(model): "mbgnbd". clv_parameter(model, i): its name, or null after
 * the last: r alpha a b | r alpha s beta | p q gamma. */
const char *clv_name(enum clv_model model);
const char *clv_parameter(enum clv_model model, size_t i);

/** `count` customers with the same history. Times are whole days. */
struct clv_history {
	uint32_t x, t_x, T;
	uint32_t count;
};

/** `count` customers with the same x and the same sum of money, of their repeat
 * purchases, in 1/10000. */
struct clv_spending {
	int64_t total;
	uint32_t x;
	uint32_t count;
};

/** clv_distinct_histories, clv_distinct_spendings(items, n): sorts them and
 * puts equal ones together. Returns how many are left. */
size_t clv_distinct_histories(struct clv_history *items, size_t n);
size_t clv_distinct_spendings(struct clv_spending *items, size_t n);

enum clv_status {
	CLV_OK,
	CLV_EMPTY,      /* no customers */
	CLV_IMPOSSIBLE, /* t_x > T, or x and t_x do not agree */
	CLV_NO_REPEATS, /* nobody bought again */
	CLV_FEW_REPEATS,
	CLV_RIDGE,      /* the likelihood has no clear maximum */
	CLV_NO_MEAN,    /* gammagamma with q <= 1 */
};

/** A fitted or stored model. */
struct clv_fit {
	enum clv_model model;
	double value[CLV_PARAMETERS]; /* in the order of clv_parameter */
	double error[CLV_PARAMETERS]; /* standard errors; NAN where unknown */
	double loglik;                /* NAN where unknown */
	uint64_t customers;           /* 0 where unknown */
	double unit;                  /* of time: days; gammagamma: not used */
	unsigned jobs;                /* threads for the fit; 0: one */
};

/**
 * clv_fit_histories(fit, items, n, reason): maximum likelihood. fit->model
 * (not gammagamma), fit->unit and fit->jobs are given; items are as clv_distinct_histories
 * leaves them. The result is the same, to the byte, whatever the order of the
 * customers and the number of threads; a unit changes alpha, beta and
 * loglik alone. Parameters, errors and loglik are rounded to CLV_DIGITS digits,
 * so that a model that was stored and read is the same model.
 *
 * Not CLV_OK: reason says why, in a sentence without a full stop; fit is then of
 * no use. It is of use to show value and error after CLV_NO_MEAN.
 *
 * clv_fit_spendings(fit, items, n, reason): the same for gammagamma. Customers
 * with x = 0 or total <= 0 are left out; fit->customers does not count them.
 * The currency unit is 1.
 */
#define CLV_DIGITS 10
enum clv_status clv_fit_histories(struct clv_fit *fit,
	const struct clv_history *items, size_t n, char reason[CLV_REASON]);
enum clv_status clv_fit_spendings(struct clv_fit *fit,
	const struct clv_spending *items, size_t n, char reason[CLV_REASON]);

/** clv_fit_stayers(fit, items, n): after CLV_RIDGE of clv_fit_histories: whether
 * it is the ridge on which nobody leaves, and the rates of purchase are known.
 * Then fit is that limit: a, or s, is 0, and b, or beta, stands for nothing. */
bool clv_fit_stayers(struct clv_fit *fit, const struct clv_history *items,
	size_t n);

/** A customer as the models see one: times are already divided by the unit,
 * and need not be whole days. 0 <= t_x <= T; t_x = 0 where x = 0. */
struct clv_customer {
	double x, t_x, T;
};

struct clv_outlook {
	double alive;    /* probability of being a customer still */
	double expected; /* purchases in the horizon, whether alive or not */
};

/** clv_customer_of(fit, x, t_x, T): days into units. */
struct clv_customer clv_customer_of(const struct clv_fit *fit, uint32_t x,
	uint32_t t_x, uint32_t T);

/** clv_look(fit, customer, horizon): horizon in units, >= 0. Relative error
 * under 1e-8 for x up to 20,000 and probabilities over 1e-300; may underflow to
 * 0, is never NAN. A new customer is {0, 0, 0}. */
struct clv_outlook clv_look(const struct clv_fit *fit,
	const struct clv_customer *customer, double horizon);

/** clv_loglik(fit, customer): of this one customer. */
double clv_loglik(const struct clv_fit *fit, const struct clv_customer *customer);

/** clv_mean_spend(fit, x, total): expected money per purchase of a customer who
 * made x repeat purchases for total, in currency units; 0, 0 (also for total
 * <= 0): of the whole population. fit is a gammagamma with q > 1. */
double clv_mean_spend(const struct clv_fit *fit, double x, double total);

#endif
