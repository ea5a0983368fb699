#ifndef PROFILE_H
#define PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "fold.h"
#include "mem.h"
#include "similar.h"
#include "slice.h"

/**
 * profile: what of a customer is compared with others, folded so that letter
 * case, width, blanks and marks do not matter.
 *
 * Words are runs of letters or of digits; a run of Chinese, Japanese or Korean
 * characters is cut into pairs of neighbours. Forms of address and legal forms
 * (Mr, Ltd, 先生, 有限公司) are left out of names, unless nothing else is there.
 */
enum profile_field {
	PROFILE_NAME,
	PROFILE_PHONE,
	PROFILE_PHONE2,
	PROFILE_EMAIL,
	PROFILE_NUMBER,   /* of an identity card, a passport, a tax payer ... */
	PROFILE_BIRTHDAY,
	PROFILE_ADDRESS,
	PROFILE_FIELDS
};

/** A word of the address, or of the region. */
struct profile_word {
	uint32_t code;    /* hash of its text */
	uint16_t weight;  /* the rarer the heavier; set by whoever knows all */
	uint16_t at;      /* in text */
	uint8_t n;        /* characters */
	bool number;
	bool region;
};

struct profile {
	struct slice id;             /* set by whoever knows it */
	struct similar_text name;    /* words in order, a blank between them */
	struct similar_text chinese; /* the name's Chinese characters */
	uint64_t phones[2];          /* digits; 0: none */
	struct slice email, number;
	uint32_t birthday;           /* as in similar_days; 0: none */
	uint32_t word_count;
	struct profile_word *words;  /* each once, in the order of their codes */
	const uint32_t *text;        /* of the words */
	bool placed;                 /* some word is of the address itself */
	/** Equal where the values are the same; 0: none. The address is the
	 * same with its words in another order. */
	uint64_t codes[PROFILE_FIELDS];
	int8_t bonus[PROFILE_FIELDS]; /* quarters of judge_bonus */
};

/** Where the fields are: columns, or SIZE_MAX. */
enum { PROFILE_PARTS = 8 };
struct profile_columns {
	size_t name, phone, phone2, email, birthday;
	size_t numbers[PROFILE_PARTS], addresses[PROFILE_PARTS],
		regions[PROFILE_PARTS];
};

/** profile_columns_find(c, names, n): by the names of the columns. */
void profile_columns_find(struct profile_columns *c, const struct slice *names,
	size_t n);

/** What profile_read works with; start from all zero, one a thread. */
struct profile_reader {
	struct mem_pool pool; /* what profiles point to */
	struct fold fold;
	struct profile_word *words;
	size_t word_count, word_room;
	struct buf text;
};

/** profile_read(r, columns, fields, p): fields are raw, as in crm(5). *p is
 * valid until the reader is freed. */
void profile_read(struct profile_reader *r,
	const struct profile_columns *columns, const struct slice *fields,
	struct profile *p);
void profile_reader_free(struct profile_reader *r);

/** profile_order(a, b): an order in which names, then addresses, that begin
 * the same are neighbours: <0, 0, >0. 0 only where all that is compared, and
 * the ids, are the same. */
int profile_order(const struct profile *a, const struct profile *b);

#endif
