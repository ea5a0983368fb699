#include "check.h"

#include <stdbool.h>
#include <string.h>

struct check {
	const char *name;
	const char *(*wrong)(struct slice value);
};

static const char wrong_digit[] = "wrong check digit";

static bool
all_digits(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	return true;
}

static const char *
id_card_wrong(struct slice s)
{
	unsigned sum = 0, weight = 1;
	char last;

	if (s.n != 18 || !all_digits(s.p, 17))
		return "not 17 digits and a check digit";
	/* the weight of place i from the right is 2^i mod 11 */
	for (size_t i = 17; i-- > 0;) {
		weight = weight * 2 % 11;
		sum += (unsigned)(s.p[i] - '0') * weight;
	}
	last = "10X98765432"[sum % 11];
	return s.p[17] == last || (last == 'X' && s.p[17] == 'x') ? NULL
		: wrong_digit;
}

static const char *
credit_code_wrong(struct slice s)
{
	static const char digits[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	static const char form[] = "not 18 of 0-9 and A-Y without I, O, S, V";
	unsigned sum = 0, weight = 1;

	if (s.n != 18)
		return form;
	for (size_t i = 0; i < 18; i++) {
		const char *digit = s.p[i] ? strchr(digits, s.p[i]) : NULL;

		if (!digit)
			return form;
		if (i == 17)
			return (sum + (unsigned)(digit - digits)) % 31 == 0
				? NULL : wrong_digit;
		sum += (unsigned)(digit - digits) * weight;
		weight = weight * 3 % 31;
	}
	return form;
}

/* GS1: from the right, the check digit counts once, its neighbour three times,
 * and so on. */
static const char *
ean_wrong(struct slice s)
{
	unsigned sum = 0;

	for (size_t i = 0; i < s.n; i++)
		sum += (unsigned)(s.p[s.n - 1 - i] - '0') * (i % 2 ? 3 : 1);
	return sum % 10 ? wrong_digit : NULL;
}

static const char *
ean13_wrong(struct slice s)
{
	return s.n == 13 && all_digits(s.p, s.n) ? ean_wrong(s)
		: "not 13 digits";
}

static const char *
ean8_wrong(struct slice s)
{
	return s.n == 8 && all_digits(s.p, s.n) ? ean_wrong(s)
		: "not 8 digits";
}

static const char *
luhn_wrong(struct slice s)
{
	unsigned sum = 0;

	if (s.n < 2 || !all_digits(s.p, s.n))
		return "not digits only";
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned)(s.p[s.n - 1 - i] - '0');

		sum += i % 2 == 0 ? digit : digit < 5 ? 2 * digit
			: 2 * digit - 9;
	}
	return sum % 10 ? wrong_digit : NULL;
}

static const struct check checks[] = {
	{"id-card", id_card_wrong},
	{"credit-code", credit_code_wrong},
	{"ean13", ean13_wrong},
	{"ean8", ean8_wrong},
	{"luhn", luhn_wrong},
};

const struct check *
check_find(struct slice name)
{
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (slice_is(name, checks[i].name))
			return &checks[i];
	return NULL;
}

const char *
check_kinds(void)
{
	return "id-card|credit-code|ean13|ean8|luhn";
}

const char *
check_wrong(const struct check *check, struct slice value)
{
	return check->wrong(value);
}
