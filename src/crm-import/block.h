#ifndef BLOCK_H
#define BLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "profile.h"

/**
 * block: which profiles are compared at all: those that have a key in common.
 *
 * A profile has several keys of each kind, so that an error in one value leaves
 * others. Source: blocking and sorted neighbourhood, Christen, Data Matching,
 * 2012, chapter 4.
 */
enum block_kind {
	BLOCK_PHONE,    /* each number */
	BLOCK_EMAIL,    /* all of it; the part before the @ */
	BLOCK_NUMBER,   /* of identity */
	BLOCK_BIRTHDAY, /* with the first letter of each word of the name, or its
	                   first or last character if Chinese */
	BLOCK_NAME,     /* its words in order */
	BLOCK_SOUND,    /* of each word of the name, with the year, or the month
	                   and day, of birth; two Chinese characters */
	BLOCK_ADDRESS,  /* its words in order; two of the three rarest; each of
	                   these with each number */
	BLOCK_HOUSE,    /* sound or characters of the name, and a number */
	BLOCK_KINDS
};

enum { BLOCK_MOST_KEYS = 32 }; /* of one kind */

/** block_keys(kind, p, keys): the keys of one kind, each once; their number. */
size_t block_keys(enum block_kind kind, const struct profile *p,
	uint64_t *keys);

/** block_name(kind): "phone" and the like, for messages. */
const char *block_name(enum block_kind kind);

/** block_sound(word): a letter and three digits as a number (Soundex, US Patent
 * 1261167); of other letters than a-z, the word's beginning. */
uint64_t block_sound(struct similar_text word);

struct block_entry {
	uint64_t key;
	uint32_t record;
};

/** block_sort(entries, spare, n): by their keys; entries of one key stay in
 * their order. spare: room for as many. */
void block_sort(struct block_entry *entries, struct block_entry *spare,
	size_t n);

#endif
