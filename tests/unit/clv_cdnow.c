/* Lifetime-value models: the published figures of the CDNOW sample. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "src/crm-score/clv.h"
#include "tap.h"

enum { MOST = 3000 };

/* A customer up to the end of September 1997, and what came after. */
struct buyer {
	struct clv_history history;
	struct clv_spending spending;
	uint32_t later; /* purchase days */
};

static struct buyer buyers[MOST];
static size_t count;

static FILE *
shared(const char *name)
{
	char path[4096];
	const char *tests = getenv("TESTS");
	FILE *f;

	snprintf(path, sizeof(path), "%s/../../shared/data/%s",
		tests ? tests : "tests", name);
	f = fopen(path, "r");
	if (!f)
		tap_ok(true, "%s # SKIP needs the real data", name);
	return f;
}

static uint32_t
day_of(long yyyymmdd)
{
	const struct date_civil c = {.year = (int)(yyyymmdd / 10000),
		.month = (int)(yyyymmdd / 100 % 100),
		.day = (int)(yyyymmdd % 100)};
	int64_t t = 0;

	date_make(&c, &t);
	return (uint32_t)(t / DATE_DAY);
}

/* Lines "customer number date items dollars", by customer and date. */
static bool
read_buyers(void)
{
	const uint32_t end = day_of(19970930);
	FILE *f = shared("cdnow/CDNOW_sample.txt");
	char line[256];
	long before = -1;
	uint32_t first = 0, last = 0;

	if (!f)
		return false;
	while (fgets(line, sizeof(line), f)) {
		char *at = line;
		long customer = strtol(at, &at, 10);
		uint32_t day = (strtol(at, &at, 10), day_of(strtol(at, &at, 10)));
		double dollars = (strtol(at, &at, 10), strtod(at, NULL));
		struct buyer *b = &buyers[count];

		if (customer != before) {
			before = customer;
			first = last = day;
			b = &buyers[count++];
			*b = (struct buyer){.history = {0, 0, end - first, 1},
				.spending = {0, 0, 1}};
			continue;
		}
		b--;
		if (day > end) {
			b->later += day != last;
		} else if (day > first) {
			b->history.x += day != last;
			b->history.t_x = day - first;
			b->spending.total += (int64_t)(dollars * 100 + 0.5) * 100;
		}
		b->spending.x = b->history.x;
		last = day;
	}
	fclose(f);
	return true;
}

/* Values and log-likelihoods to 1e-6 of the reference, its digits; errors to a
 * thousandth; all nearer than what was published. */
static const struct {
	enum clv_model model;
	uint64_t customers;
	double value[CLV_PARAMETERS], error[CLV_PARAMETERS], loglik;
	double forecast, new_customer;
} published[] = {
	{CLV_BGNBD, 2357, {0.2425945278, 4.413602129, 0.7929219889, 2.42590655},
		{0.01255737756, 0.3782240043, 0.1857328593, 0.7054102732},
		-9582.429207, 1653, 1.444012},
	{CLV_MBGNBD, 2357, {0.5248430476, 6.183084628, 0.8913595011, 1.614002776},
		{0.08326687796, 0.6956134947, 0.1547875901, 0.5374845278},
		-9582.135716, 1577, 0},
	{CLV_PARETONBD, 2357, {0.5532770452, 10.57768329, 0.6062401693, 11.668741},
		{0.04762769447, 0.8427212784, 0.1872778342, 6.210993333},
		-9594.976179, 1666, 1.473434},
	{CLV_GAMMAGAMMA, 946, {6.249571924, 3.744224837, 15.44352298},
		{1.190048715, 0.2901319565, 4.159399644}, -4055.917695, 0, 0},
};

static struct clv_fit fits[CLV_MODELS];

static void
fit_all(void)
{
	static struct clv_history histories[MOST];
	static struct clv_spending spendings[MOST];
	char reason[CLV_REASON] = "";
	size_t n, m;

	for (size_t i = 0; i < count; i++) {
		histories[i] = buyers[i].history;
		spendings[i] = buyers[i].spending;
	}
	n = clv_distinct_histories(histories, count);
	m = clv_distinct_spendings(spendings, count);
	for (int model = 0; model < CLV_MODELS; model++) {
		struct clv_fit *fit = &fits[model];
		enum clv_status status;

		*fit = (struct clv_fit){.model = (enum clv_model)model,
			.unit = 7};
		status = model == CLV_GAMMAGAMMA ?
			clv_fit_spendings(fit, spendings, m, reason) :
			clv_fit_histories(fit, histories, n, reason);
		tap_ok(status == CLV_OK, "%s: fitted%s", clv_name(fit->model),
			status == CLV_OK ? "" : reason);
	}
}

