#ifndef RADIX_H
#define RADIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

/**
 * radix: sorts many items of one size by 128-bit keys, in time that grows with
 * their number alone; the order of equal ones stays. Digits that are alike in
 * all keys cost nothing. Here, and inline, so that key and size are known where
 * it is compiled.
 */
struct radix_key {
	uint64_t high, low;
};

enum { RADIX_DIGIT = 11, RADIX_DIGITS = 1 << RADIX_DIGIT };

/* The bits in which keys differ; all zero where the items are in order. */
static inline struct radix_key
radix_look(const char *items, size_t n, size_t size,
	struct radix_key (*key)(const void *item))
{
	struct radix_key first = key(items), before = first, differ = {0, 0};
	bool sorted = true;

	for (size_t i = 1; i < n; i++) {
		struct radix_key now = key(items + i * size);

		differ.high |= now.high ^ first.high;
		differ.low |= now.low ^ first.low;
		sorted &= now.high > before.high ||
			(now.high == before.high && now.low >= before.low);
		before = now;
	}
	return sorted ? (struct radix_key){0, 0} : differ;
}

/* One pass by one digit. */
static inline void
radix_pass(const char *from, char *to, size_t n, size_t size,
	struct radix_key (*key)(const void *item), bool high, unsigned shift)
{
	size_t place[RADIX_DIGITS] = {0}, sum = 0;

	for (size_t i = 0; i < n; i++) {
		struct radix_key k = key(from + i * size);

		place[(high ? k.high : k.low) >> shift & (RADIX_DIGITS - 1)]++;
	}
	for (size_t i = 0; i < RADIX_DIGITS; i++) {
		size_t count = place[i];

		place[i] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++) {
		struct radix_key k = key(from + i * size);
		uint64_t part = high ? k.high : k.low;

		memcpy(to + size * place[part >> shift & (RADIX_DIGITS - 1)]++,
			from + i * size, size);
	}
}

/** radix_sort(items, n, size, key): in place, with as much room again. */
static inline __attribute__((always_inline)) void
radix_sort(void *items, size_t n, size_t size,
	struct radix_key (*key)(const void *item))
{
	struct radix_key differ = {0, 0};
	char *from = items, *room, *to;

	if (n > 1)
		differ = radix_look(items, n, size, key);
	if (!differ.high && !differ.low)
		return;
	room = to = mem_huge(n * size);
	for (int half = 0; half < 2; half++)
		for (unsigned shift = 0; shift < 64; shift += RADIX_DIGIT) {
			uint64_t bits = half ? differ.high : differ.low;
			char *other = from;

			if (!(bits >> shift & (RADIX_DIGITS - 1)))
				continue;
			radix_pass(from, to, n, size, key, half, shift);
			from = to;
			to = other;
		}
	if (from != items)
		memcpy(items, from, n * size);
	mem_huge_free(room, n * size);
}

#endif
