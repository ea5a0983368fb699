#include "modelfile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "msg.h"
#include "rules.h"

static const struct {
	char letter;
	int64_t seconds;
} units[] = {
	{'d', DATE_DAY}, {'h', DATE_HOUR}, {'m', DATE_MINUTE}, {'s', 1},
	{'w', 7 * DATE_DAY},
};

/* No fit ends with a parameter over it, or under its inverse. */
#define MOST 1e18

/* What a model file says besides parameters. */
enum fact { LOGLIK, CUSTOMERS, UNIT, AS_OF, FACTS };

static const char *const facts[FACTS] = {
	[LOGLIK] = "loglik", [CUSTOMERS] = "customers", [UNIT] = "unit",
	[AS_OF] = "as_of",
};

struct reading {
	const struct rules *rules;
	size_t model, parameter, value, error; /* columns */
	struct modelfile *to;
	bool has_model[CLV_MODELS];
	bool has_parameter[CLV_MODELS][CLV_PARAMETERS];
	bool has_fact[CLV_MODELS][FACTS];
};

bool
modelfile_unit(struct slice text, int64_t *seconds)
{
	int64_t n = 0;

	if (text.n < 2)
		return false;
	for (size_t i = 0; i + 1 < text.n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9' || n > 1000000000)
			return false;
		n = n * 10 + (text.p[i] - '0');
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (units[i].letter == text.p[text.n - 1]) {
			*seconds = n * units[i].seconds;
			return n > 0;
		}
	}
	return false;
}

static void
write_unit(struct buf *b, const char *model, int64_t unit)
{
	size_t i = 0;

	while (unit % units[i].seconds)
		i++;
	buf_printf(b, "%s\tunit\t%lld%c\t\n", model,
		(long long)(unit / units[i].seconds), units[i].letter);
}

static void
write_fit(struct buf *b, const struct clv_fit *fit)
{
	const char *model = clv_name(fit->model), *parameter;

	for (size_t i = 0; i < CLV_PARAMETERS; i++) {
		parameter = clv_parameter(fit->model, i);
		if (!parameter)
			break;
		buf_printf(b, "%s\t%s\t%.*g\t", model, parameter, CLV_DIGITS,
			fit->value[i]);
		if (!isnan(fit->error[i]))
			buf_printf(b, "%.*g", CLV_DIGITS, fit->error[i]);
		buf_byte(b, '\n');
	}
	if (!isnan(fit->loglik))
		buf_printf(b, "%s\tloglik\t%.*g\t\n", model, CLV_DIGITS,
			fit->loglik);
	if (fit->customers)
		buf_printf(b, "%s\tcustomers\t%llu\t\n", model,
			(unsigned long long)fit->customers);
}

static void
write_as_of(struct buf *b, const struct modelfile *m, const struct clv_fit *fit)
{
	char time[DATE_SIZE];

	if (m->has_as_of)
		buf_printf(b, "%s\tas_of\t%.*s\t\n", clv_name(fit->model),
			(int)date_write(time, m->as_of), time);
}

void
modelfile_write(const struct modelfile *m, struct out *out)
{
	struct buf b = {0};

	buf_text(&b, "model\tparameter\tvalue\tstderr\n");
	write_fit(&b, &m->purchases);
	write_unit(&b, clv_name(m->purchases.model), m->unit);
	write_as_of(&b, m, &m->purchases);
	if (m->has_spend) {
		write_fit(&b, &m->spend);
		write_as_of(&b, m, &m->spend);
	}
	out_write(out, buf_slice(&b));
	buf_free(&b);
}

/* A number of the cell; missing: NAN. */
static double
number(const struct reading *in, size_t row, size_t column)
{
	struct slice cell = rules_cell(in->rules, row, column);
	char text[64], *end;
	double value;

	if (!cell.n)
		return NAN;
	if (cell.n >= sizeof(text))
		rules_die(in->rules, row, column, "not a number");
	memcpy(text, cell.p, cell.n);
	text[cell.n] = '\0';
	value = strtod(text, &end);
	if (strspn(text, "0123456789.eE+-") != cell.n || *end != '\0' ||
	    !isfinite(value))
		rules_die(in->rules, row, column, "not a number");
	return value;
}

static void
read_fact(const struct reading *in, size_t row, enum fact fact,
	struct clv_fit *fit)
{
	struct slice cell = rules_cell(in->rules, row, in->value);
	struct modelfile *m = in->to;
	double value;

