#include "expr_node.h"

#include <stdlib.h>

#include "date.h"
#include "text.h"

static void
prepare(struct expr_scope *scope)
{
	size_t t;

	for (t = 0; t < scope->table_count; t++) {
		size_t n = scope->tables[t].count;

		if (scope->uses[t] != NULL)
			continue;
		scope->uses[t] = mem_pool_get(&scope->pool,
			(n + 1) * sizeof(bool));
		memset(scope->uses[t], 0, (n + 1) * sizeof(bool));
	}
}

struct expr *
expr_compile(struct expr_scope *scope, struct slice text,
	struct expr_error *error)
{
	struct expr_parser p = {.scope = scope, .error = error};
	struct expr *e = mem_pool_get(&scope->pool, sizeof(*e));

	prepare(scope);
	*e = (struct expr){.text = mem_pool_copy(&scope->pool, text)};
	p.text = e->text;
	p.into = e;
	p.place = scope->aggregates ? PLACE_SHOW : PLACE_ROW;
	expr_lex_next(&p);
	e->root = p.token.kind == TOKEN_END
		? expr_node_constant(&p, EXPR_BOOL, 1) : expr_parse_all(&p);
	return e->root != NULL && !p.failed ? e : NULL;
}

struct expr *
expr_compile_as(struct expr_scope *scope, struct slice text,
	enum expr_type type, struct expr_error *error)
{
	struct expr_parser p = {.error = error};
	struct expr *e = expr_compile(scope, text, error);

	if (e == NULL || e->root->type == type)
		return e;
	return expr_fail(&p, 0, "needs %s, not %s", expr_type_name(type),
		expr_type_name(e->root->type));
}

void
expr_scope_free(struct expr_scope *scope)
{
	expr_pattern_free(scope->patterns);
	scope->patterns = NULL;
	free(scope->relations);
	scope->relations = NULL;
	scope->relation_count = 0;
	free(scope->aggregated);
	scope->aggregated = NULL;
	scope->aggregate_count = 0;
	scope->uses_holds = false;
	memset(scope->uses, 0, sizeof(scope->uses));
	mem_pool_free(&scope->pool);
}

enum expr_type
expr_type(const struct expr *e)
{
	return e->root->type;
}

bool
expr_money(const struct expr *e)
{
	return e->root->type == EXPR_NUMBER && e->root->money;
}

size_t
expr_column(const struct expr *e, size_t *column)
{
	const struct expr_node *n = e->root;

	if (n->op != NODE_COLUMN && n->op != NODE_COLUMN_NUMBER &&
		n->op != NODE_COLUMN_TIME)
		return RECORD_NONE;
	*column = n->column;
	return n->table;
}

bool
expr_names(const struct expr *e, size_t table, size_t column)
{
	for (size_t i = 0; i < e->mentions; i++) {
		const struct expr_node *n = e->mention[i];

		if ((n->op == NODE_COLUMN || n->op == NODE_COLUMN_NUMBER ||
			n->op == NODE_COLUMN_TIME) && n->table == table &&
			n->column == column)
			return true;
	}
	return false;
}

bool
expr_relates(const struct expr *e, size_t relation)
{
	for (size_t i = 0; i < e->mentions; i++) {
		const struct expr_node *n = e->mention[i];

		if (expr_relation_part(n->op) && n->column == relation)
			return true;
	}
	return false;
}

static bool
by_day(const struct expr_node *n, size_t column)
{
	const struct expr_node *part = n->parts > 0 ?
		expr_share_bare(n->part[0]) : NULL;

	switch (n->op) {
	case NODE_CONSTANT: return true;
	case NODE_YEARMONTH:
	case NODE_YEAR:
	case NODE_MONTH:
	case NODE_DAY:
	case NODE_WEEKDAY:
	case NODE_DATE: return part->op == NODE_COLUMN_TIME &&
		part->table == 0 && part->column == column;
	case NODE_SHARED:
	case NODE_IF:
	case NODE_COMPARE:
	case NODE_ADD:
	case NODE_SUBTRACT:
	case NODE_MULTIPLY:
	case NODE_DIVIDE:
	case NODE_FLOOR: break;
	default: return false;
	}
	for (size_t i = 0; i < n->parts; i++) {
		if (!by_day(n->part[i], column))
			return false;
	}
	return true;
}

bool
expr_by_day(const struct expr *e, size_t column)
{
	return by_day(e->root, column);
}

size_t
expr_aggregated(const struct expr *e)
{
	return e->root->op == NODE_AGGREGATE ? e->root->column : RECORD_NONE;
}

struct slice
expr_argument(const struct expr *e)
{
	return e->text;
}

struct expr *
expr_divisor(struct expr_scope *scope, const struct expr *e)
{
	const struct expr_node *n = e->root;
	struct expr *divisor;

	if (n->op != NODE_DIVIDE && n->op != NODE_PORTION &&
		n->op != NODE_RATIO)
		return NULL;
	divisor = mem_pool_get(&scope->pool, sizeof(*divisor));
	*divisor = (struct expr){.root = n->part[1]};
	return divisor;
}

