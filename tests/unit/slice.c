/* Slices and words: what is compared without a call is as memcmp says. */
#include <stdint.h>
#include <string.h>

#include "slice.h"
#include "tests/unit/tap.h"
#include "word.h"

enum { MOST = 40 };

/* Two that differ in one byte at most, of every length and at every place. */
static void
test_same(void)
{
	char a[MOST], b[MOST];
	int wrong = 0;

	memset(a, 'k', sizeof a);
	memset(b, 'k', sizeof b);
	for (size_t n = 0; n <= MOST; n++)
		for (size_t at = 0; at < MOST; at++) {
			struct slice x = {a, n}, y = {b, n};

			b[at] = '\0';
			wrong += slice_same(x, y) != (at >= n);
			wrong += slice_equal(x, y) != (at >= n);
			b[at] = 'k';
			y.n = n / 2;
			wrong += slice_same(x, y) != (n == 0);
		}
	tap_ok(wrong == 0, "the same, or not, at every length");
}

static int
sign(int n)
{
	return (n > 0) - (n < 0);
}

static void
test_words(void)
{
	char a[MOST], b[MOST];
	int wrong = 0;

	for (size_t n = 8; n <= MOST; n++)
		for (size_t at = 0; at < MOST; at++)
			for (int byte = 0; byte < 256; byte += 51) {
				memset(a, 0x7F, sizeof a);
				memset(b, 0x7F, sizeof b);
				a[at] = (char)byte;
				a[MOST - 1 - at] = (char)(255 - byte);
				wrong += sign(memcmp(a, b, n)) !=
					word_compare(a, b, n);
				wrong += sign(memcmp(b, a, n)) !=
					word_compare(b, a, n);
			}
	tap_ok(wrong == 0, "words compare as their bytes do");
}

int
main(void)
{
	test_same();
	test_words();
	return tap_done();
}
