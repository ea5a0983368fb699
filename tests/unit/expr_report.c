#include "expr_case.h"

/* What crm-report asks of expressions: aggregates, lists of items, what is
 * money, what a comparison met, and how values are explained. */
static const struct {
	const char *text;
	enum expr_function function;
	int percentile;
	const char *argument; /* null: none */
	enum expr_type type;
	bool money;
} aggregates[] = {
	{"count()", EXPR_COUNT, 0, NULL, EXPR_NUMBER, false},
	{"count( )", EXPR_COUNT, 0, NULL, EXPR_NUMBER, false},
	{"count(kind == 'repair')", EXPR_COUNT, 0, "kind == 'repair'",
		EXPR_NUMBER, false},
	{"count('repair' == kind)", EXPR_COUNT, 0, "'repair' == kind",
		EXPR_NUMBER, false},
	{"count(has('callback'))", EXPR_COUNT, 0, "has('callback')",
		EXPR_NUMBER, false},
	{"sum( amount )", EXPR_SUM, 0, "amount", EXPR_NUMBER, true},
	{"sum(quantity)", EXPR_SUM, 0, "quantity", EXPR_NUMBER, false},
	{"sum(count('callback'))", EXPR_SUM, 0, "count('callback')",
		EXPR_NUMBER, false},
	{"sum(sum('part'))", EXPR_SUM, 0, "sum('part')", EXPR_NUMBER, true},
	{"sum(min(quantity, 3))", EXPR_SUM, 0, "min(quantity, 3)", EXPR_NUMBER,
		false},
	{"mean(amount)", EXPR_MEAN, 0, "amount", EXPR_NUMBER, true},
	{"mean(closed_at - opened_at)", EXPR_MEAN, 0, "closed_at - opened_at",
		EXPR_DURATION, false},
	{"min(opened_at)", EXPR_MIN, 0, "opened_at", EXPR_TIME, false},
	{"max(amount)", EXPR_MAX, 0, "amount", EXPR_NUMBER, true},
	{"max(max(amount, 3))", EXPR_MAX, 0, "max(amount, 3)", EXPR_NUMBER,
		true},
	{"median(worktime(opened_at, closed_at))", EXPR_MEDIAN, 0,
		"worktime(opened_at, closed_at)", EXPR_DURATION, false},
	{"p90(quantity)", EXPR_PERCENTILE, 90, "quantity", EXPR_NUMBER, false},
	{"p5(amount)", EXPR_PERCENTILE, 5, "amount", EXPR_NUMBER, true},
	{"p99(amount)", EXPR_PERCENTILE, 99, "amount", EXPR_NUMBER, true},
	{"distinct(customer.name)", EXPR_DISTINCT, 0, "customer.name",
		EXPR_NUMBER, false},
	{"distinct(date(opened_at))", EXPR_DISTINCT, 0, "date(opened_at)",
		EXPR_NUMBER, false},
	{"rate(closed_at <= due_at)", EXPR_RATE, 0, "closed_at <= due_at",
		EXPR_NUMBER, false},
	{"share(fee)", EXPR_SHARE, 0, "fee", EXPR_NUMBER, false},
	{"cumshare(points)", EXPR_CUMSHARE, 0, "points", EXPR_NUMBER, false},
	{"rank(points)", EXPR_RANK, 0, "points", EXPR_NUMBER, false},
	{"index(points)", EXPR_INDEX, 0, "points", EXPR_NUMBER, false},
	{"change(fee)", EXPR_CHANGE, 0, "fee", EXPR_NUMBER, true},
	{"change(points / 2)", EXPR_CHANGE, 0, "points / 2", EXPR_NUMBER,
		false},
};

static void
test_aggregates(const struct calendar *calendar)
{
	size_t i;

	for (i = 0; i < CASE_COUNT(aggregates); i++) {
		struct expr_scope scope = case_scope(calendar);
		struct expr_error error;
		struct expr_aggregate *a;
		struct expr_value value, figure = {aggregates[i].type, false,
			42, {NULL, 0}};
		struct expr_env env = {.aggregates = &figure};
		struct expr *e;
		bool good;

		scope.aggregates = true;
		e = expr_compile(&scope, slice_of(aggregates[i].text), &error);
		a = scope.aggregated;
		good = e != NULL && scope.aggregate_count == 1 &&
			a->function == aggregates[i].function &&
			a->percentile == aggregates[i].percentile &&
			a->type == aggregates[i].type &&
			a->money == aggregates[i].money &&
			(a->argument == NULL) == (aggregates[i].argument == NULL)
			&& expr_type(e) == a->type && expr_money(e) == a->money &&
			expr_eval(e, &env, &value) == EXPR_OK && value.i == 42;
		tap_ok(good, "%s", aggregates[i].text);
		buf_free(&env.scratch);
		expr_scope_free(&scope);
	}
}

