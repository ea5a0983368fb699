#include "expr_node.h"

#include <stdlib.h>

/* A part that was seen, and how often others came to be equal to it. */
struct seen {
	const struct expr_node *node;
	const struct expr_node *shared; /* what stands in its place; or null */
	size_t times;
};

struct share {
	struct expr_scope *scope;
	size_t known;                /* as env->known_column */
	struct seen *list;
	size_t count, room;
};

static bool
same(const struct expr_node *a, const struct expr_node *b);

static bool
same_parts(const struct expr_node *a, const struct expr_node *b)
{
	size_t i;

	for (i = 0; i < a->parts; i++) {
		if (!same(a->part[i], b->part[i]))
			return false;
	}
	return true;
}

/* They come to the same for every row, and fail in the same column. Some parts
 * may be replaced already. */
static bool
same(const struct expr_node *a, const struct expr_node *b)
{
	a = expr_share_bare(a);
	b = expr_share_bare(b);
	return a == b || (a->op == b->op && a->type == b->type &&
		a->parts == b->parts && a->compare == b->compare &&
		a->missing == b->missing && a->day == b->day &&
		a->table == b->table && a->column == b->column &&
		a->i == b->i && slice_equal(a->s, b->s) &&
		a->pattern == b->pattern && a->calendar == b->calendar &&
		same_parts(a, b));
}

/* Costs more than to look whether it was computed already. */
static bool
worth(const struct share *s, const struct expr_node *n)
{
	if (n->type == EXPR_TEXT)
		return false;
	switch (n->op) {
	case NODE_COLUMN_TIME:
		return n->table != 0 || n->column + 1 != s->known;
	case NODE_ELSE:
	case NODE_IF:
	case NODE_AND:
	case NODE_OR:
	case NODE_AND_WHOLE:
	case NODE_OR_WHOLE:
	case NODE_COMPARE:
	case NODE_COMPARE_TEXT:
	case NODE_IN:
	case NODE_IN_TEXT:
	case NODE_MATCH:
	case NODE_CONTAINS:
	case NODE_GTIN: return true;
	default: return n->op >= NODE_COLUMN_NUMBER && n->op != NODE_COUNT &&
		n->op != NODE_FIRST && n->op != NODE_LAST &&
		n->op != NODE_SUM;
	}
}

static struct seen *
find(const struct share *s, const struct expr_node *n)
{
	size_t i;

	for (i = 0; i < s->count; i++) {
		if (same(s->list[i].node, n))
			return &s->list[i];
	}
	return NULL;
}

/* What stands inside of a part that was seen before is not looked at: it will
 * not be computed again. */
static void
look(struct share *s, const struct expr_node *n)
{
	struct seen *seen;
	size_t i;

	if (worth(s, n)) {
		seen = find(s, n);
		if (seen != NULL) {
			seen->times++;
			return;
		}
		if (s->count == s->room) {
			s->room = s->room > 0 ? 2 * s->room : 64;
			s->list = mem_resize(s->list, s->room,
				sizeof *s->list);
		}
		s->list[s->count++] = (struct seen){.node = n};
	}
	for (i = 0; i < n->parts; i++)
		look(s, n->part[i]);
}

static const struct expr_node *
shared(struct share *s, const struct expr_node *n)
{
	struct expr_node *new = mem_pool_get(&s->scope->pool, sizeof *new);

	*new = *n;
	new->op = NODE_SHARED;
	new->column = s->scope->shared_count++;
	new->part = mem_pool_get(&s->scope->pool, sizeof *new->part);
	new->part[0] = n;
	new->parts = 1;
	return new;
}

/* What comes to stand where n stands. */
static const struct expr_node *
replace(struct share *s, const struct expr_node *n)
{
	struct seen *seen;
	size_t i;

	if (n->op == NODE_SHARED)
		return n;
	seen = worth(s, n) ? find(s, n) : NULL;
	if (seen != NULL && seen->shared != NULL)
		return seen->shared;
	for (i = 0; i < n->parts; i++)
		n->part[i] = replace(s, n->part[i]);
	if (seen == NULL || seen->times == 0)
		return n;
	seen->shared = shared(s, n);
	return seen->shared;
}

void
expr_share(struct expr_scope *scope, struct expr *const *list, size_t n,
	size_t known_column)
{
	struct share s = {.scope = scope, .known = known_column};
	size_t i;

	for (i = 0; i < n; i++)
		look(&s, list[i]->root);
	for (i = 0; i < n; i++)
		list[i]->root = replace(&s, list[i]->root);
	free(s.list);
}

static int
compute(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	int status;

	if (n->type != EXPR_BOOL)
		return expr_eval_number(n, env, i);
	status = expr_eval_true(n, env);
	*i = status;
	return status < 0 ? -1 : 1;
}

/* What is bad is computed anew each time: so env says why. */
static int
compute_first(const struct expr_node *n, struct expr_env *env, int64_t *i,
	struct expr_shared *known)
{
	bool met = env->met_missing;
	int status;

	env->met_missing = false;
	status = compute(n, env, i);
	if (status >= 0) {
		known->i = *i;
		known->row = env->shared_row;
		known->missing = status == 0;
		known->met_missing = env->met_missing;
	}
	env->met_missing |= met;
	return status;
}

int
expr_share_eval(const struct expr_node *n, struct expr_env *env, int64_t *i)
{
	struct expr_shared *known;

	if (env->shared == NULL)
		return compute(n->part[0], env, i);
	known = &env->shared[n->column];
	if (known->row != env->shared_row)
		return compute_first(n->part[0], env, i, known);
	*i = known->i;
	env->met_missing |= known->met_missing;
	return !known->missing;
}
