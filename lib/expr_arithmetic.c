#include "expr_node.h"

#include "date.h"

/* A result that is too large for its type is missing. */
static bool
valid(enum expr_type type, int64_t i)
{
	switch (type) {
	case EXPR_NUMBER: return num_fits(i);
	case EXPR_TIME: return date_valid(i);
	default: return true;
	}
}

static bool
narrow(num_wide value, int64_t *i)
{
	if (value > INT64_MAX || value < INT64_MIN)
		return false;
	*i = (int64_t)value;
	return true;
}

/* What an operation of two gives; false: nothing, for it is too large or
 * divided by 0. */
static bool
operate(const struct expr_node *n, int64_t a, int64_t b, int64_t *i)
{
	switch (n->op) {
	case NODE_ADD:
		return !__builtin_add_overflow(a, b, i) && valid(n->type, *i);
	case NODE_SUBTRACT:
		return !__builtin_sub_overflow(a, b, i) && valid(n->type, *i);
	case NODE_ADD_MONTHS: return date_add_months(a, b, i);
	case NODE_SUBTRACT_MONTHS:
		return b != INT64_MIN && date_add_months(a, -b, i);
	case NODE_MULTIPLY: return num_product(a, b, i);
	case NODE_SCALE:
		return narrow(num_divide((num_wide)a * b, NUM_ONE), i);
	case NODE_REPEAT:
		/* There is no half month. */
		return b % NUM_ONE == 0 &&
			!__builtin_mul_overflow(a, b / NUM_ONE, i);
	case NODE_DIVIDE: return num_quotient(a, b, i);
	case NODE_PORTION:
		return b != 0 &&
			narrow(num_divide((num_wide)a * NUM_ONE, b), i);
	case NODE_RATIO:
		return b != 0 &&
			narrow(num_divide((num_wide)a * NUM_ONE, b), i) &&
			num_fits(*i);
	default:
		if (b == 0)
			return false;
		*i = a % b;
		return true;
	}
}

int
expr_arithmetic(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	int64_t a, b;
	int status = expr_eval_number(n->part[0], env, &a);

	if (status <= 0)
		return status;
	if (n->op == NODE_NEGATE)
		return !__builtin_sub_overflow(0, a, i);
	status = expr_eval_number(n->part[1], env, &b);
	return status > 0 ? operate(n, a, b, i) : status;
}
