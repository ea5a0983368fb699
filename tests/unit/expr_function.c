#include "expr_case.h"

/* Functions, relations and the calendar: crm-rules(5). As-of is Saturday
 * 2026-11-21T08:30; working time is the built-in week. */
static const struct expr_case cases[] = {
	{NULL, "empty(closed_at)", "true"},
	{NULL, "empty(opened_at)", "false"},
	{NULL, "empty(kind)", "false"},
	{"note=", "empty(note)", "true"},
	{"note=\\N", "empty(note)", "true"},
	{NULL, "empty(score)", "true"},
	{NULL, "empty(score ?? 1)", "false"},
	{NULL, "empty(1 / 0)", "true"},
	{NULL, "empty('')", "true"},
	{NULL, "empty(true)", "false"},
	{NULL, "empty(has('repair'))", "false"},
	{NULL, "empty(nothing)", "true"},
	{NULL, "empty(lower(note))", "false"},
	{NULL, "not empty(customer.name)", "true"},
	/* parts of a time */
	{NULL, "year(opened_at)", "2026"},
	{NULL, "month(opened_at)", "11"},
	{NULL, "day(opened_at)", "18"},
	{NULL, "hour(opened_at)", "9"},
	{NULL, "hour(due_at)", "0"},
	{NULL, "hour(1960-01-01T23:59:59)", "23"},
	{NULL, "weekday(asof)", "6"},
	{NULL, "weekday(2026-11-16)", "1"},
	{NULL, "weekday(2026-11-22)", "7"},
	{NULL, "date(opened_at)", "2026-11-18T00:00:00"},
	{NULL, "date(1960-01-01T23:59:59)", "1960-01-01T00:00:00"},
	{NULL, "date(asof) - 1s", "2026-11-20T23:59:59"},
	{NULL, "year(closed_at)", "(missing)"},
	{NULL, "date(closed_at)", "(missing)"},
	{NULL, "year(when)", "2026"},
	{NULL, "month(when)", "1"},
	{NULL, "weekday(when)", "1"},
	{NULL, "date(when) + 1d", "2026-01-06T00:00:00"},
	{"when=2026-03-04T05:06:07", "day(when)", "4"},
	{"when=2026-03-04T05:06:07", "hour(when)", "5"},
	{"when=soon", "year(when)", "(missing)"},
	{"when=soon", "month(when)", "(missing)"},
	{"when=05-01", "month(when)", "(missing)"},
	{NULL, "year(birthday)", "1990"},
	{NULL, "month(birthday)", "2"},
	{NULL, "day(birthday)", "28"},
	{NULL, "date(birthday)", "1990-02-28T00:00:00"},
	{"birthday=--02-29", "month(birthday)", "2"},
	{"birthday=--02-29", "day(birthday)", "29"},
	{"birthday=--02-29", "year(birthday)", "(missing)"},
	{"birthday=--02-29", "date(birthday)", "(missing)"},
	{"birthday=--02-29", "weekday(birthday)", "(missing)"},
	{"birthday=--02-30", "month(birthday)",
		"bad birthday: no such time: --02-30"},
	{"birthday=soon", "year(birthday)", "bad birthday: not a time: soon"},
	{"birthday=", "month(birthday)", "(missing)"},
	{NULL, "month(wedding)", "10"},
	{NULL, "day(wedding)", "1"},
	{NULL, "year(wedding)", "(missing)"},
	/* durations as decimals */
	{NULL, "days(36h)", "1.5"},
	{NULL, "hours(36h)", "36"},
	{NULL, "minutes(90s)", "1.5"},
	{NULL, "days(1s)", "0"},
	{NULL, "hours(1s)", "0.0003"},
	{NULL, "days(asof - opened_at)", "2.9583"},
	{NULL, "days(closed_at - opened_at)", "(missing)"},
	/* numbers */
	{NULL, "min(3, 2, 5)", "2"},
	{NULL, "max(3, 2, 5)", "5"},
	{NULL, "min(quantity, 2)", "2"},
	{NULL, "min(quantity, score)", "(missing)"},
	{NULL, "max(score, quantity)", "(missing)"},
	{NULL, "max(amount, 200)", "200.00"},
	{NULL, "max(opened_at, due_at)", "2026-11-20T00:00:00"},
	{NULL, "min(1h, 30m)", "0.5"},
	{NULL, "abs(-2.5)", "2.5"},
	{NULL, "abs(2.5)", "2.5"},
	{NULL, "abs(opened_at - asof)", "71"},
	{NULL, "abs(score)", "(missing)"},
	{NULL, "abs(-amount)", "120.50"},
	{NULL, "floor(2.9)", "2"},
	{NULL, "floor(-2.1)", "-3"},
	{NULL, "floor(-2)", "-2"},
	{NULL, "floor(amount)", "120.00"},
	{NULL, "round(2.4)", "2"},
	{NULL, "round(0.5)", "0"},
	{NULL, "round(1.5)", "2"},
	{NULL, "round(2.5)", "2"},
	{NULL, "round(-1.5)", "-2"},
	{NULL, "round(-2.5)", "-2"},
	{NULL, "round(89999999999999.9)", "(missing)"},
	{NULL, "round(score)", "(missing)"},
	/* texts */
	{NULL, "length(note)", "5"},
	{NULL, "length(customer.name)", "2"},
	{NULL, "length('')", "(missing)"},
	{"note=", "length(note)", "(missing)"},
	{"note=a\\tb", "length(note)", "3"},
	{NULL, "lower(note)", "hello"},
	{NULL, "upper(note)", "HELLO"},
	{NULL, "upper('\xc3\xa4')", "\xc3\x84"},
	{"note=", "lower(note)", "(missing)"},
	{"note=A\\tB\\\\", "lower(note)", "a\\tb\\\\"},
	{NULL, "lower(upper(lower(note)))", "hello"},
	{NULL, "contains(note, 'ell')", "true"},
	{NULL, "contains(note, 'Hello')", "true"},
	{NULL, "contains(note, 'o')", "true"},
	{NULL, "contains(note, 'Hello!')", "false"},
	{NULL, "contains(note, 'hello')", "false"},
	{NULL, "contains(note, '')", "false"},
	{"note=", "contains(note, 'a')", "false"},
	{"note=", "not contains(note, 'a')", "true"},
	{"note=a\\tb", "contains(note, '\t')", "true"},
	{"note=aaab", "contains(note, 'aab')", "true"},
	{NULL, "starts(note, 'He')", "true"},
	{NULL, "starts(note, 'he')", "false"},
	{NULL, "starts(note, 'Hello world')", "false"},
	{"note=", "starts(note, 'He')", "false"},
	{NULL, "starts(note, '')", "false"},
	/* anniversaries */
	{NULL, "anniversary(birthday)", "2027-02-28T00:00:00"},
	{"birthday=--11-21", "anniversary(birthday)", "2026-11-21T00:00:00"},
	{"birthday=--11-20", "anniversary(birthday)", "2027-11-20T00:00:00"},
	{"birthday=2000-02-29", "anniversary(birthday)", "2027-02-28T00:00:00"},
	{"birthday=", "anniversary(birthday)", "(missing)"},
	{"birthday=soon", "anniversary(birthday)",
		"bad birthday: not a time: soon"},
	{NULL, "anniversary(opened_at)", "2027-11-18T00:00:00"},
	{NULL, "anniversary(customer.created_at)", "2027-02-28T00:00:00"},
	{NULL, "anniversary(2020-11-21T23:00)", "2026-11-21T00:00:00"},
	{NULL, "anniversary('--12-24')", "2026-12-24T00:00:00"},
	{NULL, "anniversary(wedding)", "2027-10-01T00:00:00"},
	{NULL, "anniversary(when)", "2027-01-05T00:00:00"},
	{"when=soon", "anniversary(when)", "(missing)"},
	{NULL, "anniversary(product.season) - 14d", "2027-04-17T00:00:00"},
	{NULL, "anniversary(closed_at)", "(missing)"},
	/* working time */
	{NULL, "work(opened_at, 8h)", "2026-11-19T10:00:00"},
	{NULL, "work(opened_at, 150m)", "2026-11-18T12:00:00"},
	{NULL, "work(2026-11-20T17:00, 1h)", "2026-11-23T09:00:00"},
	{NULL, "work(opened_at, 0h)", "2026-11-18T09:30:00"},
	{NULL, "work(closed_at, 8h)", "(missing)"},
	{NULL, "work(when, 30m)", "2026-01-05T09:00:00"},
	{NULL, "work(opened_at, quantity * 1h)", "2026-11-18T14:00:00"},
	{NULL, "work(opened_at, score * 1h)", "(missing)"},
	{NULL, "worktime(opened_at, 2026-11-19T09:30)", "7.5"},
	{NULL, "worktime(2026-11-19T09:30, opened_at)", "-7.5"},
	{NULL, "worktime(opened_at, closed_at)", "(missing)"},
	/* half-lives */
	{NULL, "decay(0, 90)", "1"},
	{NULL, "decay(90, 90)", "0.5"},
	{NULL, "decay(45, 90)", "0.7071"},
	{NULL, "decay(30, 90)", "0.7937"},
	{NULL, "decay(1, 3)", "0.7937"},
	{NULL, "decay(365, 90)", "0.0601"},
	{NULL, "decay(0.0001, 89999999999999)", "1"},
	{NULL, "decay(13, 1)", "0.0001"},
	{NULL, "decay(14, 1)", "0.0001"},
	{NULL, "decay(14.2877, 1)", "0.0001"},
	{NULL, "decay(14.2878, 1)", "0"},
	{NULL, "decay(15, 1)", "0"},
	{NULL, "decay(89999999999999, 0.0001)", "0"},
	/* 1/32 is 0.03125: half to even; 1/64 is 0.015625; 1/128 0.0078125 */
	{NULL, "decay(5, 1)", "0.0312"},
	{NULL, "decay(6, 1)", "0.0156"},
	{NULL, "decay(7, 1)", "0.0078"},
	{NULL, "decay(-90, 90)", "2"},
	{NULL, "decay(-45, 90)", "1.4142"},
	{NULL, "decay(-1, 3)", "1.2599"},
	{NULL, "decay(-46, 1)", "70368744177664"},
	{NULL, "decay(-46.3, 1)", "86634086268428.6388"},
	{NULL, "decay(-46.4, 1)", "(missing)"},
	{NULL, "decay(-47, 1)", "(missing)"},
	{NULL, "decay(-89999999999999, 0.0001)", "(missing)"},
	{NULL, "decay(1, 0)", "(missing)"},
	{NULL, "decay(1, -1)", "(missing)"},
	{NULL, "decay(score, 90)", "(missing)"},
	{NULL, "decay(90, score)", "(missing)"},
	{NULL, "decay(36h, 3d)", "0.7071"},
	{NULL, "decay(asof - opened_at, 71h)", "0.5"},
	{NULL, "20 * decay(quantity, 3)", "10"},
	{NULL, "decay(1d, 90)", "!10 decay() takes values of one type, not a "
		"duration and a number"},
	{NULL, "decay(note, 90)", "!6 decay() takes a number or a duration, "
		"not a text"},
	{NULL, "decay(asof, asof)", "!6 decay() takes a number or a duration, "
		"not a time"},
	{NULL, "decay(90)", "!0 decay() takes 2 values, not 1"},
	/* relations */
	{NULL, "has('repair')", "true"},
	{NULL, "has('callback')", "false"},
	{NULL, "not has(\"callback\")", "true"},
	{NULL, "count('repair')", "2"},
	{NULL, "count('callback')", "0"},
	{NULL, "count('repair') + 1", "3"},
	{NULL, "first('repair')", "1970-01-01T00:00:00"},
	{NULL, "last('repair')", "1970-01-02T00:00:00"},
	{NULL, "last('callback')", "(missing)"},
	{NULL, "first('callback')", "(missing)"},
	{NULL, "sum('repair')", "30.50"},
	{NULL, "sum('callback')", "(missing)"},
	{NULL, "sum('hold')", "(missing)"},
	{NULL, "sum('hold') ?? 0", "0.00"},
	{NULL, "count('repair', opened_at >= asof - 30d) > 1", "true"},
	{NULL, "has('repair', status == 'closed' or status in ('a'))", "true"},
	{NULL, "last('callback') ?? opened_at", "2026-11-18T09:30:00"},
};

