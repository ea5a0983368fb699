#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/**
 * words: what can be seen of an expression without compiling it: its words and
 * its parts joined by `and`. Texts in quotes are skipped.
 */

/** words_next(text, position, word): the next word (letters, digits, "_", ".",
 * and all bytes beyond ASCII); start with *position = 0. *call (may be null):
 * a "(" follows. */
bool words_next(struct slice text, size_t *position, struct slice *word,
	bool *call);

/** words_name(text, name): the word occurs, also as the part behind a dot, or
 * as the text in column("name"). */
bool words_name(struct slice text, struct slice name);

/** words_calls(text, functions): one of the functions (null-terminated list)
 * is called. */
bool words_calls(struct slice text, const char *const *functions);

/** words_part(text, position, part): cuts the text at every `and` outside
 * parentheses; start with *position = 0. All of it is one part where an `or`
 * stands outside parentheses. */
bool words_part(struct slice text, size_t *position, struct slice *part);

/** words_argument(text, function, out): the first argument of the first call
 * of function; false where there is none. */
bool words_argument(struct slice text, const char *function,
	struct slice *out);

#endif
