#include "similar.h"

#include <stdbool.h>
#include <string.h>

#include "text.h"

enum {
	WINKLER_PREFIX = 4,
	LEAST_DIGITS = 7,   /* of a number that may lack its area code */
	MOST_WORDS = SIMILAR_MOST / 2,
};

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t
most(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* The one first that is shorter, else first in order: what follows finds
 * partners greedily, and would not be symmetric. */
static void
arrange(struct similar_text *a, struct similar_text *b)
{
	struct similar_text first = *a;
	size_t i = 0;

	if (a->n < b->n)
		return;
	while (a->n == b->n && i < a->n && a->p[i] == b->p[i])
		i++;
	if (a->n == b->n && (i == a->n || a->p[i] < b->p[i]))
		return;
	*a = *b;
	*b = first;
}

/* Marks the characters of a and b that have a partner within the window; bit i
 * stands for character i. Returns their number. */
static size_t
match(struct similar_text a, struct similar_text b, uint64_t *in_a,
	uint64_t *in_b)
{
	size_t window = most(a.n, b.n) / 2, count = 0;

	window -= window > 0;
	*in_a = *in_b = 0;
	for (size_t i = 0; i < a.n; i++) {
		size_t to = least(b.n, i + window + 1);

		for (size_t k = i > window ? i - window : 0; k < to; k++) {
			if (a.p[i] != b.p[k] || (*in_b >> k & 1))
				continue;
			*in_a |= UINT64_C(1) << i;
			*in_b |= UINT64_C(1) << k;
			count++;
			break;
		}
	}
	return count;
}

/* Partners that do not stand in the same order. */
static size_t
out_of_order(struct similar_text a, struct similar_text b, uint64_t in_a,
	uint64_t in_b)
{
	size_t count = 0, k = 0;

	for (size_t i = 0; i < a.n; i++) {
		if (!(in_a >> i & 1))
			continue;
		while (!(in_b >> k & 1))
			k++;
		count += a.p[i] != b.p[k++];
	}
	return count;
}

double
similar_jaro(struct similar_text a, struct similar_text b)
{
	uint64_t in_a, in_b;
	size_t count;
	double matches, swaps;

	if (a.n == 0 || b.n == 0)
		return a.n == b.n ? 1 : 0;
	arrange(&a, &b);
	count = match(a, b, &in_a, &in_b);
	if (count == 0)
		return 0;
	matches = (double)count;
	swaps = (double)out_of_order(a, b, in_a, in_b) / 2;
	return (matches / (double)a.n + matches / (double)b.n +
		(matches - swaps) / matches) / 3;
}

double
similar_jaro_winkler(struct similar_text a, struct similar_text b)
{
	double jaro = similar_jaro(a, b);
	size_t n = least(least(a.n, b.n), WINKLER_PREFIX), prefix = 0;

	while (prefix < n && a.p[prefix] == b.p[prefix])
		prefix++;
	return jaro + (double)prefix * 0.1 * (1 - jaro);
}

static size_t
split(struct similar_text text, struct similar_text *words)
{
	size_t count = 0, from = 0;

	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != ' ')
			continue;
		if (i > from)
			words[count++] = (struct similar_text){text.p + from,
				i - from};
		from = i + 1;
	}
	return count;
}

/* The pair of words, among those that are free, that is most alike; false where
 * none is alike at all. */
static bool
best_pair(double alike[MOST_WORDS][MOST_WORDS], size_t n, size_t m,
	size_t *first, size_t *second)
{
	double best = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			if (alike[i][k] > best) {
				best = alike[i][k];
				*first = i;
				*second = k;
			}
	return best > 0;
}

static double
letters_of(const struct similar_text *words, size_t n)
{
	size_t letters = 0;

	for (size_t i = 0; i < n; i++)
		letters += words[i].n;
	return (double)letters;
}

