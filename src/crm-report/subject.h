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
	SUBJECT_YEAR,      /* likewise, where no period was named in the year
	                      of as-of alone */
	SUBJECT_FIRST,     /* when the customer bought for the first time */
	SUBJECT_GIVENS,
};

extern const struct expr_given subject_givens[SUBJECT_GIVENS];

/** A file that tickets refer to: table 1 and so on of their expressions. */
struct subject_lookup {
	const struct record_source *source;
	const char *key; /* its column that is the key */
	size_t column;   /* of the tickets: the key; or RECORD_NONE */
};

enum { SUBJECT_LOOKUPS = 2 };

struct subject {
	bool customers;                /* else tickets */
	struct expr_scope scope;
	struct expr_table tables[1 + SUBJECT_LOOKUPS];
	struct expr_table related;     /* tickets */
	struct record_source *source;
	struct relate *relate;         /* null: no relations in use */
	size_t id;                     /* ticket_id, customer_id */
	size_t opened_at;              /* tickets */
	struct subject_lookup lookups[SUBJECT_LOOKUPS];
	size_t lookup_count;           /* tickets */
	bool sells;                    /* the givens are in use */
	size_t kind, status, amount;   /* tickets, if it sells */
	const char *lacks;             /* the column without which it cannot,
	                                  or null */
	size_t customer_id;            /* tickets, for the first purchase */
	struct period year;             /* of SUBJECT_YEAR */
	struct expr *purchases, *sales; /* customers, if it sells and there
	                                   are tickets */
	struct expr *year_sales;        /* likewise; null: not in use */
	struct expr *firsts[2];        /* likewise; the earlier one counts. Of
	                                  tickets in the scope of buyers */
	struct expr_scope buyers;      /* tickets, if the first purchase of
	                                  their customer is in use */
	struct relate *bought;
};

/** The files that were given; null: not given. */
struct subject_sources {
	struct record_source *tickets, *customers, *serials;
};

/** subject_init: the sources outlive s. Tickets see their customer and their
 * serial number if these are given; customers have relations if tickets are
 * given. */
void subject_init(struct subject *s, bool customers,
	const struct subject_sources *sources, int64_t as_of,
	const struct calendar *calendar);
void subject_free(struct subject *s);

/** subject_sell(s, period, year): makes the givens work, SUBJECT_YEAR of
 * customers if `year`; tickets without the columns kind and amount have none. */
void subject_sell(struct subject *s, const struct period *period, bool year);

/** subject_know_buyers(s): the first purchase of a ticket's customer is in
 * use. */
void subject_know_buyers(struct subject *s);

/** subject_relate(s, job): after all was compiled: reads the tickets if a
 * relation is in use, and tells whether it did. */
struct subject_job {
	struct record_source *tickets; /* null: not given */
	unsigned jobs;
	bool checked;                  /* as in chunk_job */
	bool progress;
};
bool subject_relate(struct subject *s, const struct subject_job *job);

/** subject_known(s): expr_env.known_column: of tickets, opened_at, which whoever
 * looks at them has read already. */
static inline size_t
subject_known(const struct subject *s)
{
	return s->customers ? 0 : s->opened_at + 1;
}

/** subject_fill(s, env, givens): the givens of the record in env, which has its
 * relations already; but for the first purchase of a ticket's customer. False
 * where the record is bad: env says why. */
bool subject_fill(const struct subject *s, struct expr_env *env,
	struct expr_value *givens);

/** subject_first(s, customer, given): the first purchase of a ticket's
 * customer; decoded. */
void subject_first(const struct subject *s, struct slice customer,
	struct expr_value *given);

/** subject_mentions(text): a relation or work() may occur in an expression: the
 * tickets are read twice. subject_sells(text): so may a given.
 * subject_counts(text): so may purchases; subject_years(text): year_sales; subject_buys(text): first_purchase.
 * Never false where one does. */
bool subject_mentions(struct slice text);
bool subject_sells(struct slice text);
bool subject_counts(struct slice text);
bool subject_years(struct slice text);
bool subject_buys(struct slice text);

/** subject_refers(text, table): likewise a column of "customer", "serial". */
bool subject_refers(struct slice text, const char *table);

#endif
