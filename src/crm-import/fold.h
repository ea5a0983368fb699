#ifndef FOLD_H
#define FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "slice.h"

/**
 * fold: text as it compares: words of characters without letter case and
 * width. Blanks and marks end a word, an apostrophe does not.
 */
enum fold_kind {
	FOLD_LETTERS,
	FOLD_DIGITS,  /* without zeros in front */
	FOLD_CHINESE, /* Han, Kana, Hangul */
};

struct fold_word {
	const uint32_t *p; /* code points */
	size_t n;          /* at least 1 */
	enum fold_kind kind;
};

/** Starts from all zero and is used again. */
struct fold {
	struct fold_word *words;
	size_t count;
	/* private */
	size_t word_room, character_room;
	uint32_t *characters;
	struct buf plain, half, low;
};

/** fold_text(f, field): the words of a raw field (crm(5)), in f->words, valid
 * until the next call. */
void fold_text(struct fold *f, struct slice field);
void fold_free(struct fold *f);

#endif
