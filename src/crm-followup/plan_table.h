#ifndef PLAN_TABLE_H
#define PLAN_TABLE_H

#include "plan.h"

/**
 * plan_table: the columns that rules may name: those of the file, and those of
 * crm(5) that it lacks. For plan.c.
 */

void plan_table_init(struct plan_table *t, enum plan_file which,
	const struct record_source *source, struct mem_pool *pool);
void plan_table_free(struct plan_table *t);

/** plan_table_find(t, name): the column, or RECORD_NONE. */
size_t plan_table_find(const struct plan_table *t, struct slice name);

#endif
