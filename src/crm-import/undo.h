#ifndef UNDO_H
#define UNDO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hash.h"
#include "mem.h"
#include "slice.h"

/**
 * undo: what a run did, by the journal, and which later runs did something to
 * the same fields. A later run that was itself reverted, and the run that
 * reverted it, do not count.
 */
#define UNDO_NONE UINT32_MAX

/** A field that the run changed. All slices are raw. */
struct undo_field {
	struct slice column, old, new;
	uint64_t number;  /* line in the journal */
	uint32_t next;    /* of the same record, or UNDO_NONE */
};

struct undo_record {
	uint32_t first, last; /* in fields */
	bool made;            /* the run created it */
	bool gone;            /* the run removed it */
	uint64_t line;        /* gone: where it stood in FILE */
};

/** What a later run did to one of the fields, or to a record that the run made
 * or removed. */
struct undo_conflict {
	struct slice key, column, new;
	uint32_t run;
	uint64_t number;
};

/** A change of the first line, by any run. */
struct undo_head {
	struct slice old, new; /* unescaped */
	uint32_t run;
};

struct undo {
	struct undo_field *fields;
	size_t field_count, field_room;
	struct hash *keys;    /* payload: struct undo_record */
	bool head;            /* the first line of FILE was changed: */
	bool rest;            /* ... and all that came since is undone, too */
	struct slice head_old;   /* what it was before, unescaped */
	struct slice head_new;   /* names that came to it, between TABs */
	struct slice head_now;   /* what it is if nothing else changed it */
	struct undo_conflict *conflicts;
	size_t conflict_count, conflict_room;
	/* private */
	struct slice run, key_column;
	struct hash *runs;    /* payload: what it reverted, + 1 */
	struct undo_head *heads;
	size_t head_count, head_room;
	uint32_t target;
	struct mem_pool pool;
};

/** undo_open(u, journal, run, key_column): ends the program (exit 2) where the
 * journal has no such run. undo_close releases it. */
void undo_open(struct undo *u, const char *journal, const char *run,
	const char *key_column);
void undo_close(struct undo *u);

/** undo_record(u, i): record i of hash_count(u->keys). */
struct undo_record *undo_record(const struct undo *u, uint32_t i);

#endif
