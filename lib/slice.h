#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/**
 * slice: a run of bytes that belongs to somebody else.
 *
 * Not terminated; may hold any byte. A slice into a chunk is valid until the
 * chunk ends: who wants it longer copies it. n == 0 is the missing value of a
 * field (crm(5)); p may then be null.
 */
struct slice {
	const char *p;
	size_t n;
};

/** slice_of(string): the bytes of a terminated string. */
static inline struct slice
slice_of(const char *string)
{
	return (struct slice){string, strlen(string)};
}

/** slice_equal(a, b): byte for byte the same. */
static inline bool
slice_equal(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/** slice_short_equal(a, b, n): the same n <= 24 bytes: by words that overlap
 * rather than by a call. slice_same(a, b): as slice_equal, for what is short as a
 * rule. */
static inline bool
slice_short_equal(const char *a, const char *b, size_t n)
{
	uint64_t v[3], w[3];
	uint32_t x[2], y[2];

	if (n >= 8) {
		memcpy(v, a, 8);
		memcpy(w, b, 8);
		memcpy(v + 1, a + n - 8, 8);
		memcpy(w + 1, b + n - 8, 8);
		if (v[0] != w[0] || v[1] != w[1] || n <= 16)
			return v[0] == w[0] && v[1] == w[1];
		memcpy(v + 2, a + 8, 8);
		memcpy(w + 2, b + 8, 8);
		return v[2] == w[2];
	}
	if (n >= 4) {
		memcpy(x, a, 4);
		memcpy(y, b, 4);
		memcpy(x + 1, a + n - 4, 4);
		memcpy(y + 1, b + n - 4, 4);
		return x[0] == y[0] && x[1] == y[1];
	}
	return n == 0 || (a[0] == b[0] && a[n / 2] == b[n / 2] &&
		a[n - 1] == b[n - 1]);
}

static inline bool
slice_same(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n <= 24 ? slice_short_equal(a.p, b.p, a.n)
		: memcmp(a.p, b.p, a.n) == 0);
}

/** slice_is(a, string): a is exactly the terminated string. */
static inline bool
slice_is(struct slice a, const char *string)
{
	return slice_equal(a, slice_of(string));
}

/** slice_compare(a, b): <0, 0, >0 in byte order, a prefix before the longer. */
static inline int
slice_compare(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n ? memcmp(a.p, b.p, n) : 0;

	return d ? d : (a.n > b.n) - (a.n < b.n);
}

#endif
