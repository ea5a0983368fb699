/* Lifetime-value models: what they say of one customer. */
#include "src/crm-score/clv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/crm-score/special.h"
#include "tap.h"

static bool
close_to(double got, double want, double relative)
{
	return fabs(got - want) <= relative * fabs(want);
}

static void
test_special(void)
{
	static const struct {
		double z, digamma, trigamma;
	} cases[] = {
		{0.001, -1000.5755719318103, 1000001.6425331958},
		{0.5, -1.9635100260214235, 4.9348022005446793},
		{1, -0.57721566490153286, 1.6449340668482264},
		{7.25, 1.910453526883736, 0.14787923315893217},
		{20000.5, 9.9034875526402947, 4.9999999989583333e-5},
	};
	double share;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		double z = cases[i].z;

		tap_ok(close_to(special_digamma(z), cases[i].digamma, 1e-14),
			"digamma(%g)", z);
		tap_ok(close_to(special_trigamma(z), cases[i].trigamma, 1e-14),
			"trigamma(%g)", z);
	}
	tap_ok(special_softplus(-800, &share) == 0 && share == 0,
		"softplus far down");
	tap_ok(special_softplus(800, &share) == 800 && share == 1,
		"softplus far up");
	tap_ok(close_to(special_softplus(0, &share), log(2), 1e-15) &&
		share == 0.5, "softplus at 0");
	tap_ok(special_decay(0, 3) == 3, "decay at rate 0");
	tap_ok(close_to(special_decay(1e-12, 3), 3 - 4.5e-12, 1e-15),
		"decay near rate 0");
	tap_ok(close_to(special_decay(-1, 3), exp(3) - 1, 1e-15),
		"decay at a negative rate");
}

/* Computed with 40 digits: the closed forms for BG/NBD and MBG/NBD, the
 * integrals over the time of leaving for Pareto/NBD. */
static const struct {
	enum clv_model model;
	double value[CLV_PARAMETERS];
	struct clv_customer customer;
	double horizon, alive, expected;
} looks[] = {
	{CLV_BGNBD, {0.25, 4.4, 0.8, 2.4},
		{0, 0, 0}, 52, 1.0, 1.47512191030511},
	{CLV_BGNBD, {0.25, 4.4, 0.8, 2.4},
		{3, 20, 30}, 1e-06, 0.6430115912133661, 6.074964112750814e-8},
	{CLV_BGNBD, {0.5, 6, 1, 2},
		{2, 10, 30}, 39, 0.2831858407079646, 0.5739213803908739},
	{CLV_MBGNBD, {0.5, 6, 1, 2},
		{0, 0, 30}, 39, 0.4494897427831781, 0.2063585596469949},
	{CLV_BGNBD, {50, 400, 0.7, 3},
		{2, 10, 30}, 52, 0.3243856712482363, 1.517091126456674},
	{CLV_MBGNBD, {50, 400, 0.7, 3},
		{0, 0, 3}, 500, 0.7468130033448613, 13.15040201687699},
	{CLV_BGNBD, {200, 10, 0.05, 0.3},
		{0, 0, 0}, 52, 1.0, 658.513358728387},
	{CLV_MBGNBD, {0.05, 0.2, 0.05, 0.3},
		{1, 1, 2}, 52, 0.932242255232126, 20.74301258330603},
	{CLV_MBGNBD, {0.3, 5, 500, 3000},
		{4, 20, 30}, 39, 0.5857106605391008, 1.92886620594743},
	{CLV_BGNBD, {0.3, 5, 500, 3000},
		{4, 20, 30}, 5000, 0.5856298679279944, 4.111137103986035},
	{CLV_BGNBD, {3, 0.01, 2.5, 1.5},
		{0, 0, 0}, 1000, 1.0, 1.999999936755395},
	{CLV_MBGNBD, {0.5248430476, 6.183084628, 0.8913595011, 1.614002776},
		{0, 0, 38.86}, 39, 0.3897151491701308, 0.1539542936470182},
	{CLV_MBGNBD, {0.5248430476, 6.183084628, 0.8913595011, 1.614002776},
		{400, 5, 6}, 39, 5.701304690598829e-13, 3.554499629792289e-10},
	{CLV_MBGNBD, {0.5248430476, 6.183084628, 0.8913595011, 1.614002776},
		{20000, 38.9, 39}, 39, 1.274788992047326e-15, 1.641466397666919e-11},
	{CLV_MBGNBD, {0.5248430476, 6.183084628, 0.8913595011, 1.614002776},
		{1000, 30, 38}, 39, 1.797514257092277e-84, 1.178449631338931e-81},
	{CLV_MBGNBD, {20, 3, 40, 1},
		{20, 3, 9}, 30, 4.774847184305593e-13, 7.468350724170279e-13},
	{CLV_BGNBD, {5, 3, 0.02, 60},
		{8, 30, 60}, 52, 0.4281415772527609, 4.586657957460209},
	{CLV_PARETONBD, {0.55, 10.6, 0.6, 11.7},
		{0, 0, 38.86}, 39, 0.2997276752476942, 0.108256660531718},
	{CLV_PARETONBD, {0.55, 10.6, 1, 11.7},
		{2, 10, 30}, 39, 0.2711607885496844, 0.4688967714512707},
	{CLV_PARETONBD, {2, 3, 10, 200},
		{4, 10, 60}, 52, 8.554453438019813e-5, 0.0001897461580292046},
	{CLV_PARETONBD, {0.3, 50, 0.8, 0.01},
		{0, 0, 30}, 52, 0.001436829992157214, 0.0001800504652359435},
	{CLV_PARETONBD, {0.3, 50, 0.8, 0.01},
		{300, 5, 30}, 52, 1.17628879249295e-48, 1.475492137843162e-46},
	{CLV_PARETONBD, {0.3, 0.02, 0.8, 70},
		{300, 5, 30}, 52, 2.526360360335722e-230, 1.103735152089829e-227},
	{CLV_PARETONBD, {0.3, 0.02, 0.8, 70},
		{0, 0, 300}, 52, 0.1540053138306915, 0.007592161613046363},
	{CLV_PARETONBD, {40, 300, 3, 5},
		{10, 3, 100}, 26, 6.363386555127974e-10, 1.493139491338591e-9},
	{CLV_PARETONBD, {0.5143, 2.8845, 0.2856, 14.1087},
		{254, 97.14286, 97.28571}, 39, 0.9995582261230108, 94.71793545102304},
	{CLV_PARETONBD, {0.6, 8, 0.0001, 10},
		{5, 3, 50}, 52, 0.8539396778620274, 4.287218482119206},
	{CLV_PARETONBD, {0.6, 8, 300, 9000},
		{5, 3, 50}, 52, 0.0002616719833183566, 0.0006268243518641484},
	{CLV_PARETONBD, {0.6, 8, 0.5, 9},
		{20000, 2750, 2800}, 52, 3.442129621142586e-152, 1.269054838405338e-149},
};

