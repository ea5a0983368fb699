#include "expr_node.h"

static inline bool
compared(enum expr_compare compare, int64_t a, int64_t b)
{
	switch (compare) {
	case COMPARE_EQUAL: return a == b;
	case COMPARE_UNEQUAL: return a != b;
	case COMPARE_LESS: return a < b;
	case COMPARE_LESS_EQUAL: return a <= b;
	case COMPARE_GREATER: return a > b;
	default: return a >= b;
	}
}

/* A comparison met nothing (0) or a bad value (-1). */
static int
met(struct expr_env *env, int status)
{
	if (status == 0)
		env->met_missing = true;
	return status;
}

static EXPR_APART int
compare_numbers(const struct expr_node *n, struct expr_env *env)
{
	int64_t a, b;
	int status;

	if ((status = expr_eval_number(n->part[0], env, &a)) <= 0 ||
		(status = expr_eval_number(n->part[1], env, &b)) <= 0)
		return met(env, status);
	return compared(n->compare, a, b);
}

static int
compare_texts(const struct expr_node *n, struct expr_env *env)
{
	struct slice a, b;
	int status;

	if ((status = expr_eval_text(n->part[0], env, &a)) <= 0 ||
		(status = expr_eval_text(n->part[1], env, &b)) <= 0)
		return met(env, status);
	return compared(n->compare, slice_compare(a, b), 0);
}

static EXPR_APART int
column_among(const struct expr_node *n, struct expr_env *env)
{
	struct slice s;
	int status = expr_value_column(n, env, &s);
	size_t i;

	if (status <= 0 || n->parts == 0)
		return met(env, status < 0 ? status : 0);
	for (i = 0; i < n->parts; i++) {
		if (slice_same(s, n->part[i]->s))
			return 1;
	}
	return 0;
}

static int
among_numbers(const struct expr_node *n, struct expr_env *env)
{
	int status;
	int64_t value, item;
	size_t i;

	status = expr_eval_number(n->part[0], env, &value);
	if (status <= 0)
		return met(env, status);
	for (i = 1; i < n->parts; i++) {
		status = expr_eval_number(n->part[i], env, &item);
		if (status < 0 || (status > 0 && item == value))
			return status;
		if (status == 0)
			env->met_missing = true;
	}
	return 0;
}

static int
among_texts(const struct expr_node *n, struct expr_env *env)
{
	struct slice value, item;
	int status;
	size_t i;

	status = expr_eval_text(n->part[0], env, &value);
	if (status <= 0)
		return met(env, status);
	for (i = 1; i < n->parts; i++) {
		status = expr_eval_text(n->part[i], env, &item);
		if (status < 0 || (status > 0 && slice_same(item, value)))
			return status;
		if (status == 0)
			env->met_missing = true;
	}
	return 0;
}

static int
is_empty(const struct expr_node *part, struct expr_env *env)
{
	struct expr_value value;
	struct slice s;
	int status;

	if (part->op == NODE_COLUMN) {
		expr_value_field(part, env, &s);
		return s.n == 0;
	}
	if (part->type == EXPR_BOOL)
		status = expr_eval_true(part, env) < 0 ? -1 : 1;
	else if (part->type == EXPR_TEXT)
		status = expr_eval_text(part, env, &value.s);
	else
		status = expr_eval_number(part, env, &value.i);
	return status < 0 ? -1 : status == 0;
}

static int
contains(const struct expr_node *n, struct expr_env *env)
{
	struct slice s, part;
	int status;

	if ((status = expr_eval_text(n->part[0], env, &s)) <= 0 ||
		(status = expr_eval_text(n->part[1], env, &part)) <= 0)
		return status;
	if (n->op == NODE_CONTAINS)
		return expr_pattern_in(s, part);
	return s.n >= part.n && memcmp(s.p, part.p, part.n) == 0;
}

/* The number under a bar code (GS1): of 8, 12, 13 or 14 digits; from the right
 * they weigh 1 and 3 in turn, and the sum ends in 0. */
static int
is_gtin(const struct expr_node *n, struct expr_env *env)
{
	struct slice s;
	unsigned sum = 0, digit;
	int status = expr_eval_text(n->part[0], env, &s);
	size_t i;

	if (status <= 0)
		return status;
	if (s.n != 8 && (s.n < 12 || s.n > 14))
		return 0;
	for (i = 0; i < s.n; i++) {
		digit = (unsigned char)s.p[s.n - 1 - i] - (unsigned)'0';
		if (digit > 9)
			return 0;
		sum += i % 2 ? 3 * digit : digit;
	}
	return sum % 10 == 0;
}

static int
matches(const struct expr_node *n, struct expr_env *env)
{
	struct slice s;
	int status = expr_eval_text(n->part[0], env, &s);

	if (status <= 0)
		return met(env, status);
	status = expr_pattern_match(n->pattern, env, s);
	return status < 0 ? -1 : status == (n->compare == COMPARE_EQUAL);
}

