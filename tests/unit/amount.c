/* A part of a tool, not of the library: it is compiled in. */
#include "src/crm-import/amount.c"

#include "tap.h"

static const struct {
	const char *text;
	enum num_status status;
	int64_t value;
} cases[] = {
	{"12", NUM_OK, 120000},
	{"1,234.50", NUM_OK, 12345000},
	{"(12)", NUM_OK, -120000},
	{"3.5" WAN, NUM_OK, 350000000},
	{"8999999999" WAN, NUM_OK, INT64_C(8999999999) * 10000 * NUM_ONE},
	{"9000000000" WAN, NUM_RANGE, 0},
	{"-9000000000" WAN, NUM_RANGE, 0},
	{"90,000,000,000,000", NUM_RANGE, 0},
	{"1.00001", NUM_DECIMALS, 0},
	{"12,34", NUM_SYNTAX, 0},
	{"1.x", NUM_SYNTAX, 0},
	{"", NUM_SYNTAX, 0},
};

int
main(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t value = 77;
		int64_t want = cases[i].status == NUM_OK ? cases[i].value : 77;
		enum num_status status = amount_read(slice_of(cases[i].text),
			&value);

		tap_ok(status == cases[i].status && value == want,
			"\"%s\", set only where it is one", cases[i].text);
	}
	return tap_done();
}
