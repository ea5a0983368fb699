#include "expr_case.h"

/* What is refused when rules are read, where, and how it is said. */
static const struct expr_case cases[] = {
	/* names */
	{NULL, "quantity > scroe",
		"!11 unknown column \"scroe\" (did you mean \"score\"?)"},
	{NULL, "zzzzzz", "!0 unknown column \"zzzzzz\""},
	{NULL, "  Kind == 'x'",
		"!2 unknown column \"Kind\" (did you mean \"kind\"?)"},
	{NULL, "as_of < asof",
		"!0 unknown column \"as_of\" (did you mean \"asof\"?)"},
	{NULL, "True", "!0 unknown column \"True\" (did you mean \"true\"?)"},
	{NULL, "tier == 'gold'",
		"!0 unknown column \"tier\" (did you mean \"customer.tier\"?)"},
	{NULL, "customer.teir == 'gold'", "!0 unknown column "
		"\"customer.teir\" (did you mean \"customer.tier\"?)"},
	{NULL, "1 + custmer.tier",
		"!4 unknown table \"custmer\" (did you mean \"customer\"?)"},
	{NULL, "warehouse.tier", "!0 unknown table \"warehouse\""},
	{NULL, "\xe6\x95\xb0\xe7\x9b\xae > 1",
		"!0 unknown column \"\xe6\x95\xb0\xe7\x9b\xae\""},
	{NULL, "lenght(note)",
		"!0 unknown function \"lenght\" (did you mean \"length\"?)"},
	{NULL, "hass('repair')",
		"!0 unknown function \"hass\" (did you mean \"has\"?)"},
	{NULL, "1 + frobnicate(note)", "!4 unknown function \"frobnicate\""},
	{NULL, "kind('x')", "!0 unknown function \"kind\""},
	{NULL, "mean(amount)", "!0 mean() is an aggregate of a report and "
		"cannot stand here"},
	/* tokens */
	{NULL, "kind = 'x'", "!5 unknown sign \"=\" (did you mean \"==\"?)"},
	{NULL, "ready && ready",
		"!6 unknown sign \"&&\" (did you mean \"and\"?)"},
	{NULL, "ready || ready", "!6 unknown sign \"||\" (did you mean \"or\"?)"},
	{NULL, "!ready", "!0 unknown sign \"!\" (did you mean \"not\"?)"},
	{NULL, "quantity <> 3", "!10 expected a value, found \">\""},
	{NULL, "ready AND ready", "!6 expected an operator, found \"AND\" (did "
		"you mean \"and\"?)"},
	{NULL, "quantity # 3", "!9 unexpected \"#\""},
	{NULL, "quantity > .5", "!11 unexpected \".\""},
	{NULL, "5.", "!1 unexpected \".\""},
	{NULL, "\x01", "!0 unexpected byte 0x01"},
	{NULL, "kind == 'a' \xff", "!12 unexpected byte 0xff"},
	{NULL, "kind == \"x", "!8 this quote is not closed"},
	{NULL, "kind == 'x\"", "!8 this quote is not closed"},
	{NULL, "kind == \xe2\x80\x9cx\xe2\x80\x9d", "!8 unexpected "
		"\"\xe2\x80\x9c\" (texts stand in \"...\" or '...')"},
	{NULL, "quantity\xef\xbc\x9e" "3",
		"!8 unexpected \"\xef\xbc\x9e\" (did you mean \">\"?)"},
	{NULL, "quantity \xef\xbc\x9e 3",
		"!9 unexpected \"\xef\xbc\x9e\" (did you mean \">\"?)"},
	{NULL, "length\xef\xbc\x88note)",
		"!6 unexpected \"\xef\xbc\x88\" (did you mean \"(\"?)"},
	{NULL, "quantity\xe3\x80\x80>\xc2\xa0" "2", "true"},
	{NULL, "1.23456", "!0 more than four decimals: \"1.23456\""},
	{NULL, "90000000000000", "!0 number too large: \"90000000000000\""},
	{NULL, "asof - 3x", "!7 unknown unit \"x\" (durations are 45s 30m 72h "
		"7d 2w, periods 3mo 1y)"},
	{NULL, "1e5", "!0 unknown unit \"e5\" (durations are 45s 30m 72h 7d 2w,"
		" periods 3mo 1y)"},
	{NULL, "0.5s", "!0 not whole seconds: \"0.5s\""},
	{NULL, "1.5mo", "!0 not whole months: \"1.5mo\""},
	{NULL, "80000000000000w * 1", "!0 too long: \"80000000000000w\""},
	{NULL, "opened_at > 2026-02-30", "!12 no such time: \"2026-02-30\""},
	{NULL, "2026-11-21T25:00", "!0 no such time: \"2026-11-21T25:00\""},
	{NULL, "2026-11-21T", "!0 not a time: \"2026-11-21T\""},
	{NULL, "2026-11-21T08:30:00.5",
		"!0 not a time: \"2026-11-21T08:30:00.5\""},
	{NULL, "2025-02-29", "!0 no such time: \"2025-02-29\""},
	/* grammar */
	{NULL, "quantity >", "!10 expected a value at the end"},
	{NULL, "(1 + 2", "!6 expected \")\" at the end"},
	{NULL, "(1 + 2 3", "!7 expected \")\", found \"3\""},
	{NULL, "1 + 2)", "!5 \")\" without \"(\""},
	{NULL, "()", "!1 expected a value, found \")\""},
	{NULL, "1 2", "!2 expected an operator, found \"2\""},
	{NULL, "kind 'x'", "!5 expected an operator, found \"x\""},
	{NULL, "1, 2", "!1 expected an operator, found \",\""},
	{NULL, "+ 1", "!0 expected a value, found \"+\""},
	{NULL, "and ready", "!0 expected a value, found \"and\""},
	{NULL, "ready and", "!9 expected a value at the end"},
	{NULL, "ready or or ready", "!9 expected a value, found \"or\""},
	{NULL, "1 < 2 < 3", "!6 comparisons do not chain (join them with "
		"\"and\")"},
	{NULL, "kind == not ready", "!8 expected a value, found \"not\""},
	{NULL, "kind not in ('a')", "!5 expected an operator, found \"not\" "
		"(write \"not\" in front: not x in (...))"},
	{NULL, "kind not", "!5 expected an operator, found \"not\""},
	{NULL, "kind in 'a'", "!8 expected \"(\" and a list, found \"a\""},
	{NULL, "kind in ()", "!9 expected a value, found \")\""},
	{NULL, "kind in ('a'", "!12 expected \",\" or \")\" at the end"},
	{NULL, "kind in ('a' 'b')", "!13 expected \",\" or \")\", found \"b\""},
	{NULL, "kind in ('a',)", "!13 expected a value, found \")\""},
	{NULL, "length(note", "!11 expected \",\" or \")\" at the end"},
	{NULL, "length(,)", "!7 expected a value, found \",\""},
	{NULL, "customer.", "!8 unexpected \".\""},
	/* types */
	{NULL, "opened_at > 5", "!10 cannot compare a time with a number "
		"(a date is written as 2026-01-05)"},
	{NULL, "2026-1-5 < opened_at", "!9 cannot compare a number with a time "
		"(a date is written as 2026-01-05)"},
	{NULL, "birthday > 1990-1-1", "!9 cannot compare a text with a number "
		"(a birthday is a date; its year() is a number)"},
	{NULL, "birthday in (1990)", "!9 cannot compare a text with a number "
		"(a birthday is a date; its year() is a number)"},
	{NULL, "opened_at > '2026-11-21'", "!10 cannot compare a time with a "
		"text (times are written without quotes)"},
	{NULL, "'5' == quantity", "!4 cannot compare a text with a number "
		"(numbers are written without quotes)"},
	{NULL, "quantity == 1h", "!9 cannot compare a number with a duration"},
	{NULL, "1d == 1mo", "!3 cannot compare a duration with a period"},
	{NULL, "note == 1h", "!5 cannot compare a text with a duration"},
	{NULL, "ready == 1", "!6 cannot compare a condition with a number"},
	{NULL, "ready < true", "!6 conditions are only compared with == and !="},
	{NULL, "quantity in (1, 'a')", "!9 the list mixes a number and a text"},
	{NULL, "note in (1, 'a')", "!5 the list mixes a number and a text"},
	{NULL, "quantity in ('a')", "!9 cannot compare a number with a text "
		"(numbers are written without quotes)"},
	{NULL, "opened_at + 5", "!10 cannot add a number to a time"},
	{NULL, "opened_at + due_at", "!10 cannot add a time to a time"},
	{NULL, "amount + note", "!7 cannot add a text to a number"},
	{NULL, "number + 1", "!7 cannot add a number to a text"},
	{NULL, "72h - opened_at", "!4 cannot subtract a time from a duration"},
	{NULL, "amount - 1h", "!7 cannot subtract a duration from a number"},
	{NULL, "1y - 1mo", "!3 cannot subtract a period from a period"},
	{NULL, "opened_at * 2", "!10 cannot multiply a time by a number"},
	{NULL, "number * 2", "!7 cannot multiply a text by a number"},
	{NULL, "'2' * 1mo", "!4 cannot multiply a text by a period"},
	{NULL, "1h * 1h", "!3 cannot multiply a duration by a duration"},
	{NULL, "1 / 1h", "!2 cannot divide a number by a duration"},
	{NULL, "1h % 2", "!3 cannot take the remainder of a duration by a "
		"number"},
	{NULL, "-opened_at", "!0 cannot negate a time"},
	{NULL, "-note", "!0 cannot negate a text"},
	{NULL, "-ready", "!0 cannot negate a condition"},
	{NULL, "not quantity", "!4 \"not\" needs a condition, not a number"},
	{NULL, "ready and quantity",
		"!10 \"and\" needs a condition, not a number"},
	{NULL, "note or ready", "!0 \"or\" needs a condition, not a text"},
	{NULL, "score ?? 'a'", "!6 \"?\?\" needs two values of one type, not a "
		"number and a text"},
	{NULL, "quantity ~ '3'", "!9 \"~\" needs a text, not a number"},
	{NULL, "note !~ kind", "!8 expected a pattern in quotes after \"!~\""},
	{NULL, "note ~ 3", "!7 expected a pattern in quotes after \"~\""},
	/* functions */
	{NULL, "length(quantity)", "!7 length() takes a text, not a number"},
	{NULL, "year(quantity)", "!5 year() takes a time, not a number"},
	{NULL, "year('2026-01-01')", "!5 year() takes a time, not a text (times "
		"are written without quotes)"},
	{NULL, "days(asof)", "!5 days() takes a duration, not a time"},
	{NULL, "abs(note)", "!4 abs() takes a number or a duration, not a text"},
	{NULL, "floor(1h)", "!6 floor() takes a number, not a duration"},
	{NULL, "min(1, 1h)", "!7 min() takes values of one type, not a number "
		"and a duration"},
	{NULL, "max(note, 'a')", "!4 max() takes a number, a time or a "
		"duration, not a text"},
	{NULL, "min(1)", "!0 min() takes 2 values or more, not 1"},
	{NULL, "empty()", "!0 empty() takes 1 value, not 0"},
	{NULL, "1 + length(note, kind)", "!4 length() takes 1 value, not 2"},
	{NULL, "contains(note)", "!0 contains() takes 2 values, not 1"},
	{NULL, "contains(note, 3)", "!15 contains() takes a text, not a number"},
	{NULL, "anniversary(3)", "!12 anniversary() takes a time, not a number"},
	{NULL, "work(opened_at, 3d)", "!16 work() takes hours, minutes or "
		"seconds of working time, not days or weeks"},
	{NULL, "work(opened_at, 1h + 2w)", "!16 work() takes hours, minutes or "
		"seconds of working time, not days or weeks"},
	{NULL, "work(opened_at, -2 * 1d)", "!16 work() takes hours, minutes or "
		"seconds of working time, not days or weeks"},
	{NULL, "work(opened_at, 1mo)",
		"!16 work() takes a duration, not a period"},
	{NULL, "work(opened_at, 8)", "!16 work() takes a duration, not a "
		"number"},
	{NULL, "worktime(opened_at, 8h)",
		"!20 worktime() takes a time, not a duration"},
	/* relations */
	{NULL, "has()", "!4 has() needs a kind in quotes, as in "
		"has(\"repair\")"},
	{NULL, "count(kind)", "!6 count() needs a kind in quotes, as in "
		"count(\"repair\")"},
	{NULL, "count('')", "!6 count() needs a kind in quotes, as in "
		"count(\"repair\")"},
	{NULL, "has('a' 'b')", "!8 expected \",\" or \")\", found \"b\""},
	{NULL, "has('a', quantity)",
		"!9 a relation needs a condition on its rows, not a number"},
	{NULL, "has('a', knid == 'x')",
		"!9 unknown column \"knid\" (did you mean \"kind\"?)"},
	{NULL, "has('a', has('b'))",
		"!9 has() cannot stand in the condition of a relation"},
	{NULL, "has('a', customer.tier == 'x')", "!9 unknown table \"customer\""
		" (the condition of a relation sees only its own rows)"},
	{NULL, "has('a', points > 1)", "!9 unknown column \"points\""},
	{NULL, "has('a', ready, ready)", "!9 unknown column \"ready\""},
	{NULL, "has('a', quantity > 1, 2)", "!21 expected \")\", found \",\""},
};

