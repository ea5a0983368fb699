#include "amount.h"

#include <stdbool.h>
#include <string.h>

enum { PLAIN_SIZE = 64 };

#define WAN "\xe4\xb8\x87"

static const char *const currencies[] = {
	"\xc2\xa5", "\xef\xbf\xa5", "$", "\xe2\x82\xac", "\xc2\xa3",
	"RMB", "CNY", "USD", "EUR", "GBP", "HKD", "HK$", "US$",
	"\xe5\x85\x83", "\xe4\xba\xba\xe6\xb0\x91\xe5\xb8\x81",
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct slice
without(struct slice s, size_t head, size_t tail)
{
	return (struct slice){s.p + head, s.n - head - tail};
}

static struct slice
trim(struct slice s)
{
	while (s.n > 0 && s.p[0] == ' ')
		s = without(s, 1, 0);
	while (s.n > 0 && s.p[s.n - 1] == ' ')
		s = without(s, 0, 1);
	return s;
}

static bool
drop_end(struct slice *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n < n || memcmp(s->p + s->n - n, word, n) != 0)
		return false;
	*s = trim(without(*s, 0, n));
	return true;
}

static bool
drop_start(struct slice *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n < n || memcmp(s->p, word, n) != 0)
		return false;
	*s = trim(without(*s, n, 0));
	return true;
}

/* At most one currency, before or after. */
static void
drop_currency(struct slice *s, bool *done)
{
	size_t n = sizeof currencies / sizeof *currencies;

	for (size_t i = 0; i < n && !*done; i++)
		*done = drop_start(s, currencies[i]) ||
			drop_end(s, currencies[i]);
}

/* At most one sign: -12, 12-, (12). */
static void
drop_sign(struct slice *s, bool *done, bool *negative)
{
	if (*done)
		return;
	if (s->n > 2 && s->p[0] == '(' && s->p[s->n - 1] == ')') {
		*s = trim(without(*s, 1, 1));
		*done = *negative = true;
	} else if (drop_start(s, "-") || drop_start(s, "\xe2\x88\x92") ||
		drop_end(s, "-")) {
		*done = *negative = true;
	} else {
		*done = drop_start(s, "+");
	}
}

/* Takes the groups of three apart: the whole part of s without its marks goes
 * to plain. Returns its length, or 0 where the groups are wrong. */
static size_t
join_groups(struct slice s, char *plain, size_t whole)
{
	size_t n = 0, digits = 0;
	char mark = '\0';

	for (size_t i = 0; i < whole; i++) {
		char c = s.p[i];

		if (is_digit(c)) {
			if (n + 8 > PLAIN_SIZE)
				return 0;
			plain[n++] = c;
			digits++;
			continue;
		}
		if ((c != ',' && c != ' ' && c != '\'') || (mark && c != mark) ||
			(mark ? digits != 3 : digits == 0 || digits > 3))
			return 0;
		mark = c;
		digits = 0;
	}
	return mark && digits != 3 ? 0 : n;
}

/* Four decimals of tens of thousands are whole: they go to plain, which has n
 * digits; decimals are the point and the digits behind it. */
static bool
shift_point(struct slice *decimals, char *plain, size_t *n)
{
	for (size_t i = 1; i <= 4; i++) {
		if (i < decimals->n && !is_digit(decimals->p[i]))
			return false;
		plain[(*n)++] = i < decimals->n ? decimals->p[i] : '0';
	}
	*decimals = without(*decimals, decimals->n < 4 ? decimals->n : 4, 0);
	return true;
}

static enum num_status
read_decimals(struct slice s, char *plain, size_t n, bool negative,
	int64_t *out)
{
	size_t from = n;

	for (size_t i = 0; i < s.n; i++) {
		if (i > 0 && !is_digit(s.p[i]))
			return NUM_SYNTAX;
		if (i <= 4)
			plain[n++] = i == 0 ? '.' : s.p[i];
		else if (s.p[i] != '0')
			return NUM_DECIMALS;
	}
	if (n == from + 1)
		n = from; /* "12." */
	if (negative) {
		memmove(plain + 1, plain, n);
		plain[0] = '-';
		n++;
	}
	return num_read((struct slice){plain, n}, out);
}

enum num_status
amount_read(struct slice s, int64_t *out)
{
	char plain[PLAIN_SIZE + 16];
	bool negative = false, sign = false, currency = false, wan;
	enum num_status status = num_read(s, out);
	const char *point;
	struct slice decimals;
	size_t whole, n;

	if (status == NUM_OK || status == NUM_RANGE)
		return status;
	for (int i = 0; i < 3; i++) {
		drop_sign(&s, &sign, &negative);
		drop_currency(&s, &currency);
	}
	wan = drop_end(&s, WAN);
	if (s.n == 0)
		return NUM_SYNTAX;
	point = memchr(s.p, '.', s.n);
	whole = point ? (size_t)(point - s.p) : s.n;
	n = join_groups(s, plain, whole);
	if (n == 0 && !(point && whole == 0 && s.n > 1))
		return NUM_SYNTAX;
	if (n == 0)
		plain[n++] = '0';
	decimals = without(s, whole, 0);
	if (wan && !shift_point(&decimals, plain, &n))
		return NUM_SYNTAX;
	return read_decimals(decimals, plain, n, negative, out);
}
