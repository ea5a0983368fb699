#include "schema.h"

enum {
	CUSTOMERS = SCHEMA_CUSTOMERS,
	TICKETS = SCHEMA_TICKETS,
	BOTH = SCHEMA_CUSTOMERS | SCHEMA_TICKETS,
	COMPUTED = SCHEMA_COMPUTED,
};

static const char *const type_words[] = {"person", "company", NULL};
static const char *const status_words[] = {
	"open", "waiting", "closed", "cancelled", NULL
};

/* The tables of customers and tickets run side by side, so that each kind's
 * columns stand in the order of its own. */
static const struct schema_column columns[] = {
	{"ticket_id", SCHEMA_TEXT, TICKETS, true, NULL},
	{"customer_id", SCHEMA_TEXT, BOTH, true, NULL},
	{"name", SCHEMA_TEXT, CUSTOMERS, false, NULL},
	{"type", SCHEMA_ENUM, CUSTOMERS, false, type_words},
	{"trade", SCHEMA_TEXT, CUSTOMERS, false, NULL},
	{"phone", SCHEMA_PHONE, CUSTOMERS, false, NULL},
	{"phone2", SCHEMA_PHONE, CUSTOMERS, false, NULL},
	{"email", SCHEMA_TEXT, CUSTOMERS, false, NULL},
	{"region", SCHEMA_TEXT, CUSTOMERS, false, NULL},
	{"address", SCHEMA_TEXT, CUSTOMERS, false, NULL},
	{"birthday", SCHEMA_DAY, CUSTOMERS, false, NULL},
	{"ref", SCHEMA_TEXT, TICKETS, false, NULL},
	{"kind", SCHEMA_TEXT, TICKETS, true, NULL},
	{"channel", SCHEMA_TEXT, TICKETS, false, NULL},
	{"product", SCHEMA_TEXT, TICKETS, false, NULL},
	{"model", SCHEMA_TEXT, TICKETS, false, NULL},
	{"serial", SCHEMA_TEXT, TICKETS, false, NULL},
	{"barcode", SCHEMA_TEXT, TICKETS, false, NULL},
	{"fault", SCHEMA_TEXT, TICKETS, false, NULL},
	{"item", SCHEMA_TEXT, TICKETS, false, NULL},
	{"quantity", SCHEMA_NUMBER, TICKETS, false, NULL},
	{"score", SCHEMA_NUMBER, TICKETS | COMPUTED, false, NULL},
	{"expected", SCHEMA_NUMBER, TICKETS | COMPUTED, false, NULL},
	{"weight", SCHEMA_NUMBER, TICKETS, false, NULL},
	{"priority", SCHEMA_NUMBER, TICKETS, false, NULL},
	{"amount", SCHEMA_MONEY, TICKETS, false, NULL},
	{"opened_at", SCHEMA_TIME, TICKETS, true, NULL},
	{"due_at", SCHEMA_TIME, TICKETS, false, NULL},
	{"closed_at", SCHEMA_TIME, TICKETS, false, NULL},
	{"status", SCHEMA_ENUM, TICKETS, false, status_words},
	{"stage", SCHEMA_TEXT, TICKETS, false, NULL},
	{"owner", SCHEMA_TEXT, BOTH, false, NULL},
	{"station", SCHEMA_TEXT, TICKETS, false, NULL},
	{"note", SCHEMA_TEXT, TICKETS, false, NULL},
	{"source", SCHEMA_TEXT, CUSTOMERS, false, NULL},
	{"tier", SCHEMA_TEXT, CUSTOMERS, false, NULL},
	{"credit_limit", SCHEMA_MONEY, CUSTOMERS, false, NULL},
	{"balance", SCHEMA_MONEY, CUSTOMERS, false, NULL},
	{"target", SCHEMA_MONEY, CUSTOMERS, false, NULL},
	{"no_contact", SCHEMA_LIST, CUSTOMERS, false, NULL},
	{"created_at", SCHEMA_TIME, CUSTOMERS, false, NULL},
	{"updated_at", SCHEMA_TIME, CUSTOMERS, false, NULL},
	{"orders", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"recency", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"r", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"f", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"m", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"alive", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"points", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"csi", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"gap", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"share", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"cumshare", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"late", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"customers", SCHEMA_NUMBER, COMPUTED, false, NULL},
	{"spend", SCHEMA_MONEY, COMPUTED, false, NULL},
	{"worth", SCHEMA_MONEY, COMPUTED, false, NULL},
	{"first_order", SCHEMA_TIME, COMPUTED, false, NULL},
	{"last_order", SCHEMA_TIME, COMPUTED, false, NULL},
};

const struct schema_column *
schema_columns(size_t *n)
{
	*n = sizeof columns / sizeof *columns;
	return columns;
}

const struct schema_column *
schema_find(struct slice name)
{
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (slice_is(name, columns[i].name))
			return &columns[i];
	return NULL;
}

enum schema_type
schema_type_of(struct slice name)
{
	const struct schema_column *column = schema_find(name);

	return column ? column->type : SCHEMA_TEXT;
}
