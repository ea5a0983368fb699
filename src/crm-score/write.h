#ifndef WRITE_H
#define WRITE_H

#include "customers.h"
#include "figures.h"
#include "out.h"
#include "setting.h"
#include "tally.h"

/**
 * write: the customers in the order of their file, with the columns of
 * figures.h.
 */
struct write_job {
	const struct customers *customers;
	const struct rfm *rfm;
	const struct figures_shape *shape;
	const struct setting *setting;
	const struct lifetime *lifetime; /* null: none */
	const struct tally *tally; /* answers and relations; null: none */
	struct out *out;
	unsigned jobs;
	bool header, progress;
};

/** write_customers(job): a customer whose columns the card cannot read is a bad
 * record, reported and left out. */
void write_customers(const struct write_job *job);

#endif
