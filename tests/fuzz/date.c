/* Times: what is written reads as the same, all ways of reading agree, and the
 * calendar is the same in both directions. */
#include "date.h"

#include <string.h>

#include "date_days.h"
#include "fuzz.h"

const char *const fuzz_seeds[] = {
	"2026-11-21\n2026-11-21T08:30\n2026-11-21 08:30:00\n",
	"2026-11-21T08:30Z\n2026-11-21T08:30:00+08:00\n2026-11-21T08:30-0530\n",
	"--02-29\n2024-02-29\n2025-02-29\n0001-01-01\n9999-12-31T23:59:59\n",
	"2026-11-21T08:30:00\n2026-11-21T24:30:00\n2026-11-21T08:30+00\n",
	"0001-01-01T00:00Z\n9999-12-31T23:59:59-12:00\n2026-03-08T02:30:00\n",
	NULL
};

static void
check_days(int64_t t)
{
	struct date_civil c;
	int64_t again;

	assert(date_valid(t));
	date_split(t, &c);
	assert(date_make(&c, &again) && again == t);
	assert(date_midnight(t) <= t && t - date_midnight(t) < DATE_DAY);
	assert(date_weekday(t) == (date_midnight(t) / DATE_DAY % 7 + 10) % 7 + 1);
}

static void
check_written(int64_t t)
{
	char text[DATE_SIZE];
	struct date_civil day;
	int64_t again;

	assert(date_write(text, t) == DATE_WRITTEN);
	assert(date_read((struct slice){text, DATE_WRITTEN}, &again) == DATE_OK
		&& again == t);
	assert(date_write_day(text, t) == DATE_WRITTEN_DAY);
	assert(date_read((struct slice){text, DATE_WRITTEN_DAY}, &again) ==
		DATE_OK && again == date_midnight(t));
	assert(date_read_day((struct slice){text, DATE_WRITTEN_DAY}, &day) ==
		DATE_OK && date_make(&day, &again) &&
		again == date_midnight(t));
}

static void
check_line(struct date_days *days, struct slice s)
{
	const int64_t unset = INT64_MIN;
	int64_t t = unset, other = unset;
	struct date_civil day;
	enum date_status status = date_read(s, &t);

	assert(date_check(s) == status);
	assert(date_days_read(days, s, &other) == status && t == other);
	if (status != DATE_OK) {
		assert(t == unset);
	} else {
		check_days(t);
		check_written(t);
	}
	if (date_read_day(s, &day) == DATE_OK && day.year != 0)
		assert(date_make(&day, &other) && status == DATE_OK &&
			other == t);
}

static void
check_months(int64_t t, int64_t n)
{
	struct date_civil c, to;
	int64_t out, next;

	date_split(t, &c);
	if (!date_add_months(t, n, &out)) {
		assert((c.year - 1) * 12 + c.month - 1 + n < 0 ||
			(c.year - 1) * 12 + c.month - 1 + n >= 9999 * 12);
		return;
	}
	check_days(out);
	date_split(out, &to);
	assert((to.year - c.year) * 12 + to.month - c.month == n);
	assert(out - date_midnight(out) == t - date_midnight(t));
	if (to.day == c.day)
		return;
	date_split(out + DATE_DAY, &to);
	assert(to.day == 1);
	assert(date_add_months(out, -n, &next) && next < t);
}

static void
check_return(int64_t born, int64_t from)
{
	struct date_civil day, to;
	int64_t out;

	date_split(born, &day);
	if (!date_anniversary(&day, from, &out)) {
		assert(!date_valid(from + 366 * DATE_DAY));
		return;
	}
	date_split(out, &to);
	assert(date_midnight(from) <= out &&
		out <= date_midnight(from) + 366 * DATE_DAY &&
		out == date_midnight(out));
	assert(to.month == day.month && (to.day == day.day ||
		(day.month == 2 && day.day == 29 && to.day == 28)));
}

/* Any eight bytes as a time. */
static int64_t
any_time(const uint8_t *data)
{
	const struct date_civil first = {.year = 1, .month = 1, .day = 1};
	const uint64_t days = 3652059;
	uint64_t bytes;
	int64_t t;

	memcpy(&bytes, data, sizeof bytes);
	assert(date_make(&first, &t));
	t += (int64_t)(bytes % (days * (uint64_t)DATE_DAY));
	return t;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = fuzz_text(data, size);
	struct date_days days = {0};
	int64_t n;

	while (rest.n > 0) {
		const char *lf = memchr(rest.p, '\n', rest.n);
		size_t line = lf ? (size_t)(lf - rest.p) : rest.n;

		check_line(&days, (struct slice){rest.p, line});
		rest.p += line + (lf != NULL);
		rest.n -= line + (lf != NULL);
	}
	if (size < 16)
		return 0;
	memcpy(&n, data + 8, sizeof n);
	check_days(any_time(data));
	check_written(any_time(data));
	check_months(any_time(data), n % 120000);
	check_return(any_time(data), any_time(data + 8));
	return 0;
}
