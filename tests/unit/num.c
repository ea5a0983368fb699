#include "num.h"

#include <stdlib.h>

#include "tap.h"

static void
test_read(void)
{
	static const struct {
		const char *text;
		enum num_status status;
		int64_t value;
	} cases[] = {
		{"0", NUM_OK, 0},
		{"-0", NUM_OK, 0},
		{"+5", NUM_OK, 50000},
		{"-5", NUM_OK, -50000},
		{"12.5", NUM_OK, 125000},
		{"12.34", NUM_OK, 123400},
		{"0.123", NUM_OK, 1230},
		{"0.0001", NUM_OK, 1},
		{"-0.0001", NUM_OK, -1},
		{"007", NUM_OK, 70000},
		{"00000000000000000000000000000000000001.5", NUM_OK, 15000},
		{"89999999999999.9999", NUM_OK, NUM_LIMIT - 1},
		{"-89999999999999.9999", NUM_OK, -NUM_LIMIT + 1},
		{"90000000000000", NUM_RANGE, 0},
		{"-90000000000000", NUM_RANGE, 0},
		{"99999999999999999999999999999999999999", NUM_RANGE, 0},
		{"18446744073709551617", NUM_RANGE, 0},
		{"1.00000", NUM_DECIMALS, 0},
		{"1.123456789012345678901234567890", NUM_DECIMALS, 0},
		{"", NUM_SYNTAX, 0},
		{"-", NUM_SYNTAX, 0},
		{"+", NUM_SYNTAX, 0},
		{".", NUM_SYNTAX, 0},
		{".5", NUM_SYNTAX, 0},
		{"5.", NUM_SYNTAX, 0},
		{"-.5", NUM_SYNTAX, 0},
		{"1.2.3", NUM_SYNTAX, 0},
		{"1.23456x", NUM_SYNTAX, 0},
		{"99999999999999999999x", NUM_SYNTAX, 0},
		{" 5", NUM_SYNTAX, 0},
		{"5 ", NUM_SYNTAX, 0},
		{"--5", NUM_SYNTAX, 0},
		{"+-5", NUM_SYNTAX, 0},
		{"12,50", NUM_SYNTAX, 0},
		{"1e3", NUM_SYNTAX, 0},
		{"0x10", NUM_SYNTAX, 0},
		{"nan", NUM_SYNTAX, 0},
		{"\xEF\xBC\x95", NUM_SYNTAX, 0},
		{"/", NUM_SYNTAX, 0},
		{":", NUM_SYNTAX, 0},
		{"\xB5", NUM_SYNTAX, 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t value = 77;
		int64_t want = cases[i].status == NUM_OK ? cases[i].value : 77;
		enum num_status status =
			num_read(slice_of(cases[i].text), &value);

		tap_ok(status == cases[i].status && value == want,
			"read \"%s\"", cases[i].text);
	}
	tap_ok(num_read((struct slice){NULL, 0}, &(int64_t){0}) == NUM_SYNTAX,
		"read nothing");
	tap_ok(num_read((struct slice){"1234", 2}, &(int64_t){0}) == NUM_OK,
		"read stops at the end of the slice");
}

static void
test_why(void)
{
	tap_ok(slice_is(slice_of(num_why(NUM_SYNTAX)), "not a number"),
		"why syntax");
	tap_ok(slice_is(slice_of(num_why(NUM_DECIMALS)),
		"more than four decimals"), "why decimals");
	tap_ok(slice_is(slice_of(num_why(NUM_RANGE)), "number too large"),
		"why range");
}

static num_wide
wide(int64_t high, uint64_t low)
{
	return (num_wide)high * ((num_wide)1 << 64) + low;
}

static void
test_read_wide(void)
{
	static const struct {
		const char *text;
		enum num_status status;
		const char *value; /* null: as text */
	} cases[] = {
		{"0", NUM_OK, NULL},
		{"-5", NUM_OK, NULL},
		{"+5", NUM_OK, "5"},
		{"007.50", NUM_OK, "7.5"},
		{"-0.0001", NUM_OK, NULL},
		{"90000000000000", NUM_OK, NULL},
		{"1079999999999999.9987", NUM_OK, NULL},
		{"9999999999999999999999999999999999.9999", NUM_OK, NULL},
		{"-9999999999999999999999999999999999.9999", NUM_OK, NULL},
		{"10000000000000000000000000000000000", NUM_RANGE, NULL},
		{"99999999999999999999999999999999999999999999", NUM_RANGE,
			NULL},
		{"1.00000", NUM_DECIMALS, NULL},
		{"", NUM_SYNTAX, NULL},
		{"-", NUM_SYNTAX, NULL},
		{".5", NUM_SYNTAX, NULL},
		{"5.", NUM_SYNTAX, NULL},
		{"5x", NUM_SYNTAX, NULL},
		{"5.5x", NUM_SYNTAX, NULL},
		{"- 5", NUM_SYNTAX, NULL},
	};
	size_t i, n;

	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *want = cases[i].value ? cases[i].value
			: cases[i].text;
		char written[NUM_SIZE];
		num_wide value = -77;
		enum num_status status = num_read_wide(
			slice_of(cases[i].text), &value);

		n = num_write(written, value);
		tap_ok(status == cases[i].status && (status != NUM_OK ?
			value == -77 : slice_is((struct slice){written, n},
			want)), "read a sum: %s", cases[i].text);
	}
}

