#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>

#include "buf.h"
#include "slice.h"

/**
 * words: what people write for the few words of a column, from words.tsv.
 */
struct words;
struct words_column;

struct words *words_open(void);
void words_close(struct words *w);

/** words_of(w, column): the words of a column; null where it has none. */
const struct words_column *words_of(const struct words *w, struct slice column);

/** words_find(column, written, scratch, out): the canonical word for what was
 * written; letter case and full width do not matter. scratch is overwritten.
 * *out lives as long as w. Safe from many threads. */
bool words_find(const struct words_column *column, struct slice written,
	struct buf *scratch, struct slice *out);

#endif
