#ifndef CARD_FIND_H
#define CARD_FIND_H

#include <stdbool.h>

#include "mem.h"
#include "record.h"

/**
 * card_find: the records with one value of a key: by looking at all of them,
 * or, in files that are sorted by the bytes of the key, by halving.
 */
struct card_query {
	const struct record_source *source;
	const char *key;  /* the column */
	struct slice id;  /* decoded */
	bool sorted;
	unsigned jobs;
	bool progress;
};

struct card_rows {
	const struct record_source *source;
	struct slice *fields; /* count * source->columns, raw */
	size_t count;
	struct mem_pool pool;
};

/** card_find(q, rows): in the order of the input; rows begins as zero. */
void card_find(const struct card_query *q, struct card_rows *rows);
void card_find_free(struct card_rows *rows);

#endif