static void
check_fits(void)
{
	for (int model = 0; model < CLV_MODELS; model++) {
		const struct clv_fit *fit = &fits[model];
		const char *name;

		for (size_t k = 0; (name = clv_parameter(fit->model, k)); k++) {
			double value = published[model].value[k];
			double error = published[model].error[k];

			tap_ok(fabs(fit->value[k] - value) < 1e-5 * value,
				"%s: %s %.10g", clv_name(fit->model), name,
				fit->value[k]);
			tap_ok(fabs(fit->error[k] - error) < 1e-3 * error,
				"%s: error of %s %.10g", clv_name(fit->model),
				name, fit->error[k]);
		}
		tap_ok(fabs(fit->loglik - published[model].loglik) < 1e-5 &&
			fit->customers == published[model].customers,
			"%s: log-likelihood %.10g", clv_name(fit->model),
			fit->loglik);
	}
}

static void
check_forecasts(void)
{
	const struct clv_customer new = {0, 0, 0};
	uint64_t repeats = 0, later = 0;

	for (size_t i = 0; i < count; i++) {
		repeats += buyers[i].history.x;
		later += buyers[i].later;
	}
	tap_ok(count == 2357 && repeats == 2457 && later == 1882,
		"2,357 customers, 2,457 repeat purchases, 1,882 later");
	for (int model = 0; model < CLV_GAMMAGAMMA; model++) {
		const struct clv_fit *fit = &fits[model];
		double sum = 0, one = clv_look(fit, &new, 52).expected;

		for (size_t i = 0; i < count; i++) {
			const struct clv_history *h = &buyers[i].history;
			struct clv_customer c = clv_customer_of(fit, h->x,
				h->t_x, h->T);

			sum += clv_look(fit, &c, 39).expected;
		}
		tap_ok(fabs(sum - published[model].forecast) < 0.6,
			"%s: forecast %.1f", clv_name(fit->model), sum);
		if (published[model].new_customer > 0)
			tap_ok(fabs(one - published[model].new_customer) < 2e-6,
				"%s: new customer %.7f", clv_name(fit->model),
				one);
	}
}

/* Customers with published figures; times in weeks. */
static void
check_points(void)
{
	static const struct {
		enum clv_model model;
		struct clv_customer customer;
		double horizon, alive, expected; /* negative: not given */
	} points[] = {
		{CLV_BGNBD, {2, 30.43, 38.86}, 39, 0.726609, 1.225907},
		{CLV_PARETONBD, {2, 30.43, 38.86}, 39, 0.869116, 1.455099},
		{CLV_BGNBD, {26, 216.0 / 7, 31}, 52, 0.968854, 25.7573},
		{CLV_PARETONBD, {26, 216.0 / 7, 31}, 52, 0.997873, 25.4552},
		{CLV_BGNBD, {0, 0, 38.86}, 39, 1, -1},
		{CLV_MBGNBD, {0, 0, 38.86}, 39, 0.390, -1},
		{CLV_PARETONBD, {0, 0, 38.86}, 39, 0.295, -1},
	};

	for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++) {
		struct clv_outlook look = clv_look(&fits[points[i].model],
			&points[i].customer, points[i].horizon);
		double digits = points[i].expected < 0 ? 5e-4 : 1e-6;

		tap_ok(fabs(look.alive - points[i].alive) < digits &&
			(points[i].expected < 0 || fabs(look.expected /
			points[i].expected - 1) < 2e-6),
			"%s: x %g: alive %.6f, expected %.6f",
			clv_name(points[i].model), points[i].customer.x,
			look.alive, look.expected);
	}
}

/* Columns: id x t_x T zbar x_holdout39, alive and expected of three models,
 * spend. The greatest relative difference of each. */
static void
check_sample(void)
{
	FILE *f = shared("clv/predict_sample.tsv");
	double worst[7] = {0};
	char line[1024];
	size_t rows = 0;

	if (!f)
		return;
	for (bool header = true; fgets(line, sizeof(line), f); header = false) {
		double field[13], got[7];
		char *at = line;
		struct clv_customer c;

		if (header)
			continue;
		for (int k = 0; k < 13; k++)
			field[k] = strtod(at, &at);
		c = (struct clv_customer){field[1], round(7 * field[2]) / 7,
			round(7 * field[3]) / 7};
		for (int model = 0; model < CLV_GAMMAGAMMA; model++) {
			struct clv_outlook look = clv_look(&fits[model], &c, 39);

			got[2 * model] = look.alive;
			got[2 * model + 1] = look.expected;
		}
		got[6] = clv_mean_spend(&fits[CLV_GAMMAGAMMA], c.x,
			c.x * field[4]);
		for (int k = 0; k < 7; k++)
			worst[k] = fmax(worst[k], fabs(got[k] / field[k + 6] - 1));
		rows++;
	}
	fclose(f);
	for (int k = 0; k < 7; k++)
		tap_ok(rows == 2357 && worst[k] < 2e-6,
			"all customers, column %d: %.1e", k + 7, worst[k]);
}

int
main(void)
{
	if (read_buyers()) {
		fit_all();
		check_fits();
		check_forecasts();
		check_points();
		check_sample();
	}
	return tap_done();
}
