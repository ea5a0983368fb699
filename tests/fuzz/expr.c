/* Expressions: what is refused is refused at a place in the text, what is
 * accepted comes to something of its type on any row; the same from its own text
 * again, with shared values, and as far as a few columns tell it. */
#include <string.h>

#include "fuzz.h"
#include "mem.h"
#include "text.h"
#include "tests/unit/expr_case.h"

/* A list of expressions; behind a byte 1 the changes of the row. The first byte:
 * whether they are those of a report. */
const char *const fuzz_seeds[] = {
	"0kind == 'repair' and closed_at <= due_at or not (amount > 100)",
	"0a = closed_at - opened_at; hours(closed_at - opened_at) > 24\1"
		"closed_at=2026-11-19T10:00:00\topened_at=nonsense",
	"0if(month(opened_at) > 6, kind, status); yearmonth(opened_at + 3mo)",
	"0has('repair', score >= 4) or first('repair') <= closed_at + 24h",
	"0count('callback') * 2 + sum('part') / quantity - abs(-3.5)",
	"0customer.credit_limit - amount ?? 5; lower(customer.remark) ~ '^a.b$'",
	"0work(opened_at, 8h); worktime(opened_at, asof); decay(30d, 7d)",
	"0kind in ('a', \"b\"); year(birthday) + day(wedding); column('x')",
	"0contains(note, 'l') and starts(note, 'H') and gtin(model)\1note=a\\tb",
	"0anniversary(birthday) < 2026-12-31 08:30; points + fee; label; ready",
	"0min(amount, 3, quantity); max(1d, 2w); floor(2.5); round(sqrt(2))",
	"0empty(closed_at); length(name); upper(note); money(1.2345); date(asof)",
	"0status == 'open' or not (kind == 'repair' and amount > 100)",
	"0kind in ('a', 'b') and (status == 'closed' or closed_at <= due_at)",
	"1count(); sum(amount); mean(closed_at - opened_at); p90(quantity)",
	"1rate(closed_at <= due_at); share(fee); distinct(kind); rank(points)",
	"1change(fee) / 2; total(points); median(amount) + running(fee)",
	NULL
};

enum { MOST = 6 };

/* What an input comes to. */
struct trial {
	struct expr_scope scope;
	struct expr *alone[MOST], *shared[MOST];
	size_t n;
	struct case_row row;
	struct expr_cell *cells;
	struct expr_value *aggregates;
	struct expr_shared *values;
	struct buf first, second;
};

static struct calendar *calendar;

/* Patterns that regcomp or regexec take long for. */
static bool
slow(struct slice text)
{
	return memchr(text.p, '~', text.n) && (memchr(text.p, '{', text.n) ||
		memchr(text.p, '\\', text.n));
}

static void
check_error(const struct expr_error *error, struct slice text)
{
	size_t n = strnlen(error->text, sizeof error->text);

	assert(error->position <= text.n);
	assert(n > 0 && n < sizeof error->text);
}

static void
compile(struct trial *t, struct slice text)
{
	struct expr_error error = {.position = SIZE_MAX};
	struct expr *e = expr_compile(&t->scope, text, &error);
	enum expr_type type;

	if (!e) {
		check_error(&error, text);
		return;
	}
	type = expr_type(e);
	assert(expr_type_name(type)[0] != '\0');
	assert(type == EXPR_NUMBER || !expr_money(e));
	assert(expr_compile_as(&t->scope, text, type, &error));
	type = type == EXPR_BOOL ? EXPR_TEXT : EXPR_BOOL;
	assert(!expr_compile_as(&t->scope, text, type, &error));
	check_error(&error, text);
	t->alone[t->n] = e;
	t->shared[t->n] = expr_compile(&t->scope, expr_argument(e), &error);
	assert(t->shared[t->n++]);
}

static void
compile_list(struct trial *t, struct slice text)
{
	size_t position = 0, at;
	struct slice name, expression;

	while (t->n < MOST &&
		expr_item(text, &position, &name, &expression, &at)) {
		assert(at <= text.n && expression.n <= text.n - at);
		assert(expression.n == 0 || expression.p == text.p + at);
		assert(name.n == 0 || (name.p >= text.p &&
			name.p + name.n <= text.p + at));
		compile(t, expression);
	}
}

static struct expr_env
make_env(struct trial *t)
{
	struct expr_env env = case_env(&t->row, t->cells);

	env.aggregates = t->aggregates;
	return env;
}

/* Values for whatever the expressions ask for. */
static void
prepare(struct trial *t)
{
	t->cells = mem_zero(t->scope.relation_count, sizeof *t->cells);
	case_cells(&t->scope, t->cells);
	t->aggregates = mem_zero(t->scope.aggregate_count,
		sizeof *t->aggregates);
	for (size_t i = 0; i < t->scope.aggregate_count; i++) {
		const struct expr_aggregate *a = &t->scope.aggregated[i];

		t->aggregates[i] = (struct expr_value){a->type,
			a->function % 4 == 3, a->function % 2, {"x", 1}};
	}
	if (!t->scope.aggregates)
		expr_share(&t->scope, t->shared, t->n, 0);
	t->values = mem_zero(t->scope.shared_count, sizeof *t->values);
}

