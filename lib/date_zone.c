#include "date.h"

#include <stdlib.h>
#include <time.h>

#define NO_OFFSET INT32_MAX

/* Seconds from a UNIX time to the wall clock. */
static int32_t
ask_offset(int64_t utc)
{
	time_t instant = (time_t)utc;
	struct tm tm;
	struct date_civil c = {0};
	int64_t t;

	if (!localtime_r(&instant, &tm))
		return NO_OFFSET;
	c.year = tm.tm_year + 1900;
	c.month = tm.tm_mon + 1;
	c.day = tm.tm_mday;
	c.hour = tm.tm_hour;
	c.minute = tm.tm_min;
	if (!date_make(&c, &t))
		return NO_OFFSET;
	/* Apart, for zones with leap seconds have a 60. */
	return (int32_t)(t + tm.tm_sec - utc);
}

int64_t
date_local(int64_t utc)
{
	/* localtime_r takes a lock and some 200 ns. Days of UTC whose first and
	 * last second have the same offset are remembered; no zone ever left an
	 * offset and came back to it within a day. */
	static _Thread_local struct {
		int32_t key; /* 0: free */
		int32_t offset;
	} cache[1024];
	static _Thread_local bool ready;
	int64_t beyond = utc < 0 ? INT64_MIN : INT64_MAX, day;
	int32_t key, offset;
	size_t slot;

	/* No wall clock is two days from UTC. */
	if (!date_valid(utc < 0 ? utc + 2 * DATE_DAY : utc - 2 * DATE_DAY))
		return beyond;
	if (!ready) {
		tzset();
		ready = true;
	}
	day = date_midnight(utc) / DATE_DAY;
	key = (int32_t)day * 2 + 1;
	slot = (size_t)(day & 1023);
	if (cache[slot].key == key)
		return utc + cache[slot].offset;
	offset = ask_offset(utc);
	if (offset == NO_OFFSET)
		return beyond;
	if (ask_offset(day * DATE_DAY) == offset &&
		ask_offset(day * DATE_DAY + DATE_DAY - 1) == offset) {
		cache[slot].key = key;
		cache[slot].offset = offset;
	}
	return utc + offset;
}

/* A UNIX time in decimal digits. */
static bool
read_epoch(const char *text, int64_t *out)
{
	int64_t utc = 0;

	for (const char *p = text; *p || p == text; p++) {
		if (*p < '0' || *p > '9')
			return false;
		utc = utc * 10 + (*p - '0');
		if (!date_valid(utc))
			return false;
	}
	*out = date_local(utc);
	return date_valid(*out);
}

static bool
read_as_of(const char *text, int64_t *out)
{
	struct slice s = slice_of(text);
	bool now = slice_is(s, "now"), yesterday = slice_is(s, "yesterday");

	if (!now && !yesterday && !slice_is(s, "today"))
		return date_read(s, out) == DATE_OK;
	*out = date_local((int64_t)time(NULL));
	if (!now)
		*out = date_midnight(*out);
	if (yesterday)
		*out -= DATE_DAY;
	return true;
}

bool
date_as_of(const char *text, int64_t *out, const char **from,
	const char **wrong)
{
	*from = "--as-of";
	*wrong = text;
	if (text)
		return read_as_of(text, out);
	*from = "CRM_AS_OF";
	*wrong = text = getenv(*from);
	if (text && *text)
		return read_as_of(text, out);
	*from = "SOURCE_DATE_EPOCH";
	*wrong = text = getenv(*from);
	if (text && *text)
		return read_epoch(text, out);
	return read_as_of("now", out);
}
