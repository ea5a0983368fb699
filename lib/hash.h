#ifndef HASH_H
#define HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/**
 * hash: a table from byte strings to fixed-size payloads; made for 40 million
 * keys.
 *
 * Keys are copied in and get the indexes 0, 1, 2 ... in the order in which
 * they came, so that nothing ever depends on the order of the hash. A key of
 * up to 23 bytes lies beside its payload (one cache line for 40 bytes of
 * payload); about 24 + payload + 14 bytes a key. Payloads begin as zero and
 * never move. Finding is safe from many threads while nobody puts.
 */
#define HASH_NONE UINT32_MAX

struct hash;

struct hash *hash_open(size_t payload); /* bytes */
void hash_close(struct hash *h);        /* null is allowed */

/** hash_reserve(h, n): room for n keys in all, to spare the growing. */
void hash_reserve(struct hash *h, size_t n);

/** hash_code(key): of the key, to be handed to the functions below. Two keys
 * with one code are still told apart. */
uint64_t hash_code(struct slice key);

/** hash_prefetch(h, code), hash_prefetch_payload(h, code): ask the memory for
 * what hash_find will touch, a batch of records ahead. */
void hash_prefetch(const struct hash *h, uint64_t code);
void hash_prefetch_payload(const struct hash *h, uint64_t code);

/** hash_find(h, key, code): the index, or HASH_NONE. */
uint32_t hash_find(const struct hash *h, struct slice key, uint64_t code);

/** hash_put(h, key, code, is_new): the index of key, put in if it was not
 * there (*is_new tells; may be null). Ends the program at 2^32 - 2 keys. */
uint32_t hash_put(struct hash *h, struct slice key, uint64_t code,
	bool *is_new);

/** hash_append(h, key): the index of a key that surely is not there: quicker, as
 * nothing is looked for. Until hash_fill(h), which gives these keys their
 * places, nothing may be found or put. */
uint32_t hash_append(struct hash *h, struct slice key);
void hash_fill(struct hash *h);

size_t hash_count(const struct hash *h);
struct slice hash_key(const struct hash *h, uint32_t index);
void *hash_payload(const struct hash *h, uint32_t index);

#endif
