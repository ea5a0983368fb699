#include "kind.h"

#include <stdbool.h>

#include "schema.h"

/* What of a sale may be there. */
enum {
	SALE_ID = 1,
	SALE_PRODUCT = 2,
	SALE_QUANTITY = 4,
	SALE_AMOUNT = 8,
	SALE_ALL = 15,
};

struct told {
	size_t customers, tickets; /* columns that each kind has */
	unsigned sale;
	bool ticket;               /* the number of a ticket, for sure */
};

static unsigned
sale_part(struct slice name)
{
	return slice_is(name, "ticket_id") ? SALE_ID
		: slice_is(name, "product") ? SALE_PRODUCT
		: slice_is(name, "quantity") ? SALE_QUANTITY
		: slice_is(name, "amount") ? SALE_AMOUNT : 0;
}

static void
ask(const struct alias_table *t, struct slice header, struct told *told)
{
	struct alias_key key = alias_key_of(header);
	unsigned kinds = 0;
	bool ticket = false;

	for (size_t i = 0; i < t->count; i++) {
		const struct alias *a = &t->entries[i];
		const struct schema_column *column = schema_find(a->name);

		if (!column || a->count != 1 || !alias_meets(&a->parts[0], &key))
			continue;
		kinds |= column->kinds;
		told->sale |= sale_part(a->name);
		ticket |= !a->weak && slice_is(a->name, "ticket_id");
	}
	alias_key_free(&key);
	told->ticket |= ticket && !(kinds & SCHEMA_CUSTOMERS);
	told->customers += (kinds & SCHEMA_CUSTOMERS) != 0;
	told->tickets += (kinds & SCHEMA_TICKETS) != 0;
}

unsigned
kind_of_headers(const struct alias_table *t, const struct slice *headers,
	size_t n)
{
	struct told told = {0};

	for (size_t i = 0; i < n; i++)
		ask(t, headers[i], &told);
	if (told.customers == 0 && told.tickets == 0)
		return 0;
	return told.ticket || told.sale == SALE_ALL ||
		told.tickets > told.customers ? SCHEMA_TICKETS
		: SCHEMA_CUSTOMERS;
}
