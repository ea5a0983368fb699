#ifndef DATE_DAYS_H
#define DATE_DAYS_H

#include "date.h"

/**
 * date_days: reads times much faster where the same days come again and again,
 * as in tickets: a day that was read is remembered. Starts from all zero; one
 * for each thread.
 */
enum { DATE_DAYS = 64 };

struct date_days {
	struct date_days_one {
		char text[DATE_WRITTEN_DAY];
		int64_t midnight;
	} day[DATE_DAYS];
};

/** date_days_read(days, s, out): as date_read. */
enum date_status date_days_read(struct date_days *days, struct slice s,
	int64_t *out);

#endif
