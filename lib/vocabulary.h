#ifndef VOCABULARY_H
#define VOCABULARY_H

#include <stdint.h>

#include "hash.h"
#include "slice.h"

/**
 * vocabulary: a hash for a column of few and short values that come again and
 * again: kinds, states, names of staff. What was looked up lately is found
 * without the hash. Unlike a hash it belongs to one thread, also for finding.
 */
enum { VOCABULARY_CACHE = 512 }; /* places for two words each */

struct vocabulary {
	struct hash *words;
	/* private */
	struct vocabulary_word {
		uint64_t head, tail; /* the first and last bytes */
		size_t n;            /* 0: free */
		void *payload;
	} cache[VOCABULARY_CACHE][2];
};

/** vocabulary_open(payload): as hash_open. */
struct vocabulary *vocabulary_open(size_t payload);
void vocabulary_close(struct vocabulary *v); /* null is allowed */

/** vocabulary_payload(v, word): the payload of the word, which is put in if it
 * was not there. It never moves. */
static inline void *vocabulary_payload(struct vocabulary *v,
	struct slice word);

/** vocabulary_same(a, b): slice_equal, quicker for such words. */
static inline bool vocabulary_same(struct slice a, struct slice b);

/** vocabulary_look_up(v, word): the same, by the hash. */
void *vocabulary_look_up(struct vocabulary *v, struct slice word);

/* The word's bytes as two numbers that hold all of them, if it has 4 to 16. */
static inline void
vocabulary_split(struct slice word, uint64_t *head, uint64_t *tail)
{
	uint32_t a, b;

	if (word.n > 8) {
		memcpy(head, word.p, 8);
		memcpy(tail, word.p + word.n - 8, 8);
	} else {
		memcpy(&a, word.p, 4);
		memcpy(&b, word.p + word.n - 4, 4);
		*head = a;
		*tail = b;
	}
}

static inline bool
vocabulary_same(struct slice a, struct slice b)
{
	uint64_t heads[2], tails[2];

	if (a.n != b.n)
		return false;
	if (a.n < 4 || a.n > 16)
		return slice_equal(a, b);
	vocabulary_split(a, &heads[0], &tails[0]);
	vocabulary_split(b, &heads[1], &tails[1]);
	return heads[0] == heads[1] && tails[0] == tails[1];
}

static inline bool
vocabulary_holds(const struct vocabulary_word *w, uint64_t head, uint64_t tail,
	size_t n)
{
	return w->n == n && w->head == head && w->tail == tail;
}

static inline void *
vocabulary_payload(struct vocabulary *v, struct slice word)
{
	struct vocabulary_word *w;
	uint64_t head, tail;

	if (word.n < 4 || word.n > 16)
		return vocabulary_look_up(v, word);
	vocabulary_split(word, &head, &tail);
	w = v->cache[(head * UINT64_C(0x9e3779b97f4a7c15) +
		tail * UINT64_C(0xc2b2ae3d27d4eb4f)) >> 55];
	if (vocabulary_holds(&w[0], head, tail, word.n))
		return w[0].payload;
	if (vocabulary_holds(&w[1], head, tail, word.n))
		return w[1].payload;
	w[1] = w[0];
	w[0] = (struct vocabulary_word){head, tail, word.n,
		vocabulary_look_up(v, word)};
	return w[0].payload;
}

#endif