static void
nested(struct expr_scope *scope, const char *open, size_t count,
	const char *middle, const char *close, const char *want)
{
	struct expr_case c = {NULL, NULL, want};
	struct buf text = {0}, got = {0};
	size_t i;

	for (i = 0; i < count; i++)
		buf_text(&text, open);
	buf_text(&text, middle);
	for (i = 0; i < count; i++)
		buf_text(&text, close);
	buf_byte(&text, '\0');
	c.text = text.p;
	case_result(scope, &c, &got);
	if (!tap_ok(slice_is(buf_slice(&got), want), "%zu times %s", count,
		*open != '\0' ? open : close))
		printf("# got  %.*s\n", (int)got.n, got.p);
	buf_free(&text);
	buf_free(&got);
}

static void
test_depth(struct expr_scope *scope)
{
	static const char deep[] = "nested too deeply (more than 200 levels)";
	char want[80];

	nested(scope, "(", 199, "1", ")", "1");
	snprintf(want, sizeof(want), "!200 %s", deep);
	nested(scope, "(", 200, "1", ")", want);
	nested(scope, "(", 100000, "1", ")", want);
	nested(scope, "-", 198, "1", "", "1");
	snprintf(want, sizeof(want), "!199 %s", deep);
	nested(scope, "-", 100000, "1", "", want);
	snprintf(want, sizeof(want), "!796 %s", deep);
	nested(scope, "not ", 100000, "ready", "", want);
	snprintf(want, sizeof(want), "!1200 %s", deep);
	nested(scope, "lower(", 100000, "note", ")", want);
	nested(scope, "", 100000, "1", " + 1", "100001");
	nested(scope, "", 1000, "quantity", " + 1", "1003");
	nested(scope, "", 100000, "quantity", " + 1", "!4013 too many "
		"operations, one upon the other (more than 1000)");
	nested(scope, "", 100000, "quantity == 4", " or quantity == 5",
		"false");
}

