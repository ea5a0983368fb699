#ifndef EXPRESS_PART_H
#define EXPRESS_PART_H

#include "express.h"
#include "word.h"

/**
 * express_part: what express.c and express_open.c share.
 */
enum way {
	WAY_NONE,   /* the source has no such column */
	WAY_TEXT,
	WAY_NUMBERS, /* text that a spreadsheet may have taken for a number */
	WAY_WORD,
	WAY_TIME,
	WAY_MONEY,
	WAY_WHOLE,  /* a number without decimals */
	WAY_LONG,   /* for value_clean alone */
	WAY_SET,    /* and not even an empty cell stays so: it is set, or
	               joined with others */
};

/* The first n bytes of a word. */
static inline uint64_t
express_first(uint64_t word, size_t n)
{
	return n >= 8 ? word : word & ((UINT64_C(1) << 8 * n) - 1);
}

/* Where a word is remembered. */
static inline struct express_word *
express_place(struct express_word *words, const uint64_t *key)
{
	uint64_t code = (key[0] ^ key[1] * 31) * UINT64_C(0x9e3779b97f4a7c15);

	return &words[code >> 58];
}

#endif
