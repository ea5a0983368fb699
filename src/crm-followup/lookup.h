#ifndef LOOKUP_H
#define LOOKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "chunk.h"
#include "gate.h"
#include "hash.h"
#include "record.h"

/**
 * lookup: records kept in memory by their key, and of each only the columns
 * that are wanted. A key that comes twice: the second record is bad.
 */
struct lookup;

/** lookup_open(source, key, wanted): wanted[i]: column i is kept. */
struct lookup *lookup_open(const struct record_source *source, size_t key,
	const bool *wanted);
void lookup_close(struct lookup *l); /* null is allowed */

/** lookup_reserve(l, n): so many records, and perhaps more, will be kept. */
void lookup_reserve(struct lookup *l, size_t n);

/** lookup_note(l, c, r): called in the work of a chunk: this record is to be
 * kept. lookup_turn(l, c, gate): called in its turn: keeps them; what stands
 * twice is reported and refused. */
void lookup_note(const struct lookup *l, struct chunk *c,
	const struct record *r);
void lookup_turn(struct lookup *l, struct chunk *c, struct gate *gate);

/** lookup_all(l, gate, jobs, progress): one pass that keeps every record. */
void lookup_all(struct lookup *l, struct gate *gate, unsigned jobs,
	bool progress);

/** lookup_prefetch(l, key), lookup_prefetch_record(l, key): ask the memory for
 * what lookup_fill will need, some keys ahead; the second after the first. */
void lookup_prefetch(const struct lookup *l, struct slice key);
void lookup_prefetch_record(const struct lookup *l, struct slice key);

/** lookup_fill(l, key, cells): sets cells[i] to the raw fields of the wanted
 * columns of the record; false where there is none. key is decoded. */
bool lookup_fill(const struct lookup *l, struct slice key,
	struct slice *cells);

#endif
