#ifndef NEIGHBOURS_H
#define NEIGHBOURS_H

#include <stddef.h>
#include <stdint.h>

#include "block.h"
#include "profiles.h"

/**
 * neighbours: the pairs of customers that look like one.
 *
 * Those who have a key in common (block.h) are judged, each with each. Where
 * more than NEIGHBOURS_WHOLE have it, they are put in the order of their names
 * and addresses, and each is judged with the next NEIGHBOURS_WINDOW only. What
 * is found does not depend on the order of the records or the threads.
 */
enum { NEIGHBOURS_WHOLE = 64, NEIGHBOURS_WINDOW = 16 };

struct neighbours_pair {
	uint32_t left, right; /* records, left < right */
};

struct neighbours {
	struct neighbours_pair *pairs; /* by left, then right; each once */
	size_t count;
	uint64_t judged;
	/* keys that more than NEIGHBOURS_WHOLE have: how many, and the one that
	 * most have */
	uint64_t crowded, most;
	enum block_kind most_kind;
};

/** neighbours_find(found, profiles, enough): pairs with that many points. */
void neighbours_find(struct neighbours *found, const struct profiles *profiles,
	double enough);

/** neighbours_add(found, pairs, n): these too. */
void neighbours_add(struct neighbours *found,
	const struct neighbours_pair *pairs, size_t n);
void neighbours_free(struct neighbours *found);

#endif
