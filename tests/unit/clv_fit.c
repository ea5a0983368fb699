/* Lifetime-value models: fits to simulated customers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clv_simulate.h"
#include "tap.h"

enum { CUSTOMERS = 6000 };

static void
shuffle(struct clv_history *items, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = (size_t)(chance() * (double)i);
		struct clv_history swapped = items[k];

		items[k] = items[i - 1];
		items[i - 1] = swapped;
	}
}

static const struct {
	enum clv_model model;
	double value[CLV_PARAMETERS];
} truths[] = {
	{CLV_BGNBD, {0.6, 10, 0.8, 2.5}},
	{CLV_BGNBD, {2, 20, 0.5, 3}},
	{CLV_MBGNBD, {0.6, 10, 0.9, 1.6}},
	{CLV_MBGNBD, {1.5, 15, 0.6, 4}},
	{CLV_PARETONBD, {0.6, 10, 0.7, 12}},
	{CLV_PARETONBD, {1.5, 20, 1.6, 40}},
};

/* Every parameter within three standard errors, and those are of some use. */
static void
check_recovered(const struct clv_fit *fit, enum clv_status status,
	const char *reason, const double *truth)
{
	tap_ok(status == CLV_OK, "%s: fitted%s%s", clv_name(fit->model),
		status ? ": " : "", status ? reason : "");
	for (size_t k = 0; clv_parameter(fit->model, k); k++)
		tap_ok(fabs(fit->value[k] - truth[k]) < 3 * fit->error[k] &&
			fit->error[k] < 0.5 * truth[k],
			"%s: %s is %.4g, found %.4g, error %.2g",
			clv_name(fit->model), clv_parameter(fit->model, k),
			truth[k], fit->value[k], fit->error[k]);
}

static void
test_recovery(void)
{
	struct clv_history *items = malloc(CUSTOMERS * sizeof(*items));
	char reason[CLV_REASON];

	for (size_t i = 0; i < sizeof(truths) / sizeof(*truths); i++) {
		struct clv_fit fit = {.model = truths[i].model, .unit = 7};
		enum clv_status status;
		size_t n;

		state = 20261121 + i;
		simulate(fit.model, truths[i].value, items, CUSTOMERS);
		n = clv_distinct_histories(items, CUSTOMERS);
		status = clv_fit_histories(&fit, items, n, reason);
		check_recovered(&fit, status, reason, truths[i].value);
		tap_ok(fit.customers == CUSTOMERS && n < CUSTOMERS,
			"%s: all counted", clv_name(fit.model));
	}
	free(items);
}

static void
test_spend_recovery(void)
{
	static const double cases[][3] = {{6, 4, 15}, {2, 2.5, 300}};
	struct clv_spending *items = malloc(CUSTOMERS * sizeof(*items));
	char reason[CLV_REASON];

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct clv_fit fit = {.unit = 0};
		enum clv_status status;
		uint64_t spent = 0;
		size_t n;

		state = 7 + i;
		simulate_spend(cases[i], items, CUSTOMERS);
		for (size_t k = 0; k < CUSTOMERS; k++)
			spent += items[k].x > 0;
		items[0].total = items[0].x ? -100 : 0;
		spent -= items[0].x > 0;
		n = clv_distinct_spendings(items, CUSTOMERS);
		status = clv_fit_spendings(&fit, items, n, reason);
		check_recovered(&fit, status, reason, cases[i]);
		tap_ok(fit.customers == spent, "gammagamma: those who spent");
	}
	free(items);
}

/* The same customers in another order, some of them put together already. */
static void
test_order(void)
{
	struct clv_history *items = malloc(CUSTOMERS * sizeof(*items));
	struct clv_history *other = malloc(CUSTOMERS * sizeof(*other));
	char reason[CLV_REASON];

	for (int model = 0; model < CLV_GAMMAGAMMA; model++) {
		struct clv_fit a = {.model = (enum clv_model)model, .unit = 7};
		struct clv_fit b = a;
		size_t n = CUSTOMERS, m;

		state = 99;
		simulate(a.model, truths[2 * model].value, items, n);
		memcpy(other, items, n * sizeof(*items));
		shuffle(other, n);
		m = clv_distinct_histories(other, n / 3);
		memmove(other + m, other + n / 3,
			(n - n / 3) * sizeof(*other));
		m = clv_distinct_histories(other, m + n - n / 3);
		n = clv_distinct_histories(items, n);
		tap_ok(m == n && memcmp(items, other, n * sizeof(*items)) == 0,
			"%s: the same distinct histories", clv_name(a.model));
		clv_fit_histories(&a, items, n, reason);
		clv_fit_histories(&b, other, m, reason);
		tap_ok(memcmp(a.value, b.value, sizeof(a.value)) == 0 &&
			memcmp(a.error, b.error, sizeof(a.error)) == 0 &&
			memcmp(&a.loglik, &b.loglik, sizeof(a.loglik)) == 0,
			"%s: the same fit in any order", clv_name(a.model));
	}
	free(items);
	free(other);
}

