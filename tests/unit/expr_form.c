#include "expr_case.h"

/* if(), column() and the functions that reports brought: text of a month, money
 * to the cent, roots, the check digit of a bar code. And what is over the rows
 * of a report. */
static const struct expr_case cases[] = {
	{NULL, "if(quantity > 2, 'many', 'few')", "many"},
	{NULL, "if(quantity > 3, 'many', 'few')", "few"},
	{NULL, "if(quantity > 3, 'many')", "(missing)"},
	{NULL, "if(quantity > 2, amount)", "120.50"},
	{NULL, "if(score > 2, 1, 2)", "2"},
	{NULL, "if(quantity > 2, opened_at, due_at)", "2026-11-18T09:30:00"},
	{NULL, "if(quantity > 3, true)", "false"},
	{NULL, "if(quantity > 2, quantity == 3)", "true"},
	{NULL, "if(true, if(false, 1, 2), 3) + 1", "3"},
	{"amount=x", "if(quantity > 2, 1, amount)", "1.00"},
	{"amount=x", "if(quantity > 3, 1, amount)",
		"bad amount: not a number: x"},
	{"quantity=x", "if(quantity > 3, 1)", "bad quantity: not a number: x"},
	{NULL, "if(quantity, 1)",
		"!3 if() begins with a condition, not a number"},
	{NULL, "if(true, 1, 'a')",
		"!12 if() needs two values of one type, not a number and a text"},
	{NULL, "if(true)", "!0 if() takes a condition and one or two values"},
	{NULL, "if(true, 1, 2, 3)",
		"!0 if() takes a condition and one or two values"},
	{NULL, "column('amount') * 2", "241.00"},
	{NULL, "column('quantity') + 1", "4"},
	{NULL, "column('points')", "(missing)"},
	{NULL, "column('spend') ?? 3", "3.00"},
	{NULL, "empty(column('last_order'))", "true"},
	{NULL, "column('nothing') ?? 'x'", "x"},
	{NULL, "column('note') == 'Hello'", "true"},
	{NULL, "column(note)",
		"!7 expected the name of a column in quotes, found \"note\""},
	{NULL, "yearmonth(opened_at)", "2026-11"},
	{NULL, "yearmonth(opened_at) < yearmonth(opened_at + 1mo)", "true"},
	{NULL, "yearmonth(closed_at)", "(missing)"},
	{NULL, "yearmonth(0999-01-05)", "0999-01"},
	{NULL, "money(10 / 3)", "3.33"},
	{NULL, "money(0.005) + money(0.015)", "0.02"},
	{NULL, "money(-0.025)", "-0.02"},
	{NULL, "sqrt(2)", "1.4142"},
	{NULL, "sqrt(0)", "0"},
	{NULL, "sqrt(0.0001)", "0.01"},
	{NULL, "sqrt(89999999999999.9999)", "9486832.9805"},
	{NULL, "sqrt(-1)", "(missing)"},
	{"note=6901234567892", "gtin(note)", "true"},
	{"note=6901234567893", "gtin(note)", "false"},
	{"note=96385074", "gtin(note)", "true"},
	{"note=036000291452", "gtin(note)", "true"},
	{"note=10012345678902", "gtin(note)", "true"},
	{"note=0000000000", "gtin(note)", "false"},
	{"note=690123456789x", "gtin(note)", "false"},
	{"note=", "gtin(note)", "false"},
};

static const struct {
	const char *text;
	enum expr_function function;
	const char *within; /* null: none */
	enum expr_type type;
	bool money;
} windows[] = {
	{"running(points)", EXPR_RUNNING, NULL, EXPR_NUMBER, false},
	{"running(fee, trade)", EXPR_RUNNING, "trade", EXPR_NUMBER, true},
	{"total(fee, trade)", EXPR_TOTAL, "trade", EXPR_NUMBER, true},
	{"larger(max(fee, 0), a)", EXPR_LARGER, "a", EXPR_NUMBER, true},
	{"share(points, b)", EXPR_SHARE, "b", EXPR_NUMBER, false},
	{"portion(points, fee)", EXPR_PORTION, NULL, EXPR_NUMBER, true},
	{"portion(fee, 100, c)", EXPR_PORTION, "c", EXPR_NUMBER, false},
	{"whole(fee)", EXPR_WHOLE, NULL, EXPR_NUMBER, true},
	{"whole(label)", EXPR_WHOLE, NULL, EXPR_TEXT, false},
	{"initial(points)", EXPR_INITIAL, NULL, EXPR_NUMBER, false},
};