static void
test_write(void)
{
	const struct {
		num_wide value;
		const char *number, *money;
	} cases[] = {
		{0, "0", "0.00"},
		{120000, "12", "12.00"},
		{-5000, "-0.5", "-0.50"},
		{1, "0.0001", "0.0001"},
		{1250, "0.125", "0.1250"},
		{-1250, "-0.125", "-0.1250"},
		{123400, "12.34", "12.34"},
		{1000300, "100.03", "100.03"},
		{10000 * 1000, "1000", "1000.00"},
		{NUM_LIMIT - 1, "89999999999999.9999", "89999999999999.9999"},
		{wide(1, 0), "1844674407370955.1616", "1844674407370955.1616"},
		{wide(1, 0) * 10000, "18446744073709551616",
			"18446744073709551616.00"},
		{wide(INT64_MAX, UINT64_MAX),
			"17014118346046923173168730371588410.5727",
			"17014118346046923173168730371588410.5727"},
		{wide(INT64_MIN, 0),
			"-17014118346046923173168730371588410.5728",
			"-17014118346046923173168730371588410.5728"},
	};
	char text[NUM_SIZE];
	size_t n;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		n = num_write(text, cases[i].value);
		tap_ok(slice_is((struct slice){text, n}, cases[i].number),
			"write %s", cases[i].number);
		n = num_write_money(text, cases[i].value);
		tap_ok(slice_is((struct slice){text, n}, cases[i].money),
			"write money %s", cases[i].money);
	}
	n = num_write_count(text, 0);
	tap_ok(slice_is((struct slice){text, n}, "0"), "write count 0");
	n = num_write_count(text, UINT64_MAX);
	tap_ok(slice_is((struct slice){text, n}, "18446744073709551615"),
		"write the largest count");
}

static void
test_divide(void)
{
	static const struct {
		int64_t a, b, quotient;
	} cases[] = {
		{7, 7, 1}, {0, 3, 0}, {1, 3, 0}, {2, 3, 1},
		{1, 2, 0}, {3, 2, 2}, {5, 2, 2}, {7, 2, 4},
		{-1, 2, 0}, {-3, 2, -2}, {-5, 2, -2}, {-7, 2, -4},
		{3, -2, -2}, {-3, -2, 2}, {5, -2, -2}, {-5, -2, 2},
		{10, 4, 2}, {11, 4, 3}, {14, 4, 4}, {-14, 4, -4},
		{INT64_MAX, 1, INT64_MAX}, {INT64_MIN, 1, INT64_MIN},
	};
	num_wide most = wide(INT64_MAX, UINT64_MAX);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		tap_ok(num_divide(cases[i].a, cases[i].b) == cases[i].quotient,
			"divide %lld / %lld", (long long)cases[i].a,
			(long long)cases[i].b);
	tap_ok(num_divide(most, most) == 1, "divide the largest by itself");
	tap_ok(num_divide(most - 1, most) == 1, "divide, nearly all");
	tap_ok(num_divide(most / 2, most) == 0, "divide, just under half");
	tap_ok(num_divide(most / 2 + 1, most) == 1, "divide, just over half");
}

