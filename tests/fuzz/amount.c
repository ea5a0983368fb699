/* Amounts as people write them: what is written reads as the same, plain
 * decimals are what num reads, and nothing is set where there is no number. */
#include "src/crm-import/amount.h"

#include "fuzz.h"

const char *const fuzz_seeds[] = {
	"1,234.50", "(1 234 567.8900)", "RMB -12.", "12-", "+.5",
	"\xc2\xa5" "1'000.0001", "89999999999999.9999", "HK$5", "US$ 5",
	"3.5\xe4\xb8\x87\xe5\x85\x83", "9000000000\xe4\xb8\x87",
	NULL
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const int64_t unset = INT64_MIN;
	struct slice s = fuzz_text(data, size);
	int64_t value = unset, again;
	enum num_status status = amount_read(s, &value);
	char text[2 + NUM_SIZE] = "\xc2\xa5";

	if (num_read(s, &again) == NUM_OK)
		assert(status == NUM_OK && value == again);
	if (status != NUM_OK) {
		assert(value == unset);
		return 0;
	}
	assert(num_fits(value));
	s = (struct slice){text + 2, num_write_money(text + 2, value)};
	assert(num_read(s, &again) == NUM_OK && again == value);
	assert(amount_read(s, &again) == NUM_OK && again == value);
	s = (struct slice){text, s.n + 2};
	assert(amount_read(s, &again) == NUM_OK && again == value);
	return 0;
}
