#ifndef CLV_SIMULATE_H
#define CLV_SIMULATE_H

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>

#include "src/crm-score/clv.h"

/* Customers that live as the models say, the same in every run. `state` is where
 * the chances begin. */
static uint64_t state;

/* Between 0 and 1, both excluded (splitmix64). */
static inline double
chance(void)
{
	uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return ((double)(z >> 11) + 0.5) / 9007199254740992.0;
}

static inline double
gauss(void)
{
	double length = sqrt(-2 * log(chance()));

	return length * cos(6.283185307179586 * chance());
}

/* Marsaglia, Tsang 2000. */
static inline double
gamma_of(double shape)
{
	double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);

	if (shape < 1)
		return gamma_of(shape + 1) * pow(chance(), 1 / shape);
	for (;;) {
		double x = gauss(), v = 1 + c * x;

		v = v * v * v;
		if (v > 0 && log(chance()) < x * x / 2 + d - d * v + d * log(v))
			return d * v;
	}
}

/* What really drives a customer: purchases a day, the chance of leaving after
 * one, days to live. */
struct nature {
	double rate, leaving, life;
	bool at_zero;
};

static inline struct clv_history
live(const struct nature *nature)
{
	uint32_t T = 180 + (uint32_t)(540 * chance());
	struct clv_history h = {.T = T, .count = 1};
	double now = chance(), end = fmin(T + 1.0, nature->life);

	if (nature->at_zero && chance() < nature->leaving)
		return h;
	for (;;) {
		now -= log(chance()) / nature->rate;
		if (now >= end)
			return h;
		if ((uint32_t)now > h.t_x) {
			h.t_x = (uint32_t)now;
			h.x++;
		}
		if (chance() < nature->leaving)
			return h;
	}
}

/* p: the parameters, in weeks. */
static inline void
simulate(enum clv_model model, const double *p, struct clv_history *items,
	size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct nature nature = {.rate = gamma_of(p[0]) / (p[1] * 7),
			.life = INFINITY, .at_zero = model == CLV_MBGNBD};

		if (model == CLV_PARETONBD) {
			double rate = gamma_of(p[2]) / (p[3] * 7);

			nature.life = -log(chance()) / rate;
		} else {
			double a = gamma_of(p[2]), b = gamma_of(p[3]);

			nature.leaving = a / (a + b);
		}
		items[i] = live(&nature);
	}
}

static inline void
simulate_spend(const double *p, struct clv_spending *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t x = (uint32_t)(8 * chance() * chance());
		double rate = gamma_of(p[1]) / p[2], total = 0;

		for (uint32_t k = 0; k < x; k++)
			total += gamma_of(p[0]) / rate;
		items[i] = (struct clv_spending){
			(int64_t)(total * 100 + 0.5) * 100, x, 1};
	}
}

#endif