static void
test_product(void)
{
	static const struct {
		int64_t a, b;
		bool product_fits, quotient_fits;
		int64_t product, quotient;
	} cases[] = {
		{20000, 30000, true, true, 60000, 6667},
		{10000, 30000, true, true, 30000, 3333},
		{-20000, 30000, true, true, -60000, -6667},
		{5000, 1, true, true, 0, 50000000},
		{15000, 1, true, true, 2, 150000000},
		{25000, 1, true, true, 2, 250000000},
		{-25000, 1, true, true, -2, -250000000},
		{10000, 0, true, false, 0, 0},
		{0, 0, true, false, 0, 0},
		{1, 20000, true, true, 2, 0},
		{3, 20000, true, true, 6, 2},
		{NUM_LIMIT - 1, 10000, true, true, NUM_LIMIT - 1, NUM_LIMIT - 1},
		{NUM_LIMIT - 1, 10001, false, true, 0, INT64_C(899910008999100089)},
		{NUM_LIMIT - 1, NUM_LIMIT - 1, false, true, 0, 10000},
		{1 - NUM_LIMIT, NUM_LIMIT - 1, false, true, 0, -10000},
		{NUM_LIMIT - 1, 1, true, false, INT64_C(90000000000000), 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t a = cases[i].a, b = cases[i].b, out = 77;
		bool fits = num_product(a, b, &out);

		tap_ok(fits == cases[i].product_fits &&
			out == (fits ? cases[i].product : 77),
			"product %lld * %lld", (long long)a, (long long)b);
		out = 77;
		fits = num_quotient(a, b, &out);
		tap_ok(fits == cases[i].quotient_fits &&
			out == (fits ? cases[i].quotient : 77),
			"quotient %lld / %lld", (long long)a, (long long)b);
	}
	tap_ok(num_fits(NUM_LIMIT - 1) && num_fits(1 - NUM_LIMIT), "fits");
	tap_ok(!num_fits(NUM_LIMIT) && !num_fits(-NUM_LIMIT) &&
		!num_fits(wide(1, 0)), "does not fit");
}

/* What is written reads as what it was. */
static void
test_round_trip(void)
{
	uint64_t state = 1, wrong = 0;

	for (int i = 0; i < 100000; i++) {
		char text[NUM_SIZE];
		int64_t value, back;

		state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
		value = (int64_t)(state >> 1) % NUM_LIMIT >> state % 60;
		if (state >> 63)
			value = -value;
		wrong += num_read((struct slice){text, num_write(text, value)},
			&back) != NUM_OK || back != value;
		wrong += num_read((struct slice){text,
			num_write_money(text, value)}, &back) != NUM_OK ||
			back != value;
	}
	tap_ok(wrong == 0, "round trip");
}

static void
test_root(void)
{
	uint64_t state = 9, wrong = 0;

	tap_ok(num_root(0) == 0 && num_root(1) == 100 && num_root(4) == 200 &&
		num_root(20000) == 14142 && num_root(90000) == 30000, "root");
	for (int i = 0; i < 20000; i++) {
		int64_t value, root;
		num_wide square;

		state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
		value = (int64_t)(state >> 1) % NUM_LIMIT >> state % 60;
		root = num_root(value);
		square = (num_wide)value * NUM_ONE;
		/* (root - 1/2)^2 <= square <= (root + 1/2)^2, times 4 */
		wrong += 4 * square > (num_wide)(2 * root + 1) * (2 * root + 1);
		wrong += root > 0 &&
			4 * square < (num_wide)(2 * root - 1) * (2 * root - 1);
	}
	tap_ok(wrong == 0, "roots are the nearest");
}

static void
test_count(void)
{
	uint64_t n = 5;

	tap_ok(num_read_count(slice_of("0"), &n) && n == 0, "count: 0");
	tap_ok(num_read_count(slice_of("999999999999999999"), &n) &&
		n == UINT64_C(999999999999999999), "count: 18 digits");
	tap_ok(!num_read_count(slice_of("1000000000000000000"), &n) &&
		!num_read_count(slice_of(""), &n) &&
		!num_read_count(slice_of("1.5"), &n) &&
		!num_read_count(slice_of("-1"), &n) &&
		n == UINT64_C(999999999999999999), "count: what is none");
}

static void
check_rounded(void)
{
	static const struct {
		const char *text;
		enum num_status status;
		int64_t value;
	} cases[] = {
		{"0.123456", NUM_OK, 1235}, {"0.12345", NUM_OK, 1234},
		{"0.12355", NUM_OK, 1236}, {"-0.12355", NUM_OK, -1236},
		{"0.123450001", NUM_OK, 1235}, {"0.00005", NUM_OK, 0},
		{"0.99995", NUM_OK, 10000}, {"1.5", NUM_OK, 15000},
		{"0.12345x", NUM_SYNTAX, 0}, {"x", NUM_SYNTAX, 0},
		{"89999999999999.99994", NUM_OK, NUM_LIMIT - 1},
		{"89999999999999.99995", NUM_RANGE, 0},
		{"-89999999999999.99995", NUM_RANGE, 0},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t value = 77;
		int64_t want = cases[i].status == NUM_OK ? cases[i].value : 77;
		enum num_status status = num_read_rounded(
			slice_of(cases[i].text), &value);

		tap_ok(status == cases[i].status && value == want,
			"rounded: %s", cases[i].text);
	}
}

int
main(void)
{
	test_root();
	test_count();
	test_read();
	test_why();
	test_read_wide();
	test_write();
	test_divide();
	test_product();
	test_round_trip();
	check_rounded();
	return tap_done();
}
