#ifndef CUSTOMERS_H
#define CUSTOMERS_H

#include "chunk.h"
#include "hash.h"
#include "num.h"

/**
 * customers: what is known of each customer of the file, by customer_id.
 *
 * Built from the file in its order, then added to by many threads at once:
 * everything that is added commutes, so that the order does not matter.
 */

/** The purchases of a customer. All zero: none. 40 bytes, so that it lies with
 * its key in one cache line. */
struct customer {
	uint64_t place;      /* of the record in the file */
	uint64_t spend_low;  /* 128 bits of the sum of amounts, 1/10000: added */
	int32_t spend_high;  /*   to in two steps */
	uint32_t orders;
	uint64_t first;      /* mirrored, so that the larger wins; 0: none */
	uint64_t last;       /* shifted to be above 0; 0: none */
};

struct customers {
	struct record_source *source;
	size_t id;           /* column */
	struct hash *table;  /* of struct customer */
};

/** customers_open(source, jobs, progress): reads the file once. A customer_id
 * that is missing or comes twice makes a bad record, reported. */
void customers_open(struct customers *c, struct record_source *source,
	unsigned jobs, bool progress);
void customers_close(struct customers *c);

/** customers_place(chunk, r): what customer.place is for a record: tells the
 * first record of a customer_id from later ones. */
uint64_t customers_place(const struct chunk *chunk, const struct record *r);

/** customer_add_order, customer_add_amount: from any thread. */
void customer_add_order(struct customer *c, int64_t opened_at);
void customer_add_amount(struct customer *c, int64_t amount);

/** customer_set(c, orders, spend, first, last): all at once, by one thread;
 * first and last only matter if orders > 0. */
void customer_set(struct customer *c, uint64_t orders, num_wide spend,
	int64_t first, int64_t last);

/** What was added, once all threads are done. first and last only if orders
 * > 0. */
num_wide customer_spend(const struct customer *c);
int64_t customer_first(const struct customer *c);
int64_t customer_last(const struct customer *c);

#endif
