#ifndef PROFILES_H
#define PROFILES_H

#include <stddef.h>
#include <stdint.h>

#include "base_lines.h"
#include "profile.h"

/**
 * profiles: those of all customers, and what only all of them tell: how many
 * hold a value, how rare a word is.
 *
 * The weight of a word of an address is 4 + 4 log2(n / holders), n being the
 * customers who have an address or a region.
 */
struct profiles {
	struct profile *all;          /* of each record; those that are gone
	                                 have nothing */
	size_t count;
	const struct profile **order; /* by profile_order */
	struct profile_reader *readers;
	unsigned jobs;
};

/** profiles_open(p, lines, names, n, id, jobs): names: of the n columns; id:
 * the number of the key's. The lines must live as long as p. */
void profiles_open(struct profiles *p, const struct base_lines *lines,
	const struct slice *names, size_t n, size_t id, unsigned jobs);
void profiles_close(struct profiles *p);

#endif
