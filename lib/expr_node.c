#include "expr_node.h"

#include <stdarg.h>
#include <stdio.h>

#include "text.h"

#define DEPTH 1000     /* of a tree: it is walked by recursion */
#define SHOWN_SIZE 60  /* bytes of a word in a message */

void *
expr_fail(struct expr_parser *p, size_t at, const char *format, ...)
{
	va_list list;

	if (p->failed)
		return NULL;
	p->failed = true;
	p->error->position = at;
	va_start(list, format);
	vsnprintf(p->error->text, sizeof(p->error->text), format, list);
	va_end(list);
	return NULL;
}

int
expr_shown(struct slice s)
{
	uint32_t code;
	size_t n = 0, more;

	while (n < s.n) {
		more = text_decode((struct slice){s.p + n, s.n - n}, &code);
		if (n + more > SHOWN_SIZE)
			break;
		n += more;
	}
	return (int)n;
}

const char *
expr_type_name(enum expr_type type)
{
	static const char *const names[] = {
		[EXPR_TEXT] = "a text",
		[EXPR_NUMBER] = "a number",
		[EXPR_TIME] = "a time",
		[EXPR_DURATION] = "a duration",
		[EXPR_PERIOD] = "a period",
		[EXPR_BOOL] = "a condition",
	};

	return names[type];
}

struct expr_node *
expr_node_new(struct expr_parser *p, enum expr_op op, enum expr_type type)
{
	struct expr_node *n = mem_pool_get(&p->scope->pool, sizeof(*n));

	*n = (struct expr_node){.op = op, .type = type};
	return n;
}

struct expr_node *
expr_node_constant(struct expr_parser *p, enum expr_type type, int64_t i)
{
	struct expr_node *n = expr_node_new(p, NODE_CONSTANT, type);

	n->i = i;
	return n;
}

struct expr_node *
expr_node_text(struct expr_parser *p, struct slice s)
{
	struct expr_node *n = expr_node_new(p, NODE_CONSTANT, EXPR_TEXT);

	n->s = s;
	n->missing = s.n == 0;
	return n;
}

/* A longer array, where the old one is full: it has room for a power of two. */
static const struct expr_node **
grown(struct mem_pool *pool, const struct expr_node **old, size_t n)
{
	const struct expr_node **new;

	if ((n & (n - 1)) != 0)
		return old;
	new = mem_pool_get(pool, (n > 0 ? 2 * n : 1) * sizeof(const void *));
	if (n > 0)
		memcpy(new, old, n * sizeof(const void *));
	return new;
}

bool
expr_node_add(struct expr_parser *p, struct expr_node *n,
	const struct expr_node *part)
{
	n->part = grown(&p->scope->pool, n->part, n->parts);
	n->part[n->parts++] = part;
	if (n->depth <= part->depth)
		n->depth = part->depth + 1;
	if (n->depth > DEPTH) {
		expr_fail(p, p->token.at, "too many operations, one upon the "
			"other (more than %d)", DEPTH);
		return false;
	}
	return true;
}

static bool
same_mention(const struct expr_node *a, const struct expr_node *b)
{
	return slice_equal(a->source, b->source);
}

void
expr_node_mention(struct expr_parser *p, struct expr_node *n)
{
	struct expr *e = p->into;
	size_t i;

	for (i = 0; i < e->mentions; i++) {
		if (same_mention(e->mention[i], n))
			return;
	}
	e->mention = grown(&p->scope->pool, e->mention, e->mentions);
	e->mention[e->mentions++] = n;
}

/* Needs nothing of the record but what its parts need. A comparison with a
 * missing value is met for every record, so it stays. */
static bool
foldable(const struct expr_node *n)
{
	bool compares = n->op == NODE_COMPARE || n->op == NODE_COMPARE_TEXT ||
		n->op == NODE_IN || n->op == NODE_IN_TEXT ||
		n->op == NODE_MATCH;
	size_t i;

	if (n->parts == 0 || n->op == NODE_WORK || n->op == NODE_WORKTIME ||
		n->op == NODE_AMONG)
		return false;
	for (i = 0; i < n->parts; i++) {
		if (n->part[i]->op != NODE_CONSTANT ||
			(compares && n->part[i]->missing))
			return false;
	}
	return true;
}

struct expr_node *
expr_node_fold(struct expr_parser *p, struct expr_node *n)
{
	struct expr_env env = {0};
	struct expr_value value;
	struct expr_node *constant;

	if (p->failed || !foldable(n))
		return p->failed ? NULL : n;
	if (!expr_eval_node(n, &env, &value))
		value.missing = true;
	constant = expr_node_new(p, NODE_CONSTANT, n->type);
	constant->missing = value.missing;
	constant->i = value.i;
	constant->money = n->money;
	constant->days = n->days;
	if (n->type == EXPR_TEXT && !value.missing)
		constant->s = mem_pool_copy(&p->scope->pool, value.s);
	buf_free(&env.scratch);
	return constant;
}