static void
test_windows(const struct calendar *calendar)
{
	size_t i;

	for (i = 0; i < CASE_COUNT(windows); i++) {
		struct expr_scope scope = case_scope(calendar);
		struct expr_error error;
		struct expr *e;
		const struct expr_aggregate *a;
		bool good;

		scope.aggregates = true;
		e = expr_compile(&scope, slice_of(windows[i].text), &error);
		a = scope.aggregated;
		good = e != NULL && scope.aggregate_count == 1 &&
			a->function == windows[i].function &&
			a->type == windows[i].type &&
			a->money == windows[i].money &&
			slice_is(a->within, windows[i].within ?
				windows[i].within : "");
		tap_ok(good, "%s", windows[i].text);
		expr_scope_free(&scope);
	}
}

/* What an expression looks at. */
static const struct {
	const char *text;
	unsigned needs;
} needs[] = {
	{"1 + 1", 0},
	{"kind == 'a' and amount > 3", 1},
	{"customer.tier", 2},
	{"customer.tier == kind", 3},
	{"product.warranty", 4},
	{"has('repair')", EXPR_NEEDS_RELATED},
	{"work(opened_at, 8h)", EXPR_NEEDS_RELATED | 1},
	{"points > 1", EXPR_NEEDS_GIVEN},
	{"if(ready, fee)", EXPR_NEEDS_GIVEN << 2 | EXPR_NEEDS_GIVEN << 3},
};

static void
test_needs(const struct calendar *calendar)
{
	struct expr_scope scope = case_scope(calendar);
	struct expr_error error;
	struct expr *e;
	size_t i;

	for (i = 0; i < CASE_COUNT(needs); i++) {
		e = expr_compile(&scope, slice_of(needs[i].text), &error);
		tap_ok(e != NULL && expr_needs(e) == needs[i].needs,
			"needs: %s", needs[i].text);
	}
	e = expr_compile(&scope, slice_of("amount / quantity"), &error);
	tap_ok(expr_needs(expr_divisor(&scope, e)) == 0 &&
		expr_type(expr_divisor(&scope, e)) == EXPR_NUMBER, "divisor");
	e = expr_compile(&scope, slice_of("amount / quantity + 1"), &error);
	tap_ok(expr_divisor(&scope, e) == NULL, "no divisor");
	expr_scope_free(&scope);
}

/* A time that the tool knows already is not read again. */
static void
test_known(const struct calendar *calendar)
{
	struct expr_scope scope = case_scope(calendar);
	static struct case_row row;
	struct expr_error error;
	struct expr_value value;
	struct date_days days = {0};
	struct expr_env env;
	struct expr *e = expr_compile(&scope, slice_of("opened_at"), &error);
	size_t column;
	int64_t want;

	case_row_set(&row, "opened_at=never");
	env = case_env(&row, NULL);
	expr_column(e, &column);
	tap_ok(expr_eval(e, &env, &value) == EXPR_BAD, "not known");
	env.known_column = column + 1;
	env.known_time = 77;
	tap_ok(expr_eval(e, &env, &value) == EXPR_OK && value.i == 77, "known");
	env.known_column = 0;
	env.days = &days;
	case_row_set(&row, NULL);
	env.row = &row.record;
	date_read(slice_of("2026-11-18T09:30:00"), &want);
	tap_ok(expr_eval(e, &env, &value) == EXPR_OK && value.i == want,
		"with days at hand");
	buf_free(&env.scratch);
	expr_scope_free(&scope);
}

int
main(void)
{
	struct calendar *calendar = calendar_open(NULL);
	struct expr_scope scope = case_scope(calendar);

	case_run(&scope, cases, CASE_COUNT(cases));
	test_windows(calendar);
	test_needs(calendar);
	test_known(calendar);
	expr_scope_free(&scope);
	calendar_close(calendar);
	return tap_done();
}