double
similar_words(struct similar_text a, struct similar_text b)
{
	struct similar_text x[MOST_WORDS], y[MOST_WORDS];
	double alike[MOST_WORDS][MOST_WORDS];
	double sum = 0, one = 0, other = 0, all, within;
	size_t n, m, i = 0, k = 0;

	arrange(&a, &b);
	n = split(a, x);
	m = split(b, y);
	for (i = 0; i < n; i++)
		for (k = 0; k < m; k++)
			alike[i][k] = similar_jaro_winkler(x[i], y[k]);
	while (best_pair(alike, n, m, &i, &k)) {
		sum += alike[i][k] * (double)(x[i].n + y[k].n);
		one += alike[i][k] * (double)x[i].n;
		other += alike[i][k] * (double)y[k].n;
		for (size_t c = 0; c < m; c++)
			alike[i][c] = 0;
		for (size_t r = 0; r < n; r++)
			alike[r][k] = 0;
	}
	all = letters_of(x, n) + letters_of(y, m);
	if (n == 0 || m == 0)
		return n == m ? 1 : 0;
	one /= letters_of(x, n);
	other /= letters_of(y, m);
	within = 0.9 * (one > other ? one : other);
	return n != m && within > sum / all ? within : sum / all;
}

static uint32_t
character(struct similar_text text, size_t i)
{
	return i > 0 && i <= text.n ? text.p[i - 1] : 0;
}

double
similar_bigrams(struct similar_text a, struct similar_text b)
{
	bool taken[SIMILAR_MOST + 1] = {false};
	size_t shared = 0;

	if (a.n == 0 || b.n == 0)
		return a.n == b.n ? 1 : 0;
	for (size_t i = 0; i <= a.n; i++)
		for (size_t k = 0; k <= b.n; k++) {
			if (taken[k] || character(a, i) != character(b, k) ||
				character(a, i + 1) != character(b, k + 1))
				continue;
			taken[k] = true;
			shared++;
			break;
		}
	if ((a.n == 1) != (b.n == 1) && *a.p == *b.p)
		return 0.6;
	return 2 * (double)shared / (double)(a.n + b.n + 2);
}

double
similar_edits(struct slice a, struct slice b)
{
	size_t longer = most(a.n, b.n);
	size_t edits;

	if (slice_equal(a, b))
		return 1;
	edits = text_distance(a, b, longer / 2);
	return edits > longer / 2 ? 0 : 1 - (double)edits / (double)longer;
}

static size_t
digits_of(uint64_t number, char *digits)
{
	char reversed[20];
	size_t n = 0;

	do {
		reversed[n++] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	for (size_t i = 0; i < n; i++)
		digits[i] = reversed[n - 1 - i];
	return n;
}

/* Could they be one edit apart? Cheap, and most numbers are not. */
static bool
near(const char *a, size_t n, const char *b, size_t m)
{
	size_t same = 0, end = 0;

	if (n > m + 1 || m > n + 1)
		return false;
	while (same < least(n, m) && a[same] == b[same])
		same++;
	while (end < least(n, m) - same && a[n - 1 - end] == b[m - 1 - end])
		end++;
	n -= same + end;
	m -= same + end;
	return (n <= 1 && m <= 1) || (n == 2 && m == 2 &&
		a[same] == b[same + 1] && a[same + 1] == b[same]);
}

double
similar_numbers(uint64_t a, uint64_t b)
{
	char x[20], y[20];
	size_t n, m, shorter;

	if (a == b)
		return 1;
	n = digits_of(a, x);
	m = digits_of(b, y);
	shorter = least(n, m);
	if (n != m && shorter >= LEAST_DIGITS &&
		memcmp(x + n - shorter, y + m - shorter, shorter) == 0)
		return 0.9;
	return near(x, n, y, m) ? 0.8 : 0;
}

double
similar_days(uint32_t a, uint32_t b)
{
	char x[20], y[20];
	size_t n, m;

	if (a == b)
		return 1;
	if (a < 10000 || b < 10000)
		return a % 10000 == b % 10000 ? 0.9 : 0;
	if (a / 10000 == b / 10000 && a % 100 == b / 100 % 100 &&
		b % 100 == a / 100 % 100)
		return 0.9;
	n = digits_of(a, x);
	m = digits_of(b, y);
	if (n == m && near(x, n, y, m))
		return 0.8;
	if (a % 10000 == b % 10000 || a / 100 == b / 100)
		return 0.5;
	return a / 10000 == b / 10000 ? 0.3 : 0;
}
