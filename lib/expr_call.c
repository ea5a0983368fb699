#include "expr_node.h"

#define NAMES 64 /* of functions, relations and aggregates, at most */

/*
 * One letter for each value that a function takes:
 *   a any   b number or duration   d duration   h duration in hours, minutes,
 *   seconds   n number   o number, time or duration; all alike   q number or
 *   duration; all alike   s text
 *   t time, or a text read as one   y the same, or a day without a year
 * The last one may come again where the function has `more`.
 */
static const struct function {
	const char *name, *takes;
	enum expr_op op;
	enum expr_type gives;
	bool same; /* gives what it takes */
	bool more;
} functions[] = {
	{"empty", "a", NODE_EMPTY, EXPR_BOOL, false, false},
	{"year", "t", NODE_YEAR, EXPR_NUMBER, false, false},
	{"month", "y", NODE_MONTH, EXPR_NUMBER, false, false},
	{"day", "y", NODE_DAY, EXPR_NUMBER, false, false},
	{"hour", "t", NODE_HOUR, EXPR_NUMBER, false, false},
	{"weekday", "t", NODE_WEEKDAY, EXPR_NUMBER, false, false},
	{"date", "t", NODE_DATE, EXPR_TIME, false, false},
	{"days", "d", NODE_DAYS, EXPR_NUMBER, false, false},
	{"hours", "d", NODE_HOURS, EXPR_NUMBER, false, false},
	{"minutes", "d", NODE_MINUTES, EXPR_NUMBER, false, false},
	{"min", "oo", NODE_MIN, EXPR_NUMBER, true, true},
	{"max", "oo", NODE_MAX, EXPR_NUMBER, true, true},
	{"abs", "b", NODE_ABS, EXPR_NUMBER, true, false},
	{"floor", "n", NODE_FLOOR, EXPR_NUMBER, true, false},
	{"round", "n", NODE_ROUND, EXPR_NUMBER, true, false},
	{"length", "s", NODE_LENGTH, EXPR_NUMBER, false, false},
	{"sqrt", "n", NODE_SQRT, EXPR_NUMBER, false, false},
	{"money", "n", NODE_CENTS, EXPR_NUMBER, false, false},
	{"yearmonth", "t", NODE_YEARMONTH, EXPR_TEXT, false, false},
	{"lower", "s", NODE_LOWER, EXPR_TEXT, false, false},
	{"upper", "s", NODE_UPPER, EXPR_TEXT, false, false},
	{"contains", "ss", NODE_CONTAINS, EXPR_BOOL, false, false},
	{"starts", "ss", NODE_STARTS, EXPR_BOOL, false, false},
	{"gtin", "s", NODE_GTIN, EXPR_BOOL, false, false},
	{"anniversary", "y", NODE_ANNIVERSARY, EXPR_TIME, false, false},
	{"work", "th", NODE_WORK, EXPR_TIME, false, false},
	{"worktime", "tt", NODE_WORKTIME, EXPR_DURATION, false, false},
	{"decay", "qq", NODE_DECAY, EXPR_NUMBER, false, false},
};

#define COUNT (sizeof(functions) / sizeof(functions[0]))

static bool
fits(char letter, const struct expr_node *n)
{
	switch (letter) {
	case 'a': return true;
	case 'b':
	case 'q': return n->type == EXPR_NUMBER || n->type == EXPR_DURATION;
	case 'd':
	case 'h': return n->type == EXPR_DURATION;
	case 'n': return n->type == EXPR_NUMBER;
	case 'o':
		return n->type == EXPR_NUMBER || n->type == EXPR_TIME ||
			n->type == EXPR_DURATION;
	case 's': return n->type == EXPR_TEXT;
	case 't':
		return n->type == EXPR_TIME ||
			(n->type == EXPR_TEXT && n->op != NODE_CONSTANT);
	default: return n->type == EXPR_TIME || n->type == EXPR_TEXT;
	}
}

static const char *
wanted(char letter)
{
	switch (letter) {
	case 'b':
	case 'q': return "a number or a duration";
	case 'd':
	case 'h': return "a duration";
	case 'n': return "a number";
	case 'o': return "a number, a time or a duration";
	case 's': return "a text";
	default: return "a time";
	}
}

/* Checks the value of a call and hangs it in. */
static bool
take(struct expr_parser *p, const struct function *f, struct expr_node *call,
	struct expr_node *value, size_t at)
{
	size_t last = strlen(f->takes) - 1;
	char letter = f->takes[call->parts < last ? call->parts : last];

