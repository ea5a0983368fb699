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
	size_t room;
};

/** scan_bytes(s, p, n): scans p[0 .. n), n < UINT32_MAX - 64, of which the
 * last byte is LF. s starts all zero and is used again. */
void scan_bytes(struct scan *s, const char *p, size_t n);
void scan_free(struct scan *s);

/** scan_kind(): "avx512", "avx2", "sse2", "neon" or "portable": chosen once from
 * the processor, or by the environment variable CRM_SCAN where that names one
 * that works here (for tests). */
const char *scan_kind(void);

#endif
