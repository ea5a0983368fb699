#ifndef MILL_H
#define MILL_H

#include "chunk.h"
#include "run.h"

/**
 * mill: what one thread needs to find the segments of records, and what it
 * found for the last one.
 */
struct mill {
	_Alignas(MEM_APART) struct expr_env env;
	struct buf scratch;
	struct buf names;    /* of its segments, as a field */
	struct buf why;      /* as a field */
	struct buf line;     /* of --split */
	struct buf handed;   /* of --was: what was_hand hands over */
	size_t *found;       /* its segments, each as the first rule of its name */
	size_t found_count;
	struct was_found was;   /* --was */
	struct slice move;
	uint64_t *counts;    /* of --count; null: none is asked for */
};

/** mill_open(run): one for every thread. mill_close(run, mills). */
struct mill *mill_open(const struct run *run);
void mill_close(const struct run *run, struct mill *mills);

/** mill_take(run, c, r, mill): 1: the record passes --where and its segments are
 * found; 0: it does not pass; -1: it is a bad record, and reported. */
int mill_take(const struct run *run, struct chunk *c, const struct record *r,
	struct mill *mill);

#endif
