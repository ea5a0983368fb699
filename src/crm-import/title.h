#ifndef TITLE_H
#define TITLE_H

#include <stdbool.h>

#include "similar.h"

/**
 * title: what stands beside a name and is no part of it: Mr, Ltd, 先生,
 * 有限公司.
 */
/** title_word(word): a word of letters that is one. */
bool title_word(struct similar_text word);

/** title_strip(name): Chinese, without those at its end, unless nothing else
 * is left. */
struct similar_text title_strip(struct similar_text name);

#endif
