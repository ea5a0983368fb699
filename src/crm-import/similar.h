#ifndef SIMILAR_H
#define SIMILAR_H

#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/**
 * similar: how alike two values are: 0 (not at all) to 1 (the same).
 *
 * All measures are symmetric. Texts are characters (code points) that were
 * folded before: letter case and width are gone.
 */
enum { SIMILAR_MOST = 64 }; /* characters of a text */

struct similar_text {
	const uint32_t *p;
	size_t n; /* at most SIMILAR_MOST */
};

/** similar_jaro, similar_jaro_winkler(a, b): Jaro's measure, and Winkler's,
 * which raises it by a tenth of what is missing for each of the first four
 * characters that agree. Source: Winkler, String Comparator Metrics, 1990. */
double similar_jaro(struct similar_text a, struct similar_text b);
double similar_jaro_winkler(struct similar_text a, struct similar_text b);

/** similar_words(a, b): texts of words with one blank between; the best pairs
 * of words by similar_jaro_winkler, in any order, weighted by their lengths; a
 * word without partner counts 0. Where one has fewer words, these alone may
 * count, times 0.9: a name that lacks a part. */
double similar_words(struct similar_text a, struct similar_text b);

/** similar_bigrams(a, b): Dice's coefficient of the pairs of neighbouring
 * characters, where the beginning and the end count as a character. At least
 * 0.6 where one is the first character of the other: a family name alone. */
double similar_bigrams(struct similar_text a, struct similar_text b);

/** similar_edits(a, b): 1 - edits / length of the longer (text_distance);
 * 0 where more than half of it differs. */
double similar_edits(struct slice a, struct slice b);

/** similar_numbers(a, b): digits of telephone numbers, as one integer: 1 the
 * same; 0.9 one ends in the other, of 7 digits or more; 0.8 one digit is wrong,
 * missing, or two neighbours changed places; else 0. */
double similar_numbers(uint64_t a, uint64_t b);

/** similar_days(a, b): birthdays as year * 10000 + month * 100 + day, year 0
 * where it is not known: 1 the same; 0.9 the same but for an unknown year, or
 * with day and month changed over; 0.8 one digit wrong, or two neighbours
 * changed over; 0.5 same month and day, or same year and month; 0.3 same year;
 * else 0. */
double similar_days(uint32_t a, uint32_t b);

#endif
