#include "expr_case.h"

/* Evaluated together, with what they have in common computed once. Each comes
 * to what it comes to alone, and says the same of what is bad or missing. */
static const char *const together[] = {
	"closed_at - opened_at",
	"hours(closed_at - opened_at) > 24",
	"closed_at <= due_at",
	"not (closed_at <= due_at)",
	"kind == 'repair' and closed_at <= due_at",
	"kind == 'repair' and closed_at <= due_at and amount > 100",
	"kind == 'repair' or closed_at > due_at or amount > 100",
	"first('repair') <= closed_at + 24h",
	"has('repair', score >= 4) or first('repair') <= closed_at + 24h",
	"amount * 2",
	"amount * 2 + quantity",
	"if(amount > 100, quantity, amount * 2)",
	"(closed_at ?? asof) - opened_at",
	"month(opened_at) + 1",
	"month(opened_at) * 12",
	"year(closed_at)",
	"if(month(opened_at) > 6, kind, status)",
	"note ~ 'H.l'",
	"note ~ 'H.l' and amount > 100",
	"year(birthday)",
	"customer.credit_limit - amount",
	"customer.credit_limit - amount > 0",
	"product.broken > 3",
	"product.broken > 3 and amount > 1",
};

enum { TOGETHER = CASE_COUNT(together) };

static const char *const rows[] = {
	"", "closed_at=2026-11-19T10:00:00", "closed_at=nonsense",
	"kind=repair\tclosed_at=2026-11-21", "amount=1,5", "amount=",
	"kind=repair\tclosed_at=2026-11-19\tdue_at=", "kind=a\\qb",
	"opened_at=2026-01-31 08:00+08:00\tquantity=", "due_at=?\tamount=99",
	"note=a\\tb",
};

struct outcome {
	enum expr_status status;
	struct expr_value value;
	bool met_missing;
	const char *why;
	size_t column;
};

static struct outcome
outcome(const struct expr *e, struct expr_env *env)
{
	struct outcome o = {.column = RECORD_NONE};

	o.status = expr_eval(e, env, &o.value);
	o.met_missing = env->met_missing;
	if (o.status == EXPR_BAD) {
		o.why = env->bad_why;
		o.column = env->bad_column;
	}
	return o;
}

static bool
alike(const struct outcome *a, const struct outcome *b)
{
	if (a->status != b->status || a->why != b->why ||
		a->column != b->column)
		return false;
	if (a->status == EXPR_BAD)
		return true;
	return a->met_missing == b->met_missing &&
		a->value.missing == b->value.missing &&
		(a->value.missing || (a->value.type == EXPR_TEXT ?
		slice_equal(a->value.s, b->value.s) :
		a->value.i == b->value.i));
}

static void
compile(struct expr_scope *scope, struct expr **list)
{
	struct expr_error error;
	size_t i;

	for (i = 0; i < TOGETHER; i++) {
		list[i] = expr_compile(scope, slice_of(together[i]), &error);
		if (list[i] == NULL) {
			tap_ok(false, "%s: %s", together[i], error.text);
			exit(tap_done());
		}
	}
}

/* In both directions, so that each part is computed first by another. */
static void
test_shared(struct expr_scope *scope, size_t known_column)
{
	struct expr *alone[TOGETHER], *shared[TOGETHER];
	struct expr_cell cells[64];
	struct expr_env env, once;
	static struct case_row row;
	struct expr_shared *values;
	size_t i, k, n = 0;
	uint32_t number = 0;

	compile(scope, alone);
	compile(scope, shared);
	expr_share(scope, shared, TOGETHER, known_column);
	values = mem_zero(scope->shared_count, sizeof *values);
	case_cells(scope, cells);
	for (i = 0; i < 2 * CASE_COUNT(rows); i++) {
		case_row_set(&row, rows[i / 2]);
		env = once = case_env(&row, cells);
		once.shared = values;
		once.shared_row = ++number;
		for (k = 0; k < TOGETHER; k++) {
			size_t at = i % 2 ? k : TOGETHER - 1 - k;
			struct outcome a = outcome(alone[at], &env);
			struct outcome b = outcome(shared[at], &once);

			n += !alike(&a, &b);
		}
		buf_free(&env.scratch);
		buf_free(&once.scratch);
	}
	tap_ok(n == 0, "together as alone, known column %zu", known_column);
	tap_ok(scope->shared_count > 8, "%zu are shared", scope->shared_count);
	free(values);
}

