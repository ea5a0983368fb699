#ifndef RELATED_H
#define RELATED_H

#include "expr.h"
#include "mem.h"
#include "relation.h"

/**
 * related: what the relations of one subject come to so far. Starts from all
 * zero and keeps only the relations that it has rows of: most have few.
 * Everything lies in the pool given.
 */
struct related {
	struct related_cell *cells;
};

/** related_take(pool, s, row, relations): one more row, which concerns some of so
 * many relations. */
void related_take(struct mem_pool *pool, struct related *s,
	const struct relation_row *row, size_t relations);

/** related_add(pool, s, relation, cell): what a cell adds; cell->count > 0. */
void related_add(struct mem_pool *pool, struct related *s, size_t relation,
	const struct expr_cell *cell);

/** related_merge(pool, to, from): adds what from has. */
void related_merge(struct mem_pool *pool, struct related *to,
	const struct related *from);

/** related_fill(s, cells, relations): all of the cells. */
void related_fill(const struct related *s, struct expr_cell *cells,
	size_t relations);

#endif
