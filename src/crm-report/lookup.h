#ifndef LOOKUP_H
#define LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "record.h"
#include "slice.h"

/**
 * lookup: the records of a file that tickets refer to by a key (customers,
 * serial numbers), with only the columns that are in use. A value that comes
 * often is kept once, under a number.
 */
struct lookup;

/** lookup_load(source, job): a bad value in a used column, and a key that comes
 * a second time, are bad records. */
struct lookup_job {
	const char *key;  /* the column that is one */
	const bool *used; /* of each column: it is wanted */
	unsigned jobs;
	bool checked;     /* as in chunk_job */
	bool progress;
};

struct lookup *lookup_load(const struct record_source *source,
	const struct lookup_job *job);
void lookup_close(struct lookup *l); /* null is allowed */

/** lookup_code, lookup_prefetch, lookup_prefetch_row: to ask the memory a batch
 * ahead, in this order. key is decoded. */
uint64_t lookup_code(struct slice key);
void lookup_prefetch(const struct lookup *l, uint64_t code);
void lookup_prefetch_row(const struct lookup *l, uint64_t code);

/** lookup_find(l, key, code, cells, numbers): false where there is none; else
 * sets cells[column] for every column in use, canonical, and numbers[column],
 * which two rows share only if they have the same value. */
bool lookup_find(const struct lookup *l, struct slice key, uint64_t code,
	struct slice *cells, uint32_t *numbers);

#endif
