#ifndef OWN_NAME_H
#define OWN_NAME_H

#include <stddef.h>

#include "hash.h"
#include "mem.h"
#include "slice.h"

/**
 * own_name(names, header, number, pool): the name of a column that has no match:
 * its header in lower case with _ for blanks, column_NUMBER without header; one
 * that is taken gets a number behind. names: those that are taken, opened with
 * OWN_NAME_PAYLOAD; the name is added. It lies in pool.
 */
#define OWN_NAME_PAYLOAD sizeof(uint32_t)

struct slice own_name(struct hash *names, struct slice header, size_t number,
	struct mem_pool *pool);

#endif
