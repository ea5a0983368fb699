#ifndef JOIN_H
#define JOIN_H

#include <stdbool.h>
#include <stddef.h>

#include "record.h"
#include "slice.h"

/**
 * join: the customers that tickets refer to, by customer_id, with only the
 * columns that are in use. A value that comes often is kept once.
 */
struct join;

/** join_load(source, used, jobs, checked, progress): used[c] tells whether column
 * c is wanted; checked as in chunk_job. A bad value in one of these, and a
 * customer_id that is missing or comes twice, are bad records. */
struct join *join_load(const struct record_source *source, const bool *used,
	unsigned jobs, bool checked, bool progress);
void join_close(struct join *j); /* null is allowed */

/** join_find(j, id, cells): false where there is none; else sets cells[column]
 * for every column in use: fields, canonical. id is decoded. Safe from many
 * threads. */
bool join_find(const struct join *j, struct slice id, struct slice *cells);

/** join_count(j): of customers. */
size_t join_count(const struct join *j);

/** join_values(j, column), join_value(j, column, i): the different fields of a
 * column in use, in the order in which they came. */
size_t join_values(const struct join *j, size_t column);
struct slice join_value(const struct join *j, size_t column, size_t i);

#endif
