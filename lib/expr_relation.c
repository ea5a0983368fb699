#include "expr_node.h"

static const struct {
	const char *name;
	enum expr_op op;
	enum expr_type type;
	bool money;
	unsigned part;
} relations[] = {
	{"has", NODE_HAS, EXPR_BOOL, false, EXPR_PART_HAS},
	{"count", NODE_COUNT, EXPR_NUMBER, false, EXPR_PART_COUNT},
	{"first", NODE_FIRST, EXPR_TIME, false, EXPR_PART_FIRST},
	{"last", NODE_LAST, EXPR_TIME, false, EXPR_PART_LAST},
	{"sum", NODE_SUM, EXPR_NUMBER, true, EXPR_PART_SUM},
};

#define COUNT (sizeof(relations) / sizeof(relations[0]))

const char *
expr_relation_named(size_t i)
{
	return i < COUNT ? relations[i].name : NULL;
}

unsigned
expr_relation_part(enum expr_op op)
{
	for (size_t i = 0; i < COUNT; i++)
		if (relations[i].op == op)
			return relations[i].part;
	return 0;
}

/* The number of the relation, which may have been asked for before. */
static size_t
collected(struct expr_scope *scope, struct slice kind, struct expr *where)
{
	const struct expr_relation *r;
	size_t i, n = scope->relation_count;

	for (i = 0; i < n; i++) {
		r = &scope->relations[i];
		if (!slice_equal(r->kind, kind) ||
			(r->where == NULL) != (where == NULL))
			continue;
		if (where == NULL || slice_equal(r->where->text, where->text))
			return i;
	}
	if ((n & (n - 1)) == 0)
		scope->relations = mem_resize(scope->relations,
			n > 0 ? 2 * n : 1, sizeof(*scope->relations));
	scope->relations[n] = (struct expr_relation){kind, where, 0};
	scope->relation_count++;
	return n;
}

static struct expr *
condition(struct expr_parser *p)
{
	struct expr_parser outer = *p;
	struct expr *e = mem_pool_get(&p->scope->pool, sizeof(*e));
	size_t at = p->token.at;

	*e = (struct expr){0};
	p->place = PLACE_RELATED;
	p->whole = false;
	p->into = e;
	e->root = expr_parse(p);
	p->place = outer.place;
	p->whole = outer.whole;
	p->into = outer.into;
	if (e->root == NULL)
		return NULL;
	e->text = (struct slice){p->text.p + at, p->end - at};
	if (e->root->type != EXPR_BOOL)
		return expr_fail(p, at,
			"a relation needs a condition on its rows, not %s",
			expr_type_name(e->root->type));
	return e;
}

static bool
allowed(struct expr_parser *p, struct expr_token name)
{
	const char *hint = p->scope->relation_hint;
	int n = (int)name.s.n;

	if (p->scope->relation_of == EXPR_NO_RELATIONS)
		expr_fail(p, name.at,
			"%.*s() looks at tickets, and none are read here%s%s",
			n, name.s.p, hint != NULL ? "; " : "",
			hint != NULL ? hint : "");
	else if (p->place == PLACE_RELATED)
		expr_fail(p, name.at, "%.*s() cannot stand in the condition of "
			"a relation", n, name.s.p);
	else if (p->place == PLACE_SHOW)
		expr_fail(p, name.at, "%.*s() of a kind belongs to a record: it "
			"can only stand in an aggregate, as in "
			"sum(count(\"repair\"))", n, name.s.p);
	else if (p->token.kind != TOKEN_TEXT || p->token.s.n == 0)
		expr_fail(p, p->token.at, "%.*s() needs a kind in quotes, as in "
			"%.*s(\"repair\")", n, name.s.p, n, name.s.p);
	return !p->failed;
}

static struct expr_node *
relation(struct expr_parser *p, struct expr_token name, size_t i)
{
	struct expr *where = NULL;
	struct expr_node *n;
	struct slice kind;

	if (!allowed(p, name))
		return NULL;
	kind = p->token.s;
	expr_lex_next(p);
	if (p->token.kind == TOKEN_COMMA) {
		expr_lex_next(p);
		where = condition(p);
		if (where == NULL)
			return NULL;
	}
	if (!expr_parse_take(p, TOKEN_CLOSE,
		where == NULL ? "\",\" or \")\"" : "\")\""))
		return NULL;
	n = expr_node_new(p, relations[i].op, relations[i].type);
	n->money = relations[i].money;
	n->column = collected(p->scope, kind, where);
	p->scope->relations[n->column].parts |= relations[i].part;
	n->source = (struct slice){p->text.p + name.at, p->end - name.at};
	expr_node_mention(p, n);
	return n;
}

bool
expr_relation_call(struct expr_parser *p, struct expr_token name,
	struct expr_node **node)
{
	size_t i = 0;

	while (i < COUNT && !slice_is(name.s, relations[i].name))
		i++;
	if (i == COUNT)
		return false;
	*node = relation(p, name, i);
	return true;
}
