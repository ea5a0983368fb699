#include "date.h"

#include "date_month.h"
#include "word.h"

#define DAY_FIRST INT64_C(-719162) /* 0001-01-01 */
#define DAY_LAST INT64_C(2932896)  /* 9999-12-31 */
#define MARCH_DAYS 306             /* from 0000-03-01 to 0001-01-01 */

#define TEXT_DAY 10                /* bytes of 2026-11-21 */
#define TEXT_MINUTE 16             /* bytes of 2026-11-21T08:30 */
#define TEXT_SECOND 19             /* bytes of 2026-11-21T08:30:00 */

/* Days since 1970-01-01. */
static int64_t
day_number(int year, int month, int day)
{
	/* Years from March on: the leap day is the last of its year. */
	unsigned late = month > 2;
	unsigned y = (unsigned)year - !late;
	unsigned march = (unsigned)month + (late ? 0 : 12) - 3;
	unsigned century = y / 100;
	unsigned days = y * 365 + y / 4 - century + century / 4 +
		(march * 153 + 2) / 5 + (unsigned)day - 1;

	return (int64_t)days - MARCH_DAYS + DAY_FIRST;
}

static int64_t
floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* What eight bytes must look like: each is want's plus 0 .. more's. */
struct form {
	char want[8];
	char more[8];
};

static const struct form year_month = {"0000-00-", {9, 9, 9, 9, 0, 9, 9, 0}};
static const struct form day_end = {"00-00-00", {9, 9, 0, 9, 9, 0, 9, 9}};
static const struct form day_clock = {"00T00:00", {9, 9, 0, 9, 9, 0, 9, 9}};
static const struct form day_blank = {"00 00:00", {9, 9, 0, 9, 9, 0, 9, 9}};
static const struct form clock_end = {"00:00:00", {9, 9, 0, 9, 9, 0, 9, 9}};

static inline bool
matches(const char *p, const struct form *form)
{
	const uint64_t tops = UINT64_C(0x8080808080808080);
	uint64_t bytes = word_load(p) ^ word_load(form->want);

	/* '0' ^ digit is the digit, and any byte ^ itself 0. The sum has the
	 * top bit of each byte that is more than it may be. */
	return (((bytes + (~tops - word_load(form->more))) | bytes) & tops) == 0;
}

static bool
is_digit(char c)
{
	return '0' <= c && c <= '9';
}

static int
two(const char *p)
{
	return p[0] * 10 + p[1] - '0' * 11;
}

static int
four(const char *p)
{
	return two(p) * 100 + two(p + 2);
}

static inline bool
real_day(int year, int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1 &&
		(day <= 28 || day <= date_month_length(year, month));
}

static inline bool
within(int n, int least, int most)
{
	return least <= n && n <= most;
}

bool
date_make(const struct date_civil *c, int64_t *out)
{
	if (!within(c->year, 1, 9999) || !real_day(c->year, c->month, c->day) ||
		!within(c->hour, 0, 23) || !within(c->minute, 0, 59) ||
		!within(c->second, 0, 59))
		return false;
	*out = day_number(c->year, c->month, c->day) * DATE_DAY +
		c->hour * DATE_HOUR + c->minute * DATE_MINUTE + c->second;
	return true;
}

/* +08:00, +0800, +08 or Z: seconds east of Greenwich. */
static enum date_status
read_offset(struct slice s, int64_t *east)
{
	int hour, minute = 0;
	size_t at = s.n == 6 ? 4 : 3;

	*east = 0;
	if (slice_is(s, "Z"))
		return DATE_OK;
	if ((s.n != 3 && s.n != 5 && s.n != 6) || (*s.p != '+' && *s.p != '-') ||
		!is_digit(s.p[1]) || !is_digit(s.p[2]))
		return DATE_SYNTAX;
	if (s.n > 3) {
		if ((s.n == 6 && s.p[3] != ':') || !is_digit(s.p[at]) ||
			!is_digit(s.p[at + 1]))
			return DATE_SYNTAX;
		minute = two(s.p + at);
	}
	hour = two(s.p + 1);
	if (hour > 23 || minute > 59)
		return DATE_NONE;
	*east = hour * DATE_HOUR + minute * DATE_MINUTE;
	if (*s.p == '-')
		*east = -*east;
	return DATE_OK;
}

/* The time of day of s, and how many bytes of s were read; 0: not one. */
static size_t
read_clock(struct slice s, struct date_civil *c)
{
	const char *p = s.p;

	if (s.n < TEXT_MINUTE ||
		!(matches(p + 8, &day_clock) || matches(p + 8, &day_blank)))
		return 0;
	c->hour = two(p + 11);
	c->minute = two(p + 14);
	if (s.n == TEXT_MINUTE || p[TEXT_MINUTE] != ':')
		return TEXT_MINUTE;
	if (s.n < TEXT_SECOND || !is_digit(p[17]) || !is_digit(p[18]))
		return 0;
	c->second = two(p + 17);
	return TEXT_SECOND;
}

/* The numbers of a time in the form that is written, 2026-11-21T08:30:00, or
 * with a blank for the T. */
struct written {
	int year, month, day, hour, minute, second;
};

/* Two digits beside each other as a number, in the place of the first: of all
 * pairs of eight digits at once. The first byte is the lowest. */
static inline uint64_t
pairs(const char *p, const struct form *form)
{
	uint64_t bytes = word_load(p) ^ word_load(form->want);

	return bytes * 10 + (bytes >> 8);
}

