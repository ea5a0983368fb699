#ifndef CHILDREN_H
#define CHILDREN_H

#include "relate.h"

/**
 * children: the child rows of all tickets, for a card of tickets, and which
 * tickets are bad as child rows: they were reported then, and are to be left out
 * when the tickets are scored.
 */
struct children {
	struct relate *relate;
	uint64_t *refused;  /* places, sorted */
	size_t refused_count;
};

/** children_open(children, job): job as for relate_run; its tickets were opened
 * with RECORD_TWICE. */
void children_open(struct children *children, const struct relate_job *job);
void children_close(struct children *children); /* all zero is allowed */

/** children_refused(children, c, r): the record was reported. */
bool children_refused(const struct children *children, const struct chunk *c,
	const struct record *r);

#endif