static void
test_look(void)
{
	for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
		struct clv_fit fit = {.model = looks[i].model};
		struct clv_outlook look;

		memcpy(fit.value, looks[i].value, sizeof(fit.value));
		look = clv_look(&fit, &looks[i].customer, looks[i].horizon);
		tap_ok(close_to(look.alive, looks[i].alive, 1e-10) &&
			close_to(look.expected, looks[i].expected, 1e-10),
			"look %zu: %s, x %g: %.12g %.12g", i,
			clv_name(fit.model), looks[i].customer.x, look.alive,
			look.expected);
	}
}

/* Whatever the customer, there is an answer, and it is a probability. */
static void
test_extremes(void)
{
	static const double xs[] = {0, 1, 300, 20000};
	static const double sizes[] = {1e-12, 1e-5, 0.1, 1, 30, 1e5,
		1e12};
	size_t n = sizeof(sizes) / sizeof(*sizes);
	unsigned long wrong = 0, tried = 0;

	for (int model = 0; model < CLV_GAMMAGAMMA; model++) {
		for (size_t i = 0; i < n * n * n * n * 4; i++) {
			struct clv_fit fit = {.model = (enum clv_model)model};
			struct clv_customer c = {xs[i % 4], 0, 40};
			struct clv_outlook look;
			size_t rest = i / 4;

			for (int k = 0; k < CLV_PARAMETERS; k++) {
				fit.value[k] = sizes[rest % n];
				rest /= n;
			}
			if (c.x > 0)
				c.t_x = 20;
			look = clv_look(&fit, &c, 52);
			tried++;
			wrong += !(look.alive >= 0 && look.alive <= 1 &&
				look.expected >= 0 && isfinite(look.expected) &&
				isfinite(clv_loglik(&fit, &c)));
		}
	}
	tap_ok(tried == 28812 && wrong == 0,
		"extreme parameters: %lu of %lu without an answer", wrong, tried);
}

static void
test_plain(void)
{
	struct clv_fit fit = {.model = CLV_BGNBD, .unit = 7,
		.value = {0.25, 4.4, 0.8, 2.4}};
	const struct clv_customer never = {0, 0, 30}, new = {0, 0, 0};
	struct clv_customer c = clv_customer_of(&fit, 2, 213, 272);
	struct clv_outlook look;

	tap_ok(c.x == 2 && c.t_x == 213.0 / 7 && c.T == 272.0 / 7,
		"days into weeks");
	tap_ok(clv_look(&fit, &never, 52).alive == 1,
		"bgnbd: who never came back is alive");
	look = clv_look(&fit, &c, 0);
	tap_ok(look.expected == 0 && look.alive > 0, "no horizon, no purchases");
	tap_ok(clv_look(&fit, &new, 10).expected <
		clv_look(&fit, &new, 20).expected, "a longer horizon has more");
	fit.model = CLV_PARETONBD;
	c = (struct clv_customer){5, 30, 30};
	tap_ok(clv_look(&fit, &c, 10).alive == 1,
		"paretonbd: who bought at the end is alive");
}

