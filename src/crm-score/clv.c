#include "clv.h"

#include <math.h>
#include <stdbool.h>

#include "geometric.h"
#include "pareto.h"
#include "spend.h"

static const struct {
	const char *name;
	const char *parameters[CLV_PARAMETERS + 1];
} models[CLV_MODELS] = {
	[CLV_BGNBD] = {"bgnbd", {"r", "alpha", "a", "b"}},
	[CLV_MBGNBD] = {"mbgnbd", {"r", "alpha", "a", "b"}},
	[CLV_PARETONBD] = {"paretonbd", {"r", "alpha", "s", "beta"}},
	[CLV_GAMMAGAMMA] = {"gammagamma", {"p", "q", "gamma"}},
};

const char *
clv_name(enum clv_model model)
{
	return models[model].name;
}

const char *
clv_parameter(enum clv_model model, size_t i)
{
	return models[model].parameters[i];
}

struct clv_customer
clv_customer_of(const struct clv_fit *fit, uint32_t x, uint32_t t_x, uint32_t T)
{
	return (struct clv_customer){x, t_x / fit->unit, T / fit->unit};
}

struct clv_outlook
clv_look(const struct clv_fit *fit, const struct clv_customer *customer,
	double horizon)
{
	if (fit->model == CLV_PARETONBD)
		return pareto_look(fit->value, customer, horizon);
	return geometric_look(fit->value, fit->model == CLV_MBGNBD, customer,
		horizon);
}

double
clv_loglik(const struct clv_fit *fit, const struct clv_customer *customer)
{
	struct likelihood all = {0};
	bool at_zero = fit->model == CLV_MBGNBD;

	if (fit->model == CLV_PARETONBD) {
		pareto_of_x(fit->value, customer->x, &all);
		pareto_of_times(fit->value, customer, &all);
	} else {
		geometric_of_x(fit->value, at_zero, customer->x, &all);
		geometric_of_times(fit->value, at_zero, customer, &all);
	}
	return all.value;
}

double
clv_mean_spend(const struct clv_fit *fit, double x, double total)
{
	double p = fit->value[0], q = fit->value[1], gamma = fit->value[2];

	if (!(x > 0 && total > 0))
		x = total = 0;
	return p * (gamma + total) / (p * x + q - 1);
}
