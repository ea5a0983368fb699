#ifndef SCAN_KIND_H
#define SCAN_KIND_H

#include "scan.h"

/**
 * scan_kind: what the kinds of scanner share; only scan*.c include it.
 *
 * Two steps, 4 KiB at a time so that the masks stay in the nearest cache:
 * `masks` makes one bit a byte, `flatten` makes positions of the bits. Each
 * exists in several kinds for the processors that there are.
 */
enum { SCAN_BLOCK = 64, SCAN_BLOCKS = 64 };

struct scan_masks {
	uint64_t separators[SCAN_BLOCKS]; /* TAB and LF; or the marks */
	uint64_t lines[SCAN_BLOCKS];      /* LF; none, for marks */
	bool nul, backslash;
	uint64_t odd[SCAN_BLOCKS];        /* for marks: a backslash, or a byte
	                                     below 32 but LF, and CR before LF */
	uint64_t cr;          /* bit 0: the block before ended in CR */
};

struct scan_way {
	const char *name; /* cpu_kind */
	/** Of blocks * 64 bytes; adds to nul and backslash. */
	void (*masks)(const char *p, size_t blocks, struct scan_masks *m);
	/** Of blocks * 64 bytes: where one of the three marks is, and odd;
	 * adds to nul and backslash. */
	void (*marks)(const char *p, size_t blocks, const char *three,
		struct scan_masks *m);
	/** Appends the positions, which begin at base, at *count and
	 * s->count; may write 64 places beyond. */
	void (*flatten)(struct scan *s, const struct scan_masks *m,
		size_t blocks, uint32_t base, size_t *count);
};

extern const struct scan_way scan_portable;
#if defined(__x86_64__)
extern const struct scan_way scan_sse2, scan_avx2, scan_avx512;
#elif defined(__aarch64__)
extern const struct scan_way scan_neon;
#endif

/** scan_flatten: for ways that need nothing special. */
void scan_flatten(struct scan *s, const struct scan_masks *m, size_t blocks,
	uint32_t base, size_t *count);

/** scan_lone_cr(m, cr, lf): where a CR stands before anything but LF, in one
 * block after the other; one at the end of a block is told of the byte after
 * it. */
static inline uint64_t
scan_lone_cr(struct scan_masks *m, uint64_t cr, uint64_t lf)
{
	uint64_t lone = (m->cr & ~lf) | (cr & ~(lf >> 1) & ~(UINT64_C(1) << 63));

	m->cr = cr >> 63;
	return lone;
}

/** scan_flatten_inline: scan_flatten for a way that has popcnt and tzcnt: it is
 * compiled again inside a function for such processors. */
static inline __attribute__((always_inline)) void
scan_flatten_inline(struct scan *s, const struct scan_masks *m, size_t blocks, uint32_t base,
	size_t *count)
{
	uint32_t *to = s->separators + *count;
	uint32_t *line = s->lines + s->count;

	for (size_t b = 0; b < blocks; b++, base += SCAN_BLOCK) {
		uint64_t bits = m->separators[b], lines = m->lines[b];

		for (; lines; lines &= lines - 1) {
			uint64_t before = (lines & -lines) - 1;

			*line++ = (uint32_t)(to - s->separators) +
				(uint32_t)__builtin_popcountll(bits & before);
		}
		for (; bits; bits &= bits - 1)
			*to++ = base + (uint32_t)__builtin_ctzll(bits);
	}
	*count = (size_t)(to - s->separators);
	s->count = (size_t)(line - s->lines);
}

#endif
