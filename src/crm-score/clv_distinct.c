/* Histories and spendings, sorted by the digits of their keys, equal ones
 * together. */
#include "clv.h"
#include "radix.h"

static struct radix_key
history_key(const void *item)
{
	const struct clv_history *h = item;

	return (struct radix_key){(uint64_t)h->x << 32 | h->t_x, h->T};
}

static struct radix_key
spending_key(const void *item)
{
	const struct clv_spending *s = item;

	return (struct radix_key){s->x,
		(uint64_t)s->total ^ (UINT64_C(1) << 63)};
}

size_t
clv_distinct_histories(struct clv_history *items, size_t n)
{
	size_t kept = 0;

	radix_sort(items, n, sizeof(*items), history_key);
	for (size_t i = 1; i < n; i++) {
		struct clv_history *last = &items[kept];

		if (items[i].x == last->x && items[i].t_x == last->t_x &&
		    items[i].T == last->T)
			last->count += items[i].count;
		else
			items[++kept] = items[i];
	}
	return n ? kept + 1 : 0;
}

size_t
clv_distinct_spendings(struct clv_spending *items, size_t n)
{
	size_t kept = 0;

	radix_sort(items, n, sizeof(*items), spending_key);
	for (size_t i = 1; i < n; i++) {
		struct clv_spending *last = &items[kept];

		if (items[i].x == last->x && items[i].total == last->total)
			last->count += items[i].count;
		else
			items[++kept] = items[i];
	}
	return n ? kept + 1 : 0;
}
