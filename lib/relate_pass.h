#ifndef RELATE_PASS_H
#define RELATE_PASS_H

#include "relate.h"
#include "relate_table.h"

/**
 * relate_pass: for relate.c and relate_pass.c alone.
 */

/** relate_pass_result(table, relation_count): the finished table. */
struct relate *relate_pass_result(struct relate_table *table,
	size_t relation_count);

#endif
