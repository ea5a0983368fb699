/* Telephone numbers: a plus, digits, perhaps an extension; which reads as
 * itself. */
#include "phone.h"

#include <string.h>

#include "fuzz.h"

const char *const fuzz_seeds[] = {
	"138 1234 5678", "+86 0532-88939999-801", "(010) 88939999 ext. 12",
	"0532-88939999\xe8\xbd\xac" "801", "400-123-4567", "0044 20 7946 0958",
	"13812345678.0", "+8653288939999;ext=801", "8613812345678#1",
	NULL
};

static void
check_form(struct slice s)
{
	size_t digits = 0, i = 1;

	assert(s.n <= PHONE_SIZE && s.n > 0 && s.p[0] == '+');
	for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		digits++;
	assert(digits >= 8 && digits <= 15);
	if (i == s.n)
		return;
	assert(s.n - i > 5 && memcmp(s.p + i, ";ext=", 5) == 0);
	i += 5;
	assert(s.n - i <= 6);
	for (; i < s.n; i++)
		assert(s.p[i] >= '0' && s.p[i] <= '9');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char first[PHONE_SIZE], second[PHONE_SIZE];
	size_t n, again;

	if (!phone_read(fuzz_text(data, size), first, &n))
		return 0;
	check_form((struct slice){first, n});
	assert(phone_read((struct slice){first, n}, second, &again));
	assert(slice_equal((struct slice){first, n},
		(struct slice){second, again}));
	return 0;
}
