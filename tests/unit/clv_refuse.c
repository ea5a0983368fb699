/* Lifetime-value models: what cannot be fitted; what goes into a fit. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clv_simulate.h"
#include "tap.h"

enum { CUSTOMERS = 6000 };

static void
test_refused(void)
{
	static const struct {
		const char *name;
		struct clv_history items[3];
		size_t n;
		enum clv_status status;
		const char *reason;
	} cases[] = {
		{"nobody", {{0, 0, 0, 0}}, 0, CLV_EMPTY,
			"mbgnbd: no customers to fit to"},
		{"no repeats", {{0, 0, 30, 500}}, 1, CLV_NO_REPEATS,
			"mbgnbd: no customer bought again"},
		{"few repeats", {{0, 0, 30, 91}, {1, 10, 30, 5}, {2, 9, 40, 4}},
			3, CLV_FEW_REPEATS, "mbgnbd: only 9 of 100 customers "
			"bought again; a fit needs at least 10"},
		{"late t_x", {{0, 0, 30, 91}, {1, 31, 30, 50}}, 2,
			CLV_IMPOSSIBLE, "mbgnbd: no customer can have x = 1, "
			"t_x = 31, T = 30 days: t_x is over T"},
		{"x without t_x", {{3, 0, 30, 91}}, 1, CLV_IMPOSSIBLE,
			"mbgnbd: no customer can have x = 3, t_x = 0, T = 30 "
			"days: x and t_x are 0 together"},
		{"t_x without x", {{0, 3, 30, 91}}, 1, CLV_IMPOSSIBLE,
			"mbgnbd: no customer can have x = 0, t_x = 3, T = 30 "
			"days: x and t_x are 0 together"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct clv_fit fit = {.model = CLV_MBGNBD, .unit = 7};
		char reason[CLV_REASON] = "";
		enum clv_status status = clv_fit_histories(&fit, cases[i].items,
			cases[i].n, reason);

		tap_ok(status == cases[i].status &&
			strcmp(reason, cases[i].reason) == 0, "refused: %s: %s",
			cases[i].name, reason);
	}
}

/* All buy at one rate and never leave. */
static void
test_ridge(void)
{
	struct clv_history *items = malloc(CUSTOMERS * sizeof(*items));
	const struct nature nature = {.rate = 0.02, .life = INFINITY};
	size_t n;

	state = 11;
	for (size_t i = 0; i < CUSTOMERS; i++)
		items[i] = live(&nature);
	n = clv_distinct_histories(items, CUSTOMERS);
	for (int model = 0; model < CLV_GAMMAGAMMA; model++) {
		struct clv_fit fit = {.model = (enum clv_model)model, .unit = 7};
		char reason[CLV_REASON] = "";

		tap_ok(clv_fit_histories(&fit, items, n, reason) == CLV_RIDGE &&
			strstr(reason, "not identified"), "ridge: %s", reason);
		tap_ok(!clv_fit_stayers(&fit, items, n),
			"rates all alike: no limit");
	}
	for (size_t i = 0; i < n; i++)
		items[i].count *= 10;
	for (int model = 0; model < CLV_GAMMAGAMMA; model++) {
		struct clv_fit fit = {.model = (enum clv_model)model, .unit = 7};
		char reason[CLV_REASON] = "";

		tap_ok(clv_fit_histories(&fit, items, n, reason) == CLV_RIDGE,
			"ridge, many: %s", reason);
	}
	free(items);
}

/* Nobody leaves, and the rates are of a gamma distribution: the limit is theirs.
 * With rates all alike, or with customers who leave, there is none. */
