#include "expr_node.h"

#include "date.h"
#include "text.h"

int
expr_eval_bad(const struct expr_node *column, struct expr_env *env,
	const char *why)
{
	env->bad_why = why;
	env->bad_table = column->table;
	env->bad_column = column->column;
	expr_value_field(column, env, &env->bad_value);
	return -1;
}

bool
expr_eval_room(struct expr_env *env, size_t n)
{
	struct buf *b = &env->scratch;

	if (b->room - b->n >= n)
		return true;
	buf_reserve(b, n);
	env->bad_why = NULL;
	return false;
}

int
expr_value_decode(const struct expr_node *n, struct expr_env *env, struct slice *s)
{
	struct buf *b = &env->scratch;
	size_t start = b->n;

	if (!expr_eval_room(env, s->n))
		return -1;
	if (!text_unescape(b, *s))
		return expr_eval_bad(n, env, "unknown escape");
	*s = (struct slice){b->p + start, b->n - start};
	return 1;
}

int
expr_value_given(const struct expr_node *n, const struct expr_env *env,
	const struct expr_value **value)
{
	const struct expr_value *values = n->op == NODE_GIVEN ? env->given
							: env->aggregates;

	if (values == NULL || values[n->column].missing)
		return 0;
	*value = &values[n->column];
	return 1;
}

static int
year_month(const struct expr_node *n, struct expr_env *env, struct slice *s)
{
	struct buf *b = &env->scratch;
	size_t start = b->n;
	int64_t t;
	int status = expr_eval_number(n->part[0], env, &t);

	if (status <= 0)
		return status;
	if (!expr_eval_room(env, DATE_SIZE))
		return -1;
	date_write_day(b->p + start, t);
	b->n = start + strlen("2026-11");
	*s = (struct slice){b->p + start, b->n - start};
	return 1;
}

int
expr_eval_text(const struct expr_node *n, struct expr_env *env,
	struct slice *s)
{
	const struct expr_value *value;
	struct buf *b = &env->scratch;
	size_t start;
	int status;

	switch (n->op) {
	case NODE_COLUMN: return expr_value_column(n, env, s);
	case NODE_CONSTANT:
		*s = n->s;
		return !n->missing;
	case NODE_ELSE:
		status = expr_eval_text(n->part[0], env, s);
		return status ? status : expr_eval_text(n->part[1], env, s);
	case NODE_IF:
		n = expr_eval_chosen(n, env, &status);
		return n != NULL ? expr_eval_text(n, env, s) : status;
	case NODE_YEARMONTH: return year_month(n, env, s);
	case NODE_LOWER:
	case NODE_UPPER:
		status = expr_eval_text(n->part[0], env, s);
		if (status <= 0)
			return status;
		/* More than any letter grows: nothing moves from here on. */
		if (!expr_eval_room(env, 4 * s->n))
			return -1;
		start = b->n;
		(n->op == NODE_LOWER ? text_lower : text_upper)(b, *s);
		*s = (struct slice){b->p + start, b->n - start};
		return 1;
	default:
		status = expr_value_given(n, env, &value);
		if (status > 0)
			*s = value->s;
		return status > 0 && s->n > 0;
	}
}

/* alive and expected are written with six decimals (crm-score(1)). */
static bool
has_many_decimals(const struct expr_node *n)
{
	static const char *const names[] = {"alive", "expected"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct slice name = slice_of(names[i]);

		if (n->source.n >= name.n && memcmp(n->source.p + n->source.n -
			name.n, name.p, name.n) == 0 && (n->source.n == name.n ||
			n->source.p[n->source.n - name.n - 1] == '.'))
			return true;
	}
	return false;
}

static EXPR_APART int
column_number(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	enum num_status status;
	struct slice s;

	expr_value_field(n, env, &s);
	if (s.n == 0)
		return 0;
	status = num_read(s, i);
	if (status == NUM_DECIMALS && has_many_decimals(n))
		status = num_read_rounded(s, i);
	return status == NUM_OK ? 1 : expr_eval_bad(n, env, num_why(status));
}

