#ifndef RELATION_H
#define RELATION_H

#include <stdbool.h>
#include <stdint.h>

#include "chunk.h"
#include "expr.h"
#include "record.h"

/**
 * relation: what one ticket is to the relations of a card of customers or
 * groups. (lib/relate.h answers for subjects from a pass of its own; here the
 * ticket counts for purchases and answers too, and what it comes to must be
 * written and read again.)
 */
struct relation_reader; /* one for each thread */

/** relation_open(tickets, scope): all rules are compiled. The names of
 * scope->related begin with the columns of the tickets; further ones are
 * missing in every row. */
struct relation_reader *relation_open(const struct record_source *tickets,
	const struct expr_scope *scope);
void relation_close(struct relation_reader *reader); /* null is allowed */

struct relation_row {
	const bool *holds; /* for each relation: it is one of its rows */
	int64_t opened;
	int64_t amount;
	bool has_amount;
};

/** relation_read(reader, c, r, row): 1: it concerns a relation: row is set, until
 * the next call; 0: it does not, or was opened after as-of; -1: a value is bad,
 * reported. */
int relation_read(struct relation_reader *reader, struct chunk *c,
	const struct record *r, struct relation_row *row);

#endif