/* Looks at every part even where one decides, so that what rate() leaves out
 * does not depend on the order in which a condition is written. */
static int
joined_whole(const struct expr_node *n, struct expr_env *env)
{
	bool all = true, any = false;
	size_t i;
	int status;

	for (i = 0; i < n->parts; i++) {
		status = expr_eval_true(n->part[i], env);
		if (status < 0)
			return status;
		all = all && status;
		any = any || status;
	}
	return n->op == NODE_AND_WHOLE ? all : any;
}

const struct expr_node *
expr_eval_chosen(const struct expr_node *n, struct expr_env *env, int *status)
{
	*status = expr_eval_true(n->part[0], env);
	if (*status > 0)
		return n->part[1];
	return *status == 0 && n->parts > 2 ? n->part[2] : NULL;
}

static EXPR_APART int
seldom_true(const struct expr_node *n, struct expr_env *env)
{
	const struct expr_value *value;
	int status;

	switch (n->op) {
	case NODE_AND_WHOLE:
	case NODE_OR_WHOLE: return joined_whole(n, env);
	case NODE_COMPARE_TEXT: return compare_texts(n, env);
	case NODE_IN: return among_numbers(n, env);
	case NODE_IN_TEXT: return among_texts(n, env);
	case NODE_MATCH: return matches(n, env);
	case NODE_EMPTY: return is_empty(n->part[0], env);
	case NODE_CONTAINS:
	case NODE_STARTS: return contains(n, env);
	case NODE_GTIN: return is_gtin(n, env);
	case NODE_ELSE: return expr_eval_true(n->part[0], env);
	case NODE_IF:
		n = expr_eval_chosen(n, env, &status);
		return n != NULL ? expr_eval_true(n, env) : status;
	case NODE_CONSTANT: return n->i != 0;
	default: return expr_value_given(n, env, &value) && value->i != 0;
	}
}

static EXPR_APART int
shared_true(const struct expr_node *n, struct expr_env *env)
{
	int64_t i;
	int status = expr_share_eval(n, env, &i);

	return status < 0 ? status : i != 0;
}

static EXPR_APART int
column_is(const struct expr_node *n, struct expr_env *env)
{
	struct slice s;
	int status = expr_value_column(n, env, &s);

	if (status <= 0)
		return met(env, status);
	return slice_same(s, n->s) == (n->compare == COMPARE_EQUAL);
}

/* Up to the part that decides. */
static EXPR_APART int
joined(const struct expr_node *n, struct expr_env *env, int decides)
{
	size_t i;
	int status = !decides;

	for (i = 0; status == !decides && i < n->parts; i++)
		status = expr_eval_true(n->part[i], env);
	return status;
}

static EXPR_APART int
negated(const struct expr_node *n, struct expr_env *env)
{
	int status = expr_eval_true(n->part[0], env);

	return status < 0 ? status : !status;
}

int
expr_eval_true(const struct expr_node *n, struct expr_env *env)
{
	switch (n->op) {
	case NODE_IS: return column_is(n, env);
	case NODE_COMPARE: return compare_numbers(n, env);
	case NODE_AND: return joined(n, env, 0);
	case NODE_OR: return joined(n, env, 1);
	case NODE_NOT: return negated(n, env);
	case NODE_AMONG: return column_among(n, env);
	case NODE_HAS:
		return env->relations != NULL &&
			env->relations[n->column].count > 0;
	case NODE_SHARED: return shared_true(n, env);
	default: return seldom_true(n, env);
	}
}

bool
expr_eval_node(const struct expr_node *n, struct expr_env *env,
	struct expr_value *value)
{
	int status;

	*value = (struct expr_value){.type = n->type};
	do {
		env->met_missing = false;
		env->bad_why = "";
		env->scratch.n = 0;
		if (n->type == EXPR_TEXT) {
			status = expr_eval_text(n, env, &value->s);
		} else if (n->type == EXPR_BOOL) {
			value->i = expr_eval_true(n, env);
			status = value->i < 0 ? -1 : 1;
		} else {
			status = expr_eval_number(n, env, &value->i);
		}
	} while (status < 0 && env->bad_why == NULL);
	value->missing = status == 0;
	return status >= 0;
}

enum expr_status
expr_eval(const struct expr *e, struct expr_env *env, struct expr_value *value)
{
	return expr_eval_node(e->root, env, value) ? EXPR_OK : EXPR_BAD;
}

int
expr_true(const struct expr *e, struct expr_env *env)
{
	int status;

	do {
		env->met_missing = false;
		env->bad_why = "";
		env->scratch.n = 0;
		status = expr_eval_true(e->root, env);
	} while (status < 0 && env->bad_why == NULL);
	return status;
}
