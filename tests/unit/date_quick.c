/* The quick ways to read a time say what date_read says. */
#include "date_days.h"

#include <string.h>

#include "tap.h"

static uint64_t state = 88172645463325252u;

static unsigned
pick(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state % n);
}

/* Times, and what is nearly one. */
static size_t
make_text(char *text)
{
	static const char *const forms[] = {"%04u-%02u-%02uT%02u:%02u:%02u",
		"%04u-%02u-%02u %02u:%02u:%02u", "%04u-%02u-%02uT%02u:%02u",
		"%04u-%02u-%02u", "%04u-%02u-%02uT%02u:%02u+08",
		"%04u-%02u-%02uT%02u:%02u:%02uZ"};
	size_t n = (size_t)snprintf(text, 64, forms[pick(4) ? 0 : pick(6)],
		pick(50) ? 2024 + pick(3) : pick(2), pick(14), pick(33),
		pick(26), pick(62), pick(62));

	if (pick(8) == 0)
		text[pick((unsigned)n)] = "-T:0 9x\0"[pick(8)];
	return n;
}

int
main(void)
{
	struct date_days days = {0};
	bool quick = true, check = true, at = true;
	char text[64] = "";

	for (int i = 0; i < 400000; i++) {
		struct slice s = {text, pick(3) ? make_text(text)
			: strnlen(text, sizeof(text))};
		int64_t a = 0, b = 0;
		enum date_status status = date_read(s, &a);

		quick &= date_days_read(&days, s, &b) == status;
		check &= date_check(s) == status;
		at &= status != DATE_OK || a == b;
	}
	tap_ok(quick, "date_days_read: what is a time");
	tap_ok(at, "date_days_read: which time it is");
	tap_ok(check, "date_check");
	return tap_done();
}
