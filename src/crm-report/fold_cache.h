#ifndef FOLD_CACHE_H
#define FOLD_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "groups.h"
#include "record.h"
#include "word.h"

/**
 * fold_cache: from short keys straight to their group: the bytes of columns as
 * they stand, or values before they are written. Each place holds the fields that came last; what is
 * not in it is looked up in the groups.
 */
enum {
	FOLD_CACHE_PARTS = 4,
	FOLD_CACHE_BYTES = 16,
	FOLD_CACHE_PLACES = 4096, /* a power of two */
	FOLD_CACHE_WAYS = 2,      /* keys in one place */
	FOLD_CACHE_HEAD = 2,      /* words of a place before those of parts */
};

/** The fields of a record as words: of each part two, and its length. */
struct fold_signature {
	uint64_t words[2 * FOLD_CACHE_PARTS];
	uint64_t hash;
	uint32_t lengths; /* 8 bits each */
};

struct fold_cache {
	uint64_t *places;
	size_t parts; /* 0: not in use */
};

/** fold_cache_open(c, parts): not in use if there are more than
 * FOLD_CACHE_PARTS or none. */
void fold_cache_open(struct fold_cache *c, size_t parts);
void fold_cache_close(struct fold_cache *c);

/** fold_cache_field(s, i, field, end): part i is a field of a record that ends
 * at `end`; false: it is too long. fold_cache_number(s, i, number, kind):
 * it is a value known by two numbers. s starts from all zero. */
static inline bool fold_cache_field(struct fold_signature *s, size_t i,
	struct slice field, const char *end);
static inline void fold_cache_number(struct fold_signature *s, size_t i,
	uint64_t number, uint64_t kind);

/** fold_cache_prefetch(c, s): asks the memory for what fold_cache_find needs. */
static inline void fold_cache_prefetch(const struct fold_cache *c,
	const struct fold_signature *s);

/** fold_cache_find(c, s, group): the index of the group, and the group itself;
 * null: not there. fold_cache_keep: it is from now on. */
static inline struct group *fold_cache_find(const struct fold_cache *c,
	const struct fold_signature *s, uint32_t *index);
void fold_cache_keep(struct fold_cache *c, const struct fold_signature *s,
	struct group *group, uint32_t index);

static inline uint64_t
fold_cache_load(const char *p, size_t n)
{
	char bytes[8] = "";

	memcpy(bytes, p, n);
	return word_load(bytes);
}

/* The first bytes of two words; both may be read to their end. */
static inline void
fold_cache_masked(const char *p, size_t n, uint64_t *a, uint64_t *b)
{
	uint64_t low = word_load(p), high = word_load(p + 8);

	if (n > 8) {
		*a = low;
		*b = n == 16 ? high :
			high & ((UINT64_C(1) << (8 * (n - 8))) - 1);
	} else {
		*a = n == 8 ? low : low & ((UINT64_C(1) << (8 * n)) - 1);
		*b = 0;
	}
}

static inline void
fold_cache_mix(struct fold_signature *s, uint64_t a, uint64_t b)
{
	s->hash = (s->hash ^ a ^ (b << 1 | b >> 63)) *
		UINT64_C(0x9e3779b97f4a7c15);
	s->hash ^= s->hash >> 32;
}

static inline bool
fold_cache_field(struct fold_signature *s, size_t i, struct slice field,
	const char *end)
{
	uint64_t *word = s->words + 2 * i;

	if (field.n > FOLD_CACHE_BYTES)
		return false;
	if (field.n == 0) {
		word[0] = word[1] = 0;
	} else if (end - field.p >= FOLD_CACHE_BYTES) {
		fold_cache_masked(field.p, field.n, &word[0], &word[1]);
	} else {
		word[0] = fold_cache_load(field.p, field.n < 8 ? field.n : 8);
		word[1] = field.n > 8 ? fold_cache_load(field.p + 8, field.n - 8) : 0;
	}
	s->lengths |= (uint32_t)field.n << (8 * i);
	fold_cache_mix(s, word[0], word[1]);
	return true;
}

static inline void
fold_cache_number(struct fold_signature *s, size_t i, uint64_t number,
	uint64_t kind)
{
	s->words[2 * i] = number;
	s->words[2 * i + 1] = kind;
	fold_cache_mix(s, number, kind);
}

static inline uint64_t *
fold_cache_place(const struct fold_cache *c, const struct fold_signature *s)
{
	size_t i = (size_t)(s->hash & (FOLD_CACHE_PLACES - 1));

	return c->places + i * FOLD_CACHE_WAYS *
		(FOLD_CACHE_HEAD + 2 * c->parts);
}

static inline void
fold_cache_prefetch(const struct fold_cache *c, const struct fold_signature *s)
{
	const uint64_t *p = fold_cache_place(c, s);

	__builtin_prefetch(p);
	__builtin_prefetch(p + FOLD_CACHE_HEAD + 2 * c->parts);
}

static inline struct group *
fold_cache_find(const struct fold_cache *c, const struct fold_signature *s,
	uint32_t *index)
{
	const uint64_t *p = fold_cache_place(c, s);
	uint64_t differ;
	size_t way, i;

	for (way = 0; way < FOLD_CACHE_WAYS; way++) {
		differ = (p[1] >> 32) ^ s->lengths;
		for (i = 0; i < 2 * c->parts; i++)
			differ |= p[FOLD_CACHE_HEAD + i] ^ s->words[i];
		if (!differ) {
			*index = (uint32_t)p[1];
			return (struct group *)(uintptr_t)p[0];
		}
		p += FOLD_CACHE_HEAD + 2 * c->parts;
	}
	return NULL;
}

#endif
