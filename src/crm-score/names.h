#ifndef NAMES_H
#define NAMES_H

#include "mem.h"
#include "slice.h"

/**
 * names: a list of names of columns, each once. Starts with the pool alone set;
 * everything lies there.
 */
struct names {
	struct mem_pool *pool;
	struct slice *items;
	size_t count, room;
};

void names_add(struct names *names, struct slice name);

/** names_add_words(names, expression): every word in it that could be a name of
 * a column. */
void names_add_words(struct names *names, struct slice expression);

#endif
