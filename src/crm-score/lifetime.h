#ifndef LIFETIME_H
#define LIFETIME_H

#include <stdbool.h>
#include <stdint.h>

#include "history.h"
#include "modelfile.h"
#include "out.h"

/**
 * lifetime: --clv: a model for the customers of a file, fitted to them or read,
 * and what it says about each.
 */
struct lifetime {
	struct histories histories;
	struct modelfile models;
	int64_t horizon; /* seconds */
	int32_t end;     /* the day of as-of: nothing later was seen */
};

struct lifetime_job {
	enum clv_model model;
	int64_t unit, horizon;  /* seconds */
	const char *stored;     /* --model; null: fit */
	bool named;             /* model was given: a stored one must be it */
	bool unit_named;        /* the same of unit */
	int64_t as_of;
	bool has_holdout;
	int64_t holdout;        /* the fit sees only days before this one */
	unsigned jobs;          /* threads */
};

/** lifetime_open(l, job): l->histories is joined already. Ends the program,
 * with the reason, where no fit is possible. */
void lifetime_open(struct lifetime *l, const struct lifetime_job *job);
void lifetime_free(struct lifetime *l);

/** lifetime_save(l, path): the models as a file. */
void lifetime_save(const struct lifetime *l, const char *path);

/** What is said about one customer; worth in 1/10000, whole cents. */
struct lifetime_outlook {
	double alive, expected;
	int64_t worth;
	bool has_worth;
};

/** lifetime_look(l, customer, out): customer is an index. False for one without
 * a purchase. From any thread. */
bool lifetime_look(const struct lifetime *l, uint32_t customer,
	struct lifetime_outlook *out);

/** lifetime_report(l, job, b): predicted against actual purchase days from the
 * holdout on, by number of repeat purchase days before it: records of repeats,
 * customers, predicted, actual; the last row is the total. */
void lifetime_report(const struct lifetime *l, const struct lifetime_job *job,
	struct buf *b);

#endif