static EXPR_APART int
column_time(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	enum date_status status;
	struct slice s;

	if (n->table == 0 && n->column + 1 == env->known_column) {
		*i = env->known_time;
		return 1;
	}
	expr_value_field(n, env, &s);
	if (s.n == 0)
		return 0;
	status = env->days ? date_days_read(env->days, s, i) : date_read(s, i);
	return status == DATE_OK ? 1 : expr_eval_bad(n, env, date_why(status));
}

/* Of a relation. No related rows: no cells. */
static EXPR_APART int
related(const struct expr_node *n, const struct expr_env *env, int64_t *i)
{
	static const struct expr_cell none;
	const struct expr_cell *cell = env->relations != NULL ?
		&env->relations[n->column] : &none;

	switch (n->op) {
	case NODE_COUNT:
		return !__builtin_mul_overflow(cell->count, NUM_ONE, i) &&
			*i < NUM_LIMIT;
	case NODE_FIRST:
		*i = cell->first;
		return cell->count > 0;
	case NODE_LAST:
		*i = cell->last;
		return cell->count > 0;
	default:
		*i = (int64_t)cell->sum;
		return cell->amounts > 0 && num_fits(cell->sum);
	}
}

static int
read_time(const struct expr_node *text, struct expr_env *env, int64_t *i)
{
	struct date_civil civil;
	enum date_status status;
	struct slice s;
	int have = expr_eval_text(text, env, &s);

	if (have <= 0)
		return have;
	if (!text->day)
		return date_read(s, i) == DATE_OK;
	status = date_read_day(s, &civil);
	if (status != DATE_OK)
		return expr_eval_bad(text, env, date_why(status));
	return date_make(&civil, i);
}

static int
read_number(const struct expr_node *text, struct expr_env *env, int64_t *i)
{
	struct slice s;
	int status = expr_eval_text(text, env, &s);

	return status > 0 ? num_read(s, i) == NUM_OK : status;
}

static EXPR_APART int
seldom_number(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	const struct expr_value *value;
	int status;

	switch (n->op) {
	case NODE_READ_NUMBER: return read_number(n->part[0], env, i);
	case NODE_READ_TIME: return read_time(n->part[0], env, i);
	case NODE_GIVEN:
	case NODE_AGGREGATE:
		status = expr_value_given(n, env, &value);
		if (status > 0)
			*i = value->i;
		return status;
	default: break;
	}
	if (n->type == EXPR_BOOL) {
		status = expr_eval_true(n, env);
		*i = status;
		return status < 0 ? -1 : 1;
	}
	if (n->op == NODE_ELSE) {
		status = expr_eval_number(n->part[0], env, i);
		return status ? status : expr_eval_number(n->part[1], env, i);
	}
	if (n->op == NODE_IF) {
		n = expr_eval_chosen(n, env, &status);
		return n != NULL ? expr_eval_number(n, env, i) : status;
	}
	return n->op < NODE_YEAR ? expr_arithmetic(n, env, i)
				 : expr_function(n, env, i);
}

int
expr_eval_number(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	switch (n->op) {
	case NODE_CONSTANT:
		*i = n->i;
		return !n->missing;
	case NODE_COLUMN_NUMBER: return column_number(n, env, i);
	case NODE_COLUMN_TIME: return column_time(n, env, i);
	case NODE_ADD:
	case NODE_SUBTRACT:
	case NODE_MULTIPLY:
	case NODE_DIVIDE: return expr_arithmetic(n, env, i);
	case NODE_COUNT:
	case NODE_FIRST:
	case NODE_LAST:
	case NODE_SUM: return related(n, env, i);
	case NODE_SHARED: return expr_share_eval(n, env, i);
	default: return seldom_number(n, env, i);
	}
}
