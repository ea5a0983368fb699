#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stddef.h>
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