static bool
is_true(struct expr *e, struct expr_env *env)
{
	return e != NULL && expr_true(e, env) == 1;
}

static void
test_no_rows(struct expr_scope *scope)
{
	static struct case_row row;
	struct expr_error error;
	struct expr_env env;
	struct expr *e = expr_compile(scope, slice_of("not has('repair') and "
		"count('repair') == 0 and empty(last('repair')) and "
		"empty(sum('repair')) and empty(customer.name) and "
		"empty(points)"), &error);

	case_row_set(&row, NULL);
	env = case_env(&row, NULL);
	env.cells[1] = NULL;
	env.given = NULL;
	tap_ok(is_true(e, &env), "no related rows, no customer, no values");
	buf_free(&env.scratch);
}

static void
test_relations(const struct calendar *calendar)
{
	struct expr_scope scope = case_scope(calendar);
	struct expr_error error;
	struct expr *e;

	e = expr_compile(&scope, slice_of("count('a') + count('a', kind == 'x')"
		" > 1 and has('a') and has( 'a' , kind == 'x' ) and "
		"last('b', work(opened_at, 1h) < asof) < asof"), &error);
	tap_ok(e != NULL && scope.relation_count == 3,
		"one relation for each kind and condition");
	tap_ok(slice_is(scope.relations[0].kind, "a") &&
		scope.relations[0].where == NULL &&
		slice_is(scope.relations[1].kind, "a") &&
		scope.relations[1].where != NULL &&
		expr_type(scope.relations[1].where) == EXPR_BOOL,
		"their kinds and conditions");
	tap_ok(!scope.uses_holds && !scope.uses[0][1],
		"a condition uses nothing of the subject");
	tap_ok(slice_is(expr_relation_text(e, 0), "count('a')") &&
		slice_is(expr_relation_text(e, 1), "count('a', kind == 'x')") &&
		slice_is(expr_relation_text(e, 2), "has('a')") &&
		slice_is(expr_relation_text(e, 3), "has( 'a' , kind == 'x' )") &&
		expr_relation_text(e, 5).n == 0, "relations as they are written");
	e = expr_compile(&scope, slice_of("worktime(opened_at, closed_at) > 8h "
		"and customer.tier == 'gold'"), &error);
	tap_ok(e != NULL && scope.uses_holds, "worktime() needs holds");
	tap_ok(scope.uses[0][3] && scope.uses[0][4] && !scope.uses[0][0] &&
		scope.uses[1][1] && !scope.uses[1][0] && !scope.uses[2][0],
		"the columns that occur are marked");
	expr_scope_free(&scope);
	tap_ok(scope.relation_count == 0 && scope.uses[0] == NULL,
		"a scope is empty when it is freed");
}

