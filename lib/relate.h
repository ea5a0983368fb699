#ifndef RELATE_H
#define RELATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calendar.h"
#include "chunk.h"
#include "expr.h"
#include "record.h"

/**
 * relate: what the relations of compiled expressions come to, for every
 * subject, from one pass over the tickets. Rows opened after as-of do not
 * exist. Memory: only for subjects that have related rows (or a note), and of
 * those only what the expressions ask for: about 32 bytes and the key if it is
 * longer than 23, 8 for every 64 has(), 8 for each count(), first() and last(),
 * and 24 for each sum(); and up to 256 MB for rows that wait until those that
 * lie near each other can be worked on together.
 */
struct relate;

struct relate_job {
	struct record_source *tickets; /* opened with RECORD_TWICE if it is read
	                                  again afterwards */
	const struct expr_scope *scope; /* all rules are compiled */
	const char *key;  /* the column that names the subject: "ref" for the
	                     children of a ticket, "customer_id", "station" ... */
	bool holds;       /* also collect holds (kind "hold") of the subject */
	bool notes;       /* relate_note is called: the subjects are only to be
	                     had by relate_notes */
	size_t waiting;   /* bytes of rows that may wait until they are worked
	                     on; 0: a good number */
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
 * holds, united. Safe from many threads. */
const struct expr_cell *relate_find(const struct relate *r, struct slice key,
	struct expr_cell *cells, const struct calendar_span **holds, size_t *n);

/**
 * The same in steps, for many subjects at once: relate_prefetch for all of
 * them, then relate_prefetch_subject, then relate_subject; code is
 * hash_code(key). Of the cells only those are filled that are asked for.
 * relate_subject: null where it has no related rows; lives as long as r.
 */
struct relate_subject;

void relate_prefetch(const struct relate *r, uint64_t code);
void relate_prefetch_subject(const struct relate *r, uint64_t code);
const struct relate_subject *relate_subject(const struct relate *r,
	struct slice key, uint64_t code);
void relate_cell(const struct relate *r, const struct relate_subject *s,
	size_t relation, struct expr_cell *cell);
const struct calendar_span *relate_holds(const struct relate *r,
	const struct relate_subject *s, size_t *n);

/**
 * A pass that the caller makes himself (with chunk_run), for several jobs at
 * once: they differ in scope, key, holds and notes; what else is in the first
 * counts. accept, progress, again and checked are the caller's own business.
 */
struct relate_pass;
struct relate_kind;

struct relate_pass *relate_begin(const struct relate_job *jobs, size_t n);

/** relate_kind(pass, name): what tickets of a kind mean to it; null: nothing,
 * there is no need to hand them over. name is decoded. */
const struct relate_kind *relate_kind(const struct relate_pass *pass,
	struct slice name);

/** relate_take(pass, c, r, kind, opened): a record of that kind; false, and
 * reported, where a value is bad. opened: its opened_at, if it is known, else
 * null. */
bool relate_take(struct relate_pass *pass, struct chunk *c,
	const struct record *r, const struct relate_kind *kind,
	const int64_t *opened);

/** relate_note(pass, c, job, key, note): to be handed back by relate_notes,
 * with what the relations of that subject of a job came to. There may be
 * several notes on one. key is decoded. */
struct relate_note {
	uint64_t where; /* the caller's */
	uint64_t marks; /* so are they; not 0 */
};
void relate_note(struct relate_pass *pass, struct chunk *c, size_t job,
	struct slice key, const struct relate_note *note);

/** relate_end(pass, out): the pass is over and gone: out[i] is job i's. */
void relate_end(struct relate_pass *pass, struct relate **out);

/** relate_parts(r), relate_notes(r, worker, part, take, context): the notes, part
 * by part (0 .. relate_parts(r) - 1), each of them once. Several threads, each a
 * worker (0 .. job->jobs - 1), may each do some. A subject lives until the
 * worker's next part, whose subjects lie in the same memory. */
typedef void relate_noted(const struct relate_subject *s,
	const struct relate_note *note, void *context);
size_t relate_parts(const struct relate *r);
void relate_notes(struct relate *r, unsigned worker, size_t part,
	relate_noted *take, void *context);

#endif