/* So many that they are added up in pieces. */
static void
test_jobs(void)
{
	enum { MANY = 40000, LEAST = 10000 };
	struct clv_history *items = malloc(MANY * sizeof(*items));
	struct clv_spending *spent = malloc(MANY * sizeof(*spent));
	struct clv_fit one = {.model = CLV_MBGNBD, .unit = 7}, three = one;
	char reason[CLV_REASON];
	size_t n;

	three.jobs = 3;
	state = 21;
	simulate(one.model, truths[3].value, items, MANY);
	n = clv_distinct_histories(items, MANY);
	tap_ok(n > LEAST && clv_fit_histories(&one, items, n, reason) == CLV_OK &&
		clv_fit_histories(&three, items, n, reason) == CLV_OK &&
		memcmp(one.value, three.value, sizeof(one.value)) == 0 &&
		memcmp(one.error, three.error, sizeof(one.error)) == 0 &&
		memcmp(&one.loglik, &three.loglik, sizeof(one.loglik)) == 0,
		"the same fit with three threads, %zu histories", n);
	simulate_spend((const double[]){6, 4, 15}, spent, MANY);
	n = clv_distinct_spendings(spent, MANY);
	tap_ok(n > LEAST && clv_fit_spendings(&one, spent, n, reason) == CLV_OK &&
		clv_fit_spendings(&three, spent, n, reason) == CLV_OK &&
		memcmp(one.value, three.value, sizeof(one.value)) == 0 &&
		memcmp(&one.loglik, &three.loglik, sizeof(one.loglik)) == 0,
		"gammagamma: the same fit with three threads, %zu sums", n);
	free(items);
	free(spent);
}

static bool
near(double got, double want, double relative)
{
	return fabs(got - want) <= relative * fabs(want);
}

static bool
same_outlook(const struct clv_fit *a, const struct clv_fit *b, uint32_t x,
	uint32_t t_x)
{
	struct clv_customer c = clv_customer_of(a, x, t_x, 300);
	struct clv_customer d = clv_customer_of(b, x, t_x, 300);
	struct clv_outlook of_a = clv_look(a, &c, 365 / a->unit);
	struct clv_outlook of_b = clv_look(b, &d, 365 / b->unit);

	return near(of_a.alive, of_b.alive, 1e-8) &&
		near(of_a.expected, of_b.expected, 1e-8);
}

/* Days or weeks: alpha, beta and the log-likelihood change, the rest does not.
 * Each customer ten times: the same parameters, smaller errors; that many are
 * fitted by way of a sample. */
static void
check_scale(enum clv_model model, struct clv_history *items, size_t n)
{
	struct clv_fit week = {.model = model, .unit = 7}, day = week, ten = week;
	char reason[CLV_REASON];
	double x = 0;
	bool same = true;

	day.unit = 1;
	clv_fit_histories(&week, items, n, reason);
	clv_fit_histories(&day, items, n, reason);
	for (size_t i = 0; i < n; i++) {
		x += (double)items[i].x * items[i].count;
		items[i].count *= 10;
	}
	clv_fit_histories(&ten, items, n, reason);
	tap_ok(week.value[0] == day.value[0] && week.value[2] == day.value[2] &&
		near(day.value[1], 7 * week.value[1], 1e-9) &&
		near(day.error[1], 7 * week.error[1], 1e-9) &&
		near(day.value[3], week.value[3] *
		(model == CLV_PARETONBD ? 7 : 1), 1e-9) &&
		near(day.loglik, week.loglik - x * log(7), 1e-9),
		"%s: parameters in another unit", clv_name(model));
	tap_ok(same_outlook(&week, &day, 0, 0) &&
		same_outlook(&week, &day, 3, 111) &&
		same_outlook(&week, &day, 90, 299),
		"%s: the same outlook in another unit", clv_name(model));
	for (int k = 0; k < CLV_PARAMETERS; k++)
		same = same && near(ten.value[k], week.value[k], 1e-7) &&
			near(ten.error[k] * sqrt(10), week.error[k], 1e-6);
	tap_ok(same && near(ten.loglik, 10 * week.loglik, 1e-9) &&
		ten.customers == 10 * week.customers,
		"%s: ten of each", clv_name(model));
}

static void
test_scale(void)
{
	struct clv_history *items = malloc(CUSTOMERS * sizeof(*items));

	for (int model = 0; model < CLV_GAMMAGAMMA; model++) {
		state = 5;
		simulate((enum clv_model)model, truths[2 * model].value, items,
			CUSTOMERS);
		check_scale((enum clv_model)model, items,
			clv_distinct_histories(items, CUSTOMERS));
	}
	free(items);
}

/* A currency a hundred times smaller. */
static void
test_currency(void)
{
	static const double truth[] = {6, 4, 15};
	struct clv_spending *items = malloc(CUSTOMERS * sizeof(*items));
	struct clv_fit dear = {.unit = 0}, cheap = dear, ten = dear;
	char reason[CLV_REASON];
	size_t n;

	state = 3;
	simulate_spend(truth, items, CUSTOMERS);
	n = clv_distinct_spendings(items, CUSTOMERS);
	clv_fit_spendings(&dear, items, n, reason);
	for (size_t i = 0; i < n; i++)
		items[i].count *= 10;
	clv_fit_spendings(&ten, items, n, reason);
	for (size_t i = 0; i < n; i++) {
		items[i].count /= 10;
		items[i].total *= 100;
	}
	clv_fit_spendings(&cheap, items, n, reason);
	tap_ok(near(cheap.value[0], dear.value[0], 1e-9) &&
		near(cheap.value[1], dear.value[1], 1e-9) &&
		near(cheap.value[2], 100 * dear.value[2], 1e-9) &&
		near(cheap.loglik, dear.loglik -
		(double)dear.customers * log(100), 1e-9),
		"gammagamma: another currency");
	tap_ok(near(ten.value[0], dear.value[0], 1e-7) &&
		near(ten.value[2], dear.value[2], 1e-7) &&
		near(ten.loglik, 10 * dear.loglik, 1e-9),
		"gammagamma: ten of each");
	free(items);
}

int
main(void)
{
	test_recovery();
	test_spend_recovery();
	test_order();
	test_jobs();
	test_scale();
	test_currency();
	return tap_done();
}
