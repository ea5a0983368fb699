#include "expr_node.h"

/* The columns that are known, all of tables[0]. */
struct known {
	struct expr_env *env;
	const size_t *columns;
	size_t n;
	bool in_order; /* what stands behind an unknown part decides nothing */
};

static bool
column_known(const struct known *k, const struct expr_node *n)
{
	for (size_t i = 0; n->table == 0 && i < k->n; i++)
		if (k->columns[i] == n->column)
			return true;
	return false;
}

/* Nothing below n but known columns and constants. */
static bool
all_known(const struct known *k, const struct expr_node *n)
{
	n = expr_share_bare(n);
	switch (n->op) {
	case NODE_CONSTANT: return true;
	case NODE_IS:
	case NODE_AMONG:
	case NODE_COLUMN: return column_known(k, n);
	case NODE_COMPARE_TEXT:
	case NODE_IN_TEXT:
	case NODE_MATCH:
	case NODE_EMPTY:
	case NODE_CONTAINS:
	case NODE_STARTS:
	case NODE_LOWER:
	case NODE_UPPER:
	case NODE_ELSE:
		for (size_t i = 0; i < n->parts; i++)
			if (!all_known(k, n->part[i]))
				return false;
		return true;
	default: return false;
	}
}

static int
tell(const struct known *k, const struct expr_node *n);

/* A part that is `decides` decides; else they must all be known. */
static int
tell_joined(const struct known *k, const struct expr_node *n, int decides)
{
	int all = !decides;

	for (size_t i = 0; i < n->parts; i++) {
		int part = tell(k, n->part[i]);

		if (part == decides)
			return decides;
		if (part < 0)
			all = -1;
		if (part < 0 && k->in_order)
			break;
	}
	return all;
}

static int
tell(const struct known *k, const struct expr_node *n)
{
	int part;

	n = expr_share_bare(n);
	switch (n->op) {
	case NODE_AND:
	case NODE_AND_WHOLE: return tell_joined(k, n, 0);
	case NODE_OR:
	case NODE_OR_WHOLE: return tell_joined(k, n, 1);
	case NODE_NOT:
		part = tell(k, n->part[0]);
		return part < 0 ? part : !part;
	default: break;
	}
	if (n->type != EXPR_BOOL || !all_known(k, n))
		return -1;
	do {
		k->env->bad_why = "";
		k->env->scratch.n = 0;
		part = expr_eval_true(n, k->env);
	} while (part < 0 && k->env->bad_why == NULL);
	return part;
}

int
expr_known(const struct expr *e, struct expr_env *env, const size_t *columns,
	size_t n)
{
	const struct known k = {env, columns, n, false};

	return tell(&k, e->root);
}

int
expr_known_first(const struct expr *e, struct expr_env *env,
	const size_t *columns, size_t n)
{
	const struct known k = {env, columns, n, true};

	return tell(&k, e->root);
}

static const struct expr_node *
rest(const struct known *k, const struct expr_node *n, struct mem_pool *pool);

/* A copy of n that has room for its parts, but has none yet. */
static struct expr_node *
without_parts(const struct expr_node *n, struct mem_pool *pool)
{
	struct expr_node *new = mem_pool_get(pool, sizeof(*new));

	*new = *n;
	new->part = mem_pool_get(pool, n->parts * sizeof(const void *));
	new->parts = 0;
	return new;
}

/* Parts that decide nothing are left out, and so are those behind one that
 * does: nobody comes to look at them. */
static const struct expr_node *
rest_joined(const struct known *k, const struct expr_node *n, int decides,
	struct mem_pool *pool)
{
	struct expr_node *new = without_parts(n, pool);
	int part = !decides;

	for (size_t i = 0; i < n->parts && part != decides; i++) {
		part = tell(k, n->part[i]);
		if (part != !decides)
			new->part[new->parts++] = rest(k, n->part[i], pool);
	}
	return new->parts == 1 ? new->part[0] : new->parts > 0 ? new : n;
}

static const struct expr_node *
rest(const struct known *k, const struct expr_node *n, struct mem_pool *pool)
{
	const struct expr_node *bare = expr_share_bare(n), *left;
	struct expr_node *new;

	switch (bare->op) {
	case NODE_AND:
	case NODE_OR:
		left = rest_joined(k, bare, bare->op == NODE_OR, pool);
		break;
	case NODE_NOT:
		new = without_parts(bare, pool);
		new->part[new->parts++] = rest(k, bare->part[0], pool);
		left = new;
		break;
	default: return n;
	}
	if (n == bare || left->op != bare->op)
		return left;
	new = without_parts(n, pool);
	new->part[new->parts++] = left;
	return new;
}

struct expr *
expr_known_rest(const struct expr *e, struct expr_env *env,
	const size_t *columns, size_t n, struct mem_pool *pool)
{
	const struct known k = {env, columns, n, true};
	struct expr *new = mem_pool_get(pool, sizeof(*new));

	*new = *e;
	new->root = rest(&k, e->root, pool);
	return new;
}
