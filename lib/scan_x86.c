/* SSE2, AVX2 and AVX-512, chosen at run time: each function is compiled for
 * its own processors. */
#include "scan_kind.h"

#if defined(__x86_64__)

#include <immintrin.h>

static void
masks_sse2(const char *p, size_t blocks, struct scan_masks *m)
{
	const __m128i lf = _mm_set1_epi8('\n'), tab = _mm_set1_epi8('\t');
	const __m128i slash = _mm_set1_epi8('\\'), zero = _mm_setzero_si128();
	__m128i nul = zero, backslash = zero;

	for (size_t b = 0; b < blocks; b++) {
		uint64_t separators = 0, lines = 0;

		for (unsigned i = 0; i < SCAN_BLOCK; i += 16, p += 16) {
			__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
			__m128i is_lf = _mm_cmpeq_epi8(v, lf);
			__m128i is_tab = _mm_cmpeq_epi8(v, tab);
			unsigned l = (unsigned)_mm_movemask_epi8(is_lf);
			unsigned t = (unsigned)_mm_movemask_epi8(is_tab);

			lines |= (uint64_t)l << i;
			separators |= (uint64_t)(l | t) << i;
			nul = _mm_or_si128(nul, _mm_cmpeq_epi8(v, zero));
			backslash = _mm_or_si128(backslash,
				_mm_cmpeq_epi8(v, slash));
		}
		m->separators[b] = separators;
		m->lines[b] = lines;
	}
	m->nul |= _mm_movemask_epi8(nul) != 0;
	m->backslash |= _mm_movemask_epi8(backslash) != 0;
}

static inline uint64_t
bits_sse2(__m128i v, unsigned i)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(v) << i;
}

static void
marks_sse2(const char *p, size_t blocks, const char *three,
	struct scan_masks *m)
{
	const __m128i a = _mm_set1_epi8(three[0]), b = _mm_set1_epi8(three[1]);
	const __m128i c = _mm_set1_epi8(three[2]), top = _mm_set1_epi8(31);
	const __m128i zero = _mm_setzero_si128();
	uint64_t slashes = 0;

	for (size_t k = 0; k < blocks; k++) {
		uint64_t marks = 0, low = 0, lf = 0, cr = 0, slash = 0;

		for (unsigned i = 0; i < SCAN_BLOCK; i += 16, p += 16) {
			__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);

			marks |= bits_sse2(_mm_or_si128(_mm_cmpeq_epi8(v, a),
				_mm_or_si128(_mm_cmpeq_epi8(v, b),
				_mm_cmpeq_epi8(v, c))), i);
			low |= bits_sse2(_mm_cmpeq_epi8(_mm_min_epu8(v, top), v), i);
			lf |= bits_sse2(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')), i);
			cr |= bits_sse2(_mm_cmpeq_epi8(v, _mm_set1_epi8('\r')), i);
			slash |= bits_sse2(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\')), i);
			m->nul |= _mm_movemask_epi8(_mm_cmpeq_epi8(v, zero)) != 0;
		}
		m->separators[k] = marks;
		m->lines[k] = 0;
		m->odd[k] = slash | (low & ~lf & ~cr) | scan_lone_cr(m, cr, lf);
		slashes |= slash;
	}
	m->backslash |= slashes != 0;
}

__attribute__((target("avx2"))) static void
masks_avx2(const char *p, size_t blocks, struct scan_masks *m)
{
	const __m256i lf = _mm256_set1_epi8('\n'), tab = _mm256_set1_epi8('\t');
	const __m256i slash = _mm256_set1_epi8('\\');
	const __m256i zero = _mm256_setzero_si256();
	__m256i nul = zero, backslash = zero;

	for (size_t b = 0; b < blocks; b++) {
		uint64_t separators = 0, lines = 0;

		for (unsigned i = 0; i < SCAN_BLOCK; i += 32, p += 32) {
			__m256i v = _mm256_loadu_si256(
				(const __m256i *)(const void *)p);
			uint32_t l = (uint32_t)_mm256_movemask_epi8(
				_mm256_cmpeq_epi8(v, lf));
			uint32_t t = (uint32_t)_mm256_movemask_epi8(
				_mm256_cmpeq_epi8(v, tab));

			lines |= (uint64_t)l << i;
			separators |= (uint64_t)(l | t) << i;
			nul = _mm256_or_si256(nul, _mm256_cmpeq_epi8(v, zero));
			backslash = _mm256_or_si256(backslash,
				_mm256_cmpeq_epi8(v, slash));
		}
		m->separators[b] = separators;
		m->lines[b] = lines;
	}
	m->nul |= _mm256_movemask_epi8(nul) != 0;
	m->backslash |= _mm256_movemask_epi8(backslash) != 0;
}

__attribute__((target("avx2"))) static inline uint64_t
bits_avx2(__m256i low, __m256i high)
{
	return (uint32_t)_mm256_movemask_epi8(low) |
		(uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

__attribute__((target("avx2"))) static inline uint64_t
equal_avx2(__m256i low, __m256i high, char c)
{
	const __m256i v = _mm256_set1_epi8(c);

	return bits_avx2(_mm256_cmpeq_epi8(low, v), _mm256_cmpeq_epi8(high, v));
}

__attribute__((target("avx2"))) static void
marks_avx2(const char *p, size_t blocks, const char *three,
	struct scan_masks *m)
{
	const __m256i top = _mm256_set1_epi8(31);
	uint64_t nul = 0, slashes = 0;

	for (size_t k = 0; k < blocks; k++, p += SCAN_BLOCK) {
		__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
		__m256i w = _mm256_loadu_si256(
			(const __m256i *)(const void *)(p + 32));
		uint64_t low = bits_avx2(
			_mm256_cmpeq_epi8(_mm256_min_epu8(v, top), v),
			_mm256_cmpeq_epi8(_mm256_min_epu8(w, top), w));
		uint64_t lf = equal_avx2(v, w, '\n');
		uint64_t cr = equal_avx2(v, w, '\r');
		uint64_t slash = equal_avx2(v, w, '\\');

		m->separators[k] = equal_avx2(v, w, three[0]) |
			equal_avx2(v, w, three[1]) | equal_avx2(v, w, three[2]);
		m->lines[k] = 0;
		nul |= equal_avx2(v, w, '\0');
		m->odd[k] = slash | (low & ~lf & ~cr) | scan_lone_cr(m, cr, lf);
		slashes |= slash;
	}
	m->nul |= nul != 0;
	m->backslash |= slashes != 0;
}

/* popcnt and tzcnt as instructions. */
__attribute__((target("avx2,bmi,popcnt"))) static void
flatten_bmi(struct scan *s, const struct scan_masks *m, size_t blocks, uint32_t base,
	size_t *count)
{
	scan_flatten_inline(s, m, blocks, base, count);
}

#define AVX512 "avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,popcnt"

__attribute__((target(AVX512))) static void
masks_avx512(const char *p, size_t blocks, struct scan_masks *m)
{
	const __m512i lf = _mm512_set1_epi8('\n'), tab = _mm512_set1_epi8('\t');
	const __m512i slash = _mm512_set1_epi8('\\');
	uint64_t nul = 0, backslash = 0;

	for (size_t b = 0; b < blocks; b++, p += SCAN_BLOCK) {
		__m512i v = _mm512_loadu_si512((const void *)p);
		uint64_t l = _mm512_cmpeq_epi8_mask(v, lf);

		m->lines[b] = l;
		m->separators[b] = l | _mm512_cmpeq_epi8_mask(v, tab);
		nul |= _mm512_testn_epi8_mask(v, v);
		backslash |= _mm512_cmpeq_epi8_mask(v, slash);
	}
	m->nul |= nul != 0;
	m->backslash |= backslash != 0;
}

__attribute__((target(AVX512))) static inline uint64_t
equal_avx512(__m512i v, char c)
{
	return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c));
}

__attribute__((target(AVX512))) static void
marks_avx512(const char *p, size_t blocks, const char *three,
	struct scan_masks *m)
{
	uint64_t nul = 0, slashes = 0;

