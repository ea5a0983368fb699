#include "date_days.h"

enum date_status
date_days_anew(struct date_days_one *day, struct slice s, int64_t *out)
{
	enum date_status status = date_read(s, out);

	/* 08:30+00 in place of 08:30:00 may be a time of another day here */
	if (status == DATE_OK && s.p[16] == ':') {
		memcpy(day->text, s.p, sizeof day->text);
		day->midnight = date_midnight(*out);
	}
	return status;
}
