#ifndef SUBJECT_H
#define SUBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "expr.h"
#include "period.h"
#include "record.h"
#include "relate.h"

/**
 * subject: what the records of a report are, tickets or customers: the columns
 * that its expressions may name, and what relations mean.
 */
enum subject_given {
	SUBJECT_PURCHASES, /* of a ticket: 1 if it is one, else 0; of a
	                      customer: how many. Missing if no tickets */
	SUBJECT_SALES,     /* what it adds to the sales: an amount bought, less
	                      one returned */
	SUBJECT_GIVENS,
};

extern const struct expr_given subject_givens[SUBJECT_GIVENS];

struct subject {
	bool customers;                /* else tickets */
	struct expr_scope scope;
	struct expr_table tables[2];   /* the records; their customer */
	struct expr_table related;     /* tickets */
	struct record_source *source;
	struct relate *relate;         /* null: no relations in use */
	size_t id;                     /* ticket_id, customer_id */
	size_t opened_at;              /* tickets */
	size_t customer_id;            /* tickets; RECORD_NONE: no join */
	bool sells;                    /* the givens are in use */
	size_t kind, status, amount;   /* tickets, if it sells */
	struct expr *purchases, *sales; /* customers, if it sells and there
	                                   are tickets */
};

/** The files that were given; null: not given. */
struct subject_sources {
	struct record_source *tickets, *customers; /* null: not given */
};

/** subject_init: the sources outlive s. Tickets see their customer if both are
 * given; customers have relations if tickets are given. */
void subject_init(struct subject *s, bool customers,
	const struct subject_sources *sources, int64_t as_of,
	const struct calendar *calendar);
void subject_free(struct subject *s);

/** subject_sell(s, period): makes the givens work; tickets without the columns
 * kind and amount have none. */
void subject_sell(struct subject *s, const struct period *period);

/** subject_relate(s, job): after all was compiled: reads the tickets if a
 * relation is in use, and tells whether it did. */
struct subject_job {
	struct record_source *tickets; /* null: not given */
	unsigned jobs;
	bool checked;                  /* as in chunk_job */
	bool progress;
};
bool subject_relate(struct subject *s, const struct subject_job *job);

/** subject_fill(s, env, givens): the givens of the record in env, which has its
 * relations already. False where it is bad: env says why. */
bool subject_fill(const struct subject *s, struct expr_env *env,
	struct expr_value *givens);

/** subject_mentions(text): a relation or work() may occur in an expression: the
 * tickets are read twice. subject_sells(text): so may a given. Never false
 * where one does. */
bool subject_mentions(struct slice text);
bool subject_sells(struct slice text);

#endif
