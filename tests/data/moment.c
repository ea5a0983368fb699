#include "moment.h"

int64_t
moment_seconds(unsigned year, unsigned month, unsigned day, unsigned hour,
	unsigned minute)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = y / 400, of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
		of_year - 719468;

	return days * MOMENT_DAY + hour * MOMENT_HOUR + minute * MOMENT_MINUTE;
}

struct moment
moment_split(int64_t seconds)
{
	int64_t days = seconds / MOMENT_DAY + 719468;
	unsigned of_day = (unsigned)(seconds % MOMENT_DAY);
	unsigned of_era = (unsigned)(days % 146097);
	unsigned year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	unsigned of_year = of_era - (365 * year + year / 4 - year / 100);
	unsigned month = (5 * of_year + 2) / 153;
	struct moment m = {
		.day = of_year - (153 * month + 2) / 5 + 1,
		.month = month < 10 ? month + 3 : month - 9,
		.hour = of_day / MOMENT_HOUR,
		.minute = of_day / MOMENT_MINUTE % 60,
		.second = of_day % 60,
	};

	m.year = year + (unsigned)(days / 146097) * 400 + (m.month <= 2);
	return m;
}

char *
moment_digits(char *p, uint64_t n, unsigned width)
{
	for (unsigned i = width; i-- > 0; n /= 10)
		p[i] = (char)('0' + n % 10);
	return p + width;
}

char *
moment_write(char *p, int64_t seconds, char between)
{
	struct moment m = moment_split(seconds);

	p = moment_digits(p, m.year, 4);
	*p++ = '-';
	p = moment_digits(p, m.month, 2);
	*p++ = '-';
	p = moment_digits(p, m.day, 2);
	*p++ = between;
	p = moment_digits(p, m.hour, 2);
	*p++ = ':';
	p = moment_digits(p, m.minute, 2);
	*p++ = ':';
	return moment_digits(p, m.second, 2);
}
