#ifndef CUSTOMERS_H
#define CUSTOMERS_H

#include <stdbool.h>

#include "record.h"
#include "slice.h"

/**
 * customers: the customers that tickets refer to, with only the columns that
 * are in use. A value that comes often is kept once.
 */
struct customers;

/** customers_load(source, used, jobs, checked, progress): used[c] tells whether
 * column c is wanted; checked as in chunk_job. A bad value in one of these, and
 * a customer_id that comes a second time, are bad records. */
struct customers *customers_load(const struct record_source *source,
	const bool *used, unsigned jobs, bool checked, bool progress);
void customers_close(struct customers *c); /* null is allowed */

/** customers_code, customers_prefetch: to ask the memory a batch ahead. id is
 * decoded. */
uint64_t customers_code(struct slice id);
void customers_prefetch(const struct customers *c, uint64_t code);

/** customers_find(c, id, code, cells): false where there is none; else sets
 * cells[column] for every column in use, canonical. */
bool customers_find(const struct customers *c, struct slice id, uint64_t code,
	struct slice *cells);

#endif
