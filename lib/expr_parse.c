#include "expr_node.h"

#include <strings.h>

#define LEVELS 200 /* of brackets, "not" and "-", one in the other */

static struct expr_node *parse_not(struct expr_parser *p);
static struct expr_node *parse_unary(struct expr_parser *p);

static struct expr_node *
unexpected(struct expr_parser *p, const char *wanted)
{
	static const char *const words[] = {"and", "or", "not", "in"};
	struct slice s = p->token.s;
	size_t i;

	if (p->token.kind == TOKEN_END)
		return expr_fail(p, p->token.at, "expected %s at the end",
			wanted);
	for (i = 0; i < 4 && p->token.kind == TOKEN_NAME; i++) {
		if (s.n == strlen(words[i]) &&
			strncasecmp(s.p, words[i], s.n) == 0)
			return expr_fail(p, p->token.at, "expected %s, found "
				"\"%.*s\" (did you mean \"%s\"?)", wanted,
				(int)s.n, s.p, words[i]);
	}
	if (p->token.kind == TOKEN_NAME && expr_name_symbol(p, p->token))
		return NULL;
	return expr_fail(p, p->token.at, "expected %s, found \"%.*s\"", wanted,
		expr_shown(s), s.p);
}

bool
expr_parse_take(struct expr_parser *p, enum expr_token_kind kind,
	const char *what)
{
	if (p->token.kind != kind) {
		unexpected(p, what);
		return false;
	}
	expr_lex_next(p);
	return true;
}

static bool
deeper(struct expr_parser *p)
{
	if (++p->depth <= LEVELS)
		return true;
	expr_fail(p, p->token.at, "nested too deeply (more than %d levels)",
		LEVELS);
	return false;
}

static struct expr_node *
literal(struct expr_parser *p)
{
	struct expr_token t = p->token;
	struct expr_node *n;

	expr_lex_next(p);
	switch (t.kind) {
	case TOKEN_NUMBER: return expr_node_constant(p, EXPR_NUMBER, t.i);
	case TOKEN_TIME: return expr_node_constant(p, EXPR_TIME, t.i);
	case TOKEN_PERIOD: return expr_node_constant(p, EXPR_PERIOD, t.i);
	case TOKEN_TEXT: return expr_node_text(p, t.s);
	case TOKEN_TRUE: return expr_node_constant(p, EXPR_BOOL, 1);
	case TOKEN_FALSE: return expr_node_constant(p, EXPR_BOOL, 0);
	case TOKEN_ASOF:
		return expr_node_constant(p, EXPR_TIME, p->scope->as_of);
	default:
		n = expr_node_constant(p, EXPR_DURATION, t.i);
		n->days = t.days;
		return n;
	}
}

static struct expr_node *
parse_primary(struct expr_parser *p)
{
	struct expr_token t = p->token;
	struct expr_node *n;

	switch (t.kind) {
	case TOKEN_NUMBER:
	case TOKEN_TIME:
	case TOKEN_DURATION:
	case TOKEN_PERIOD:
	case TOKEN_TEXT:
	case TOKEN_TRUE:
	case TOKEN_FALSE:
	case TOKEN_ASOF:
		return literal(p);
	case TOKEN_NAME:
		if (expr_lex_peek(p) == '(') {
			expr_lex_next(p);
			expr_lex_next(p);
			return expr_call(p, t);
		}
		expr_lex_next(p);
		return expr_name(p, t);
	case TOKEN_OPEN:
		expr_lex_next(p);
		n = expr_parse(p);
		return n != NULL && expr_parse_take(p, TOKEN_CLOSE, "\")\"")
			? n : NULL;
	default:
		return unexpected(p, "a value");
	}
}

static struct expr_node *
parse_unary(struct expr_parser *p)
{
	struct expr_node *n = NULL;
	size_t at = p->token.at;

	if (p->token.kind != TOKEN_MINUS)
		return parse_primary(p);
	if (deeper(p)) {
		expr_lex_next(p);
		n = parse_unary(p);
	}
	p->depth--;
	return n != NULL ? expr_type_negate(p, at, n) : NULL;
}

static struct expr_node *
parse_product(struct expr_parser *p)
{
	struct expr_node *a = parse_unary(p), *b;
	struct expr_token t = p->token;

	while (a != NULL && (t.kind == TOKEN_TIMES || t.kind == TOKEN_OVER ||
		t.kind == TOKEN_PERCENT)) {
		expr_lex_next(p);
		b = parse_unary(p);
		a = b != NULL ? expr_type_binary(p, t, a, b) : NULL;
		t = p->token;
	}
	return a;
}

static struct expr_node *
parse_sum(struct expr_parser *p)
{
	struct expr_node *a = parse_product(p), *b;
	struct expr_token t = p->token;

	while (a != NULL &&
		(t.kind == TOKEN_PLUS || t.kind == TOKEN_MINUS)) {
		expr_lex_next(p);
		b = parse_product(p);
		a = b != NULL ? expr_type_binary(p, t, a, b) : NULL;
		t = p->token;
	}
	return a;
}

