/* A part of a tool, not of the library: it is compiled in. */
#include "src/crm-report/bag.c"

#include "tap.h"

enum { MOST = 5000 };

static int
compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static uint64_t
next(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return *state >> 20;
}

/* Every place holds what a plain array would. */
static bool
is_like(struct bag *b, int64_t *values, size_t n)
{
	const struct bag_run *run;
	uint64_t total = 0;
	uint32_t i;

	qsort(values, n, sizeof *values, compare);
	if (bag_settle(b) != n)
		return false;
	for (i = 0; (run = bag_run_at(b, i)) != NULL; i++) {
		if (i > 0 && b->runs[i - 1].value >= run->value)
			return false;
		total += run->times;
	}
	for (size_t k = 0; k < n; k += 1 + n / 97) {
		if (bag_at(b, k) != values[k])
			return false;
	}
	return total == n && (n == 0 || bag_at(b, n - 1) == values[n - 1]);
}

/* Values added one by one, several at a time, and from other bags. */
static bool
holds(size_t n, int64_t range, uint64_t state)
{
	static int64_t values[2 * MOST];
	struct bag b = {0}, parts[5] = {{0}};
	size_t count = 0;
	bool good;

	while (count < n) {
		uint64_t draw = next(&state);
		int64_t value = (int64_t)(draw % (uint64_t)range) - range / 2;
		uint64_t times = draw >> 40 & 3;

		values[count++] = value;
		if (times < 2) {
			bag_add(draw & 1 << 30 ? &b : &parts[draw % 5], value);
			continue;
		}
		for (uint64_t i = 1; i < times; i++)
			values[count++] = value;
		bag_add_times(&b, value, times);
	}
	for (size_t i = 0; i < 5; i++) {
		bag_merge(&b, &parts[i]);
		bag_free(&parts[i]);
	}
	good = is_like(&b, values, count);
	bag_free(&b);
	return good;
}

int
main(void)
{
	static const size_t sizes[] = {0, 1, 2, 3, 24, 25, 255, 256, 257, 1000,
		MOST};
	static const int64_t ranges[] = {1, 2, 10, 300, 70000,
		INT64_C(1) << 40, INT64_MAX};

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (size_t k = 0; k < sizeof ranges / sizeof *ranges; k++)
			tap_ok(holds(sizes[i], ranges[k], i * 31 + k),
				"%zu values in a range of %lld", sizes[i],
				(long long)ranges[k]);
	}
	return tap_done();
}
