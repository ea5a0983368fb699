#ifndef JOIN_H
#define JOIN_H

#include <stdbool.h>
#include <stdint.h>

#include "record.h"
#include "slice.h"

/**
 * join: the records of a file that tickets refer to by a key (customers,
 * serial numbers), with only the columns that are in use. A value that comes
 * often is kept once, under a number.
 */
struct join;

/** join_load(source, job): a bad value in a used column, and a key that comes
 * a second time, are bad records; so is one that is missing. */
struct join_job {
	const char *key;  /* the column that is one */
	const bool *used; /* of each column: it is wanted */
	unsigned jobs;
	bool checked;     /* as in chunk_job */
	bool progress;
};

struct join *join_load(const struct record_source *source,
	const struct join_job *job);
void join_close(struct join *j); /* null is allowed */

/** join_code, join_prefetch, join_prefetch_row: to ask the memory a batch
 * ahead, in this order. key is decoded. */
uint64_t join_code(struct slice key);
void join_prefetch(const struct join *j, uint64_t code);
void join_prefetch_row(const struct join *j, uint64_t code);

/** join_find(j, key, code, cells, numbers): false where there is none; else
 * sets cells[column] for every column in use, canonical, and numbers[column],
 * which two rows share only if they have the same value; numbers may be null.
 * Safe from many threads. */
bool join_find(const struct join *j, struct slice key, uint64_t code,
	struct slice *cells, uint32_t *numbers);

/** join_count(j): of records. */
size_t join_count(const struct join *j);

/** join_values(j, column), join_value(j, column, i): the different values of a
 * column in use, in the order in which they came. */
size_t join_values(const struct join *j, size_t column);
struct slice join_value(const struct join *j, size_t column, size_t i);

#endif
