#ifndef RELATE_H
#define RELATE_H

#include <stdbool.h>
#include <stddef.h>

#include "calendar.h"
#include "chunk.h"
#include "expr.h"
#include "record.h"

/**
 * relate: what the relations of compiled expressions come to, for every
 * subject, from one pass over the tickets. Rows opened after as-of do not
 * exist. Memory: only for subjects that have related rows.
 */
struct relate;

struct relate_job {
	struct record_source *tickets; /* opened with RECORD_TWICE if it is read
	                                  again afterwards */
	const struct expr_scope *scope; /* all rules are compiled */
	const char *key;  /* the column that names the subject: "ref" for the
	                     children of a ticket, "customer_id", "station" ... */
	bool holds;       /* also collect holds (kind "hold") of the subject */
	unsigned jobs;
	bool progress;
	bool again;       /* as in chunk_job; so is checked */
	bool checked;
	/** If not null: asked first, for every record; false: it is left out
	 * (and the function has reported it). */
	bool (*accept)(struct chunk *c, const struct record *r, void *context);
	void *context;
};

/** relate_run(job): a bad value makes a bad record, reported and left out. A
 * key column that the tickets do not have: no subject has related rows. The
 * names of scope->related begin with the columns of the tickets; further ones
 * are missing in every row. */
struct relate *relate_run(const struct relate_job *job);
void relate_close(struct relate *r); /* null is allowed */

/** relate_find(r, key, cells, holds, n): fills the cells of a subject
 * (scope->relation_count of them, the caller's) and returns them; null: it has
 * no related rows that count. key is decoded. *holds, *n (if not null): its
 * holds, united; they may be there without cells. Safe from many threads. */
const struct expr_cell *relate_find(const struct relate *r, struct slice key,
	struct expr_cell *cells, const struct calendar_span **holds, size_t *n);

#endif
