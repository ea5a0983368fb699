#ifndef CHUNK_H
#define CHUNK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "mem.h"
#include "msg.h"
#include "out.h"
#include "record.h"
#include "scan.h"

/**
 * chunk: the engine. Cuts the input into pieces that end at the end of a
 * record and runs the tool's work on them on several threads.
 *
 *   map:  work appends bytes to c->bytes; they are written in the order of the
 *         input.
 *   fold: work adds to a state of its own per thread (c->worker), which the
 *         tool merges when chunk_run has returned.
 *
 * Malformed lines (too few or too many fields, NUL, a line end unlike the
 * header's, a last line without LF) are reported here and never reach the
 * work. Messages come out in the order of the input. Neither the number of
 * threads nor the size of the chunks changes a byte of what is written: the
 * environment variable CRM_CHUNK sets the size in bytes, for tests.
 */
struct chunk {
	_Alignas(MEM_APART) const struct record_source *source;
	size_t file;         /* index in source->files */
	uint64_t number;     /* 0, 1, 2 ... in the order of the input */
	unsigned worker;     /* 0 .. jobs - 1 */
	struct buf bytes;    /* map: what the work writes; fold: what it
	                        hands to turn, if it likes */
	struct msg_list bad; /* of this chunk */
	uint64_t records;    /* well-formed ones handed out so far */
	/* private */
	char *text;          /* the worker's, as is the scan */
	size_t size;
	uint64_t offset;     /* of the text in the file */
	struct scan *scan;
	size_t next;         /* line to hand out */
	size_t lines;
	size_t slash;        /* the first backslash that chunk_settle knows */
	bool unfinished;     /* the last line had no LF */
	bool checked;
	bool done;
	char apart[128];     /* threads at work on neighbours share no line of
	                        the cache */
};

struct chunk_job {
	const struct record_source *source;
	unsigned jobs;                                 /* threads; at least 1 */
	void (*work)(struct chunk *c, void *context);  /* called for each chunk */
	void *context;
	struct out *out;     /* map: where the bytes go; fold: null */
	/** If not null: called in the order of the input, one at a time, when
	 * the work on c is done, before its messages are shown and its bytes
	 * written: what depends on the records before (a key that comes twice:
	 * msg_bad(&c->bad, ...)) is decided here. */
	void (*turn)(struct chunk *c, void *context);
	bool again;          /* an earlier run over the same source has said
	                        what is bad: nothing is said or counted */
	bool checked;        /* an earlier run has said which lines are
	                        malformed: only what the work finds is said */
	bool progress;       /* may show it; opt's !quiet */
};

/** chunk_run(job): reads all of the source. The source can be run again if it
 * was opened with RECORD_TWICE. */
void chunk_run(const struct chunk_job *job);

/** chunk_next(c, r): the next well-formed record of the chunk. */
bool chunk_next(struct chunk *c, struct record *r);

/** chunk_settle(c, r): looks whether the record, which chunk_next has just
 * handed out, really holds a backslash, and sets r->backslash: worth it for
 * whoever looks at many fields. */
void chunk_settle(struct chunk *c, struct record *r);

/** chunk_offset(c, r): where the record begins in its file; only if that is
 * seekable, as all are in a source opened with RECORD_TWICE. */
uint64_t chunk_offset(const struct chunk *c, const struct record *r);

/** chunk_bad(c, r, column, why): the work found the value of a column bad: the
 * record is reported and must be left out. column: RECORD_NONE for none. */
void chunk_bad(struct chunk *c, const struct record *r, size_t column,
	const char *why);

#endif
