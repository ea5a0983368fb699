#include "num.h"

#include <string.h>

__extension__ typedef unsigned __int128 magnitude;

#define WHOLE_LIMIT (NUM_LIMIT / NUM_ONE)
#define WIDE_LIMIT INT64_C(100000000000000000) /* its square: of a sum */

/* What stands from p, behind the digits, to the end: nothing, or a point and one
 * to four digits. */
static enum num_status
read_fraction(const char *p, const char *end, unsigned *fraction)
{
	static const unsigned scale[] = {10000, 1000, 100, 10, 1};
	const char *start;
	unsigned digit;
	size_t decimals;

	*fraction = 0;
	if (p == end)
		return NUM_OK;
	if (*p++ != '.')
		return NUM_SYNTAX;
	for (start = p; p < end && (digit = (unsigned)*p - '0') <= 9; p++)
		if (p - start < 4)
			*fraction = *fraction * 10 + digit;
	decimals = (size_t)(p - start);
	if (p < end || decimals == 0)
		return NUM_SYNTAX;
	if (decimals > 4)
		return NUM_DECIMALS;
	*fraction *= scale[decimals];
	return NUM_OK;
}

enum num_status
num_read(struct slice s, int64_t *out)
{
	const char *p = s.p, *end = s.p + s.n, *start;
	bool negative = false;
	uint64_t whole = 0;
	unsigned fraction, digit;
	enum num_status status;

	if (p < end && (*p == '-' || *p == '+'))
		negative = *p++ == '-';
	for (start = p; p < end && (digit = (unsigned)*p - '0') <= 9; p++)
		/* Stays where it is once it is too large: no overflow. */
		if (whole < (uint64_t)WHOLE_LIMIT)
			whole = whole * 10 + digit;
	if (p == start)
		return NUM_SYNTAX;
	status = read_fraction(p, end, &fraction);
	if (status != NUM_OK)
		return status;
	if (whole >= (uint64_t)WHOLE_LIMIT)
		return NUM_RANGE;
	*out = (int64_t)(whole * (uint64_t)NUM_ONE) + (int64_t)fraction;
	if (negative)
		*out = -*out;
	return NUM_OK;
}

enum num_status
num_read_wide(struct slice s, num_wide *out)
{
	const magnitude limit = (magnitude)WIDE_LIMIT * WIDE_LIMIT;
	const char *p = s.p, *end = s.p + s.n, *start;
	bool negative = false;
	magnitude whole = 0;
	unsigned fraction, digit;
	enum num_status status;

	if (p < end && (*p == '-' || *p == '+'))
		negative = *p++ == '-';
	for (start = p; p < end && (digit = (unsigned)*p - '0') <= 9; p++)
		if (whole < limit)
			whole = whole * 10 + digit;
	if (p == start)
		return NUM_SYNTAX;
	status = read_fraction(p, end, &fraction);
	if (status != NUM_OK)
		return status;
	if (whole >= limit)
		return NUM_RANGE;
	*out = (num_wide)(whole * (uint64_t)NUM_ONE + fraction);
	if (negative)
		*out = -*out;
	return NUM_OK;
}

enum num_status
num_read_rounded(struct slice s, int64_t *out)
{
	enum num_status status = num_read(s, out);
	const char *point;
	int64_t value;
	size_t kept;
	bool more = false;

	if (status != NUM_DECIMALS)
		return status;
	point = memchr(s.p, '.', s.n);
	kept = (size_t)(point - s.p) + 5;
	for (size_t i = kept; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return NUM_SYNTAX;
		more |= i > kept && s.p[i] != '0';
	}
	status = num_read((struct slice){s.p, kept}, &value);
	if (status != NUM_OK)
		return status;
	if (s.p[kept] > '5' || (s.p[kept] == '5' &&
		(more || value % 2 != 0)))
		value += s.p[0] == '-' ? -1 : 1;
	if (!num_fits(value))
		return NUM_RANGE;
	*out = value;
	return NUM_OK;
}

