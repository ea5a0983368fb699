#ifndef WORD_H
#define WORD_H

#include <stdint.h>
#include <string.h>

/**
 * word: eight bytes as one number, the same on every machine.
 *
 * word_load(p): the first byte is the lowest, as for work on many bytes at
 * once. word_rank(p): the first byte is the highest, so that two words compare
 * as their bytes do. Eight bytes are read, wherever p lies.
 *
 * word_compare(a, b, n): <0, 0, >0 as the n >= 8 bytes of a and of b compare.
 */
static inline uint64_t
word_load(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

static inline uint64_t
word_rank(const char *p)
{
	return __builtin_bswap64(word_load(p));
}

static inline int
word_compare(const char *a, const char *b, size_t n)
{
	uint64_t x, y;
	size_t i = 0;

	/* the last word may overlap the one before */
	do {
		size_t at = i + 8 <= n ? i : n - 8;

		x = word_rank(a + at);
		y = word_rank(b + at);
		i += 8;
	} while (x == y && i < n);
	return (x > y) - (x < y);
}

#endif
