#include "date.h"

#include "date_month.h"

static int64_t
floored(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

bool
date_add_months(int64_t t, int64_t n, int64_t *out)
{
	const int64_t most = INT64_C(12) * 9999;
	struct date_civil c;
	int64_t month;
	int length;

	date_split(t, &c);
	if (n < -most || n > most)
		return false;
	month = c.year * INT64_C(12) + c.month - 1 + n;
	c.year = (int)floored(month, 12);
	c.month = (int)(month - c.year * INT64_C(12)) + 1;
	if (c.year < 1 || c.year > 9999)
		return false;
	length = date_month_length(c.year, c.month);
	if (c.day > length)
		c.day = length;
	return date_make(&c, out);
}

static int
day_in_year(const struct date_civil *day, int year)
{
	return day->month == 2 && day->day == 29 && !date_leap(year) ? 28
		: day->day;
}

bool
date_return(const struct date_civil *day, const struct date_civil *from,
	int64_t *out)
{
	struct date_civil c = {.month = day->month, .year = from->year};

	c.day = day_in_year(day, c.year);
	if (c.month < from->month ||
		(c.month == from->month && c.day < from->day))
		c.day = day_in_year(day, ++c.year);
	return date_make(&c, out);
}

bool
date_anniversary(const struct date_civil *day, int64_t from, int64_t *out)
{
	struct date_civil now;

	date_split(from, &now);
	return date_return(day, &now, out);
}
