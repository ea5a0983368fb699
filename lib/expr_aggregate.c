#include "expr_node.h"

/* What an aggregate takes. */
enum takes {
	TAKES_CONDITION,
	TAKES_AMOUNT, /* a number or a duration */
	TAKES_ORDER,  /* a number, a duration or a time */
	TAKES_ANY,
};

static const struct aggregate {
	const char *name;
	enum expr_function function;
	enum takes takes;
	bool same; /* the value is of the argument's type, else a number */
} aggregates[] = {
	{"count", EXPR_COUNT, TAKES_CONDITION, false},
	{"sum", EXPR_SUM, TAKES_AMOUNT, true},
	{"mean", EXPR_MEAN, TAKES_AMOUNT, true},
	{"min", EXPR_MIN, TAKES_ORDER, true},
	{"max", EXPR_MAX, TAKES_ORDER, true},
	{"median", EXPR_MEDIAN, TAKES_ORDER, true},
	{"distinct", EXPR_DISTINCT, TAKES_ANY, false},
	{"rate", EXPR_RATE, TAKES_CONDITION, false},
	{"share", EXPR_SHARE, TAKES_AMOUNT, false},
	{"cumshare", EXPR_CUMSHARE, TAKES_AMOUNT, false},
	{"rank", EXPR_RANK, TAKES_ORDER, false},
	{"index", EXPR_INDEX, TAKES_AMOUNT, false},
	{"change", EXPR_CHANGE, TAKES_AMOUNT, true},
	{"running", EXPR_RUNNING, TAKES_AMOUNT, true},
	{"total", EXPR_TOTAL, TAKES_AMOUNT, true},
	{"larger", EXPR_LARGER, TAKES_AMOUNT, true},
	{"portion", EXPR_PORTION, TAKES_AMOUNT, false},
	{"whole", EXPR_WHOLE, TAKES_ANY, true},
	{"initial", EXPR_INITIAL, TAKES_ANY, true},
	{"p90", EXPR_PERCENTILE, TAKES_ORDER, true},
};

#define COUNT (sizeof(aggregates) / sizeof(aggregates[0]))
#define PERCENTILE (&aggregates[COUNT - 1])

const char *
expr_aggregate_named(size_t i)
{
	return i < COUNT ? aggregates[i].name : NULL;
}

/* p1 to p99; else 0. */
static int
percentile(struct slice name)
{
	int value = 0;
	size_t i;

	if (name.n < 2 || name.n > 3 || name.p[0] != 'p' || name.p[1] == '0')
		return 0;
	for (i = 1; i < name.n; i++) {
		if (name.p[i] < '0' || name.p[i] > '9')
			return 0;
		value = value * 10 + (name.p[i] - '0');
	}
	return value;
}

static const struct aggregate *
find(struct slice name)
{
	size_t i = 0;

	while (i < COUNT && !slice_is(name, aggregates[i].name))
		i++;
	if (i < COUNT)
		return &aggregates[i];
	return percentile(name) > 0 ? PERCENTILE : NULL;
}

static bool
fits(enum takes takes, enum expr_type type)
{
	switch (takes) {
	case TAKES_CONDITION: return type == EXPR_BOOL;
	case TAKES_AMOUNT:
		return type == EXPR_NUMBER || type == EXPR_DURATION;
	case TAKES_ORDER:
		return type == EXPR_NUMBER || type == EXPR_DURATION ||
			type == EXPR_TIME;
	default: return type != EXPR_BOOL;
	}
}

static const char *
wanted(enum takes takes)
{
	static const char *const names[] = {
		[TAKES_CONDITION] = "a condition",
		[TAKES_AMOUNT] = "a number or a duration",
		[TAKES_ORDER] = "a number, a time or a duration",
		[TAKES_ANY] = "a value",
	};

	return names[takes];
}

static bool
check(struct expr_parser *p, const struct aggregate *aggregate,
	enum expr_type type, size_t at)
{
	if (fits(aggregate->takes, type))
		return true;
	expr_fail(p, at, "%s() takes %s, not %s",
		aggregate->function == EXPR_PERCENTILE ? "pN" : aggregate->name,
		wanted(aggregate->takes), expr_type_name(type));
	return false;
}

