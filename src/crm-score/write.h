#ifndef WRITE_H
#define WRITE_H

#include "customers.h"
#include "lifetime.h"
#include "out.h"
#include "rfm.h"

/**
 * write: the customers in the order of their file, with the columns orders
 * spend first_order last_order recency r f m rfm, and with lifetime alive expected
 * worth.
 */
struct write_job {
	const struct customers *customers;
	const struct rfm *rfm;
	const struct lifetime *lifetime; /* null: not asked for */
	int64_t as_of;
	struct out *out;
	unsigned jobs;
	bool header, progress;
};

void write_customers(const struct write_job *job);

#endif
