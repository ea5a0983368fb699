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

/** The same, one ticket at a time, for those who add it to something else. */
struct purchases_reader {
	const struct expr *when;
	int64_t as_of;
	size_t customer_id, kind, status, opened_at, amount; /* columns */
};

struct purchase {
	int64_t opened_at, amount;
	bool is_return;
};

struct purchases_reader purchases_reader(const struct record_source *tickets,
	const struct expr *when, int64_t as_of);

/** purchases_read(reader, c, r, env, p): 1: a purchase or return, 0: neither,
 * -1: a bad record, reported. env is the thread's. purchases_counts(reader, r, p,
 * count): whether it counts: it is not cancelled, nor after as-of; adds to all
 * of count but tickets and unknown. */
int purchases_read(const struct purchases_reader *reader, struct chunk *c,
	const struct record *r, struct expr_env *env, struct purchase *p);
bool purchases_counts(const struct purchases_reader *reader,
	const struct record *r, const struct purchase *p,
	struct purchases_count *count);

/** purchases_tell(tickets, count): a message where amounts were asked for and the
 * column of a name like "amount" is not it. */
void purchases_tell(const struct record_source *tickets,
	const struct purchases_count *count);

/** purchases_sum(to, from): adds what another counted. */
void purchases_sum(struct purchases_count *to,
	const struct purchases_count *from);

#endif
