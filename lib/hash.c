#include "hash.h"

#include <stdlib.h>

#include "mem.h"
#include "msg.h"

/*
 * slots: open addressing, linear probing; a slot holds the low half of the
 *   code and index + 1 (0: empty). Where probing starts comes from the high
 *   half, so that the two say different things about the key.
 * entries: key and payload side by side, in blocks that never move.
 */
enum {
	INLINE_KEY = 23,
	KEY_SIZE = INLINE_KEY + 1,
	LONG_KEY = 255, /* in the last byte: the key lies in the pool */
	FIRST_SLOTS = 64,
	AHEAD = 16,     /* keys whose slots are asked for before they are used */
};

#define BLOCK_BYTES ((size_t)8 << 20)

struct hash {
	uint64_t *slots;
	size_t slot_count;
	char **blocks;
	size_t block_count;
	size_t stride; /* bytes of an entry */
	unsigned bits; /* a block has 2^bits entries */
	size_t count;
	size_t filled; /* entries that have a slot */
	struct mem_pool long_keys;
};

union key {
	char bytes[KEY_SIZE];
	uint64_t words[KEY_SIZE / 8];
	struct {
		const char *p;
		uint32_t n;
	} far;
};

/* 64 x 64 -> 128 bits, folded: the mixing step of wyhash (Wang Yi, public
 * domain). */
static inline uint64_t
mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t
load(const char *p, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, p, n);
	return word;
}

#define SEED_A UINT64_C(0xa0761d6478bd642f)
#define SEED_B UINT64_C(0xe7037ed1a0b428db)
#define SEED_C UINT64_C(0x8ebc6af09c88c6e3)

uint64_t
hash_code(struct slice key)
{
	const char *p = key.p;
	size_t n = key.n;
	uint64_t seed = SEED_C ^ n, a, b;

	for (; n > 16; p += 16, n -= 16)
		seed = mix(load(p, 8) ^ SEED_A, load(p + 8, 8) ^ seed);
	if (n >= 8) {
		a = load(p, 8);
		b = load(p + n - 8, 8);
	} else if (n >= 4) {
		a = load(p, 4);
		b = load(p + n - 4, 4);
	} else if (n > 0) {
		a = (uint64_t)(unsigned char)p[0] << 16 |
			(uint64_t)(unsigned char)p[n / 2] << 8 |
			(unsigned char)p[n - 1];
		b = 0;
	} else {
		a = b = 0;
	}
	return mix(SEED_B ^ key.n, mix(a ^ SEED_A, b ^ seed));
}

struct hash *
hash_open(size_t payload)
{
	struct hash *h = mem_zero(1, sizeof(*h));

	h->stride = KEY_SIZE + (payload + 7) / 8 * 8;
	h->bits = 6;
	while (h->stride << (h->bits + 1) <= BLOCK_BYTES)
		h->bits++;
	h->slot_count = FIRST_SLOTS;
	h->slots = mem_huge(h->slot_count * sizeof(*h->slots));
	return h;
}

void
hash_close(struct hash *h)
{
	if (!h)
		return;
	for (size_t i = 0; i < h->block_count; i++)
		mem_huge_free(h->blocks[i], h->stride << h->bits);
	free(h->blocks);
	mem_huge_free(h->slots, h->slot_count * sizeof(*h->slots));
	mem_pool_free(&h->long_keys);
	free(h);
}

static inline char *
entry(const struct hash *h, uint32_t index)
{
	size_t within = index & (((size_t)1 << h->bits) - 1);

	return h->blocks[index >> h->bits] + within * h->stride;
}

static inline size_t
first_slot(const struct hash *h, uint64_t code)
{
	return (size_t)(((code >> 32) * h->slot_count) >> 32);
}

static inline uint64_t
slot_of(uint64_t code, size_t index)
{
	return code << 32 | (uint64_t)(index + 1);
}

struct slice
hash_key(const struct hash *h, uint32_t index)
{
	const union key *key = (const union key *)(void *)entry(h, index);
	unsigned char n = (unsigned char)key->bytes[INLINE_KEY];

	if (n == LONG_KEY)
		return (struct slice){key->far.p, key->far.n};
	return (struct slice){key->bytes, n};
}

static void
take_slot(struct hash *h, uint64_t code, size_t index)
{
	size_t at = first_slot(h, code);

	while (h->slots[at])
		if (++at == h->slot_count)
			at = 0;
	h->slots[at] = slot_of(code, index);
}

static inline bool
has_room(const struct hash *h, size_t keys)
{
	return keys <= h->slot_count - h->slot_count / 4;
}

/* The slots of the entries from h->filled on. */
static void
fill_slots(struct hash *h)
{
	uint64_t codes[AHEAD];
	size_t first = h->filled;

	for (size_t i = first; i < h->count + AHEAD; i++) {
		if (i - first >= AHEAD)
			take_slot(h, codes[i % AHEAD], i - AHEAD);
		if (i >= h->count)
			continue;
		codes[i % AHEAD] = hash_code(hash_key(h, (uint32_t)i));
		hash_prefetch(h, codes[i % AHEAD]);
	}
	h->filled = h->count;
}