/* Positions and texts at the top of a measure. */
static const struct expr_case refused[] = {
	{NULL, "quantity", "!0 \"quantity\" is a column: it can only stand in "
		"an aggregate, as in distinct(quantity)"},
	{NULL, "1 + customer.tier", "!4 \"customer.tier\" is a column: it can "
		"only stand in an aggregate"},
	{NULL, "pionts * 2",
		"!0 unknown measure \"pionts\" (did you mean \"points\"?)"},
	{NULL, "sum(points)", "!4 unknown column \"points\""},
	{NULL, "share(amount)", "!6 \"amount\" is a column: it can only stand in"
		" an aggregate, as in distinct(amount)"},
	{NULL, "sum(note)", "!4 sum() takes a number or a duration, not a text"},
	{NULL, "sum(opened_at)",
		"!4 sum() takes a number or a duration, not a time"},
	{NULL, "count(amount)", "!6 count() takes a condition, not a number"},
	{NULL, "rate(amount)", "!5 rate() takes a condition, not a number"},
	{NULL, "distinct(ready == true)", "!9 unknown column \"ready\""},
	{NULL, "distinct(quantity > 1)", "!9 distinct() takes a value, not a "
		"condition"},
	{NULL, "p90(note)",
		"!4 pN() takes a number, a time or a duration, not a text"},
	{NULL, "p100(amount)", "!0 unknown function \"p100\""},
	{NULL, "p0(amount)",
		"!0 unknown function \"p0\" (did you mean \"p90\"?)"},
	{NULL, "mean()", "!5 expected a value, found \")\""},
	{NULL, "min(amount, 3)",
		"!4 \"amount\" is a column: it can only stand in an "
		"aggregate, as in distinct(amount)"},
	{NULL, "sum(mean(amount))",
		"!4 mean() is an aggregate of a report and cannot stand here"},
	{NULL, "meen(amount)",
		"!0 unknown function \"meen\" (did you mean \"mean\"?)"},
	{NULL, "count('callback')", "!0 count() of a kind belongs to a record: "
		"it can only stand in an aggregate, as in sum(count(\"repair\"))"},
	{NULL, "sum('part', amount > 1)", "!0 sum() of a kind belongs to a "
		"record: it can only stand in an aggregate, as in "
		"sum(count(\"repair\"))"},
	{NULL, "has('callback')", "!0 has() of a kind belongs to a record: it "
		"can only stand in an aggregate, as in sum(count(\"repair\"))"},
};

static void
test_show(const struct calendar *calendar)
{
	struct expr_scope scope = case_scope(calendar);
	struct expr_value values[3] = {
		{.type = EXPR_NUMBER, .i = 3 * NUM_ONE},
		{.type = EXPR_NUMBER, .i = 4 * NUM_ONE},
		{.type = EXPR_NUMBER, .missing = true},
	};
	struct expr_env env = {.aggregates = values,
		.given = case_given_values};
	struct expr_error error;
	struct expr_value value;
	struct expr *e;

	scope.aggregates = true;
	case_run(&scope, refused, CASE_COUNT(refused));
	expr_scope_free(&scope);
	scope = case_scope(calendar);
	scope.aggregates = true;
	e = expr_compile(&scope, slice_of("round(100 * count(closed_at <= "
		"due_at) / count()) + count() + points"), &error);
	tap_ok(e != NULL && scope.aggregate_count == 2 &&
		expr_eval(e, &env, &value) == EXPR_OK && !value.missing &&
		value.i == (75 + 4 + 75) * NUM_ONE,
		"arithmetic over aggregates; one that comes twice is one");
	e = expr_compile(&scope, slice_of("sum(amount) / count()"), &error);
	tap_ok(e != NULL && expr_eval(e, &env, &value) == EXPR_OK &&
		value.missing && expr_money(e), "a missing aggregate");
	e = expr_compile(&scope, slice_of("share(mean(amount) * 2)"), &error);
	tap_ok(e != NULL && scope.aggregate_count == 5 &&
		scope.aggregated[3].function == EXPR_MEAN &&
		scope.aggregated[4].function == EXPR_SHARE &&
		expr_money(scope.aggregated[4].argument),
		"an aggregate inside share() comes before it");
	tap_ok(scope.uses[0][4] && scope.uses[0][6] && !scope.uses[0][7],
		"columns inside aggregates are marked");
	buf_free(&env.scratch);
	expr_scope_free(&scope);
}

