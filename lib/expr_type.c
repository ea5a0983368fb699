#include "expr_node.h"

/* What fits: left, sign, right, and what comes of it. */
static const struct rule {
	enum expr_token_kind sign;
	enum expr_type left, right;
	bool swap; /* the parts, so that the operation has one form */
	enum expr_op op;
	enum expr_type gives;
} rules[] = {
	{TOKEN_PLUS, EXPR_NUMBER, EXPR_NUMBER, false, NODE_ADD, EXPR_NUMBER},
	{TOKEN_PLUS, EXPR_TIME, EXPR_DURATION, false, NODE_ADD, EXPR_TIME},
	{TOKEN_PLUS, EXPR_DURATION, EXPR_TIME, false, NODE_ADD, EXPR_TIME},
	{TOKEN_PLUS, EXPR_DURATION, EXPR_DURATION, false, NODE_ADD,
		EXPR_DURATION},
	{TOKEN_PLUS, EXPR_TIME, EXPR_PERIOD, false, NODE_ADD_MONTHS, EXPR_TIME},
	{TOKEN_PLUS, EXPR_PERIOD, EXPR_TIME, true, NODE_ADD_MONTHS, EXPR_TIME},
	{TOKEN_MINUS, EXPR_NUMBER, EXPR_NUMBER, false, NODE_SUBTRACT,
		EXPR_NUMBER},
	{TOKEN_MINUS, EXPR_TIME, EXPR_TIME, false, NODE_SUBTRACT,
		EXPR_DURATION},
	{TOKEN_MINUS, EXPR_TIME, EXPR_DURATION, false, NODE_SUBTRACT,
		EXPR_TIME},
	{TOKEN_MINUS, EXPR_DURATION, EXPR_DURATION, false, NODE_SUBTRACT,
		EXPR_DURATION},
	{TOKEN_MINUS, EXPR_TIME, EXPR_PERIOD, false, NODE_SUBTRACT_MONTHS,
		EXPR_TIME},
	{TOKEN_TIMES, EXPR_NUMBER, EXPR_NUMBER, false, NODE_MULTIPLY,
		EXPR_NUMBER},
	{TOKEN_TIMES, EXPR_DURATION, EXPR_NUMBER, false, NODE_SCALE,
		EXPR_DURATION},
	{TOKEN_TIMES, EXPR_NUMBER, EXPR_DURATION, true, NODE_SCALE,
		EXPR_DURATION},
	{TOKEN_TIMES, EXPR_PERIOD, EXPR_NUMBER, false, NODE_REPEAT,
		EXPR_PERIOD},
	{TOKEN_TIMES, EXPR_NUMBER, EXPR_PERIOD, true, NODE_REPEAT, EXPR_PERIOD},
	{TOKEN_OVER, EXPR_NUMBER, EXPR_NUMBER, false, NODE_DIVIDE, EXPR_NUMBER},
	{TOKEN_OVER, EXPR_DURATION, EXPR_NUMBER, false, NODE_PORTION,
		EXPR_DURATION},
	{TOKEN_OVER, EXPR_DURATION, EXPR_DURATION, false, NODE_RATIO,
		EXPR_NUMBER},
	{TOKEN_PERCENT, EXPR_NUMBER, EXPR_NUMBER, false, NODE_REMAINDER,
		EXPR_NUMBER},
};

static struct expr_node *
with_parts(struct expr_parser *p, enum expr_op op, enum expr_type type,
	struct expr_node *a, struct expr_node *b)
{
	struct expr_node *n = expr_node_new(p, op, type);

	if (!expr_node_add(p, n, a) || (b != NULL && !expr_node_add(p, n, b)))
		return NULL;
	return n;
}

static struct expr_node *
folded(struct expr_parser *p, struct expr_node *n)
{
	return n != NULL ? expr_node_fold(p, n) : NULL;
}

/* Literals are what the author wrote: never read as something else. */
static bool
readable(const struct expr_node *n)
{
	return n->type == EXPR_TEXT && n->op != NODE_CONSTANT;
}

static bool
day_and_number(const struct expr_node *a, const struct expr_node *b)
{
	return (a->day && b->type == EXPR_NUMBER) ||
		(b->day && a->type == EXPR_NUMBER);
}

static const char *
hint(const struct expr_node *a, const struct expr_node *b)
{
	bool text = a->type == EXPR_TEXT && a->op == NODE_CONSTANT;
	const struct expr_node *other = text ? b : a;

	text = text || (b->type == EXPR_TEXT && b->op == NODE_CONSTANT);
	/* 2026-1-5 is a number: 2020. */
	if ((a->type == EXPR_TIME && b->type == EXPR_NUMBER) ||
		(a->type == EXPR_NUMBER && b->type == EXPR_TIME))
		return " (a date is written as 2026-01-05)";
	if (day_and_number(a, b))
		return " (a birthday is a date; its year() is a number)";
	if (text && other->type == EXPR_TIME)
		return " (times are written without quotes)";
	if (text && other->type == EXPR_NUMBER)
		return " (numbers are written without quotes)";
	return "";
}

