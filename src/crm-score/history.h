#ifndef HISTORY_H
#define HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clv.h"

/**
 * history: the purchase days of each customer, as the lifetime-value models
 * want them: purchases of one day count once, returns do not enter.
 *
 * Every thread has a list; the lists are joined once and then only read.
 */
struct history_item {
	uint32_t customer; /* index */
	int32_t day;       /* since 1970-01-01 */
	int64_t amount;    /* of the day, 1/10000 */
};

struct history_list {
	struct history_item *items;
	size_t count, room;
};

/** history_add(list, customer, opened_at, amount): one purchase. */
void history_add(struct history_list *list, uint32_t customer,
	int64_t opened_at, int64_t amount);

struct histories {
	struct history_item *items; /* by customer, then day; no day twice */
	size_t count;
	uint32_t *starts;           /* of each customer, and one behind */
	size_t customers;
};

/** history_join(h, lists, n, customers): takes the items of all lists, which are
 * then empty. A day's amount beyond 64 bits stays at the limit. */
void history_join(struct histories *h, struct history_list *lists, size_t n,
	size_t customers);
void history_free(struct histories *h);

/** What one customer did up to a day. */
struct history {
	uint32_t x, t_x, T; /* repeat purchase days; days from the first purchase
	                       to the last one, and to the end */
	uint32_t later;     /* purchase days after the end */
	int64_t total;      /* spent on the repeat purchases, 1/10000 */
};

/** history_of(h, customer, end, out): end is a day. False where there was no
 * purchase up to it. */
bool history_of(const struct histories *h, uint32_t customer, int32_t end,
	struct history *out);

/** history_day(t): the day of a time. */
int32_t history_day(int64_t t);

#endif
