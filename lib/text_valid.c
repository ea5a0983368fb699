/* Where UTF-8 ends, 64 bytes at a time on processors with AVX2 or AVX-512.
 *
 * Source: John Keiser, Daniel Lemire, Validating UTF-8 In Less Than One
 * Instruction Per Byte, Software: Practice and Experience 51 (5), 2021. Three
 * tables by half bytes say which mistakes a byte and the one before it allow;
 * a mistake that all three allow is one. */
#include "text.h"

#include <string.h>

#include "cpu.h"

#if defined(__x86_64__)

#include <immintrin.h>

enum {
	TOO_SHORT = 1,   /* a lead, and then no continuation */
	TOO_LONG = 2,    /* ASCII, and then a continuation */
	OVERLONG_3 = 4,
	TOO_LARGE = 8,
	SURROGATE = 16,
	OVERLONG_2 = 32,
	FAR_TOO_LARGE = 64, /* and OVERLONG_4 */
	TWO_CONTINUE = 128, /* allowed after the leads of three and four bytes */
	ANY_LOW = TOO_SHORT | TOO_LONG | TWO_CONTINUE,
	LARGE_LOW = ANY_LOW | TOO_LARGE | FAR_TOO_LARGE,
	CONTINUES = TOO_LONG | OVERLONG_2 | TWO_CONTINUE,
};

enum { BLOCK = 64, BEFORE = 3 /* bytes that are looked at with a block */ };

/* By the high and the low half of the byte before, and the high half of this
 * one. */
static const unsigned char by_first[16] = {
	TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
	TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
	TWO_CONTINUE, TWO_CONTINUE, TWO_CONTINUE, TWO_CONTINUE,
	TOO_SHORT | OVERLONG_2, TOO_SHORT,
	TOO_SHORT | OVERLONG_3 | SURROGATE,
	TOO_SHORT | TOO_LARGE | FAR_TOO_LARGE,
};
static const unsigned char by_low[16] = {
	ANY_LOW | OVERLONG_2 | OVERLONG_3 | FAR_TOO_LARGE,
	ANY_LOW | OVERLONG_2, ANY_LOW, ANY_LOW,
	ANY_LOW | TOO_LARGE, LARGE_LOW, LARGE_LOW, LARGE_LOW,
	LARGE_LOW, LARGE_LOW, LARGE_LOW, LARGE_LOW,
	LARGE_LOW, LARGE_LOW | SURROGATE, LARGE_LOW, LARGE_LOW,
};
static const unsigned char by_second[16] = {
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
	CONTINUES | OVERLONG_3 | FAR_TOO_LARGE,
	CONTINUES | OVERLONG_3 | TOO_LARGE,
	CONTINUES | SURROGATE | TOO_LARGE,
	CONTINUES | SURROGATE | TOO_LARGE,
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
};

/* What is found in a block. */
struct found {
	uint64_t high;     /* bits of the bytes that are not ASCII */
	bool wrong;        /* a mistake, as it is looked for after others */
	bool replaced;     /* U+FFFD; or a mistake */
};

#define AVX2 __attribute__((target("avx2")))

static inline AVX2 __m256i
load_avx2(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

static inline AVX2 __m256i
table_avx2(const unsigned char *table, __m256i places)
{
	const __m256i all = _mm256_broadcastsi128_si256(
		_mm_loadu_si128((const __m128i *)(const void *)table));

	return _mm256_shuffle_epi8(all, places);
}

static inline AVX2 __m256i
high_half_avx2(__m256i v)
{
	return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15));
}

static inline AVX2 __m256i
equal_avx2(__m256i v, char c)
{
	return _mm256_cmpeq_epi8(v, _mm256_set1_epi8(c));
}

/* Of 32 bytes: bits that are set where something is wrong, and where U+FFFD
 * ends. */
static inline AVX2 __m256i
mistakes_avx2(const char *p, __m256i *replaced)
{
	__m256i v = load_avx2(p), one = load_avx2(p - 1);
	__m256i two = load_avx2(p - 2), three = load_avx2(p - 3);
	__m256i pair = _mm256_and_si256(_mm256_and_si256(
		table_avx2(by_first, high_half_avx2(one)),
		table_avx2(by_low, _mm256_and_si256(one, _mm256_set1_epi8(15)))),
		table_avx2(by_second, high_half_avx2(v)));
	/* the third and fourth byte of a character: 0x80 where one must be */
	__m256i third = _mm256_subs_epu8(two, _mm256_set1_epi8(0xE0 - 0x80));
	__m256i fourth = _mm256_subs_epu8(three, _mm256_set1_epi8(0xF0 - 0x80));
	__m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth),
		_mm256_set1_epi8((char)0x80));

	*replaced = _mm256_or_si256(*replaced, _mm256_and_si256(
		equal_avx2(v, '\xBD'), _mm256_and_si256(
		equal_avx2(one, '\xBF'), equal_avx2(two, '\xEF'))));
	return _mm256_xor_si256(must, pair);
}

