#ifndef CHAINS_H
#define CHAINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/**
 * chains: which customers become one, by pairs that were decided.
 *
 * Pairs that are the same make chains: a = b and b = c is a = b = c. A chain is
 * refused if two of its customers were decided different, or if two come from
 * the same source and were not decided the same themselves, under the ids that
 * they have.
 */
struct chains_pair {
	uint32_t left, right; /* records */
	uint64_t line;        /* in the file of decisions */
	bool renamed;         /* decided of others, who became these since */
};

struct chains_member {
	uint32_t record;
	uint32_t chain;       /* number */
	uint64_t line;        /* of the first pair that names it */
	bool right;           /* stands at the right of a pair */
};

struct chains_chain {
	size_t from, to;      /* in members, by record */
	size_t pairs;
	uint64_t line;        /* of the first pair */
	uint32_t survivor;
	/* refused because of these two: */
	bool refused;
	bool different;       /* decided so; else of one source */
	uint32_t one, other;
	uint64_t because;     /* line of that decision */
};

/** Filled by the caller: same, different, source_of. */
struct chains {
	struct chains_pair *same, *different;
	size_t same_count, different_count;
	struct slice (*source_of)(void *context, uint32_t record);
	void *context;
	/* the result: chains by their first pair */
	struct chains_member *members;
	size_t member_count;
	struct chains_chain *chains;
	size_t count;
};

/** chains_find(c, records): makes the chains; the pairs are sorted. records:
 * how many there are. The survivor of a chain never stands at the right, or, if
 * several or none do so, is the earliest record of these. */
void chains_find(struct chains *c, size_t records);
void chains_free(struct chains *c);

#endif
