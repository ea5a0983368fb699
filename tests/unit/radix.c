/* The sort, against the library's. */
#include <stdint.h>
#include <stdlib.h>

#include "radix.h"
#include "tests/unit/tap.h"

struct item {
	int64_t high;
	uint64_t low;
	uint32_t number;
};

static uint64_t state = 88172645463325252ULL;

static uint64_t
any(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static struct radix_key
key(const void *item)
{
	const struct item *i = item;

	return (struct radix_key){(uint64_t)i->high ^ (UINT64_C(1) << 63),
		i->low};
}

static int
by_key(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->high != y->high)
		return x->high < y->high ? -1 : 1;
	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static bool
agrees(size_t n, uint64_t mask)
{
	struct item *ours = malloc((n + 1) * sizeof(*ours));
	struct item *theirs = malloc((n + 1) * sizeof(*theirs));
	bool same = true;

	for (size_t i = 0; i < n; i++)
		ours[i] = theirs[i] = (struct item){(int64_t)(any() & mask) -
			(int64_t)(mask >> 1), any() & mask, (uint32_t)i};
	radix_sort(ours, n, sizeof(*ours), key);
	if (n)
		qsort(theirs, n, sizeof(*theirs), by_key);
	for (size_t i = 0; i < n; i++)
		same &= ours[i].number == theirs[i].number;
	free(ours);
	free(theirs);
	return same;
}

int
main(void)
{
	static const uint64_t masks[] = {0, 1, 7, 0xFFFF, UINT32_MAX,
		UINT64_MAX >> 1, UINT64_C(0xF0F0F0F00000)};

	for (size_t i = 0; i < sizeof(masks) / sizeof(*masks); i++)
		tap_ok(agrees(0, masks[i]) && agrees(1, masks[i]) &&
			agrees(2, masks[i]) && agrees(3000, masks[i]),
			"0, 1, 2, 3000 items, keys within %llx, stable",
			(unsigned long long)masks[i]);
	return tap_done();
}