/* The first of the given values may be for the arguments alone. */
static void
test_row_given(const struct calendar *calendar)
{
	struct expr_scope scope = case_scope(calendar);
	struct expr_error error;

	scope.aggregates = true;
	scope.row_given_count = 1;
	tap_ok(expr_compile(&scope, slice_of("sum(points) + fee"), &error) !=
		NULL, "a value for the arguments, one for the measures");
	tap_ok(expr_compile(&scope, slice_of("points"), &error) == NULL &&
		error.position == 0, "not outside");
	tap_ok(expr_compile(&scope, slice_of("sum(fee)"), &error) == NULL &&
		error.position == 4, "not inside");
	expr_scope_free(&scope);
}

/* What rate() has to leave out. */
static const struct {
	const char *row, *text;
	int holds;
	bool met;
} meets[] = {
	{NULL, "closed_at <= due_at", 0, true},
	{NULL, "opened_at <= due_at", 1, false},
	{NULL, "not score > 3", 1, true},
	{NULL, "score in (1, 2)", 0, true},
	{NULL, "quantity in (1, score)", 0, true},
	{"kind=", "kind == 'repair'", 0, true},
	{"kind=", "kind in ('repair')", 0, true},
	{"note=", "note ~ 'a'", 0, true},
	{"number=x", "number > 3", 0, true},
	{NULL, "empty(score)", 1, false},
	{"note=", "contains(note, 'a')", 0, false},
	{NULL, "kind == 'repair' and score > 3", 0, true},
	{NULL, "score > 3 and kind == 'repair'", 0, true},
	{NULL, "kind == 'complaint' or score > 3", 1, true},
	{NULL, "score > 3 or kind == 'complaint'", 1, true},
	{NULL, "kind == 'repair' and quantity > 3", 0, false},
};

static void
test_met_missing(const struct calendar *calendar)
{
	static struct case_row row;
	char text[100];
	size_t i;

	for (i = 0; i < CASE_COUNT(meets); i++) {
		struct expr_scope scope = case_scope(calendar);
		struct expr_error error;
		struct expr_env env;
		struct expr *e;

		scope.aggregates = true;
		snprintf(text, sizeof(text), "rate(%s)", meets[i].text);
		e = expr_compile(&scope, slice_of(text), &error);
		case_row_set(&row, meets[i].row);
		env = case_env(&row, NULL);
		env.met_missing = true;
		tap_ok(e != NULL && expr_true(scope.aggregated[0].argument,
			&env) == meets[i].holds && env.met_missing ==
			meets[i].met, "%s", text);
		buf_free(&env.scratch);
		expr_scope_free(&scope);
	}
}

static const struct {
	const char *text, *want;
} explained[] = {
	{"kind == 'complaint' and not has(\"callback\") and due_at < asof",
		"kind=complaint has(\"callback\")=false "
		"due_at=2026-11-20T00:00:00"},
	{"kind == 'a' or kind == 'b' or kind in ('c')", "kind=complaint"},
	{"count('repair', kind == 'x') > 1 and points > 2",
		"count('repair', kind == 'x')=2 points=75"},
	{"closed_at < asof", "closed_at="},
	{"amount > 3 and customer.tier == 'x' and sum( 'repair' ) > 1",
		"amount=120.50 customer.tier=gold sum( 'repair' )=30.50"},
	{"empty(customer.remark) and product.broken > 3",
		"customer.remark=a\tb\\c product.broken=12x"},
	{"true", ""},
};

