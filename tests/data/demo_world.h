#ifndef DEMO_WORLD_H
#define DEMO_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "moment.h"
#include "random.h"

/** demo_world: the people and what happened to them, in memory. */

#define DEMO_CUSTOMERS 2400
#define DEMO_TICKETS 40000 /* room for */
#define DEMO_NONE UINT32_MAX

enum demo_kind {
	DEMO_CONSULT, DEMO_ADVISE, DEMO_GUIDE, DEMO_ORDER, DEMO_SALE,
	DEMO_REPAIR, DEMO_INSTALL, DEMO_MAINTAIN, DEMO_COMPLAINT, DEMO_SUGGEST,
	DEMO_RETURN, DEMO_PAYMENT, DEMO_REMIND, DEMO_LEAD, DEMO_VISIT,
	DEMO_CALLBACK, DEMO_REPLY, DEMO_SURVEY, DEMO_PART, DEMO_HOLD,
	DEMO_HANDOVER, DEMO_ACTION, DEMO_KINDS
};

struct demo_customer {
	char name[64], email[48], address[128];
	const char *trade; /* null: a person */
	const char *manager, *source, *tier, *no_contact, *note;
	uint64_t phone, phone2; /* 0: none */
	int64_t birthday, created; /* 0: none */
	int64_t credit, balance, target; /* yuan; of companies */
	uint32_t region;
};

/** An empty text is written as an empty field; so are a time of 0, an amount
 * or a number of 0. */
struct demo_ticket {
	uint32_t number; /* rank by opened, from 1 */
	uint32_t parent; /* index; DEMO_NONE */
	uint32_t customer, product; /* index; DEMO_NONE */
	enum demo_kind kind;
	const char *channel, *fault, *item, *status, *stage, *owner, *station;
	const char *note;
	uint64_t serial; /* 0: none */
	int64_t opened, due, closed;
	int64_t amount; /* cents */
	unsigned quantity, score, expected, weight;
	bool bad_barcode;
};

struct demo_world {
	struct random random;
	int64_t now;
	struct demo_customer customers[DEMO_CUSTOMERS];
	struct demo_ticket tickets[DEMO_TICKETS];
	uint32_t ticket_count;
	uint32_t sold[8]; /* of each product; its serial numbers are 1 to this */
};

/** demo_world_ticket(w, kind, customer, opened): adds a ticket, closed an hour
 * later, without parent and product. It stays where it is. */
struct demo_ticket *demo_world_ticket(struct demo_world *w,
	enum demo_kind kind, uint32_t customer, int64_t opened);

/** demo_world_child(w, parent, kind, opened): the same, as a child row of
 * parent with its customer, product, owner and station. */
struct demo_ticket *demo_world_child(struct demo_world *w,
	const struct demo_ticket *parent, enum demo_kind kind, int64_t opened);

/** demo_world_daytime(t): t itself, or, at night, some time of the morning
 * after. */
int64_t demo_world_daytime(int64_t t);

/** demo_world_settle(w): drops what would happen after now, reopens what would
 * be closed after now, and numbers the rest by opened. Indices change: order[0
 * .. count - 1] holds the tickets in their order. Returns count. */
uint32_t demo_world_settle(struct demo_world *w, uint32_t *order);

#endif
