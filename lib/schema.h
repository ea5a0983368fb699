#ifndef SCHEMA_H
#define SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/**
 * schema: the type of a column follows from its name (crm(5)); any name that
 * is not in the tables is text. One name has one type in every file.
 */
enum schema_type {
	SCHEMA_TEXT,
	SCHEMA_NUMBER,
	SCHEMA_MONEY,
	SCHEMA_TIME,
	SCHEMA_DAY,    /* birthday: a date or --MM-DD */
	SCHEMA_PHONE,  /* +86..., ;ext= */
	SCHEMA_ENUM,   /* one of a few words; text to expressions */
	SCHEMA_LIST,   /* comma list; text to expressions */
};

enum schema_kind {
	SCHEMA_CUSTOMERS = 1,
	SCHEMA_TICKETS = 2,
	SCHEMA_COMPUTED = 4, /* columns that the tools append */
};

struct schema_column {
	const char *name;
	enum schema_type type;
	unsigned kinds;         /* schema_kind bits */
	bool required;          /* in every kind that has it */
	const char *const *words; /* SCHEMA_ENUM: null-terminated; else null */
};

/** schema_columns(n): the whole table. The columns of one kind stand in the
 * order of its table in crm(5), ticket_id before customer_id. */
const struct schema_column *schema_columns(size_t *n);

/** schema_find(name): null where the name is not in the table. */
const struct schema_column *schema_find(struct slice name);

/** schema_type_of(name): SCHEMA_TEXT where the name is not in the table. */
enum schema_type schema_type_of(struct slice name);

#endif