static AVX2 void
find_avx2(const char *p, struct found *f)
{
	uint64_t before = f->high >> (BLOCK - BEFORE);
	__m256i wrong, replaced = _mm256_setzero_si256();

	f->high = (uint32_t)_mm256_movemask_epi8(load_avx2(p)) |
		(uint64_t)(uint32_t)_mm256_movemask_epi8(load_avx2(p + 32)) << 32;
	if ((f->high | before) == 0)
		return;
	wrong = _mm256_or_si256(mistakes_avx2(p, &replaced),
		mistakes_avx2(p + 32, &replaced));
	f->wrong = !_mm256_testz_si256(wrong, wrong);
	f->replaced |= !_mm256_testz_si256(replaced, replaced);
}

#define AVX512 __attribute__((target("avx512f,avx512bw")))

static inline AVX512 __m512i
table_avx512(const unsigned char *table, __m512i places)
{
	const __m512i all = _mm512_broadcast_i32x4(
		_mm_loadu_si128((const __m128i *)(const void *)table));

	return _mm512_shuffle_epi8(all, places);
}

static inline AVX512 __m512i
high_half_avx512(__m512i v)
{
	return _mm512_and_si512(_mm512_srli_epi16(v, 4), _mm512_set1_epi8(15));
}

static AVX512 void
find_avx512(const char *p, struct found *f)
{
	uint64_t before = f->high >> (BLOCK - BEFORE);
	__m512i v = _mm512_loadu_si512((const void *)p);
	__m512i one, two, three, pair, must;

	f->high = _mm512_movepi8_mask(v);
	if ((f->high | before) == 0)
		return;
	one = _mm512_loadu_si512((const void *)(p - 1));
	two = _mm512_loadu_si512((const void *)(p - 2));
	three = _mm512_loadu_si512((const void *)(p - 3));
	pair = _mm512_and_si512(_mm512_and_si512(
		table_avx512(by_first, high_half_avx512(one)),
		table_avx512(by_low, _mm512_and_si512(one,
			_mm512_set1_epi8(15)))),
		table_avx512(by_second, high_half_avx512(v)));
	must = _mm512_or_si512(
		_mm512_subs_epu8(two, _mm512_set1_epi8(0xE0 - 0x80)),
		_mm512_subs_epu8(three, _mm512_set1_epi8(0xF0 - 0x80)));
	must = _mm512_and_si512(must, _mm512_set1_epi8((char)0x80));
	f->wrong = _mm512_cmpneq_epi8_mask(must, pair) != 0;
	f->replaced |= (_mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\xBD')) &
		_mm512_cmpeq_epi8_mask(one, _mm512_set1_epi8('\xBF')) &
		_mm512_cmpeq_epi8_mask(two, _mm512_set1_epi8('\xEF'))) != 0;
}

/* How many bytes, in steps of 64, hold no mistake; a character may be cut by
 * their end. */
static inline __attribute__((always_inline)) size_t
without_mistakes(struct slice s, void (*find)(const char *p, struct found *f),
	bool *replaced)
{
	char first[BEFORE + BLOCK] = "";
	struct found f = {0};
	size_t i = 0;

	memcpy(first + BEFORE, s.p, BLOCK);
	for (; s.n - i >= BLOCK; i += BLOCK) {
		find(i ? s.p + i : first + BEFORE, &f);
		if (f.wrong)
			break;
	}
	*replaced |= f.replaced;
	return i;
}

static AVX2 size_t
without_mistakes_avx2(struct slice s, bool *replaced)
{
	return without_mistakes(s, find_avx2, replaced);
}

static AVX512 size_t
without_mistakes_avx512(struct slice s, bool *replaced)
{
	return without_mistakes(s, find_avx512, replaced);
}

#endif

/* The same on this processor; on none, if it cannot. */
static size_t
skip_valid(struct slice s, bool *replaced)
{
#if defined(__x86_64__)
	const char *kind = cpu_kind();

	if (s.n < BLOCK)
		return 0;
	if (strcmp(kind, "avx512") == 0)
		return without_mistakes_avx512(s, replaced);
	if (strcmp(kind, "avx2") == 0)
		return without_mistakes_avx2(s, replaced);
#else
	(void)s;
	(void)replaced;
#endif
	return 0;
}

size_t
text_valid(struct slice s, bool *replaced)
{
	size_t i = skip_valid(s, replaced);

	/* back to where the last character begins */
	while (i > 0 && (s.p[i - 1] & 0xC0) == 0x80)
		i--;
	i -= i > 0 && (s.p[i - 1] & 0x80);
	s = (struct slice){s.p + i, s.n - i};
	*replaced |= text_replaced(s);
	return i + text_valid_plainly(s);
}