static void
test_names(void)
{
	tap_ok(strcmp(clv_name(CLV_MBGNBD), "mbgnbd") == 0 &&
		strcmp(clv_name(CLV_GAMMAGAMMA), "gammagamma") == 0, "names");
	tap_ok(strcmp(clv_parameter(CLV_PARETONBD, 3), "beta") == 0 &&
		strcmp(clv_parameter(CLV_BGNBD, 3), "b") == 0 &&
		!clv_parameter(CLV_GAMMAGAMMA, 3), "names of parameters");
}

/* The figures of Fader and Hardie's note 025, which rounds the parameters. */
static void
test_spend(void)
{
	const struct clv_fit fit = {.model = CLV_GAMMAGAMMA,
		.value = {6.25, 3.74, 15.44}};
	static const struct {
		double x, mean, want;
	} cases[] = {
		{2, 22.35, 24.65}, {1, 11.77, 18.91}, {0, 0, 35.17},
		{7, 73.74, 71.46}, {2, 25.55, 27.28},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		double got = clv_mean_spend(&fit, cases[i].x,
			cases[i].x * cases[i].mean);

		tap_ok(fabs(got - cases[i].want) < 0.06, "mean spend, x %g: %g",
			cases[i].x, got);
	}
	tap_ok(clv_mean_spend(&fit, 3, -5) == clv_mean_spend(&fit, 0, 0),
		"no money spent: that of the population");
}

static const char *
shared(const char *name)
{
	static char path[4096];
	const char *tests = getenv("TESTS");

	snprintf(path, sizeof(path), "%s/../../shared/data/%s",
		tests ? tests : "tests", name);
	return path;
}

/* The figure at an edge; an empty one is not asked for. */
static void
edge(const char *what, const char *line, double got, const char *want)
{
	double value = strtod(want, NULL);

	if (*want == '\0' || (fabs(value) < 1e-300 && *what != 'l'))
		return;
	tap_ok(fabs(got - value) <= 1e-8 * fabs(value) + 1e-60,
		"edge %s, %s: %.14g", line, what, got);
}

static void
check_edge(char *line)
{
	struct clv_fit bg = {.model = CLV_BGNBD, .value = {0.2425945278,
		4.413602129, 0.7929219889, 2.42590655}};
	struct clv_fit pareto = {.model = CLV_PARETONBD, .value = {0.5532770452,
		10.57768329, 0.6062401693, 11.668741}};
	const struct clv_fit other = {.model = CLV_PARETONBD, .value = {0.5143,
		2.8845, 0.2856, 14.1087}};
	struct clv_outlook look;
	struct clv_customer c;
	char *field[10];
	char name[80];

	for (int i = 0; i < 10; i++) {
		field[i] = line;
		line += strcspn(line, "\t\n");
		*line++ = '\0';
	}
	c = (struct clv_customer){strtod(field[1], NULL), strtod(field[2], NULL),
		strtod(field[3], NULL)};
	if (strcmp(field[0], "clvtools#100") == 0)
		pareto = other;
	else if (strcmp(field[0], "cdnow") != 0)
		return; /* its parameters are not known */
	snprintf(name, sizeof(name), "%s %s %s %s", field[0], field[1], field[2],
		field[3]);
	look = clv_look(&bg, &c, 39);
	edge("log-likelihood", name, clv_loglik(&bg, &c), field[4]);
	edge("bgnbd alive", name, look.alive, field[5]);
	edge("bgnbd expected", name, look.expected, field[6]);
	look = clv_look(&pareto, &c, 39);
	edge("log-likelihood", name, clv_loglik(&pareto, &c), field[7]);
	edge("paretonbd alive", name, look.alive, field[8]);
	edge("paretonbd expected", name, look.expected, field[9]);
}

static void
test_edges(void)
{
	FILE *f = fopen(shared("clv/edge_mp.tsv"), "r");
	char line[1024];

	if (!f) {
		tap_ok(true, "extreme customers # SKIP needs the real data (clv)");
		return;
	}
	if (fgets(line, sizeof(line), f))
		while (fgets(line, sizeof(line), f))
			check_edge(line);
	fclose(f);
}

int
main(void)
{
	test_special();
	test_look();
	test_extremes();
	test_plain();
	test_names();
	test_spend();
	test_edges();
	return tap_done();
}
