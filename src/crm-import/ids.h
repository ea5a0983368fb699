#ifndef IDS_H
#define IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

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
	struct slice greatest;
	bool waiting; /* some have no place in the table yet */
};

void ids_open(struct ids *ids);
void ids_close(struct ids *ids);

/** ids_expect(ids, n): there will be n in all, by a guess. */
void ids_expect(struct ids *ids, size_t n);

/** ids_prefetch(ids, code): an id with that hash_code comes soon. */
void ids_prefetch(const struct ids *ids, uint64_t code);

/** ids_find(ids, id, code): its number, or IDS_NONE. */
uint32_t ids_find(struct ids *ids, struct slice id, uint64_t code);

/** ids_add(ids, id, code): adds it; false where it is there already. */
bool ids_add(struct ids *ids, struct slice id, uint64_t code);

/** ids_get(ids, number): the id; it never moves. */
struct slice ids_get(const struct ids *ids, uint32_t number);

#endif
