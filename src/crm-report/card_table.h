#ifndef CARD_TABLE_H
#define CARD_TABLE_H

#include "card.h"
#include "card_find.h"
#include "num.h"

/** card_table: what was found of a customer, as tables; for card*.c alone. */

/** What a customer's tickets come to. */
struct card_figures {
	uint64_t tickets, open, purchases, scores;
	num_wide sales, score;
	struct slice first, last, contact; /* opened_at */
};

/** A ticket that is to be shown. */
struct card_entry {
	size_t row;
	int64_t opened;
	bool known;
};

struct card {
	const struct run_options *options;
	const struct period *period;
	struct card_rows customer, tickets;
	struct card_entry *entries;
	size_t count;
	struct card_figures figures;
};

/** card_table_field(rows, row, column): n == 0 where there is no such column. */
struct slice card_table_field(const struct card_rows *rows, size_t row,
	const char *column);

/** card_table_customer, card_table_tickets: for people. card_table_values: all
 * in one, a value a record: whose, of what, which. */
void card_table_customer(const struct card *c, const struct definition *d,
	struct table *t);
void card_table_tickets(const struct card *c, struct table *t);
void card_table_values(const struct card *c, const struct definition *d,
	struct table *t);

#endif