/* What e comes to, as a field; a bad value is named. */
static void
evaluate(struct trial *t, const struct expr *e, bool share, struct buf *to)
{
	struct expr_env env = make_env(t);
	struct expr_value value;
	struct buf plain = {0};

	if (share) {
		env.shared = t->values;
		env.shared_row = 1;
	}
	buf_clear(to);
	if (expr_eval(e, &env, &value) == EXPR_BAD) {
		assert(env.bad_why && env.bad_table < t->scope.table_count);
		assert(env.bad_column < case_tables[env.bad_table].count);
		buf_printf(to, "!%s %zu %zu", env.bad_why, env.bad_table,
			env.bad_column);
	} else {
		assert(value.type == expr_type(e));
		if (value.type == EXPR_BOOL)
			assert(!value.missing && (value.i == 0 || value.i == 1));
		expr_write(to, e, &value);
		for (size_t i = 0; i < to->n; i++)
			assert(!memchr("\t\n\r", to->p[i], 3));
		assert(text_unescape(&plain, buf_slice(to)));
		assert(!value.missing || to->n == 0);
		buf_printf(to, "%s%s", value.missing ? "-" : "+",
			env.met_missing ? "?" : "");
	}
	if (expr_type(e) == EXPR_BOOL)
		assert(expr_true(e, &env) == (to->p[0] == '!' ? -1 :
			to->p[0] == 't'));
	buf_free(&plain);
	buf_free(&env.scratch);
}

static void
check_same(struct trial *t, const struct expr *e, bool share)
{
	evaluate(t, e, share, &t->second);
	assert(slice_equal(buf_slice(&t->first), buf_slice(&t->second)));
}

/* e is a condition of which only two thirds of the columns are known. */
static void
check_known(struct trial *t, const struct expr *e)
{
	size_t columns[CASE_TICKET], n = 0;
	struct mem_pool pool = {0};
	struct expr_env env = make_env(t);
	struct expr *rest;
	int whole = expr_true(e, &env), known, first;

	for (size_t i = 0; i < CASE_TICKET; i++)
		if (i % 3 != 2)
			columns[n++] = i;
	known = expr_known(e, &env, columns, n);
	first = expr_known_first(e, &env, columns, n);
	assert(known < 0 || whole < 0 || known == whole);
	assert(first < 0 || first == whole);
	rest = expr_known_rest(e, &env, columns, n, &pool);
	if (whole >= 0)
		assert(expr_true(rest, &env) == whole);
	mem_pool_free(&pool);
	buf_free(&env.scratch);
}

static void
check_one(struct trial *t, size_t i)
{
	struct expr *e = t->alone[i];
	struct expr_env env = make_env(t);
	struct buf shown = {0};

	evaluate(t, e, false, &t->first);
	check_same(t, e, false);
	check_same(t, t->shared[i], false);
	if (!t->scope.aggregates) {
		check_same(t, t->shared[i], true);
		if (expr_type(e) == EXPR_BOOL)
			check_known(t, e);
	}
	expr_explain(e, &env, &shown);
	for (size_t k = 0; expr_relation_text(e, k).n; k++)
		expr_relation_write(e, k, &env, &shown);
	expr_needs(e);
	expr_by_day(e, 3);
	buf_free(&shown);
	buf_free(&env.scratch);
}

static void
check_related(struct trial *t)
{
	for (size_t i = 0; i < t->scope.relation_count; i++)
		if (t->scope.relations[i].where)
			evaluate(t, t->scope.relations[i].where, false,
				&t->first);
	for (size_t i = 0; i < t->scope.aggregate_count; i++)
		if (t->scope.aggregated[i].argument)
			evaluate(t, t->scope.aggregated[i].argument, false,
				&t->first);
}

static void
set_row(struct trial *t, struct slice changes)
{
	char *text;

	if (changes.n > 1024)
		changes.n = 1024;
	text = mem_copy(changes);
	for (size_t i = 0; i < changes.n; i++)
		if (text[i] == '\n')
			text[i] = ' ';
	case_row_set(&t->row, text);
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trial t = {.n = 0};
	struct slice text;
	const uint8_t *changes;

	if (size == 0)
		return 0;
	changes = memchr(data + 1, 1, size - 1);
	text = fuzz_text(data + 1,
		(changes ? (size_t)(changes - data) : size) - 1);
	if (slow(text))
		return 0;
	if (!calendar)
		calendar = calendar_open(NULL);
	t.scope = case_scope(calendar);
	t.scope.aggregates = data[0] % 2;
	set_row(&t, changes ? fuzz_text(changes + 1,
		(size_t)(data + size - changes) - 1) : (struct slice){"", 0});
	compile_list(&t, text);
	prepare(&t);
	for (size_t i = 0; i < t.n; i++)
		check_one(&t, i);
	check_related(&t);
	free(t.cells);
	free(t.aggregates);
	free(t.values);
	buf_free(&t.first);
	buf_free(&t.second);
	expr_scope_free(&t.scope);
	return 0;
}
