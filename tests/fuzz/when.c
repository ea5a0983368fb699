/* Dates as people write them: what was read is written as a time that reads as
 * the same, and whatever date reads is read as the same. */
#include "src/crm-import/when.h"

#include <string.h>

#include "fuzz.h"

/* The first byte: whether numbers of days are read. */
const char *const fuzz_seeds[] = {
	"02026/1/5 8:30 PM", "02026-11-21T08:30:00.5+08:00", "020260105083000",
	"02026\xe5\xb9\xb4" "1\xe6\x9c\x88" "5\xe6\x97\xa5 "
		"\xe4\xb8\x8b\xe5\x8d\x88" "3\xe6\x97\xb6" "20\xe5\x88\x86",
	"01/5/26", "05.1.2026 08:30", "05-Jan-26 a.m. 8:30", "0Jan 5, 2026",
	"0--02-29", "01\xe6\x9c\x88" "5\xe6\x97\xa5", "146027.354166",
	"1 60.5", "02026-11-21 08:30Z", "09999-12-31T23:59:59-12:00",
	NULL
};

static bool
same(const struct date_civil *a, const struct date_civil *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day &&
		a->hour == b->hour && a->minute == b->minute &&
		a->second == b->second;
}

static void
check_month_day(const struct date_civil *c, bool excel)
{
	char text[] = "--00-00";
	struct date_civil plain;
	struct when again;

	text[2] = (char)('0' + c->month / 10);
	text[3] = (char)('0' + c->month % 10);
	text[5] = (char)('0' + c->day / 10);
	text[6] = (char)('0' + c->day % 10);
	assert(when_read(slice_of(text), excel, &again) == DATE_OK);
	assert(date_read_day(slice_of(text), &plain) == DATE_OK);
	assert(same(&again.civil, &plain) && plain.year == 0 &&
		plain.month == c->month && plain.day == c->day);
}

static void
check_closed(const struct when *w, bool excel)
{
	char text[DATE_SIZE];
	struct slice s = {text, 0};
	struct when again;
	int64_t t, plain;

	if (w->civil.year == 0) {
		check_month_day(&w->civil, excel);
		return;
	}
	assert(date_make(&w->civil, &t));
	if (!w->timed)
		assert(t == date_midnight(t));
	s.n = w->timed ? date_write(text, t) : date_write_day(text, t);
	assert(when_read(s, excel, &again) == DATE_OK);
	assert(same(&again.civil, &w->civil) && again.timed == w->timed &&
		!again.open && !again.zoned && !again.short_year);
	assert(date_read(s, &plain) == DATE_OK && plain == t);
}

static void
check_open(const struct when *w, bool excel)
{
	bool any = false;

	for (int order = WHEN_DMY; order <= WHEN_MDY; order++)
		if (when_fits(w, (enum when_order)order)) {
			struct when closed = *w;

			when_close(&closed, (enum when_order)order);
			assert(!closed.open);
			check_closed(&closed, excel);
			any = true;
		}
	assert(any);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool excel = size > 0 && data[0] % 2;
	struct slice s = fuzz_text(data + 1, size - 1);
	struct date_civil day;
	struct when w;
	enum date_status status;
	int64_t plain, t;

	if (size == 0)
		return 0;
	status = when_read(s, excel, &w);
	if (date_read(s, &plain) == DATE_OK)
		assert(status == DATE_OK && !w.open &&
			date_make(&w.civil, &t) && t == plain);
	if (date_read_day(s, &day) == DATE_OK)
		assert(status == DATE_OK && same(&w.civil, &day));
	if (status == DATE_OK && w.open)
		check_open(&w, excel);
	else if (status == DATE_OK)
		check_closed(&w, excel);
	return 0;
}
