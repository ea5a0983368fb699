#ifndef DATE_MONTH_H
#define DATE_MONTH_H

#include <stdbool.h>

/**
 * date_month: how long months are. For date.c and date_year.c alone.
 */

static inline bool
date_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static inline int
date_month_length(int year, int month)
{
	static const int lengths[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};

	return month == 2 && date_leap(year) ? 29 : lengths[month - 1];
}

#endif
