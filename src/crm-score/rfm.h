#ifndef RFM_H
#define RFM_H

#include "customers.h"

/**
 * rfm: scores of recency, frequency and money from 1 to bins.
 *
 * Score of a value among the n customers with a purchase = 1 + floor(bins *
 * (number of customers strictly worse) / n): equal values get equal scores.
 * Of recency the smaller is the better. Kept as the least value that reaches
 * each score.
 */
enum { RFM_RECENCY, RFM_FREQUENCY, RFM_MONEY, RFM_MEASURES };
enum { RFM_MOST_BINS = 10 };

struct rfm {
	int bins;
	/* least[m][s]: the worst value with a score of s + 2; has[m][s]: there
	 * is one. Recency is negated, so that more is better. */
	num_wide least[RFM_MEASURES][RFM_MOST_BINS];
	bool has[RFM_MEASURES][RFM_MOST_BINS];
};

/** rfm_measure(customer, as_of, measure): the value, more is better. Only for
 * customers with a purchase. */
num_wide rfm_measure(const struct customer *c, int64_t as_of, int measure);

/** rfm_find(rfm, customers, as_of): the limits; rfm->bins is set. */
void rfm_find(struct rfm *rfm, const struct customers *customers, int64_t as_of);

/** rfm_score(rfm, measure, value): 1 .. bins. */
int rfm_score(const struct rfm *rfm, int measure, num_wide value);

/** rfm_recency(customer, as_of): whole days since the last order. */
int64_t rfm_recency(const struct customer *c, int64_t as_of);

#endif
