#include "plan_table.h"

#include <stdlib.h>

#include "mem.h"

static const char *const product_columns[] = {"product", "warranty", "season"};

enum { PRODUCT_COLUMNS = 3 };

static void
add_name(struct plan_table *t, struct slice name)
{
	if (plan_table_find(t, name) == RECORD_NONE)
		t->names[t->count++] = name;
}

void
plan_table_init(struct plan_table *t, enum plan_file which,
	const struct record_source *source, struct mem_pool *pool)
{
	unsigned kind = which == PLAN_TICKETS ? SCHEMA_TICKETS
		: which == PLAN_CUSTOMERS ? SCHEMA_CUSTOMERS : 0;
	size_t known, given = source ? source->columns : 0;
	const struct schema_column *schema = schema_columns(&known);

	t->file = source ? source->files[0].name : NULL;
	t->names = mem_pool_get(pool, (given + known + PRODUCT_COLUMNS) *
		sizeof(*t->names));
	for (size_t i = 0; i < given; i++)
		t->names[t->count++] = source->names[i];
	t->in_file = t->count;
	for (size_t i = 0; i < known; i++)
		if (schema[i].kinds & kind)
			add_name(t, slice_of(schema[i].name));
	for (size_t i = 0; which == PLAN_PRODUCTS && i < PRODUCT_COLUMNS; i++)
		add_name(t, slice_of(product_columns[i]));
	t->evaluated = mem_zero(t->count, sizeof(*t->evaluated));
	t->shown = mem_zero(t->count, sizeof(*t->shown));
}

void
plan_table_free(struct plan_table *t)
{
	free(t->evaluated);
	free(t->shown);
}

size_t
plan_table_find(const struct plan_table *t, struct slice name)
{
	for (size_t i = 0; i < t->count; i++)
		if (slice_equal(t->names[i], name))
			return i;
	return RECORD_NONE;
}
