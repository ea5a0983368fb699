#ifndef RELATE_PART_H
#define RELATE_PART_H

#include <stddef.h>
#include <stdint.h>

#include "mem.h"
#include "slice.h"

/**
 * relate_part: a small hash from keys to words of 8 bytes, made so that all of
 * it fits into the processor's cache: keys and words lie side by side without
 * gaps. For relate_table.c alone.
 */
struct relate_part {
	size_t count;          /* of entries */
	struct mem_pool pool;  /* whoever has the part may use it */
	/* private */
	size_t stride;         /* bytes of an entry */
	size_t words;
	uint32_t *slots;
	size_t slot_count;     /* that are used, a power of two; or 0 */
	size_t slot_room;
	char *entries;
	size_t room;
};

#define RELATE_NO_ENTRY SIZE_MAX

/** relate_part_init(p, words): of an entry. relate_part_free(p): p is empty
 * again, and can be used again. relate_part_move(p, from): p, which is empty,
 * gets the memory of from; both are empty then. */
void relate_part_init(struct relate_part *p, size_t words);
void relate_part_free(struct relate_part *p);
void relate_part_move(struct relate_part *p, struct relate_part *from);

/** relate_part_reserve(p, n): room for n entries in all: comes before
 * relate_part_put. Entries move. */
void relate_part_reserve(struct relate_part *p, size_t n);

/** relate_part_put(p, key, code): the entry, 0, 1, 2 ... in the order of
 * coming; a new one's words are zero. relate_part_find: or RELATE_NO_ENTRY.
 * code is hash_code(key). */
size_t relate_part_put(struct relate_part *p, struct slice key, uint64_t code);
size_t relate_part_find(const struct relate_part *p, struct slice key,
	uint64_t code);

uint64_t *relate_part_words(const struct relate_part *p, size_t entry);

/** As hash_prefetch and hash_prefetch_payload. */
void relate_part_prefetch(const struct relate_part *p, uint64_t code);
void relate_part_prefetch_entry(const struct relate_part *p, uint64_t code);

#endif
