#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * scan: where the TABs and LFs of a chunk are, found 64 bytes at a time.
 *
 * separators[0] is UINT32_MAX, so that "the byte after the last separator" is
 * 0 at the start; separators[1 ..] are the positions of TAB and LF in order.
 * lines[i] is the index in separators of the LF that ends line i.
 */
struct scan {
	uint32_t *separators;
	uint32_t *lines;
	size_t count;      /* of lines */
	bool nul;          /* a NUL byte somewhere */
	bool backslash;    /* a backslash somewhere */
	size_t marks;      /* scan_marks: how many */
	uint64_t *odd;     /* scan_marks: one bit a byte, the lowest first */
	size_t room;
};

/** scan_bytes(s, p, n): scans p[0 .. n), n < UINT32_MAX - 64, of which the
 * last byte is LF. s starts all zero and is used again. */
void scan_bytes(struct scan *s, const char *p, size_t n);
void scan_free(struct scan *s);

/** scan_marks(s, p, n, three): finds three bytes in p[0 .. n) in place of TAB
 * and LF, whatever the last byte is: separators[0 .. s->marks) are their
 * positions. odd says which bytes are a backslash, or below 32 but LF, and CR
 * before LF; of such a CR it may be the bit of the byte behind it. */
void scan_marks(struct scan *s, const char *p, size_t n, const char *three);

/** scan_next_odd(s, from, n): after scan_marks(s, p, n, three): the first odd
 * byte of [from, n]; n + 1: there is none. from <= n. */
static inline size_t
scan_next_odd(const struct scan *s, size_t from, size_t n)
{
	size_t i = from / 64, last = n / 64;
	uint64_t bits = s->odd[i] & ~UINT64_C(0) << from % 64;

	while (bits == 0 && i < last)
		bits = s->odd[++i];
	if (bits == 0)
		return n + 1;
	from = i * 64 + (size_t)__builtin_ctzll(bits);
	return from <= n ? from : n + 1;
}

#endif