	switch (fact) {
	case LOGLIK:
		fit->loglik = number(in, row, in->value);
		break;
	case CUSTOMERS:
		value = number(in, row, in->value);
		if (!(value >= 1 && value < 1e15) || value != floor(value))
			rules_die(in->rules, row, in->value,
				"not a number of customers");
		fit->customers = (uint64_t)value;
		break;
	case UNIT:
		if (!modelfile_unit(cell, &m->unit))
			rules_die(in->rules, row, in->value, "not a duration");
		break;
	case AS_OF:
		if (date_read(cell, &m->as_of) != DATE_OK)
			rules_die(in->rules, row, in->value, "not a time");
		m->has_as_of = true;
		break;
	case FACTS:
		break;
	}
}

static void
read_parameter(struct reading *in, size_t row, size_t i, struct clv_fit *fit)
{
	bool is_q = fit->model == CLV_GAMMAGAMMA && i == 1;
	bool leaving = fit->model != CLV_GAMMAGAMMA && i == 2;

	fit->value[i] = number(in, row, in->value);
	fit->error[i] = number(in, row, in->error);
	if (leaving && fit->value[i] == 0)
		return; /* nobody leaves */
	if (!(fit->value[i] > 0))
		rules_die(in->rules, row, in->value, "not over 0");
	if (fit->value[i] < 1 / MOST || fit->value[i] > MOST)
		rules_die(in->rules, row, in->value, "out of range");
	if (is_q && fit->value[i] <= 1)
		rules_die(in->rules, row, in->value,
			"not over 1: the mean spend is not finite");
}

/* The model of a row, as what is known of it so far. */
static struct clv_fit *
fit_of(struct reading *in, size_t row)
{
	struct slice name = rules_cell(in->rules, row, in->model);
	struct modelfile *m = in->to;
	struct clv_fit *fit;
	int model = 0;

	while (model < CLV_MODELS &&
	    !slice_is(name, clv_name((enum clv_model)model)))
		model++;
	if (model == CLV_MODELS)
		rules_die(in->rules, row, in->model, "unknown model");
	fit = model == CLV_GAMMAGAMMA ? &m->spend : &m->purchases;
	if (in->has_model[model])
		return fit;
	for (int other = 0; other < CLV_GAMMAGAMMA; other++)
		if (model != CLV_GAMMAGAMMA && in->has_model[other])
			rules_die(in->rules, row, in->model,
				"a second model of purchases");
	in->has_model[model] = true;
	*fit = (struct clv_fit){.model = (enum clv_model)model, .loglik = NAN};
	return fit;
}

static void
read_row(struct reading *in, size_t row)
{
	struct clv_fit *fit = fit_of(in, row);
	struct slice name = rules_cell(in->rules, row, in->parameter);
	bool *has = NULL;

	for (size_t i = 0; i < CLV_PARAMETERS; i++) {
		const char *parameter = clv_parameter(fit->model, i);

		if (!parameter || !slice_is(name, parameter))
			continue;
		has = &in->has_parameter[fit->model][i];
		read_parameter(in, row, i, fit);
	}
	for (size_t i = 0; i < FACTS; i++) {
		if (!slice_is(name, facts[i]) ||
		    (i == UNIT && fit->model == CLV_GAMMAGAMMA))
			continue;
		has = &in->has_fact[fit->model][i];
		read_fact(in, row, (enum fact)i, fit);
	}
	if (!has)
		rules_die(in->rules, row, in->parameter,
			"the model has no such parameter");
	if (*has)
		rules_die(in->rules, row, in->parameter, "stands here twice");
	*has = true;
}

static void
check(const struct reading *in, const struct clv_fit *fit)
{
	const char *parameter;

	for (size_t i = 0; i < CLV_PARAMETERS; i++) {
		parameter = clv_parameter(fit->model, i);
		if (parameter && !in->has_parameter[fit->model][i])
			msg_die("%s: %s has no row for %s", in->rules->name,
				clv_name(fit->model), parameter);
	}
}

void
modelfile_read(const char *path, int64_t unit, struct modelfile *m)
{
	struct rules *rules = rules_open(path);
	struct reading in = {.rules = rules, .to = m,
		.model = rules_need(rules, "model"),
		.parameter = rules_need(rules, "parameter"),
		.value = rules_need(rules, "value"),
		.error = rules_find(rules, "stderr")};

	*m = (struct modelfile){.unit = unit};
	for (size_t i = 0; i < rules->count; i++)
		read_row(&in, i);
	m->has_spend = in.has_model[CLV_GAMMAGAMMA];
	if (!in.has_model[CLV_BGNBD] && !in.has_model[CLV_MBGNBD] &&
	    !in.has_model[CLV_PARETONBD])
		msg_die("%s: no model of purchases: bgnbd, mbgnbd or paretonbd",
			path);
	check(&in, &m->purchases);
	if (m->has_spend)
		check(&in, &m->spend);
	m->purchases.unit = (double)m->unit / (double)DATE_DAY;
	rules_close(rules);
}
