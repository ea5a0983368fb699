#include "date_days.h"

#include "tap.h"

/* What date_read says, date_days_read says: for every text, with a memory of
 * any days. */
static const char *const texts[] = {
	"2026-11-21T08:30:00", "2026-11-21 08:30:00", "2026-11-21x08:30:00",
	"2026-11-21T23:59:59", "2026-11-21T24:00:00", "2026-11-21T08:60:00",
	"2026-11-21T08:30:60", "2026-11-21T08-30:00", "2026-11-21T08:3a:00",
	"2026-11-21T08:30:0/", "2026-11-21T:8:30:00", "2026-11-21",
	"2026-11-21T08:30", "2026-11-21T08:30:00Z", "2026-10-21T08:30:00",
	"2025-11-21T08:30:00", "2026-11-31T08:30:00", "2026-02-29T08:30:00",
	"2024-02-29T08:30:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59",
	"0000-01-01T00:00:00", "2026-11-2\xff""T08:30:00", "", "soon",
	"\xff\xff\xff\xff-\xff\xff-\xff\xff""T\xff\xff:\xff\xff:\xff\xff",
};

enum { TEXTS = sizeof(texts) / sizeof(*texts) };

static bool
agree(struct date_days *days, struct slice s)
{
	int64_t a = 7, b = 7;

	return date_read(s, &a) == date_days_read(days, s, &b) && a == b;
}

int
main(void)
{
	struct date_days days = {0};
	char text[DATE_SIZE];
	size_t wrong = 0;

	for (size_t i = 0; i < TEXTS; i++) {
		for (size_t k = 0; k < TEXTS; k++)
			wrong += !agree(&days, slice_of(texts[k]));
		tap_ok(agree(&days, slice_of(texts[i])) && wrong == 0,
			"%zu: among others", i);
	}
	tap_ok(agree(&(struct date_days){0}, (struct slice){
		"\0\0\0\0\0\0\0\0\0\0T08:30:00", DATE_WRITTEN}),
		"what is empty is no day");
	wrong = 0;
	for (int64_t t = -(INT64_C(1) << 35); t < INT64_C(1) << 35;
		t += DATE_DAY * 3 + 12345)
		for (int again = 0; again < 2; again++)
			wrong += !agree(&days, (struct slice){text,
				date_write(text, t)});
	tap_ok(wrong == 0, "days of many years");
	return tap_done();
}