static void
test_stayers(void)
{
	static const double truth[] = {2, 30};
	struct clv_history *items = malloc(CUSTOMERS * sizeof(*items));
	size_t n;

	state = 19;
	for (size_t i = 0; i < CUSTOMERS; i++) {
		const struct nature nature = {.rate = gamma_of(truth[0]) /
			truth[1] / 7, .life = INFINITY};

		items[i] = live(&nature);
	}
	n = clv_distinct_histories(items, CUSTOMERS);
	for (int model = CLV_MBGNBD; model < CLV_GAMMAGAMMA; model++) {
		struct clv_fit fit = {.model = (enum clv_model)model, .unit = 7};
		const struct clv_customer customer = {4, 10, 30};
		struct clv_outlook look;
		char reason[CLV_REASON] = "";

		tap_ok(clv_fit_histories(&fit, items, n, reason) == CLV_RIDGE,
			"nobody leaves: %s", reason);
		tap_ok(clv_fit_stayers(&fit, items, n) && fit.value[2] == 0 &&
			isnan(fit.error[2]), "nobody leaves: %s has the limit",
			clv_name(fit.model));
		for (int i = 0; i < 2; i++)
			tap_ok(fabs(fit.value[i] - truth[i]) < 3 * fit.error[i],
				"%s is %.4g, found %.4g, error %.2g",
				clv_parameter(fit.model, (size_t)i), truth[i],
				fit.value[i], fit.error[i]);
		look = clv_look(&fit, &customer, 52);
		tap_ok(look.alive == 1 && fabs(look.expected - 52 *
			(fit.value[0] + 4) / (fit.value[1] + 30)) < 1e-9,
			"what is bought then");
	}
	free(items);
}

static void
test_spend_refused(void)
{
	static const double heavy[] = {3, 0.6, 20};
	struct clv_spending *items = malloc(CUSTOMERS * sizeof(*items));
	struct clv_spending alike[] = {{1000000, 1, 40}, {2000000, 2, 30},
		{3000000, 3, 20}};
	struct clv_spending unpaid[] = {{0, 0, 40}, {-10000, 2, 30}};
	struct clv_fit fit = {.unit = 0};
	char reason[CLV_REASON] = "";

	state = 13;
	simulate_spend(heavy, items, CUSTOMERS);
	tap_ok(clv_fit_spendings(&fit, items,
		clv_distinct_spendings(items, CUSTOMERS), reason) ==
		CLV_NO_MEAN && fabs(fit.value[1] - 0.6) < 3 * fit.error[1] &&
		strstr(reason, "is not over 1: the mean spend is not finite"),
		"%s", reason);
	tap_ok(clv_fit_spendings(&fit, alike, 3, reason) == CLV_RIDGE,
		"all purchases alike: %s", reason);
	tap_ok(clv_fit_spendings(&fit, unpaid, 2, reason) == CLV_NO_REPEATS &&
		strcmp(reason, "gammagamma: no customer bought again for money")
		== 0, "nobody paid: %s", reason);
	free(items);
}

static void
test_distinct(void)
{
	struct clv_history h[] = {{1, 2, 70000, 1}, {70000, 70001, 70002, 1},
		{1, 2, 3, 1}, {1, 2, 70000, 4}, {0, 0, 9, 2}, {1, 2, 3, 1}};
	static const struct clv_history sorted[] = {{0, 0, 9, 2}, {1, 2, 3, 2},
		{1, 2, 70000, 5}, {70000, 70001, 70002, 1}};
	struct clv_spending s[] = {{INT64_C(1) << 60, 2, 1}, {-5, 2, 1},
		{7, 1, 1}, {-5, 2, 2}, {8, 1, 1}};
	static const struct clv_spending ordered[] = {{7, 1, 1}, {8, 1, 1},
		{-5, 2, 3}, {INT64_C(1) << 60, 2, 1}};

	tap_ok(clv_distinct_histories(h, 6) == 4 &&
		memcmp(h, sorted, sizeof(sorted)) == 0, "distinct histories");
	tap_ok(clv_distinct_spendings(s, 5) == 4 &&
		memcmp(s, ordered, sizeof(ordered)) == 0, "distinct spendings");
	tap_ok(clv_distinct_histories(h, 0) == 0 &&
		clv_distinct_spendings(s, 0) == 0, "none");
}

int
main(void)
{
	test_distinct();
	test_refused();
	test_ridge();
	test_stayers();
	test_spend_refused();
	return tap_done();
}