static struct expr_node *
parse_else(struct expr_parser *p)
{
	struct expr_node *a = parse_sum(p), *b;
	size_t at;

	while (a != NULL && p->token.kind == TOKEN_ELSE) {
		at = p->token.at;
		expr_lex_next(p);
		b = parse_sum(p);
		a = b != NULL ? expr_type_else(p, at, a, b) : NULL;
	}
	return a;
}

static struct expr_node *
parse_list(struct expr_parser *p, size_t at, const struct expr_node *value)
{
	struct expr_node *list = expr_node_new(p, NODE_IN, EXPR_BOOL), *item;

	expr_node_add(p, list, value);
	if (!expr_parse_take(p, TOKEN_OPEN, "\"(\" and a list"))
		return NULL;
	for (;;) {
		item = expr_parse(p);
		if (item == NULL || !expr_node_add(p, list, item))
			return NULL;
		if (p->token.kind != TOKEN_COMMA)
			break;
		expr_lex_next(p);
	}
	if (!expr_parse_take(p, TOKEN_CLOSE, "\",\" or \")\""))
		return NULL;
	return expr_type_in(p, at, list);
}

static bool
is_comparison(enum expr_token_kind kind)
{
	return kind == TOKEN_IN ||
		(kind >= TOKEN_EQUAL && kind <= TOKEN_NO_MATCH);
}

static struct expr_node *
parse_comparison(struct expr_parser *p)
{
	struct expr_node *a = parse_else(p), *b;
	struct expr_token t = p->token;
	size_t b_at;

	if (a == NULL || !is_comparison(t.kind))
		return a;
	expr_lex_next(p);
	b_at = p->token.at;
	if (t.kind == TOKEN_IN) {
		a = parse_list(p, t.at, a);
	} else {
		b = parse_else(p);
		if (b == NULL)
			return NULL;
		a = t.kind == TOKEN_MATCH || t.kind == TOKEN_NO_MATCH
			? expr_type_match(p, t, a, b, b_at)
			: expr_type_compare(p, t, a, b);
	}
	if (a != NULL && is_comparison(p->token.kind))
		return expr_fail(p, p->token.at,
			"comparisons do not chain (join them with \"and\")");
	return a;
}

static bool
condition(struct expr_parser *p, const struct expr_node *n, size_t at,
	const char *word)
{
	if (n == NULL)
		return false;
	if (n->type != EXPR_BOOL)
		expr_fail(p, at, "\"%s\" needs a condition, not %s", word,
			expr_type_name(n->type));
	return !p->failed;
}

static struct expr_node *
parse_not(struct expr_parser *p)
{
	struct expr_node *n, *a = NULL;
	size_t at;

	if (p->token.kind != TOKEN_NOT)
		return parse_comparison(p);
	if (deeper(p)) {
		expr_lex_next(p);
		at = p->token.at;
		a = parse_not(p);
		if (!condition(p, a, at, "not"))
			a = NULL;
	}
	p->depth--;
	if (a == NULL)
		return NULL;
	n = expr_node_new(p, NODE_NOT, EXPR_BOOL);
	expr_node_add(p, n, a);
	return expr_node_fold(p, n);
}

/* Conditions joined by one word; as one node, however many there are. */
static struct expr_node *
parse_joined(struct expr_parser *p, enum expr_token_kind kind,
	struct expr_node *(*operand)(struct expr_parser *p))
{
	bool and = kind == TOKEN_AND;
	size_t at = p->token.at;
	struct expr_node *a = operand(p), *n = NULL;

	while (a != NULL && p->token.kind == kind) {
		if (n == NULL) {
			n = expr_node_new(p, p->whole ?
				and ? NODE_AND_WHOLE : NODE_OR_WHOLE :
				and ? NODE_AND : NODE_OR, EXPR_BOOL);
			if (!condition(p, a, at, and ? "and" : "or"))
				return NULL;
			expr_node_add(p, n, a);
		}
		expr_lex_next(p);
		at = p->token.at;
		a = operand(p);
		if (!condition(p, a, at, and ? "and" : "or") ||
			!expr_node_add(p, n, a))
			return NULL;
	}
	return a == NULL || n == NULL ? a : expr_node_fold(p, n);
}

static struct expr_node *
parse_and(struct expr_parser *p)
{
	return parse_joined(p, TOKEN_AND, parse_not);
}

struct expr_node *
expr_parse(struct expr_parser *p)
{
	struct expr_node *n = NULL;

	if (deeper(p))
		n = parse_joined(p, TOKEN_OR, parse_and);
	p->depth--;
	return p->failed ? NULL : n;
}

struct expr_node *
expr_parse_all(struct expr_parser *p)
{
	struct expr_node *n = expr_parse(p);
	struct expr_parser ahead = *p;

	if (n == NULL || p->token.kind == TOKEN_END)
		return n;
	if (p->token.kind == TOKEN_CLOSE)
		return expr_fail(p, p->token.at, "\")\" without \"(\"");
	if (p->token.kind == TOKEN_NOT) {
		expr_lex_next(&ahead);
		if (ahead.token.kind == TOKEN_IN)
			return expr_fail(p, p->token.at, "expected an operator,"
				" found \"not\" (write \"not\" in front: not x"
				" in (...))");
	}
	return unexpected(p, "an operator");
}
