#ifndef PURCHASES_H
#define PURCHASES_H

#include "customers.h"
#include "expr.h"
#include "history.h"

/**
 * purchases: one pass over the tickets that adds orders and amounts to the
 * customers.
 *
 * A purchase is a ticket for which `when` holds, a return one of kind "return"
 * (its amount is taken off); neither counts when its status is cancelled. The
 * columns kind, status and amount may be lacking.
 * Tickets opened after as-of do not exist.
 */
struct purchases_job {
	struct record_source *tickets;
	struct customers *customers;
	const struct expr *when;  /* compiled over the columns of tickets */
	int64_t as_of;
	struct histories *histories; /* null: days are not kept */
	unsigned jobs;
	bool progress;
};

struct purchases_count {
	uint64_t tickets;   /* read, without the bad ones */
	uint64_t later;     /* of them: purchases or returns after as-of */
	uint64_t cancelled; /* purchases or returns */
	uint64_t purchases, returns;
	uint64_t unknown;   /* purchases or returns of no customer of the file */
};

/** purchases_add(job): a value that cannot be read makes a bad record. */
struct purchases_count purchases_add(const struct purchases_job *job);

#endif