struct expr_node *
expr_type_read(struct expr_parser *p, struct expr_node *n, enum expr_type type)
{
	return with_parts(p,
		type == EXPR_TIME ? NODE_READ_TIME : NODE_READ_NUMBER, type, n,
		NULL);
}

static struct expr_node *
misfit(struct expr_parser *p, struct expr_token operator,
	const struct expr_node *a, const struct expr_node *b)
{
	const char *left = expr_type_name(a->type);
	const char *right = expr_type_name(b->type);

	switch (operator.kind) {
	case TOKEN_PLUS:
		return expr_fail(p, operator.at, "cannot add %s to %s", right,
			left);
	case TOKEN_MINUS:
		return expr_fail(p, operator.at, "cannot subtract %s from %s",
			right, left);
	case TOKEN_TIMES:
		return expr_fail(p, operator.at, "cannot multiply %s by %s",
			left, right);
	case TOKEN_OVER:
		return expr_fail(p, operator.at, "cannot divide %s by %s", left,
			right);
	default:
		return expr_fail(p, operator.at,
			"cannot take the remainder of %s by %s", left, right);
	}
}

static bool
is_money(enum expr_op op, const struct expr_node *a, const struct expr_node *b)
{
	switch (op) {
	case NODE_ADD:
	case NODE_SUBTRACT: return a->money || b->money;
	case NODE_MULTIPLY: return a->money != b->money;
	case NODE_DIVIDE: return a->money && !b->money;
	case NODE_REMAINDER: return a->money;
	default: return false;
	}
}

struct expr_node *
expr_type_binary(struct expr_parser *p, struct expr_token operator,
	struct expr_node *a, struct expr_node *b)
{
	size_t i = 0, count = sizeof(rules) / sizeof(rules[0]);
	struct expr_node *n;

	/* A table of products may say how many months a warranty has. */
	if (operator.kind == TOKEN_TIMES && readable(a) &&
		(b->type == EXPR_PERIOD || b->type == EXPR_DURATION))
		a = expr_type_read(p, a, EXPR_NUMBER);
	else if (operator.kind == TOKEN_TIMES && readable(b) &&
		(a->type == EXPR_PERIOD || a->type == EXPR_DURATION))
		b = expr_type_read(p, b, EXPR_NUMBER);
	if (a == NULL || b == NULL)
		return NULL;
	while (i < count && (rules[i].sign != operator.kind ||
		rules[i].left != a->type || rules[i].right != b->type))
		i++;
	if (i == count)
		return misfit(p, operator, a, b);
	n = with_parts(p, rules[i].op, rules[i].gives, rules[i].swap ? b : a,
		rules[i].swap ? a : b);
	if (n == NULL)
		return NULL;
	n->money = is_money(n->op, a, b);
	n->days = n->type == EXPR_DURATION && (a->days || b->days);
	return folded(p, n);
}

/* Makes the types of two compared values one; false where it cannot be: a
 * birthday is no number. */
static bool
same_type(struct expr_parser *p, struct expr_node **a, struct expr_node **b)
{
	if (day_and_number(*a, *b))
		return false;
	if (readable(*a) &&
		((*b)->type == EXPR_NUMBER || (*b)->type == EXPR_TIME))
		*a = expr_type_read(p, *a, (*b)->type);
	else if (readable(*b) &&
		((*a)->type == EXPR_NUMBER || (*a)->type == EXPR_TIME))
		*b = expr_type_read(p, *b, (*a)->type);
	return *a != NULL && *b != NULL && (*a)->type == (*b)->type;
}

static struct expr_node *
column_is(struct expr_parser *p, enum expr_compare compare,
	const struct expr_node *column, struct slice literal)
{
	struct expr_node *n = expr_node_new(p, NODE_IS, EXPR_BOOL);

	n->compare = compare;
	n->table = column->table;
	n->column = column->column;
	n->s = literal;
	return n;
}

static bool
is_literal(const struct expr_node *n)
{
	return n->op == NODE_CONSTANT && n->type == EXPR_TEXT && !n->missing;
}

struct expr_node *
expr_type_compare(struct expr_parser *p, struct expr_token operator,
	struct expr_node *a, struct expr_node *b)
{
	enum expr_compare compare = (enum expr_compare)(COMPARE_EQUAL +
		(operator.kind - TOKEN_EQUAL));
	struct expr_node *n;

