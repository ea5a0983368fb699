#ifndef GROUPS_H
#define GROUPS_H

#include <stdint.h>

#include "hash.h"
#include "report.h"

/**
 * groups: the groups of one report: key (canonical fields, TAB between) ->
 * how many records, and a cell for each aggregate. Groups of the same report
 * merge, in any order and with the same result.
 */
struct group {
	uint64_t records;
	/* then the cells of the aggregates, see report.cells */
};

struct groups {
	const struct report *report;
	struct hash *table;
	struct hash **sets; /* of each aggregate; null: keeps no set */
};

void groups_open(struct groups *g, const struct report *report);
void groups_close(struct groups *g);

/** groups_put(g, key): the group of a canonical key. */
uint32_t groups_put(const struct groups *g, struct slice key);

/** groups_merge(to, from): from stays as it is. groups_sum: the same, but each
 * group goes to the one that name makes of its key. */
void groups_merge(const struct groups *to, const struct groups *from);
void groups_sum(const struct groups *to, const struct groups *from,
	struct slice (*name)(void *context, struct slice key),
	void *context);

static inline struct group *
groups_at(const struct groups *g, uint32_t index)
{
	return hash_payload(g->table, index);
}

/** groups_cell(g, group, i): the cell of report.aggregates[i]. */
static inline void *
groups_cell(const struct groups *g, struct group *group, size_t i)
{
	return (char *)(group + 1) + g->report->cells[i];
}

#endif
