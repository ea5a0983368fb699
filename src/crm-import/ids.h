#ifndef IDS_H
#define IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hash.h"
#include "slice.h"
#include "word.h"

/**
 * ids: the ids of the records, numbered in the order in which they came.
 *
 * Most files come in the order of their ids. One that is greater than all
 * before it, byte for byte, is new: nothing is looked for, and the table is
 * only filled when an id comes that is not.
 */
#define IDS_NONE UINT32_MAX

struct ids {
	struct hash *table;
	uint32_t greatest;    /* the number of that one; IDS_NONE: no id yet */
	size_t n;             /* its length */
	uint64_t first, last; /* word_rank of its first eight bytes, and of its
	                         last ones; 0 where it is shorter */
	bool waiting; /* some have no place in the table yet */
	size_t expected; /* ids_expect */
};

void ids_open(struct ids *ids);
void ids_close(struct ids *ids);

/** ids_expect(ids, n): there will be n in all, by a guess. */
void ids_expect(struct ids *ids, size_t n);

/** ids_prefetch(ids, code): an id with that hash_code comes soon. */
void ids_prefetch(const struct ids *ids, uint64_t code);

/** ids_get(ids, number): the id; it never moves. */
struct slice ids_get(const struct ids *ids, uint32_t number);

/** ids_follows(ids, id): it is greater than all of them. */
static inline bool
ids_follows(const struct ids *ids, struct slice id)
{
	uint64_t first;

	if (id.n != ids->n || id.n < 8 || id.n > 16)
		return ids->greatest == IDS_NONE ? id.n > 0
			: slice_compare(id, ids_get(ids, ids->greatest)) > 0;
	first = word_rank(id.p);
	return first > ids->first || (first == ids->first &&
		word_rank(id.p + id.n - 8) > ids->last);
}

/** ids_ordered(ids): each followed those before it: codes are of no use. */
static inline bool
ids_ordered(const struct ids *ids)
{
	return ids->waiting;
}

/** ids_append(ids, id): adds one that follows. */
static inline void
ids_append(struct ids *ids, struct slice id)
{
	ids->greatest = hash_append(ids->table, id);
	ids->n = id.n;
	ids->first = id.n >= 8 ? word_rank(id.p) : 0;
	ids->last = id.n >= 8 ? word_rank(id.p + id.n - 8) : 0;
	ids->waiting = true;
}

/** ids_find(ids, id, code): its number, or IDS_NONE. */
uint32_t ids_find(struct ids *ids, struct slice id, uint64_t code);

/** ids_add(ids, id, code): adds it; false where it is there already. */
bool ids_add(struct ids *ids, struct slice id, uint64_t code);

#endif