static void
test_write_relations(struct expr_scope *scope)
{
	static const char *const want[] = {"2", "30.50", "1970-01-02T00:00:00",
		"true", ""};
	static struct case_row row;
	struct expr_cell cells[64];
	struct expr_error error;
	struct expr_env env;
	struct expr *e = expr_compile(scope, slice_of("count('repair') > 0 and "
		"sum('repair') > 0 and last('repair') < asof or has('repair') "
		"or empty(sum('hold'))"), &error);
	struct buf b = {0};
	size_t i;

	case_row_set(&row, NULL);
	case_cells(scope, cells);
	env = case_env(&row, cells);
	for (i = 0; i < CASE_COUNT(want); i++) {
		buf_clear(&b);
		expr_relation_write(e, i, &env, &b);
		tap_ok(slice_is(buf_slice(&b), want[i]), "the value of %.*s",
			(int)expr_relation_text(e, i).n, expr_relation_text(e, i).p);
	}
	buf_free(&b);
	buf_free(&env.scratch);
}

static void
test_holds(struct expr_scope *scope)
{
	static struct case_row row;
	struct calendar_span hold;
	struct expr_error error;
	struct expr_env env;
	struct expr *e = expr_compile(scope, slice_of("work(opened_at, 8h) == "
		"2026-11-19T11:00 and opened_at + 8h == 2026-11-18T17:30 and "
		"worktime(opened_at, 2026-11-19T11:00) == 8h"), &error);

	case_row_set(&row, NULL);
	env = case_env(&row, NULL);
	date_read(slice_of("2026-11-18T14:00"), &hold.from);
	date_read(slice_of("2026-11-18T15:00"), &hold.to);
	env.holds = &hold;
	env.hold_count = 1;
	tap_ok(is_true(e, &env), "holds count for work() and worktime() only");
	buf_free(&env.scratch);
}

