#ifndef TEMPLATE_H
#define TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "mem.h"
#include "slice.h"

/**
 * template: the text of an action: "Call {name} about {product}". {{ is a
 * brace.
 */
struct template_part {
	struct slice literal; /* where table < 0 */
	int table;            /* as template_find says */
	size_t column;
};

struct template {
	struct template_part *parts;
	size_t count;
};

/** What a name means: false: nothing. *table is not negative. */
typedef bool template_find(struct slice name, int *table, size_t *column,
	void *context);

/** template_read(pool, text, find, context, t): where something is wrong
 * returns what, and its place in *position; else null. */
const char *template_read(struct mem_pool *pool, struct slice text,
	template_find *find, void *context, struct template *t,
	size_t *position);

#endif