	if (!fits(letter, value))
		expr_fail(p, at, "%s() takes %s, not %s%s", f->name,
			wanted(letter), expr_type_name(value->type),
			letter == 't' && value->type == EXPR_TEXT
				? " (times are written without quotes)" : "");
	else if (letter == 'h' && value->days)
		expr_fail(p, at, "%s() takes hours, minutes or seconds of "
			"working time, not days or weeks", f->name);
	else if ((letter == 'o' || letter == 'q') && call->parts > 0 &&
		call->part[0]->type != value->type)
		expr_fail(p, at, "%s() takes values of one type, not %s and %s",
			f->name, expr_type_name(call->part[0]->type),
			expr_type_name(value->type));
	else if (letter == 't' && value->type == EXPR_TEXT)
		value = expr_type_read(p, value, EXPR_TIME);
	if (p->failed || !expr_node_add(p, call, value))
		return false;
	call->money = call->money || (f->same && value->money);
	return true;
}

static bool
right_number(struct expr_parser *p, const struct function *f, size_t given,
	size_t at)
{
	size_t need = strlen(f->takes);

	if (given == need || (given > need && f->more))
		return true;
	expr_fail(p, at, "%s() takes %zu value%s%s, not %zu", f->name, need,
		need == 1 ? "" : "s", f->more ? " or more" : "", given);
	return false;
}

static struct expr_node *
function_call(struct expr_parser *p, const struct function *f, size_t at)
{
	struct expr_node *call = expr_node_new(p, f->op, f->gives), *value;
	size_t need = strlen(f->takes), value_at, given = 0;

	while (p->token.kind != TOKEN_CLOSE) {
		if (given > 0 && !expr_parse_take(p, TOKEN_COMMA,
			"\",\" or \")\""))
			return NULL;
		value_at = p->token.at;
		value = expr_parse(p);
		given++;
		if (value == NULL)
			return NULL;
		if ((given <= need || f->more) &&
			!take(p, f, call, value, value_at))
			return NULL;
	}
	if (!right_number(p, f, given, at) ||
		!expr_parse_take(p, TOKEN_CLOSE, "\")\""))
		return NULL;
	if (f->same)
		call->type = call->part[0]->type;
	if (f->op == NODE_CENTS)
		call->money = true;
	if (f->op == NODE_ANNIVERSARY)
		date_split(p->scope->as_of, &call->as_of);
	if (f->op == NODE_WORK || f->op == NODE_WORKTIME) {
		call->calendar = p->scope->calendar;
		if (p->place == PLACE_ROW)
			p->into->holds = p->scope->uses_holds = true;
	}
	return expr_node_fold(p, call);
}

static struct expr_node *
unknown(struct expr_parser *p, struct expr_token name)
{
	struct slice names[NAMES];
	const char *text;
	size_t n = 0, i;

	if (expr_name_symbol(p, name))
		return NULL;
	for (i = 0; (text = expr_aggregate_named(i)) != NULL; i++) {
		if (slice_is(name.s, text))
			return expr_fail(p, name.at, "%s() is an aggregate of a "
				"report and cannot stand here", text);
		if (p->place == PLACE_SHOW)
			names[n++] = slice_of(text);
	}
	for (i = 0; (text = expr_relation_named(i)) != NULL; i++)
		names[n++] = slice_of(text);
	for (i = 0; i < COUNT; i++)
		names[n++] = slice_of(functions[i].name);
	return expr_name_suggest(p, name, names, n, "function");
}

struct expr_node *
expr_call(struct expr_parser *p, struct expr_token name)
{
	struct expr_node *n = NULL;
	size_t i = 0;

	if (p->place == PLACE_SHOW && expr_aggregate_call(p, name, &n))
		return n;
	if (expr_form_call(p, name, &n) || expr_relation_call(p, name, &n))
		return n;
	while (i < COUNT && !slice_is(name.s, functions[i].name))
		i++;
	if (i == COUNT)
		return unknown(p, name);
	if ((functions[i].op == NODE_WORK || functions[i].op == NODE_WORKTIME) &&
		p->scope->calendar == NULL)
		return expr_fail(p, name.at, "%s() needs a calendar, and there "
			"is none here", functions[i].name);
	return function_call(p, &functions[i], name.at);
}
