#ifndef KIND_H
#define KIND_H

#include <stddef.h>

#include "alias.h"
#include "slice.h"

/**
 * kind: what a header tells about the records below it.
 *
 * kind_of_headers(t, headers, n): SCHEMA_CUSTOMERS, SCHEMA_TICKETS, or 0 where
 * they do not tell. The number of a ticket is one of tickets; so is a product
 * with a quantity, an amount and what may be a number: a sale. Else it is the
 * kind that has more of the columns.
 */
unsigned kind_of_headers(const struct alias_table *t,
	const struct slice *headers, size_t n);

#endif
