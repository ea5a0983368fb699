/* Exact decimals: what is written reads as the same, the readers agree with each
 * other, and what is divided is off by half of the last decimal at most. */
#include "num.h"

#include <string.h>

#include "fuzz.h"

const char *const fuzz_seeds[] = {
	"0", "-12.50", "+0.0001", "89999999999999.9999", "-89999999999999.99995",
	"1.00005", "9999999999999999999999999999999999.9999", "00012",
	"0123456789abcdefghijklmnopqrstuv", "\1\1\1\1\1\1\1\1\2\2\2\2\2\2\2\2"
	"\3\3\3\3\3\3\3\3\4\4\4\4\4\4\4\4",
	NULL
};

static num_wide
absolute(num_wide n)
{
	return n < 0 ? -n : n;
}

static void
check_written(num_wide value)
{
	char text[NUM_SIZE];
	struct slice s = {text, 0};
	int64_t narrow;
	num_wide again;

	for (int money = 0; money < 2; money++) {
		s.n = (money ? num_write_money : num_write)(text, value);
		assert(s.n <= NUM_SIZE);
		assert(num_read_wide(s, &again) == NUM_OK && again == value);
		if (num_fits(value))
			assert(num_read(s, &narrow) == NUM_OK &&
				narrow == value);
		else
			assert(num_read(s, &narrow) == NUM_RANGE);
	}
}

static void
check_read(struct slice s)
{
	const int64_t unset = INT64_MIN;
	int64_t value = unset, rounded = unset;
	enum num_status status = num_read(s, &value);
	enum num_status wide_status, rounded_status;
	num_wide wide = 0;

	wide_status = num_read_wide(s, &wide);
	rounded_status = num_read_rounded(s, &rounded);
	if (status == NUM_OK) {
		assert(num_fits(value) && wide_status == NUM_OK &&
			wide == value && rounded_status == NUM_OK &&
			rounded == value);
		check_written(value);
	} else {
		assert(value == unset);
		assert(status == NUM_RANGE || wide_status == status);
		assert(status == NUM_DECIMALS || rounded_status == status);
	}
	if (wide_status == NUM_OK)
		check_written(wide);
	if (rounded_status == NUM_OK)
		assert(num_fits(rounded));
	else
		assert(rounded == unset);
}

static void
check_count(struct slice s)
{
	char text[NUM_SIZE];
	uint64_t n, again;

	if (!num_read_count(s, &n))
		return;
	s = (struct slice){text, num_write_count(text, n)};
	assert(num_read_count(s, &again) && again == n);
}

/* quotient is a / b, half to even. */
static void
check_quotient(num_wide a, num_wide b, num_wide quotient)
{
	num_wide twice = 2 * absolute(a - quotient * b);

	assert(twice < absolute(b) ||
		(twice == absolute(b) && quotient % 2 == 0));
}

static void
check_narrow(int64_t a, int64_t b)
{
	int64_t out;
	num_wide root;

	a %= NUM_LIMIT;
	b %= NUM_LIMIT;
	if (num_product(a, b, &out))
		check_quotient((num_wide)a * b, NUM_ONE, out);
	else
		assert(absolute((num_wide)a * b) >=
			(num_wide)(NUM_LIMIT - 1) * NUM_ONE);
	if (num_quotient(a, b, &out))
		check_quotient((num_wide)a * NUM_ONE, b, out);
	else
		assert(b == 0 || absolute((num_wide)a * NUM_ONE) >=
			absolute(b) * (NUM_LIMIT - 1));
	/* root - 1/2 <= square root < root + 1/2 */
	root = num_root(a = a < 0 ? -a : a);
	assert(root * root - root <= (num_wide)a * NUM_ONE);
	assert((num_wide)a * NUM_ONE <= root * root + root);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	num_wide pair[2];
	int64_t narrow[2];

	check_read(fuzz_text(data, size));
	check_count(fuzz_text(data, size));
	if (size < sizeof pair)
		return 0;
	memcpy(pair, data, sizeof pair);
	memcpy(narrow, data, sizeof narrow);
	check_narrow(narrow[0], narrow[1]);
	pair[0] /= 4;
	pair[1] = narrow[1] % 2 ? pair[1] / 4 : narrow[0];
	check_written(pair[0] / 2);
	if (pair[1] != 0)
		check_quotient(pair[0], pair[1], num_divide(pair[0], pair[1]));
	return 0;
}
