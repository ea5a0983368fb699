#include "expr_node.h"

/* if(condition, a) and if(condition, a, b). */
static struct expr_node *
if_call(struct expr_parser *p, size_t at)
{
	struct expr_node *n, *part;
	size_t part_at;

	n = expr_node_new(p, NODE_IF, EXPR_BOOL);
	while (p->token.kind != TOKEN_CLOSE) {
		if (n->parts > 0 && !expr_parse_take(p, TOKEN_COMMA,
			"\",\" or \")\""))
			return NULL;
		part_at = p->token.at;
		part = expr_parse(p);
		if (part == NULL || !expr_node_add(p, n, part))
			return NULL;
		if (n->parts == 1 && part->type != EXPR_BOOL)
			return expr_fail(p, part_at, "if() begins with a "
				"condition, not %s", expr_type_name(part->type));
		if (n->parts == 3 && part->type != n->part[1]->type)
			return expr_fail(p, part_at, "if() needs two values of "
				"one type, not %s and %s",
				expr_type_name(n->part[1]->type),
				expr_type_name(part->type));
		if (n->parts > 1) {
			n->type = part->type;
			n->money = n->money || part->money;
			n->days = n->days || part->days;
		}
	}
	if (n->parts < 2 || n->parts > 3)
		return expr_fail(p, at, "if() takes a condition and one or two "
			"values");
	if (!expr_parse_take(p, TOKEN_CLOSE, "\")\""))
		return NULL;
	return expr_node_fold(p, n);
}

/* column("name"): for data that may have it or not. */
static struct expr_node *
column_call(struct expr_parser *p, size_t at)
{
	struct expr_token word = p->token;
	struct expr_node *n;

	if (p->place == PLACE_SHOW)
		return expr_fail(p, at, "column() can only stand in an "
			"aggregate");
	if (!expr_parse_take(p, TOKEN_TEXT, "the name of a column in quotes") ||
		!expr_parse_take(p, TOKEN_CLOSE, "\")\""))
		return NULL;
	n = expr_name_column(p, word.s, true, (struct slice){p->text.p + at,
		p->end - at});
	if (n != NULL)
		return n;
	switch (schema_type_of(word.s)) {
	case SCHEMA_NUMBER:
	case SCHEMA_MONEY:
		n = expr_node_constant(p, EXPR_NUMBER, 0);
		n->money = schema_type_of(word.s) == SCHEMA_MONEY;
		break;
	case SCHEMA_TIME:
		n = expr_node_constant(p, EXPR_TIME, 0);
		break;
	default:
		n = expr_node_text(p, (struct slice){"", 0});
	}
	n->missing = true;
	return n;
}

bool
expr_form_call(struct expr_parser *p, struct expr_token name,
	struct expr_node **node)
{
	if (slice_is(name.s, "if"))
		*node = if_call(p, name.at);
	else if (slice_is(name.s, "column"))
		*node = column_call(p, name.at);
	else
		return false;
	return true;
}
