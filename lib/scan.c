#include "scan.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/*
 * Two steps, 4 KiB at a time so that the masks stay in the nearest cache:
 * `masks` makes one bit a byte, `flatten` makes positions of the bits. Each
 * exists in several kinds for the processors that there are.
 */
enum { BLOCK = 64, BLOCKS = 64 };

struct masks {
	uint64_t separators[BLOCKS]; /* TAB and LF */
	uint64_t lines[BLOCKS];      /* LF */
	bool nul, backslash;
};

struct kind {
	const char *name;
	bool (*works)(void);
	void (*masks)(const char *p, size_t blocks, struct masks *m);
	void (*flatten)(struct scan *s, const struct masks *m, size_t blocks,
		uint32_t base, size_t *count);
};

/* ---- portable: eight bytes in a word ---- */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))

static inline uint64_t
load_word(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* The high bit of every byte of word that equals the one repeated in each. */
static inline uint64_t
equal_bytes(uint64_t word, uint64_t each)
{
	const uint64_t low = EACH(0x7F);
	uint64_t t = word ^ each;

	return ~(((t & low) + low) | t | low);
}

/* The eight high bits, side by side: Hacker's Delight, gathering by product. */
static inline uint64_t
gather(uint64_t high_bits)
{
	return ((high_bits >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static void
masks_portable(const char *p, size_t blocks, struct masks *m)
{
	uint64_t nul = 0, backslash = 0;

	for (size_t b = 0; b < blocks; b++) {
		uint64_t separators = 0, lines = 0;

		for (unsigned i = 0; i < BLOCK; i += 8, p += 8) {
			uint64_t word = load_word(p);
			uint64_t lf = equal_bytes(word, EACH('\n'));
			uint64_t tab = equal_bytes(word, EACH('\t'));

			separators |= gather(lf | tab) << i;
			lines |= gather(lf) << i;
			nul |= equal_bytes(word, 0);
			backslash |= equal_bytes(word, EACH('\\'));
		}
		m->separators[b] = separators;
		m->lines[b] = lines;
	}
	m->nul |= nul != 0;
	m->backslash |= backslash != 0;
}

static inline __attribute__((always_inline)) void
flatten_any(struct scan *s, const struct masks *m, size_t blocks, uint32_t base,
	size_t *count)
{
	uint32_t *to = s->separators + *count;
	uint32_t *line = s->lines + s->count;

	for (size_t b = 0; b < blocks; b++, base += BLOCK) {
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

static void
flatten_portable(struct scan *s, const struct masks *m, size_t blocks,
	uint32_t base, size_t *count)
{
	flatten_any(s, m, blocks, base, count);
}

static bool
works_always(void)
{
	return true;
}

/* ---- x86-64 ---- */

#if defined(__x86_64__)

static void
masks_sse2(const char *p, size_t blocks, struct masks *m)
{
	const __m128i lf = _mm_set1_epi8('\n'), tab = _mm_set1_epi8('\t');
	const __m128i slash = _mm_set1_epi8('\\'), zero = _mm_setzero_si128();
	__m128i nul = zero, backslash = zero;

	for (size_t b = 0; b < blocks; b++) {
		uint64_t separators = 0, lines = 0;

		for (unsigned i = 0; i < BLOCK; i += 16, p += 16) {
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

__attribute__((target("avx2"))) static void
masks_avx2(const char *p, size_t blocks, struct masks *m)
{
	const __m256i lf = _mm256_set1_epi8('\n'), tab = _mm256_set1_epi8('\t');
	const __m256i slash = _mm256_set1_epi8('\\');
	const __m256i zero = _mm256_setzero_si256();
	__m256i nul = zero, backslash = zero;

	for (size_t b = 0; b < blocks; b++) {
		uint64_t separators = 0, lines = 0;

		for (unsigned i = 0; i < BLOCK; i += 32, p += 32) {
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

/* popcnt and tzcnt as instructions. */
__attribute__((target("avx2,bmi,popcnt"))) static void
flatten_bmi(struct scan *s, const struct masks *m, size_t blocks, uint32_t base,
	size_t *count)
{
	flatten_any(s, m, blocks, base, count);
}

static bool
works_avx2(void)
{
	return __builtin_cpu_supports("avx2") &&
		__builtin_cpu_supports("bmi") &&
		__builtin_cpu_supports("popcnt");
}

#define AVX512 "avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,popcnt"

__attribute__((target(AVX512))) static void
masks_avx512(const char *p, size_t blocks, struct masks *m)
{
	const __m512i lf = _mm512_set1_epi8('\n'), tab = _mm512_set1_epi8('\t');
	const __m512i slash = _mm512_set1_epi8('\\');
	uint64_t nul = 0, backslash = 0;

	for (size_t b = 0; b < blocks; b++, p += BLOCK) {
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

/* The positions of all bits of a block at once: the bytes 0..63 whose bit is
 * set are pushed together, widened and moved to their place. */
__attribute__((target(AVX512))) static void
flatten_avx512(struct scan *s, const struct masks *m, size_t blocks,
	uint32_t base, size_t *count)
{
	static const unsigned char numbers[BLOCK] = {
		0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
		18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
		34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49,
		50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
	const __m512i all = _mm512_loadu_si512((const void *)numbers);
	uint32_t *to = s->separators + *count;
	uint32_t *line = s->lines + s->count;

	for (size_t b = 0; b < blocks; b++, base += BLOCK) {
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
			unsigned char rest[BLOCK];

			_mm512_storeu_si512((void *)rest, packed);
			for (unsigned i = 16; i < n; i++)
				to[i] = base + rest[i];
		}
		to += n;
	}
	*count = (size_t)(to - s->separators);
	s->count = (size_t)(line - s->lines);
}

static bool
works_avx512(void)
{
	return works_avx2() && __builtin_cpu_supports("avx512f") &&
		__builtin_cpu_supports("avx512bw") &&
		__builtin_cpu_supports("avx512vl") &&
		__builtin_cpu_supports("avx512vbmi2");
}

#elif defined(__aarch64__)

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
masks_neon(const char *p, size_t blocks, struct masks *m)
{
	const uint8x16_t lf = vdupq_n_u8('\n'), tab = vdupq_n_u8('\t');
	const uint8x16_t slash = vdupq_n_u8('\\'), zero = vdupq_n_u8(0);
	uint8x16_t nul = zero, backslash = zero;

	for (size_t b = 0; b < blocks; b++, p += BLOCK) {
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

#endif

/* Fastest first. */
static const struct kind kinds[] = {
#if defined(__x86_64__)
	{"avx512", works_avx512, masks_avx512, flatten_avx512},
	{"avx2", works_avx2, masks_avx2, flatten_bmi},
	{"sse2", works_always, masks_sse2, flatten_portable},
#elif defined(__aarch64__)
	{"neon", works_always, masks_neon, flatten_portable},
#endif
	{"portable", works_always, masks_portable, flatten_portable},
};

static const struct kind *chosen;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
choose(void)
{
	const char *wanted = getenv("CRM_SCAN");
	size_t n = sizeof(kinds) / sizeof(*kinds);

	for (size_t i = 0; wanted && i < n; i++)
		if (strcmp(kinds[i].name, wanted) == 0 && kinds[i].works()) {
			chosen = &kinds[i];
			return;
		}
	for (size_t i = 0; !chosen; i++)
		if (kinds[i].works())
			chosen = &kinds[i];
}

const char *
scan_kind(void)
{
	pthread_once(&once, choose);
	return chosen->name;
}

static void
make_room(struct scan *s, size_t n)
{
	/* one more for the start, and what flatten may write beyond its last */
	size_t need = n + 1 + BLOCK;

	if (need <= s->room)
		return;
	free(s->separators);
	free(s->lines);
	s->room = need;
	s->separators = mem_alloc(need, sizeof(*s->separators));
	s->lines = mem_alloc(need, sizeof(*s->lines));
}

void
scan_bytes(struct scan *s, const char *p, size_t n)
{
	struct masks m;
	size_t whole = n / BLOCK, count = 1;

	pthread_once(&once, choose);
	make_room(s, n);
	s->count = 0;
	s->separators[0] = UINT32_MAX;
	m.nul = m.backslash = false;
	for (size_t b = 0; b < whole; b += BLOCKS) {
		size_t blocks = whole - b < BLOCKS ? whole - b : BLOCKS;

		chosen->masks(p + b * BLOCK, blocks, &m);
		chosen->flatten(s, &m, blocks, (uint32_t)(b * BLOCK), &count);
	}
	if (n % BLOCK) {
		char last[BLOCK];

		memset(last, ' ', sizeof(last));
		memcpy(last, p + whole * BLOCK, n % BLOCK);
		chosen->masks(last, 1, &m);
		chosen->flatten(s, &m, 1, (uint32_t)(whole * BLOCK), &count);
	}
	s->nul = m.nul;
	s->backslash = m.backslash;
}

void
scan_free(struct scan *s)
{
	free(s->separators);
	free(s->lines);
	*s = (struct scan){0};
}