static void
set_slots(struct hash *h, size_t count)
{
	mem_huge_free(h->slots, h->slot_count * sizeof(*h->slots));
	h->slot_count = count;
	h->slots = mem_huge(count * sizeof(*h->slots));
	h->filled = 0;
	fill_slots(h);
}

void
hash_reserve(struct hash *h, size_t n)
{
	size_t count = n + n / 2 + FIRST_SLOTS;

	if (count > h->slot_count)
		set_slots(h, count);
}

void
hash_prefetch(const struct hash *h, uint64_t code)
{
	__builtin_prefetch(&h->slots[first_slot(h, code)]);
}

void
hash_prefetch_payload(const struct hash *h, uint64_t code)
{
	uint64_t slot = h->slots[first_slot(h, code)];

	if (slot) {
		const char *p = entry(h, (uint32_t)slot - 1);

		__builtin_prefetch(p, 1);
		__builtin_prefetch(p + h->stride - 1, 1);
	}
}

static inline bool
key_equal(const union key *stored, struct slice key)
{
	if (key.n <= INLINE_KEY)
		return (unsigned char)stored->bytes[INLINE_KEY] == key.n &&
			slice_short_equal(stored->bytes, key.p, key.n);
	return (unsigned char)stored->bytes[INLINE_KEY] == LONG_KEY &&
		stored->far.n == key.n &&
		memcmp(stored->far.p, key.p, key.n) == 0;
}

/* The slot where the key is, or the empty one where it would be. */
static inline size_t
find_slot(const struct hash *h, struct slice key, uint64_t code)
{
	size_t at = first_slot(h, code);

	for (;;) {
		uint64_t slot = h->slots[at];

		if (!slot)
			return at;
		if (slot >> 32 == (code & UINT32_MAX) &&
			key_equal((const union key *)(void *)entry(h,
				(uint32_t)slot - 1), key))
			return at;
		if (++at == h->slot_count)
			at = 0;
	}
}

uint32_t
hash_find(const struct hash *h, struct slice key, uint64_t code)
{
	uint64_t slot = h->slots[find_slot(h, key, code)];

	return slot ? (uint32_t)slot - 1 : HASH_NONE;
}

/* n <= 23 bytes, by words that overlap likewise. */
static inline void
copy_bytes(char *to, const char *from, size_t n)
{
	if (n >= 8) {
		memcpy(to, from, 8);
		if (n > 16)
			memcpy(to + 8, from + 8, 8);
		memcpy(to + n - 8, from + n - 8, 8);
	} else {
		for (size_t i = 0; i < n; i++)
			to[i] = from[i];
	}
}

static void
store_key(struct hash *h, union key *to, struct slice key)
{
	if (key.n <= INLINE_KEY) {
		copy_bytes(to->bytes, key.p, key.n);
		to->bytes[INLINE_KEY] = (char)key.n;
		return;
	}
	if (key.n > UINT32_MAX)
		msg_die("a key of more than 4 GiB");
	to->far.p = mem_pool_copy(&h->long_keys, key).p;
	to->far.n = (uint32_t)key.n;
	to->bytes[INLINE_KEY] = (char)(unsigned char)LONG_KEY;
}

static uint32_t
add(struct hash *h, struct slice key)
{
	if (h->count >= (size_t)UINT32_MAX - 1)
		msg_die("more than %lu different keys",
			(unsigned long)UINT32_MAX - 1);
	if (h->count == h->block_count << h->bits) {
		h->blocks = mem_resize(h->blocks, h->block_count + 1,
			sizeof(*h->blocks));
		h->blocks[h->block_count++] =
			mem_huge(h->stride << h->bits);
	}
	store_key(h, (union key *)(void *)entry(h, (uint32_t)h->count), key);
	return (uint32_t)h->count++;
}

uint32_t
hash_append(struct hash *h, struct slice key)
{
	return add(h, key);
}

void
hash_fill(struct hash *h)
{
	if (!has_room(h, h->count))
		set_slots(h, h->count + h->count / 2 + FIRST_SLOTS);
	else
		fill_slots(h);
}

uint32_t
hash_put(struct hash *h, struct slice key, uint64_t code, bool *is_new)
{
	size_t at = find_slot(h, key, code);
	uint64_t slot = h->slots[at];

	if (is_new)
		*is_new = !slot;
	if (slot)
		return (uint32_t)slot - 1;
	if (!has_room(h, h->count + 1)) {
		set_slots(h, h->slot_count + h->slot_count / 2 + FIRST_SLOTS);
		at = find_slot(h, key, code);
	}
	h->slots[at] = slot_of(code, h->count);
	h->filled++;
	return add(h, key);
}

size_t
hash_count(const struct hash *h)
{
	return h->count;
}

void *
hash_payload(const struct hash *h, uint32_t index)
{
	return entry(h, index) + KEY_SIZE;
}