/* A pattern's message is the system's own. */
static void
test_pattern(struct expr_scope *scope)
{
	struct expr_error error;

	tap_ok(expr_compile(scope, slice_of("note ~ '('"), &error) == NULL &&
		error.position == 7 &&
		strncmp(error.text, "bad pattern: ", 13) == 0,
		"a pattern that is none");
}

static void
test_scopes(void)
{
	static const struct expr_case plain[] = {
		{NULL, "orders > 1 and has('repair')", "!0 unknown column "
			"\"orders\""},
		{NULL, "has('repair')", "!0 has() looks at tickets, and none "
			"are read here; see crm-score --card"},
		{NULL, "quantity > count('repair')", "!11 count() looks at "
			"tickets, and none are read here; see crm-score --card"},
		{NULL, "work(opened_at, 8h)", "!0 work() needs a calendar, and "
			"there is none here"},
	};
	static const struct expr_case silent[] = {
		{NULL, "last('repair')", "!0 last() looks at tickets, and none "
			"are read here"},
	};
	struct expr_scope scope = case_scope(NULL);
	struct expr_error error;

	scope.relation_of = EXPR_NO_RELATIONS;
	scope.relation_hint = "see crm-score --card";
	case_run(&scope, plain, CASE_COUNT(plain));
	scope.relation_hint = NULL;
	case_run(&scope, silent, CASE_COUNT(silent));
	tap_ok(expr_compile_as(&scope, slice_of("quantity"), EXPR_BOOL,
		&error) == NULL && error.position == 0 &&
		strcmp(error.text, "needs a condition, not a number") == 0,
		"an expression of another type than is needed");
	tap_ok(expr_compile_as(&scope, slice_of(""), EXPR_BOOL, &error) != NULL
		&& expr_compile_as(&scope, slice_of("1h"), EXPR_DURATION,
		&error) != NULL, "of the type that is needed");
	expr_scope_free(&scope);
}

int
main(void)
{
	struct calendar *calendar = calendar_open(NULL);
	struct expr_scope scope = case_scope(calendar);

	case_run(&scope, cases, CASE_COUNT(cases));
	test_depth(&scope);
	test_pattern(&scope);
	test_scopes();
	expr_scope_free(&scope);
	calendar_close(calendar);
	return tap_done();
}