static void
test_explain(const struct calendar *calendar)
{
	struct expr_scope scope = case_scope(calendar);
	static struct case_row row;
	struct expr_cell cells[64];
	struct expr_error error;
	struct buf b = {0};
	size_t i;

	case_row_set(&row, NULL);
	for (i = 0; i < CASE_COUNT(explained); i++) {
		struct expr *e = expr_compile(&scope,
			slice_of(explained[i].text), &error);
		struct expr_env env = case_env(&row, cells);

		case_cells(&scope, cells);
		buf_clear(&b);
		expr_explain(e, &env, &b);
		if (!tap_ok(slice_is(buf_slice(&b), explained[i].want),
			"explained: %s", explained[i].text))
			printf("# got %.*s\n", (int)b.n, b.p);
		buf_free(&env.scratch);
	}
	case_row_set(&row, "amount=12,50");
	struct expr_env env = case_env(&row, cells);
	buf_clear(&b);
	expr_explain(expr_compile(&scope, slice_of("amount > 1"), &error), &env,
		&b);
	tap_ok(slice_is(buf_slice(&b), "amount=12,50"), "a bad value as it is");
	buf_free(&env.scratch);
	buf_free(&b);
	expr_scope_free(&scope);
}

static const struct {
	const char *text;
	size_t table, column;
} columns[] = {
	{"kind", 0, 1}, {"(amount)", 0, 6}, {"due_at", 0, 5},
	{"customer.tier", 1, 1}, {"kind == 'x'", RECORD_NONE, 0},
	{"lower(kind)", RECORD_NONE, 0}, {"5", RECORD_NONE, 0},
	{"points", RECORD_NONE, 0},
};

static const struct {
	const char *text;
	bool money;
} moneys[] = {
	{"amount", true}, {"quantity", false}, {"amount + 1", true},
	{"1 - amount", true}, {"amount * 2", true}, {"2 * amount", true},
	{"amount / 2", true}, {"amount / amount", false}, {"2 / amount", false},
	{"amount * amount", false}, {"-amount", true}, {"fee", true},
	{"min(amount, 3)", true}, {"sum('part')", true},
	{"count('part')", false}, {"score ?? amount", true},
	{"amount > 3", false}, {"kind", false}, {"2 * 3", false},
};

static void
test_columns(const struct calendar *calendar)
{
	struct expr_scope scope = case_scope(calendar);
	struct expr_error error;
	size_t i, column;

	for (i = 0; i < CASE_COUNT(columns); i++) {
		column = 0;
		tap_ok(expr_column(expr_compile(&scope,
			slice_of(columns[i].text), &error), &column) ==
			columns[i].table && column == columns[i].column,
			"a column or not: %s", columns[i].text);
	}
	for (i = 0; i < CASE_COUNT(moneys); i++)
		tap_ok(expr_money(expr_compile(&scope, slice_of(moneys[i].text),
			&error)) == moneys[i].money, "money or not: %s",
			moneys[i].text);
	expr_scope_free(&scope);
}

/* Each list as "[name@position:expression]". */
static const struct {
	const char *text, *want;
} lists[] = {
	{"", ""},
	{"  ", ""},
	{";;", ""},
	{"count()", "[@0:count()]"},
	{"n = count(); kind", "[n@4:count()][@13:kind]"},
	{" a=1;b = 2 ; ", "[a@3:1][b@9:2]"},
	{"late = closed_at == due_at", "[late@7:closed_at == due_at]"},
	{"kind == 'x'", "[@0:kind == 'x']"},
	{"kind == 'a;b'; \"x;'\" == kind", "[@0:kind == 'a;b'][@15:\"x;'\" "
		"== kind]"},
	{"\xe6\x95\xb0\xe9\x87\x8f = count()", "[\xe6\x95\xb0\xe9\x87\x8f@9:"
		"count()]"},
	{"n =", "[n@3:]"},
	{"count() = 3", "[@0:count() = 3]"},
	{"p = 'a=b'", "[p@4:'a=b']"},
	{"'open; quote", "[@0:'open; quote]"},
};

static void
test_items(void)
{
	struct buf b = {0};
	size_t i;

	for (i = 0; i < CASE_COUNT(lists); i++) {
		struct slice name, expression;
		size_t position = 0, at;

		buf_clear(&b);
		while (expr_item(slice_of(lists[i].text), &position, &name,
			&expression, &at))
			buf_printf(&b, "[%.*s@%zu:%.*s]", (int)name.n, name.p,
				at, (int)expression.n, expression.p);
		if (!tap_ok(slice_is(buf_slice(&b), lists[i].want), "list: %s",
			lists[i].text))
			printf("# got %.*s\n", (int)b.n, b.p);
	}
	buf_free(&b);
}

int
main(void)
{
	struct calendar *calendar = calendar_open(NULL);

	test_aggregates(calendar);
	test_show(calendar);
	test_row_given(calendar);
	test_met_missing(calendar);
	test_explain(calendar);
	test_columns(calendar);
	test_items();
	calendar_close(calendar);
	return tap_done();
}