const char *
num_why(enum num_status status)
{
	switch (status) {
	case NUM_OK: break;
	case NUM_SYNTAX: return "not a number";
	case NUM_DECIMALS: return "more than four decimals";
	case NUM_RANGE: return "number too large";
	}
	return "a number";
}

/* The digits of n, ending before `end`, at least `least` of them; returns
 * where they begin. */
static char *
digits(char *end, uint64_t n, int least)
{
	char *p = end;

	for (; n || least > 0; least--, n /= 10)
		*--p = (char)('0' + n % 10);
	return p;
}

static char *
digits_wide(char *end, magnitude n)
{
	const uint64_t step = UINT64_C(1000000000000000000);

	for (; n > UINT64_MAX; n /= step)
		end = digits(end, (uint64_t)(n % step), 18);
	return digits(end, (uint64_t)n, 1);
}

static magnitude
magnitude_of(num_wide n)
{
	return n < 0 ? -(magnitude)n : (magnitude)n;
}

/* decimals: how many there must be at least. */
static size_t
write_decimal(char *out, num_wide value, int decimals)
{
	char text[NUM_SIZE], *end = text + sizeof text, *p = end;
	magnitude n = magnitude_of(value);
	uint64_t fraction = (uint64_t)(n % (uint64_t)NUM_ONE);
	int places = 4;

	while (places > decimals && fraction % 10 == 0) {
		fraction /= 10;
		places--;
	}
	if (places) {
		p = digits(p, fraction, places);
		*--p = '.';
	}
	p = digits_wide(p, n / (uint64_t)NUM_ONE);
	if (value < 0)
		*--p = '-';
	memcpy(out, p, (size_t)(end - p));
	return (size_t)(end - p);
}

size_t
num_write(char *out, num_wide value)
{
	return write_decimal(out, value, 0);
}

size_t
num_write_money(char *out, num_wide value)
{
	return write_decimal(out, value, value % (NUM_ONE / 100) ? 4 : 2);
}

size_t
num_write_count(char *out, uint64_t n)
{
	char text[NUM_SIZE], *end = text + sizeof text;
	char *p = digits(end, n, 1);

	memcpy(out, p, (size_t)(end - p));
	return (size_t)(end - p);
}

bool
num_read_count(struct slice s, uint64_t *n)
{
	uint64_t count = 0;
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		count = count * 10 + (uint64_t)(s.p[i] - '0');
	}
	if (s.n == 0 || s.n > 18)
		return false;
	*n = count;
	return true;
}

num_wide
num_divide(num_wide a, num_wide b)
{
	magnitude over = magnitude_of(a), under = magnitude_of(b);
	magnitude n = over / under, left = over % under;

	/* left against under - left, for left * 2 might not fit. */
	if (left > under - left || (left == under - left && n % 2))
		n++;
	return (num_wide)((a < 0) != (b < 0) ? -n : n);
}

int64_t
num_root(int64_t value)
{
	num_wide square = (num_wide)value * NUM_ONE;
	int64_t root = 0, more = INT64_C(1) << 40;

	for (; more > 0; more /= 2)
		if ((num_wide)(root + more) * (root + more) <= square)
			root += more;
	return square - (num_wide)root * root > root ? root + 1 : root;
}

bool
num_fits(num_wide value)
{
	return -NUM_LIMIT < value && value < NUM_LIMIT;
}

static bool
divide_fitting(num_wide a, num_wide b, int64_t *out)
{
	num_wide n = num_divide(a, b);

	if (!num_fits(n))
		return false;
	*out = (int64_t)n;
	return true;
}

bool
num_product(int64_t a, int64_t b, int64_t *out)
{
	return divide_fitting((num_wide)a * b, NUM_ONE, out);
}

bool
num_quotient(int64_t a, int64_t b, int64_t *out)
{
	return b != 0 && divide_fitting((num_wide)a * NUM_ONE, b, out);
}
