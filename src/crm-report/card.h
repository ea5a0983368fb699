#ifndef CARD_H
#define CARD_H

#include "definition.h"
#include "period.h"
#include "run.h"
#include "table.h"

/**
 * card: everything about one customer: what is known, what it comes to, and
 * every ticket, oldest first. Not a definition: it groups nothing.
 */
enum { CARD_TABLES = 2 };

/** card_is(d): it is the card, and not a report that a user calls so. */
bool card_is(const struct definition *d);

/** card_make(o, d, period, tables): the customer and the tickets; returns how
 * many tables: 1, of single values, where one table has to hold all (tsv). Says
 * so, with status 1, where there is no such customer. */
size_t card_make(const struct run_options *o, const struct definition *d,
	const struct period *period, struct table *tables);

#endif
