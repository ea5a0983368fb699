#include "text.h"

#include <stdlib.h>

#include "tap.h"

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The whole matrix, as the textbook has it. */
static size_t
plain_distance(const char *a, size_t n, const char *b, size_t m)
{
	static size_t d[12][12];

	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j <= m; j++) {
			if (i == 0 || j == 0) {
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1,
				d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
				a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[n][m];
}

static void
test_distance(void)
{
	static const struct {
		const char *a, *b;
		size_t limit, distance;
	} cases[] = {
		{"", "", 5, 0}, {"a", "", 5, 1}, {"", "abc", 5, 3},
		{"recency", "recency", 5, 0}, {"recnecy", "recency", 5, 1},
		{"recency", "recent", 5, 2}, {"kitten", "sitting", 5, 3},
		{"kitten", "sitting", 2, 3}, {"kitten", "sitting", 0, 1},
		{"ca", "abc", 5, 3}, {"abcdef", "", 3, 4},
		{"a", "b", SIZE_MAX, 1}, {"", "abc", SIZE_MAX, 3},
	};
	char a[10], b[10], *longer = malloc(3000);
	uint64_t state = 5;
	int wrong = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		tap_ok(text_distance(slice_of(cases[i].a), slice_of(cases[i].b),
			cases[i].limit) == cases[i].distance,
			"distance %s %s", cases[i].a, cases[i].b);
	for (int i = 0; i < 50000; i++) {
		size_t n, m, limit, want;

		state = state * UINT64_C(6364136223846793005) + 11;
		n = (state >> 40) % 10;
		m = (state >> 45) % 10;
		limit = (state >> 50) % 8;
		for (size_t k = 0; k < 10; k++) {
			a[k] = (char)('a' + (state >> (k * 3)) % 3);
			b[k] = (char)('a' + (state >> (k * 4 + 7)) % 3);
		}
		want = least(plain_distance(a, n, b, m), limit + 1);
		wrong += text_distance((struct slice){a, n},
			(struct slice){b, m}, limit) != want;
	}
	tap_ok(wrong == 0, "distance as the textbook has it");
	memset(longer, 'a', 3000);
	longer[0] = longer[1999] = 'x';
	longer[2000] = longer[2999] = 'y';
	tap_ok(text_distance((struct slice){longer, 2000},
		(struct slice){longer + 2000, 1000}, 5000) == 1002,
		"distance of long texts");
	free(longer);
}

static void
test_suggest(void)
{
	const struct slice names[] = {
		slice_of("customer_id"), slice_of("amount"), slice_of("r"),
		slice_of("opened_at"), slice_of("closed_at"), slice_of("Tier"),
		slice_of("amounts"),
		slice_of("\xE5\xAE\xA2\xE6\x88\xB7\xE5\x90\x8D\xE7\xA7\xB0"),
	};
	static const struct {
		const char *word;
		int name;
	} cases[] = {
		{"customer_id", 0}, {"custmoer_id", 0}, {"customerid", 0},
		{"CUSTOMER_ID", 0}, {"cust", -1}, {"amuont", 1}, {"amount2", 1},
		{"amountss", 6}, {"opend_at", 3}, {"clsed_at", 4}, {"tier", 5},
		{"tire", 5}, {"time", -1}, {"closed", -1}, {"R", 2}, {"rr", 2},
		{"xyzzy", -1},
		{"\xE5\xAE\xA2\xE6\x88\xB7\xE5\x90\x8D\xE5\xAD\x97", 7},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct slice *found = text_suggest(
			slice_of(cases[i].word), names,
			sizeof names / sizeof *names);

		tap_ok(found == (cases[i].name < 0 ? NULL :
			&names[cases[i].name]), "suggest for %s", cases[i].word);
	}
	tap_ok(!text_suggest(slice_of("amount"), NULL, 0), "suggest of none");
}

int
main(void)
{
	test_distance();
	test_suggest();
	return tap_done();
}