/* Several decoded texts at once, each larger than the scratch was. */
static void
test_scratch(struct expr_scope *scope)
{
	static struct case_row row;
	static char changes[2048];
	struct expr_error error;
	struct expr_value value;
	struct expr_env env;
	struct expr *e;
	size_t i, n;

	strcpy(changes, "note=");
	for (i = 0; i < 300; i++)
		strcat(changes, "\\\\A");
	n = strlen(changes);
	strcat(changes, "\tmodel=");
	memcpy(changes + n + 7, changes + 5, n - 5);
	case_row_set(&row, changes);
	env = case_env(&row, NULL);
	e = expr_compile(scope, slice_of("note == model and lower(note) == "
		"lower(model) and upper(lower(note)) == model and "
		"note ~ '^[A\\\\]+$' and length(upper(note)) == 600"), &error);
	tap_ok(is_true(e, &env), "texts stay while the scratch grows");
	n = env.scratch.room;
	tap_ok(is_true(e, &env) && env.scratch.room == n,
		"the scratch is large enough the second time");
	e = expr_compile(scope, slice_of("lower(note) ?? model"), &error);
	tap_ok(e != NULL && expr_eval(e, &env, &value) == EXPR_OK &&
		value.s.n == 600 && memcmp(value.s.p, "\\a\\a", 4) == 0,
		"a text result in the scratch");
	buf_free(&env.scratch);
}

int
main(void)
{
	struct calendar *calendar = calendar_open(NULL);
	struct expr_scope scope = case_scope(calendar);

	case_run(&scope, cases, CASE_COUNT(cases));
	test_no_rows(&scope);
	test_holds(&scope);
	test_scratch(&scope);
	test_write_relations(&scope);
	test_relations(calendar);
	expr_scope_free(&scope);
	calendar_close(calendar);
	return tap_done();
}
