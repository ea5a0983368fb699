#include "plan_read.h"

#include <string.h>

#include "list.h"
#include "plan_table.h"

static bool
find_extra(struct plan_reading *in, struct slice name, size_t *column)
{
	struct plan_rule *rule = in->rule;
	size_t c = plan_table_find(&in->plan->tables[PLAN_TICKETS], name);

	if (c == RECORD_NONE)
		return false;
	for (*column = 0; *column < rule->extra_count; ++*column)
		if (rule->extras[*column] == c)
			return true;
	rule->extras[rule->extra_count++] = c;
	return true;
}

static bool
find_in_file(struct plan_reading *in, enum plan_file file, struct slice name,
	size_t *column)
{
	struct plan_table *t = &in->plan->tables[file];

	*column = plan_table_find(t, name);
	if (*column == RECORD_NONE)
		return false;
	t->shown[*column] |= in->for_good;
	return true;
}

static bool
find_name(struct slice name, int *table, size_t *column, void *context)
{
	struct plan_reading *in = context;
	const char *dot = memchr(name.p, '.', name.n);
	struct slice behind = name;

	if (dot) {
		size_t prefix = (size_t)(dot - name.p);

		behind.p += prefix + 1;
		behind.n -= prefix + 1;
		*table = PLAN_OF_CUSTOMER;
		if (prefix == 8 && memcmp(name.p, "customer", 8) == 0)
			return find_in_file(in, PLAN_CUSTOMERS, behind, column);
		*table = PLAN_OF_PRODUCT;
		return prefix == 7 && memcmp(name.p, "product", 7) == 0 &&
			find_in_file(in, PLAN_PRODUCTS, behind, column);
	}
	*table = PLAN_OUTPUT;
	for (*column = 0; *column < LIST_TEXT; ++*column)
		if (slice_is(name, list_names[*column]))
			return true;
	*table = PLAN_OF_TICKET;
	if (in->rule->on == PLAN_TICKET)
		return find_extra(in, name, column);
	*table = PLAN_OF_CUSTOMER;
	return in->rule->on == PLAN_CUSTOMER &&
		find_in_file(in, PLAN_CUSTOMERS, name, column);
}

void
plan_read_text(struct plan_reading *in)
{
	struct plan *p = in->plan;
	size_t record = in->rule->record, position = 0;
	struct slice text = rules_cell(p->source, record, in->columns->text);
	const char *why;

	in->rule->extras = mem_pool_get(&p->source->pool,
		p->tables[PLAN_TICKETS].count * sizeof(size_t));
	why = template_read(&p->source->pool, text, find_name, in,
		&in->rule->text, &position);
	if (why)
		rules_die_at(p->source, record, in->columns->text, position,
			why);
}
