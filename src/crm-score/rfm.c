#include "rfm.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "radix.h"

int64_t
rfm_recency(const struct customer *c, int64_t as_of)
{
	return (as_of - customer_last(c)) / DATE_DAY;
}

num_wide
rfm_measure(const struct customer *c, int64_t as_of, int measure)
{
	if (measure == RFM_RECENCY)
		return -(num_wide)rfm_recency(c, as_of);
	return measure == RFM_FREQUENCY ? (num_wide)c->orders : customer_spend(c);
}

static struct radix_key
key_of(const void *item)
{
	num_wide value;

	memcpy(&value, item, sizeof(value));
	return (struct radix_key){(uint64_t)(value >> 64) ^ (UINT64_C(1) << 63),
		(uint64_t)value};
}

/* A value's score reaches s when at least ceil((s - 1) * n / bins) are worse:
 * the first of its equals stands there or behind. */
static void
find_least(struct rfm *rfm, int measure, const num_wide *sorted, size_t n)
{
	size_t bins = (size_t)rfm->bins;

	for (size_t s = 2; s <= bins; s++) {
		size_t i = ((s - 1) * n + bins - 1) / bins;

		while (i < n && sorted[i] == sorted[i - 1])
			i++;
		rfm->has[measure][s - 2] = i < n;
		if (i < n)
			rfm->least[measure][s - 2] = sorted[i];
	}
}

void
rfm_find(struct rfm *rfm, const struct customers *customers, int64_t as_of)
{
	size_t all = hash_count(customers->table), n = 0;
	num_wide *values = mem_huge(all * sizeof(*values));

	memset(rfm->has, 0, sizeof(rfm->has));
	for (int measure = 0; measure < RFM_MEASURES; measure++) {
		n = 0;
		for (size_t i = 0; i < all; i++) {
			const struct customer *c = hash_payload(
				customers->table, (uint32_t)i);

			if (c->orders)
				values[n++] = rfm_measure(c, as_of, measure);
		}
		radix_sort(values, n, sizeof(*values), key_of);
		if (n)
			find_least(rfm, measure, values, n);
	}
	mem_huge_free(values, all * sizeof(*values));
}

int
rfm_score(const struct rfm *rfm, int measure, num_wide value)
{
	int score = 1;

	for (int s = 0; s < rfm->bins - 1; s++)
		if (rfm->has[measure][s] && value >= rfm->least[measure][s])
			score = s + 2;
	return score;
}
