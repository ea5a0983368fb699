/* Where UTF-8 ends, 64 bytes at a time on processors with AVX2.
 *
 * Source: John Keiser, Daniel Lemire, Validating UTF-8 In Less Than One
 * Instruction Per Byte, Software: Practice and Experience 51 (5), 2021. Three
 * tables by half bytes say which mistakes a byte and the one before it allow;
 * a mistake that all three allow is one. */
#include "text.h"

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

#define BOTH_HALVES(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)
#define AVX2 __attribute__((target("avx2")))

static inline AVX2 __m256i
high_half(__m256i v)
{
	return _mm256_and_si256(_mm256_srli_epi16(v, 4),
		_mm256_set1_epi8(15));
}

/* The vector n bytes earlier. */
#define EARLIER(v, before, n) _mm256_alignr_epi8(v, \
	_mm256_permute2x128_si256(before, v, 0x21), 16 - (n))

/* Bits that are set where something is wrong. */
static inline AVX2 __m256i
mistakes(__m256i v, __m256i before)
{
	const __m256i by_first = BOTH_HALVES(
		TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
		TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
		(char)TWO_CONTINUE, (char)TWO_CONTINUE,
		(char)TWO_CONTINUE, (char)TWO_CONTINUE,
		TOO_SHORT | OVERLONG_2, TOO_SHORT,
		TOO_SHORT | OVERLONG_3 | SURROGATE,
		TOO_SHORT | TOO_LARGE | FAR_TOO_LARGE);
	const __m256i by_low = BOTH_HALVES(
		(char)(ANY_LOW | OVERLONG_2 | OVERLONG_3 | FAR_TOO_LARGE),
		(char)(ANY_LOW | OVERLONG_2), (char)ANY_LOW, (char)ANY_LOW,
		(char)(ANY_LOW | TOO_LARGE), (char)LARGE_LOW, (char)LARGE_LOW,
		(char)LARGE_LOW, (char)LARGE_LOW, (char)LARGE_LOW,
		(char)LARGE_LOW, (char)LARGE_LOW, (char)LARGE_LOW,
		(char)(LARGE_LOW | SURROGATE), (char)LARGE_LOW,
		(char)LARGE_LOW);
	const __m256i by_second = BOTH_HALVES(
		TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
		TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
		(char)(CONTINUES | OVERLONG_3 | FAR_TOO_LARGE),
		(char)(CONTINUES | OVERLONG_3 | TOO_LARGE),
		(char)(CONTINUES | SURROGATE | TOO_LARGE),
		(char)(CONTINUES | SURROGATE | TOO_LARGE),
		TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
	__m256i one = EARLIER(v, before, 1);
	__m256i pair = _mm256_and_si256(_mm256_and_si256(
		_mm256_shuffle_epi8(by_first, high_half(one)),
		_mm256_shuffle_epi8(by_low, _mm256_and_si256(one,
			_mm256_set1_epi8(15)))),
		_mm256_shuffle_epi8(by_second, high_half(v)));
	/* the third and fourth byte of a character: 0x80 where one must be */
	__m256i third = _mm256_subs_epu8(EARLIER(v, before, 2),
		_mm256_set1_epi8(0xE0 - 0x80));
	__m256i fourth = _mm256_subs_epu8(EARLIER(v, before, 3),
		_mm256_set1_epi8(0xF0 - 0x80));
	__m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth),
		_mm256_set1_epi8((char)0x80));

	return _mm256_xor_si256(must, pair);
}

static inline AVX2 __m256i
load(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* How many bytes, in steps of 64, hold no mistake; a character may be cut by
 * their end. */
static AVX2 size_t
without_mistakes(struct slice s)
{
	__m256i before = _mm256_setzero_si256();
	size_t i = 0;

	for (; s.n - i >= 64; i += 64) {
		__m256i v = load(s.p + i), w = load(s.p + i + 32), wrong;

		/* what comes after ASCII is looked at without it */
		if (_mm256_movemask_epi8(_mm256_or_si256(
			_mm256_or_si256(v, w), before)) == 0)
			continue;
		wrong = _mm256_or_si256(mistakes(v, before), mistakes(w, v));
		if (!_mm256_testz_si256(wrong, wrong))
			break;
		before = w;
	}
	return i;
}

size_t
text_valid(struct slice s)
{
	size_t i = 0;

	if (s.n >= 64 && __builtin_cpu_supports("avx2"))
		i = without_mistakes(s);
	/* back to where the last character begins */
	while (i > 0 && (s.p[i - 1] & 0xC0) == 0x80)
		i--;
	i -= i > 0 && (s.p[i - 1] & 0x80);
	return i + text_valid_plainly((struct slice){s.p + i, s.n - i});
}

#else

size_t
text_valid(struct slice s)
{
	return text_valid_plainly(s);
}

#endif