	if (!same_type(p, &a, &b))
		return p->failed ? NULL : expr_fail(p, operator.at,
			"cannot compare %s with %s%s", expr_type_name(a->type),
			expr_type_name(b->type), hint(a, b));
	if (compare <= COMPARE_UNEQUAL && a->op == NODE_COLUMN && is_literal(b))
		return column_is(p, compare, a, b->s);
	if (compare <= COMPARE_UNEQUAL && b->op == NODE_COLUMN && is_literal(a))
		return column_is(p, compare, b, a->s);
	if (compare > COMPARE_UNEQUAL && a->type == EXPR_BOOL)
		return expr_fail(p, operator.at,
			"conditions are only compared with == and !=");
	n = with_parts(p, a->type == EXPR_TEXT ? NODE_COMPARE_TEXT
		: NODE_COMPARE, EXPR_BOOL, a, b);
	if (n == NULL)
		return NULL;
	n->compare = compare;
	return folded(p, n);
}

/* The form of "in" that looks at a column as it stands in the record. */
static struct expr_node *
among(struct expr_parser *p, const struct expr_node *list)
{
	const struct expr_node *column = list->part[0];
	struct expr_node *n = expr_node_new(p, NODE_AMONG, EXPR_BOOL);
	size_t i;

	n->table = column->table;
	n->column = column->column;
	for (i = 1; i < list->parts; i++) {
		if (!list->part[i]->missing &&
			!expr_node_add(p, n, list->part[i]))
			return NULL;
	}
	return n;
}

struct expr_node *
expr_type_in(struct expr_parser *p, size_t at, struct expr_node *list)
{
	struct expr_node *value = expr_node_new(p, NODE_CONSTANT, EXPR_BOOL);
	struct expr_node *item = expr_node_new(p, NODE_CONSTANT, EXPR_BOOL);
	struct expr_node *n = expr_node_new(p, NODE_IN, EXPR_BOOL);
	bool literals = true;
	size_t i;

	*value = *list->part[0];
	*item = *list->part[1];
	if (!same_type(p, &value, &item))
		return p->failed ? NULL : expr_fail(p, at,
			"cannot compare %s with %s%s", expr_type_name(value->type),
			expr_type_name(item->type), hint(value, item));
	expr_node_add(p, n, value);
	for (i = 1; i < list->parts; i++) {
		item = expr_node_new(p, NODE_CONSTANT, EXPR_BOOL);
		*item = *list->part[i];
		literals = literals && item->op == NODE_CONSTANT;
		if (readable(item) && value->type != EXPR_TEXT &&
			(value->type == EXPR_NUMBER || value->type == EXPR_TIME))
			item = expr_type_read(p, item, value->type);
		if (item == NULL || !expr_node_add(p, n, item))
			return NULL;
		if (item->type != value->type)
			return expr_fail(p, at, "the list mixes %s and %s",
				expr_type_name(list->part[1]->type),
				expr_type_name(item->type));
	}
	if (value->op == NODE_COLUMN && literals)
		return among(p, n);
	n->op = value->type == EXPR_TEXT ? NODE_IN_TEXT : NODE_IN;
	return folded(p, n);
}

struct expr_node *
expr_type_match(struct expr_parser *p, struct expr_token operator,
	struct expr_node *a, struct expr_node *b, size_t b_at)
{
	struct expr_node *n;

	if (a->type != EXPR_TEXT)
		return expr_fail(p, operator.at, "\"%.*s\" needs a text, not %s",
			(int)operator.s.n, operator.s.p, expr_type_name(a->type));
	if (b->type != EXPR_TEXT || b->op != NODE_CONSTANT)
		return expr_fail(p, b_at,
			"expected a pattern in quotes after \"%.*s\"",
			(int)operator.s.n, operator.s.p);
	/* A missing pattern makes a comparison with a missing value. */
	n = with_parts(p, b->missing ? NODE_COMPARE_TEXT : NODE_MATCH,
		EXPR_BOOL, a, b);
	if (n == NULL)
		return NULL;
	n->compare = operator.kind == TOKEN_MATCH ? COMPARE_EQUAL
						  : COMPARE_UNEQUAL;
	if (!b->missing)
		n->pattern = expr_pattern_new(p, b_at, b->s);
	return folded(p, n);
}

struct expr_node *
expr_type_else(struct expr_parser *p, size_t at, struct expr_node *a,
	struct expr_node *b)
{
	struct expr_node *n;

	if (a->type != b->type)
		return expr_fail(p, at,
			"\"?" "?\" needs two values of one type, not %s and %s",
			expr_type_name(a->type), expr_type_name(b->type));
	n = with_parts(p, NODE_ELSE, a->type, a, b);
	if (n == NULL)
		return NULL;
	n->money = a->money || b->money;
	n->days = a->days || b->days;
	return folded(p, n);
}

struct expr_node *
expr_type_negate(struct expr_parser *p, size_t at, struct expr_node *a)
{
	struct expr_node *n;

	if (a->type != EXPR_NUMBER && a->type != EXPR_DURATION &&
		a->type != EXPR_PERIOD)
		return expr_fail(p, at, "cannot negate %s",
			expr_type_name(a->type));
	n = with_parts(p, NODE_NEGATE, a->type, a, NULL);
	if (n == NULL)
		return NULL;
	n->money = a->money;
	n->days = a->days;
	return folded(p, n);
}