static inline int
pair(uint64_t of, unsigned place)
{
	return (int)(of >> 8 * place & 0xff);
}

/* False where it is not in that form. */
static inline bool
split_written(struct slice s, struct written *w)
{
	const struct form *day = &day_clock;
	uint64_t first, second, third;

	if (s.n != TEXT_SECOND)
		return false;
	if (s.p[TEXT_DAY] == ' ')
		day = &day_blank;
	if (!matches(s.p, &year_month) || !matches(s.p + 8, day) ||
		!matches(s.p + 11, &clock_end))
		return false;
	first = pairs(s.p, &year_month);
	second = pairs(s.p + 8, day);
	third = pairs(s.p + 11, &clock_end);
	*w = (struct written){pair(first, 0) * 100 + pair(first, 2),
		pair(first, 5), pair(second, 0), pair(second, 3),
		pair(second, 6), pair(third, 6)};
	return true;
}

static inline bool
real_clock(const struct written *w)
{
	return w->hour <= 23 && w->minute <= 59 && w->second <= 59;
}

static inline bool
real_written(const struct written *w)
{
	return w->year > 0 && real_clock(w) &&
		real_day(w->year, w->month, w->day);
}

static inline int64_t
clock_of(const struct written *w)
{
	return (w->hour * 60 + w->minute) * 60 + w->second;
}

enum date_status
date_check(struct slice s)
{
	struct written w;
	int64_t t;

	if (split_written(s, &w))
		return real_written(&w) ? DATE_OK : DATE_NONE;
	return date_read(s, &t);
}

enum date_status
date_read(struct slice s, int64_t *out)
{
	const char *p = s.p;
	struct date_civil c = {0};
	struct written w;
	enum date_status status = DATE_OK;
	size_t used = TEXT_DAY;
	int64_t t, east = 0;

	if (split_written(s, &w)) {
		if (!real_written(&w))
			return DATE_NONE;
		*out = day_number(w.year, w.month, w.day) * DATE_DAY +
			clock_of(&w);
		return DATE_OK;
	}
	if (s.n < TEXT_DAY || !matches(p, &year_month))
		return DATE_SYNTAX;
	if (s.n == TEXT_DAY) {
		if (!matches(p + 2, &day_end))
			return DATE_SYNTAX;
	} else {
		used = read_clock(s, &c);
		if (used == 0)
			return DATE_SYNTAX;
		if (used < s.n)
			status = read_offset(
				(struct slice){p + used, s.n - used}, &east);
		if (status != DATE_OK)
			return status;
	}
	c.year = four(p);
	c.month = two(p + 5);
	c.day = two(p + 8);
	if (!date_make(&c, &t))
		return DATE_NONE;
	if (used < s.n && !date_valid(t = date_local(t - east)))
		return DATE_NONE;
	*out = t;
	return DATE_OK;
}

enum date_status
date_read_day(struct slice s, struct date_civil *out)
{
	const char *p = s.p;
	struct date_civil c = {0};
	bool yearless = s.n == 7;

	if (yearless) {
		if (p[0] != '-' || p[1] != '-' || p[4] != '-' || !is_digit(p[2]) ||
			!is_digit(p[3]) || !is_digit(p[5]) || !is_digit(p[6]))
			return DATE_SYNTAX;
	} else {
		if (s.n != TEXT_DAY || !matches(p, &year_month) ||
			!matches(p + 2, &day_end))
			return DATE_SYNTAX;
		c.year = four(p);
	}
	c.month = two(p + s.n - 5);
	c.day = two(p + s.n - 2);
	/* Without a year 29 February is a day: 2000 was a leap year. */
	if ((!yearless && c.year == 0) ||
		!real_day(yearless ? 2000 : c.year, c.month, c.day))
		return DATE_NONE;
	*out = c;
	return DATE_OK;
}

const char *
date_why(enum date_status status)
{
	switch (status) {
	case DATE_OK: break;
	case DATE_SYNTAX: return "not a time";
	case DATE_NONE: return "no such time";
	}
	return "a time";
}

void
date_split(int64_t t, struct date_civil *out)
{
	int64_t number = floor_divide(t, DATE_DAY);
	int second = (int)(t - number * DATE_DAY);
	/* Days since 0000-03-01: the leap day then is the last of its year. */
	int64_t day = number - DAY_FIRST + MARCH_DAYS;
	int64_t era = floor_divide(day, 146097);
	int in_era = (int)(day - era * 146097);
	int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) /
		365;
	int in_year = in_era - (year * 365 + year / 4 - year / 100);
	int march = (in_year * 5 + 2) / 153; /* months since March */

	out->day = in_year - (march * 153 + 2) / 5 + 1;
	out->month = march < 10 ? march + 3 : march - 9;
	out->year = year + (int)era * 400 + (out->month <= 2);
	out->hour = second / 3600;
	out->minute = second / 60 % 60;
	out->second = second % 60;
}

int64_t
date_midnight(int64_t t)
{
	return floor_divide(t, DATE_DAY) * DATE_DAY;
}

int
date_weekday(int64_t t)
{
	int64_t day = floor_divide(t, DATE_DAY) + 3; /* 1970 began on Thursday */

	return (int)(day - floor_divide(day, 7) * 7) + 1;
}

bool
date_valid(int64_t t)
{
	return DAY_FIRST * DATE_DAY <= t && t < (DAY_LAST + 1) * DATE_DAY;
}