unsigned
expr_needs(const struct expr *e)
{
	unsigned needs = e->holds ? EXPR_NEEDS_RELATED : 0;
	size_t i;

	for (i = 0; i < e->mentions; i++) {
		const struct expr_node *n = e->mention[i];

		if (n->op == NODE_GIVEN)
			needs |= (unsigned)EXPR_NEEDS_GIVEN << n->column;
		else if (n->op == NODE_COLUMN || n->op == NODE_COLUMN_NUMBER ||
			n->op == NODE_COLUMN_TIME)
			needs |= 1U << n->table;
		else
			needs |= EXPR_NEEDS_RELATED;
	}
	return needs;
}

static void
write_number(struct buf *b, const struct expr_node *n, int64_t i)
{
	char *out = buf_reserve(b, NUM_SIZE);

	switch (n->type) {
	case EXPR_TIME:
		b->n += date_write(out, i);
		break;
	case EXPR_DURATION:
		b->n += num_write(out,
			num_divide((num_wide)i * NUM_ONE, DATE_HOUR));
		break;
	case EXPR_PERIOD:
		b->n += num_write(out, (num_wide)i * NUM_ONE);
		buf_text(b, "mo");
		break;
	case EXPR_BOOL:
		buf_text(b, i ? "true" : "false");
		break;
	default:
		b->n += n->money ? num_write_money(out, i) : num_write(out, i);
	}
}

void
expr_write(struct buf *b, const struct expr *e, const struct expr_value *value)
{
	if (value->missing)
		return;
	if (e->root->type == EXPR_TEXT)
		text_escape(b, value->s);
	else
		write_number(b, e->root, value->i);
}

static void
explain(const struct expr_node *n, struct expr_env *env, struct buf *b)
{
	struct expr_value value;

	buf_add(b, n->source);
	buf_byte(b, '=');
	if (!expr_eval_node(n, env, &value))
		buf_add(b, env->bad_value);
	else if (value.missing)
		return;
	else if (n->type == EXPR_TEXT)
		buf_add(b, value.s);
	else
		write_number(b, n, value.i);
}

void
expr_explain(const struct expr *e, struct expr_env *env, struct buf *b)
{
	size_t i;

	for (i = 0; i < e->mentions; i++) {
		if (i > 0)
			buf_byte(b, ' ');
		explain(e->mention[i], env, b);
	}
}

static const struct expr_node *
find_relation(const struct expr *e, size_t i)
{
	for (size_t k = 0; k < e->mentions; k++) {
		const struct expr_node *n = e->mention[k];

		if (expr_relation_part(n->op) && i-- == 0)
			return n;
	}
	return NULL;
}

struct slice
expr_relation_text(const struct expr *e, size_t i)
{
	const struct expr_node *n = find_relation(e, i);

	return n ? n->source : (struct slice){NULL, 0};
}

void
expr_relation_write(const struct expr *e, size_t i, struct expr_env *env,
	struct buf *b)
{
	const struct expr_node *n = find_relation(e, i);
	struct expr_value value;

	if (n && expr_eval_node(n, env, &value) && !value.missing)
		write_number(b, n, value.i);
}

/* Where the item that begins at `at` ends: at a semicolon, or the text. */
static size_t
item_end(struct slice text, size_t at)
{
	char quote = '\0', c;

	for (; at < text.n; at++) {
		c = text.p[at];
		if (quote != '\0' ? c == quote : c == '"' || c == '\'')
			quote = quote != '\0' ? '\0' : c;
		else if (quote == '\0' && c == ';')
			break;
	}
	return at;
}

/* The part of text from `from` to `to` without blanks at its ends. */
static struct slice
trimmed(struct slice text, size_t from, size_t to)
{
	return text_trim((struct slice){text.p + from, to - from});
}

bool
expr_item(struct slice text, size_t *position, struct slice *name,
	struct slice *expression, size_t *at)
{
	struct slice item = {NULL, 0}, after;
	size_t n;

	while (item.n == 0) {
		size_t start = *position, end;

		if (start >= text.n)
			return false;
		end = item_end(text, start);
		*position = end + 1;
		item = trimmed(text, start, end);
	}
	*name = (struct slice){item.p, 0};
	n = expr_lex_name(item);
	after = text_trim((struct slice){item.p + n, item.n - n});
	if (n > 0 && after.n > 0 && after.p[0] == '=' &&
		(after.n == 1 || after.p[1] != '=')) {
		name->n = n;
		item = trimmed(text, (size_t)(after.p - text.p) + 1,
			(size_t)(item.p - text.p) + item.n);
	}
	*expression = item;
	*at = (size_t)(item.p - text.p);
	return true;
}