static const struct {
	const char *text;
	bool by_day;
} days[] = {
	{"month(opened_at)", true},
	{"year(opened_at) * 100 + month(opened_at)", true},
	{"yearmonth(opened_at)", true},
	{"weekday(opened_at)", true},
	{"date(opened_at)", true},
	{"if(month(opened_at) > 6, 'late', 'early')", true},
	{"floor((month(opened_at) - 1) / 3) + 1", true},
	{"opened_at", false},
	{"hour(opened_at)", false},
	{"month(closed_at)", false},
	{"month(closed_at ?? opened_at)", false},
	{"month(opened_at) + quantity", false},
	{"if(kind == 'repair', month(opened_at), 1)", false},
	{"kind", false},
	{"points", false},
	{"count('repair')", false},
};

static void
test_days(struct expr_scope *scope, size_t opened)
{
	struct expr_error error;
	size_t i;

	for (i = 0; i < CASE_COUNT(days); i++) {
		const struct expr *e = expr_compile(scope,
			slice_of(days[i].text), &error);

		tap_ok(e && expr_by_day(e, opened) == days[i].by_day,
			"by day: %s", days[i].text);
	}
}

/* What is left of a condition where kind and status are known. */
static const char *const conditions[] = {
	"kind == 'complaint' and amount > 100",
	"amount > 100 and kind == 'complaint'",
	"amount > 100 and kind == 'repair'",
	"kind == 'repair' or amount > 100",
	"amount > 100 or kind == 'complaint'",
	"not (kind == 'repair' or amount > 100)",
	"kind in ('complaint', 'repair') and (status == 'closed' or "
		"closed_at <= due_at or has('repair'))",
	"(status == 'open' and amount > 100) or (status == 'open' and "
		"amount > 200)",
	"not (status == 'closed' and amount > 100) and score >= 4",
	"empty(status) or amount > 100",
	"note ~ 'H.l' and status != 'closed'",
};

static void
test_rest(struct expr_scope *scope, const size_t *columns, bool share)
{
	struct expr *list[CASE_COUNT(conditions)], *left;
	struct mem_pool pool = {0};
	struct expr_shared values[64] = {{0}};
	struct expr_cell cells[64];
	static struct case_row row;
	struct expr_error error;
	struct expr_env env;
	size_t i, k;

	for (i = 0; i < CASE_COUNT(conditions); i++)
		list[i] = expr_compile(scope, slice_of(conditions[i]), &error);
	if (share)
		expr_share(scope, list, CASE_COUNT(conditions), 0);
	case_cells(scope, cells);
	for (i = 0; i < CASE_COUNT(conditions); i++) {
		bool same = true;

		for (k = 0; k < CASE_COUNT(rows); k++) {
			int whole;

			case_row_set(&row, rows[k]);
			env = case_env(&row, cells);
			whole = expr_true(list[i], &env);
			left = expr_known_rest(list[i], &env, columns, 2,
				&pool);
			env.shared = share ? values : NULL;
			env.shared_row = (uint32_t)(i * CASE_COUNT(rows) + k) +
				1;
			same = same && expr_true(left, &env) == whole &&
				expr_true(left, &env) == whole;
			buf_free(&env.scratch);
		}
		tap_ok(same, "what is left of %s", conditions[i]);
	}
	mem_pool_free(&pool);
}

static size_t
column(const char *name)
{
	size_t i = 0;

	while (!slice_is(case_tables[0].names[i], name))
		i++;
	return i;
}

int
main(void)
{
	struct calendar *calendar = calendar_open(NULL);
	size_t columns[2], i;

	for (i = 0; i < 4; i++) {
		struct expr_scope scope = case_scope(calendar);

		columns[0] = column("kind");
		columns[1] = column("status");
		if (i == 0)
			test_shared(&scope, 0);
		else if (i == 1)
			test_days(&scope, column("opened_at"));
		else
			test_rest(&scope, columns, i == 3);
		expr_scope_free(&scope);
	}
	calendar_close(calendar);
	return tap_done();
}