static struct expr *
argument(struct expr_parser *p, const struct aggregate *aggregate)
{
	struct expr_parser outer = *p;
	struct expr *e = mem_pool_get(&p->scope->pool, sizeof(*e));
	size_t at = p->token.at;

	*e = (struct expr){0};
	if (aggregate->function < EXPR_SHARE)
		p->place = PLACE_ROW;
	p->whole = aggregate->function == EXPR_RATE;
	p->into = e;
	e->root = expr_parse(p);
	p->place = outer.place;
	p->whole = outer.whole;
	p->into = outer.into;
	if (e->root == NULL)
		return NULL;
	e->text = (struct slice){p->text.p + at, p->end - at};
	return check(p, aggregate, e->root->type, at) ? e : NULL;
}

/* What follows the first value: of portion() the amount, of what is over rows
 * the key whose values are taken apart. */
static bool
further(struct expr_parser *p, const struct aggregate *aggregate,
	struct expr_aggregate *new)
{
	if (aggregate->function == EXPR_PORTION) {
		if (!expr_parse_take(p, TOKEN_COMMA, "\",\" and what is divided"))
			return false;
		new->amount = argument(p, aggregate);
		if (new->amount == NULL)
			return false;
	}
	if (p->token.kind != TOKEN_COMMA || aggregate->function < EXPR_SHARE ||
		aggregate->function > EXPR_PORTION)
		return true;
	expr_lex_next(p);
	new->within = p->token.s;
	new->within_at = p->token.at;
	return expr_parse_take(p, TOKEN_NAME, "the name of a key");
}

static bool
same(const struct expr_aggregate *a, const struct expr_aggregate *b)
{
	/* What is over the result sees measures, and these may be others in
	 * the next report. */
	if (a->function != b->function || a->percentile != b->percentile ||
		a->function >= EXPR_SHARE)
		return false;
	if (a->argument == NULL || b->argument == NULL)
		return a->argument == b->argument;
	return slice_equal(a->argument->text, b->argument->text);
}

static size_t
collected(struct expr_scope *scope, const struct expr_aggregate *new)
{
	size_t i, n = scope->aggregate_count;

	for (i = 0; i < n; i++) {
		if (same(&scope->aggregated[i], new))
			return i;
	}
	if ((n & (n - 1)) == 0)
		scope->aggregated = mem_resize(scope->aggregated,
			n > 0 ? 2 * n : 1, sizeof(*scope->aggregated));
	scope->aggregated[n] = *new;
	scope->aggregate_count++;
	return n;
}

static struct expr_node *
call(struct expr_parser *p, const struct aggregate *aggregate,
	struct expr_token name)
{
	struct expr_aggregate new = {.function = aggregate->function,
		.name = name.s};
	struct expr_node *n;

	new.type = EXPR_NUMBER;
	if (new.function == EXPR_PERCENTILE)
		new.percentile = percentile(name.s);
	if (new.function != EXPR_COUNT || p->token.kind != TOKEN_CLOSE) {
		new.argument = argument(p, aggregate);
		if (new.argument == NULL)
			return NULL;
		if (aggregate->same) {
			new.type = new.argument->root->type;
			new.money = new.argument->root->money;
		}
		if (!further(p, aggregate, &new))
			return NULL;
		if (new.amount != NULL) {
			new.type = new.amount->root->type;
			new.money = new.amount->root->money;
		}
	}
	if (p->token.kind == TOKEN_COMMA)
		return expr_fail(p, p->token.at,
			"%.*s() takes one value at the top of a measure",
			(int)name.s.n, name.s.p);
	if (!expr_parse_take(p, TOKEN_CLOSE, "\")\""))
		return NULL;
	n = expr_node_new(p, NODE_AGGREGATE, new.type);
	n->money = new.money;
	n->column = collected(p->scope, &new);
	return n;
}

/* Whether a comma stands in the call that the parser is in. */
static bool
several(const struct expr_parser *p)
{
	size_t i, depth = 0;
	char quote = '\0', c;

	for (i = p->token.at; i < p->text.n; i++) {
		c = p->text.p[i];
		if (quote != '\0')
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '(')
			depth++;
		else if ((c == ')' && depth-- == 0) || (c == ',' && depth == 0))
			return c == ',';
	}
	return false;
}

bool
expr_aggregate_call(struct expr_parser *p, struct expr_token name,
	struct expr_node **node)
{
	const struct aggregate *aggregate = find(name.s);
	char after = expr_lex_peek(p);

	if (aggregate == NULL)
		return false;
	if ((aggregate->function == EXPR_MIN ||
		aggregate->function == EXPR_MAX) && several(p))
		return false; /* of several values: the function */
	if ((aggregate->function == EXPR_COUNT ||
		aggregate->function == EXPR_SUM) &&
		p->token.kind == TOKEN_TEXT && (after == ')' || after == ','))
		return false; /* of a kind: a relation */
	*node = call(p, aggregate, name);
	return true;
}
