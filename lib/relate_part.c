#include "relate_part.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"

/* Open addressing; a slot holds the number of the entry + 1, or 0. */
enum {
	KEY = 23,       /* bytes of a key that lies beside its words */
	LONG_KEY = 255, /* in the last byte: it lies in the pool */
	FIRST_SLOTS = 64,
};

union key {
	char bytes[KEY + 1];
	uint64_t words[(KEY + 1) / 8];
	struct {
		const char *p;
		size_t n;
	} far;
};

void
relate_part_init(struct relate_part *p, size_t words)
{
	*p = (struct relate_part){.words = words,
		.stride = sizeof(union key) + words * sizeof(uint64_t)};
}

void
relate_part_free(struct relate_part *p)
{
	free(p->slots);
	free(p->entries);
	mem_pool_free(&p->pool);
	relate_part_init(p, p->words);
}

void
relate_part_move(struct relate_part *p, struct relate_part *from)
{
	relate_part_free(p);
	p->slots = from->slots;
	p->slot_room = from->slot_room;
	p->entries = from->entries;
	p->room = from->room;
	from->slots = NULL;
	from->entries = NULL;
	relate_part_free(from);
}

static inline size_t
first_slot(const struct relate_part *p, uint64_t code)
{
	return (size_t)(code >> 32) & (p->slot_count - 1);
}

static inline union key *
key_of(const struct relate_part *p, size_t entry)
{
	return (union key *)(void *)(p->entries + entry * p->stride);
}

uint64_t *
relate_part_words(const struct relate_part *p, size_t entry)
{
	return (uint64_t *)(void *)(key_of(p, entry) + 1);
}

static struct slice
stored(const union key *key)
{
	unsigned char n = (unsigned char)key->bytes[KEY];

	if (n == LONG_KEY)
		return (struct slice){key->far.p, key->far.n};
	return (struct slice){key->bytes, n};
}

/* A short key, filled up with zeros, as it is stored. */
static inline void
pack(union key *to, struct slice key)
{
	*to = (union key){.words = {0, 0, 0}};
	if (key.n >= 8 && key.n <= 16) {
		memcpy(to->bytes, key.p, 8);
		memcpy(to->bytes + key.n - 8, key.p + key.n - 8, 8);
	} else if (key.n) {
		memcpy(to->bytes, key.p, key.n);
	}
	to->bytes[KEY] = (char)key.n;
}

static inline bool
same(const union key *a, const union key *packed, struct slice key)
{
	if (key.n <= KEY)
		return a->words[0] == packed->words[0] &&
			a->words[1] == packed->words[1] &&
			a->words[2] == packed->words[2];
	return (unsigned char)a->bytes[KEY] == LONG_KEY &&
		slice_equal(stored(a), key);
}

static inline size_t
find_slot(const struct relate_part *p, struct slice key, uint64_t code)
{
	size_t at = first_slot(p, code);
	union key packed;

	if (key.n <= KEY)
		pack(&packed, key);
	while (p->slots[at] &&
		!same(key_of(p, p->slots[at] - 1), &packed, key))
		at = (at + 1) & (p->slot_count - 1);
	return at;
}

static size_t
add_entry(struct relate_part *p, struct slice key)
{
	union key *to = key_of(p, p->count);

	if (key.n <= KEY) {
		pack(to, key);
	} else {
		*to = (union key){.words = {0, 0, 0}};
		to->far.p = mem_pool_copy(&p->pool, key).p;
		to->far.n = key.n;
		to->bytes[KEY] = (char)(unsigned char)LONG_KEY;
	}
	memset(to + 1, 0, p->words * sizeof(uint64_t));
	return p->count++;
}

static void
empty_slots(struct relate_part *p, size_t n)
{
	if (n > p->slot_room) {
		free(p->slots);
		p->slots = mem_zero(n, sizeof(*p->slots));
		p->slot_room = n;
	} else {
		memset(p->slots, 0, n * sizeof(*p->slots));
	}
	p->slot_count = n;
}

void
relate_part_reserve(struct relate_part *p, size_t n)
{
	size_t slots = p->slot_count ? p->slot_count : FIRST_SLOTS;

	if (n > p->room) {
		p->room = n;
		p->entries = mem_resize(p->entries, n, p->stride);
	}
	while (slots < n + n / 2)
		slots *= 2;
	if (slots == p->slot_count)
		return;
	empty_slots(p, slots);
	for (size_t i = 0; i < p->count; i++) {
		struct slice key = stored(key_of(p, i));

		p->slots[find_slot(p, key, hash_code(key))] = (uint32_t)i + 1;
	}
}

size_t
relate_part_put(struct relate_part *p, struct slice key, uint64_t code)
{
	size_t at = find_slot(p, key, code);

	if (!p->slots[at])
		p->slots[at] = (uint32_t)add_entry(p, key) + 1;
	return p->slots[at] - 1;
}

size_t
relate_part_find(const struct relate_part *p, struct slice key, uint64_t code)
{
	uint32_t entry = p->slot_count ? p->slots[find_slot(p, key, code)] : 0;

	return entry ? entry - 1 : RELATE_NO_ENTRY;
}

void
relate_part_prefetch(const struct relate_part *p, uint64_t code)
{
	if (p->slot_count)
		__builtin_prefetch(&p->slots[first_slot(p, code)]);
}

void
relate_part_prefetch_entry(const struct relate_part *p, uint64_t code)
{
	uint32_t entry = p->slot_count ? p->slots[first_slot(p, code)] : 0;

	if (entry) {
		const char *at = p->entries + (entry - 1) * p->stride;

		__builtin_prefetch(at);
		__builtin_prefetch(at + p->stride - 1);
	}
}
