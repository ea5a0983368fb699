#ifndef RELATE_SUBJECT_H
#define RELATE_SUBJECT_H

#include <stdint.h>

#include "calendar.h"
#include "expr.h"
#include "mem.h"
#include "num.h"

/**
 * relate_subject: what the relations of one subject come to so far. For
 * relate.c alone. A subject starts from all zero and keeps only the relations
 * that it has rows of: most have few. Everything lies in the pool given.
 */
struct relate_subject {
	struct relate_cell *cells;
	struct relate_pauses *pauses;
};

struct relate_pauses {
	struct calendar_span *spans;
	size_t n, room;
};

/** One more row of a relation, opened then. relate_subject_amount: and its
 * amount. relate_subject_pause: one more hold. */
void relate_subject_row(struct mem_pool *pool, struct relate_subject *s,
	size_t relation, int64_t opened);
void relate_subject_amount(struct mem_pool *pool, struct relate_subject *s,
	size_t relation, int64_t amount);
void relate_subject_pause(struct mem_pool *pool, struct relate_subject *s,
	struct calendar_span span);

/** relate_subject_merge(pool, to, from): adds what from has. */
void relate_subject_merge(struct mem_pool *pool, struct relate_subject *to,
	const struct relate_subject *from);

/** relate_subject_fill(s, cells): those of cells that s has rows of. */
void relate_subject_fill(const struct relate_subject *s,
	struct expr_cell *cells);

#endif
