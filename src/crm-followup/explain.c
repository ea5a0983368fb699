#include "explain.h"

#include "date.h"

#include "mask.h"

enum { MOST_STEPS = 64 };

static void
add_values(const struct expr *e, struct expr_env *env, struct buf *b)
{
	struct buf values = {0};

	expr_explain(e, env, &values);
	if (values.n) {
		buf_text(b, " [");
		buf_add(b, buf_slice(&values));
		buf_byte(b, ']');
	}
	buf_free(&values);
}

static void
add_minute(struct buf *b, int64_t t, bool with_day)
{
	char text[DATE_SIZE];
	size_t n = date_write(text, t);

	if (t % DATE_MINUTE == 0)
		n -= 3;
	buf_add(b, (struct slice){text + (with_day ? 0 : 11),
		n - (with_day ? 0 : 11)});
}

/* The pieces of working time from start to the deadline. */
static void
add_steps(const struct find *f, const struct expr_env *env, int64_t start,
	int64_t due, struct buf *b)
{
	struct calendar_span piece;
	size_t n = 0;

	buf_text(b, "; working time from ");
	add_minute(b, start, true);
	buf_byte(b, ':');
	while (n < MOST_STEPS && calendar_next(f->job->calendar, start, due,
		env->holds, env->hold_count, &piece)) {
		bool to_midnight = piece.to % DATE_DAY == 0;

		buf_text(b, n++ ? ", " : " ");
		add_minute(b, piece.from, true);
		buf_byte(b, '-');
		if (to_midnight)
			buf_text(b, "24:00");
		else
			add_minute(b, piece.to, false);
		start = piece.to;
	}
	if (n == MOST_STEPS)
		buf_text(b, ", ...");
	for (size_t i = 0; i < env->hold_count; i++) {
		buf_text(b, i ? ", " : "; held ");
		add_minute(b, env->holds[i].from, true);
		buf_byte(b, '-');
		add_minute(b, env->holds[i].to, true);
	}
	buf_text(b, "; deadline ");
	add_minute(b, due, true);
}

/* The cells of a file's record with names and phones masked, in the pool. */
static struct slice *
masked_cells(const struct plan_table *t, const struct slice *cells,
	struct mem_pool *pool)
{
	struct slice *masked = mem_pool_get(pool, t->count * sizeof(*masked));
	struct buf b = {0}, text = {0};

	for (size_t i = 0; i < t->count; i++) {
		masked[i] = cells[i];
		buf_clear(&b);
		if (mask_column(&b, t->names[i], find_decode(&text, cells[i])))
			masked[i] = mem_pool_copy(pool, buf_slice(&b));
	}
	buf_free(&b);
	buf_free(&text);
	return masked;
}

static void
add_reasons(const struct find *f, struct expr_env *env,
	const struct plan_rule *rule, struct buf *b)
{
	struct expr_env shown = *env;
	struct mem_pool pool = {0};

	shown.scratch = (struct buf){0};
	for (size_t t = 0; f->job->mask && t < PLAN_PRODUCTS; t++)
		if (env->cells[t] && rule->on != PLAN_OWNER)
			shown.cells[t] = masked_cells(&f->job->plan->tables[
				rule->on == PLAN_CUSTOMER ? PLAN_CUSTOMERS : t],
				env->cells[t], &pool);
	buf_add(b, rule->when_text.n ? rule->when_text : slice_of("always"));
	add_values(rule->when, &shown, b);
	buf_text(b, "; due ");
	buf_add(b, rule->due_text);
	add_values(rule->due, &shown, b);
	buf_free(&shown.scratch);
	mem_pool_free(&pool);
}

void
explain(const struct find *f, struct expr_env *env,
	const struct plan_rule *rule, int64_t due, struct buf *b)
{
	struct expr_value start;

	add_reasons(f, env, rule, b);
	if (rule->start && expr_eval(rule->start, env, &start) == EXPR_OK &&
		!start.missing)
		add_steps(f, env, start.i, due, b);
}