	for (size_t k = 0; k < blocks; k++, p += SCAN_BLOCK) {
		__m512i v = _mm512_loadu_si512((const void *)p);
		uint64_t low = _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(32));
		uint64_t lf = equal_avx512(v, '\n');
		uint64_t cr = equal_avx512(v, '\r');
		uint64_t slash = equal_avx512(v, '\\');

		m->separators[k] = equal_avx512(v, three[0]) |
			equal_avx512(v, three[1]) | equal_avx512(v, three[2]);
		m->lines[k] = 0;
		nul |= _mm512_testn_epi8_mask(v, v);
		m->odd[k] = slash | (low & ~lf & ~cr) | scan_lone_cr(m, cr, lf);
		slashes |= slash;
	}
	m->nul |= nul != 0;
	m->backslash |= slashes != 0;
}

/* The positions of all bits of a block at once: the bytes 0..63 whose bit is
 * set are pushed together, widened and moved to their place. */
__attribute__((target(AVX512))) static void
flatten_avx512(struct scan *s, const struct scan_masks *m, size_t blocks,
	uint32_t base, size_t *count)
{
	static const unsigned char numbers[SCAN_BLOCK] = {
		0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
		18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
		34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49,
		50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
	const __m512i all = _mm512_loadu_si512((const void *)numbers);
	uint32_t *to = s->separators + *count;
	uint32_t *line = s->lines + s->count;

	for (size_t b = 0; b < blocks; b++, base += SCAN_BLOCK) {
		uint64_t bits = m->separators[b], lines = m->lines[b];
		unsigned n = (unsigned)__builtin_popcountll(bits);
		__m512i packed = _mm512_maskz_compress_epi8(bits, all);
		__m512i from = _mm512_set1_epi32((int)base);

		for (; lines; lines &= lines - 1) {
			uint64_t before = (lines & -lines) - 1;

			*line++ = (uint32_t)(to - s->separators) +
				(uint32_t)__builtin_popcountll(bits & before);
		}
		_mm512_storeu_si512((void *)to, _mm512_add_epi32(from,
			_mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed))));
		if (n > 16) {
			unsigned char rest[SCAN_BLOCK];

			_mm512_storeu_si512((void *)rest, packed);
			for (unsigned i = 16; i < n; i++)
				to[i] = base + rest[i];
		}
		to += n;
	}
	*count = (size_t)(to - s->separators);
	s->count = (size_t)(line - s->lines);
}

const struct scan_way scan_sse2 = {"sse2", masks_sse2, marks_sse2,
	scan_flatten};
const struct scan_way scan_avx2 = {"avx2", masks_avx2, marks_avx2,
	flatten_bmi};
const struct scan_way scan_avx512 = {"avx512", masks_avx512, marks_avx512,
	flatten_avx512};

#endif
