/* NEON, which every 64-bit ARM has. */
#include "scan_kind.h"

#if defined(__aarch64__)

#include <arm_neon.h>

/* One bit a byte: weights within each byte's group of eight, added together
 * pairwise three times. */
static inline uint64_t
gather_neon(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
	static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128,
		1, 2, 4, 8, 16, 32, 64, 128};
	const uint8x16_t w = vld1q_u8(weights);
	uint8x16_t low = vpaddq_u8(vandq_u8(a, w), vandq_u8(b, w));
	uint8x16_t high = vpaddq_u8(vandq_u8(c, w), vandq_u8(d, w));
	uint8x16_t sum = vpaddq_u8(low, high);

	sum = vpaddq_u8(sum, sum);
	return vgetq_lane_u64(vreinterpretq_u64_u8(sum), 0);
}

static void
masks_neon(const char *p, size_t blocks, struct scan_masks *m)
{
	const uint8x16_t lf = vdupq_n_u8('\n'), tab = vdupq_n_u8('\t');
	const uint8x16_t slash = vdupq_n_u8('\\'), zero = vdupq_n_u8(0);
	uint8x16_t nul = zero, backslash = zero;

	for (size_t b = 0; b < blocks; b++, p += SCAN_BLOCK) {
		uint8x16_t is_lf[4], either[4];

		for (int i = 0; i < 4; i++) {
			uint8x16_t v = vld1q_u8((const uint8_t *)p + 16 * i);

			is_lf[i] = vceqq_u8(v, lf);
			either[i] = vorrq_u8(is_lf[i], vceqq_u8(v, tab));
			nul = vorrq_u8(nul, vceqq_u8(v, zero));
			backslash = vorrq_u8(backslash, vceqq_u8(v, slash));
		}
		m->lines[b] = gather_neon(is_lf[0], is_lf[1], is_lf[2], is_lf[3]);
		m->separators[b] = gather_neon(either[0], either[1], either[2],
			either[3]);
	}
	m->nul |= vmaxvq_u8(nul) != 0;
	m->backslash |= vmaxvq_u8(backslash) != 0;
}

struct four {
	uint8x16_t v[4];
};

static inline uint64_t
equal_neon(struct four f, char c)
{
	const uint8x16_t v = vdupq_n_u8((uint8_t)c);

	return gather_neon(vceqq_u8(f.v[0], v), vceqq_u8(f.v[1], v),
		vceqq_u8(f.v[2], v), vceqq_u8(f.v[3], v));
}

static inline uint64_t
low_neon(struct four f)
{
	const uint8x16_t v = vdupq_n_u8(32);

	return gather_neon(vcltq_u8(f.v[0], v), vcltq_u8(f.v[1], v),
		vcltq_u8(f.v[2], v), vcltq_u8(f.v[3], v));
}

static void
marks_neon(const char *p, size_t blocks, const char *three,
	struct scan_masks *m)
{
	uint64_t nul = 0, slashes = 0;

	for (size_t k = 0; k < blocks; k++, p += SCAN_BLOCK) {
		struct four f;
		uint64_t lf, cr, slash;

		for (int i = 0; i < 4; i++)
			f.v[i] = vld1q_u8((const uint8_t *)p + 16 * i);
		lf = equal_neon(f, '\n');
		cr = equal_neon(f, '\r');
		m->separators[k] = equal_neon(f, three[0]) |
			equal_neon(f, three[1]) | equal_neon(f, three[2]);
		m->lines[k] = 0;
		nul |= equal_neon(f, '\0');
		slash = equal_neon(f, '\\');
		m->odd[k] = slash | (low_neon(f) & ~lf & ~cr) | scan_lone_cr(m, cr, lf);
		slashes |= slash;
	}
	m->nul |= nul != 0;
	m->backslash |= slashes != 0;
}

const struct scan_way scan_neon = {"neon", masks_neon, marks_neon,
	scan_flatten};

#endif
