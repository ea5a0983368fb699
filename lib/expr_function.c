#include "expr_node.h"

#include "date.h"
#include "text.h"

static int64_t
floored(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int
number(num_wide value, int64_t *i)
{
	if (!num_fits(value))
		return 0;
	*i = (int64_t)value;
	return 1;
}

static int
whole(int64_t value, int64_t *i)
{
	return number((num_wide)value * NUM_ONE, i);
}

/* What a text says of a day; without a year: year 0. Bare: a season is
 * written MM-DD. */
static bool
civil_of_text(struct slice s, bool bare, struct date_civil *out)
{
	char day[7] = "--";
	int64_t t;

	if (date_read_day(s, out) == DATE_OK)
		return true;
	if (date_read(s, &t) == DATE_OK) {
		date_split(t, out);
		return true;
	}
	if (!bare || s.n != 5)
		return false;
	memcpy(day + 2, s.p, 5);
	return date_read_day((struct slice){day, 7}, out) == DATE_OK;
}

static int
two(const char *p)
{
	return p[0] * 10 + p[1] - '0' * 11;
}

/* The day of a time; where it stands in a column as times are written there is
 * no need to go by its seconds. */
static int
civil_of_time(const struct expr_node *part, struct expr_env *env,
	struct date_civil *out)
{
	const struct expr_node *bare = expr_share_bare(part);
	struct slice s = {0};
	int64_t t;
	int status = expr_eval_number(part, env, &t);

	if (status <= 0)
		return status;
	if (bare->op == NODE_COLUMN_TIME)
		expr_value_field(bare, env, &s);
	if (s.n == DATE_WRITTEN && s.p[16] == ':')
		*out = (struct date_civil){.year = two(s.p) * 100 +
			two(s.p + 2), .month = two(s.p + 5),
			.day = two(s.p + 8)};
	else
		date_split(t, out);
	return 1;
}

static int
civil(const struct expr_node *part, struct expr_env *env, bool bare,
	struct date_civil *out)
{
	struct slice s;
	int status;

	if (part->type == EXPR_TIME)
		return civil_of_time(part, env, out);
	status = expr_eval_text(part, env, &s);
	if (status <= 0)
		return status;
	if (part->day && date_read_day(s, out) != DATE_OK)
		return expr_eval_bad(part, env, date_why(date_read_day(s, out)));
	return civil_of_text(s, bare, out);
}

static int
of_day(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	struct date_civil day;
	int status = civil(n->part[0], env, n->op == NODE_ANNIVERSARY, &day);

	if (status <= 0)
		return status;
	switch (n->op) {
	case NODE_YEAR: return whole(day.year, i);
	case NODE_MONTH: return whole(day.month, i);
	case NODE_DAY: return whole(day.day, i);
	default: return date_return(&day, &n->as_of, i);
	}
}

static int
of_time(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	int64_t t;
	int status = expr_eval_number(n->part[0], env, &t);

	if (status <= 0)
		return status;
	switch (n->op) {
	case NODE_HOUR: return whole((t - date_midnight(t)) / DATE_HOUR, i);
	case NODE_WEEKDAY: return whole(date_weekday(t), i);
	default:
		*i = date_midnight(t);
		return 1;
	}
}

static int
of_number(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	int64_t value;
	int status = expr_eval_number(n->part[0], env, &value);

	if (status <= 0)
		return status;
	switch (n->op) {
	case NODE_DAYS:
		return number(num_divide((num_wide)value * NUM_ONE, DATE_DAY),
			i);
	case NODE_HOURS:
		return number(num_divide((num_wide)value * NUM_ONE, DATE_HOUR),
			i);
	case NODE_MINUTES:
		return number(num_divide((num_wide)value * NUM_ONE,
			DATE_MINUTE), i);
	case NODE_FLOOR:
		return number((num_wide)floored(value, NUM_ONE) * NUM_ONE, i);
	case NODE_ROUND:
		return number(num_divide(value, NUM_ONE) * NUM_ONE, i);
	case NODE_CENTS:
		return number(num_divide(value, NUM_ONE / 100) * (NUM_ONE / 100),
			i);
	case NODE_SQRT: return value >= 0 && number(num_root(value), i);
	default:
		*i = value;
		return value >= 0 || !__builtin_sub_overflow(0, value, i);
	}
}

static int
extreme(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	int64_t value;
	size_t k;
	int status = 1, have = 1;

	for (k = 0; k < n->parts; k++) {
		status = expr_eval_number(n->part[k], env, &value);
		if (status < 0)
			return status;
		have = have && status;
		if (status > 0 && (k == 0 ||
			(n->op == NODE_MIN ? value < *i : value > *i)))
			*i = value;
	}
	return have;
}

static int
decay(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	int64_t age, half;
	int status;

	if ((status = expr_eval_number(n->part[0], env, &age)) <= 0 ||
		(status = expr_eval_number(n->part[1], env, &half)) <= 0)
		return status;
	return expr_decay(age, half, i);
}

static int
of_calendar(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	int64_t a, b;
	int status;

	if ((status = expr_eval_number(n->part[0], env, &a)) <= 0 ||
		(status = expr_eval_number(n->part[1], env, &b)) <= 0)
		return status;
	if (n->op == NODE_WORK)
		return calendar_add(n->calendar, a, b, env->holds,
			env->hold_count, i);
	*i = calendar_between(n->calendar, a, b, env->holds, env->hold_count);
	return 1;
}

int
expr_function(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	struct slice s;
	int status;

	switch (n->op) {
	case NODE_HOUR:
	case NODE_WEEKDAY:
	case NODE_DATE: return of_time(n, env, i);
	case NODE_YEAR:
	case NODE_MONTH:
	case NODE_DAY:
	case NODE_ANNIVERSARY: return of_day(n, env, i);
	case NODE_MIN:
	case NODE_MAX: return extreme(n, env, i);
	case NODE_WORK:
	case NODE_WORKTIME: return of_calendar(n, env, i);
	case NODE_DECAY: return decay(n, env, i);
	case NODE_LENGTH:
		status = expr_eval_text(n->part[0], env, &s);
		return status > 0 ? whole((int64_t)text_length(s), i) : status;
	default: return of_number(n, env, i);
	}
}
