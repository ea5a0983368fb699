#include "period.h"

#include "date.h"
#include "msg.h"

#define FULL 19 /* bytes of 2026-11-21T08:30:00 */

static int64_t
read_option(const char *name, const char *text)
{
	char shown[100];
	int64_t t;
	enum date_status status = date_read(slice_of(text), &t);

	if (status != DATE_OK)
		msg_usage("--%s: %s: %s", name, date_why(status),
			msg_quote(shown, sizeof shown, slice_of(text)));
	return t;
}

void
period_open(struct period *p, const char *since, const char *until,
	int64_t as_of)
{
	*p = (struct period){.from = INT64_MIN, .to = as_of};
	if (since) {
		p->since = true;
		p->from = read_option("since", since);
	}
	if (until) {
		int64_t t = read_option("until", until);

		if (strlen(until) == strlen("2026-11-21"))
			t += DATE_DAY - 1;
		p->until = true;
		p->to = t < as_of ? t : as_of;
	}
}

/* Two digits below a limit, or -1. */
static int
two(const char *p, int limit)
{
	unsigned tens = (unsigned char)p[0] - '0', ones = (unsigned char)p[1] - '0';

	if (tens > 9 || ones > 9 || (int)(tens * 10 + ones) >= limit)
		return -1;
	return (int)(tens * 10 + ones);
}

/* Seconds since midnight of a time of the day that was read last, or -1. */
static int64_t
same_day(const struct period_day *day, struct slice field)
{
	int hour, minute, second;

	if (field.n != FULL || memcmp(field.p, day->text, sizeof day->text) != 0
		|| field.p[13] != ':' || field.p[16] != ':' ||
		(field.p[10] != 'T' && field.p[10] != ' '))
		return -1;
	hour = two(field.p + 11, 24);
	minute = two(field.p + 14, 60);
	second = two(field.p + 17, 60);
	if (hour < 0 || minute < 0 || second < 0)
		return -1;
	return hour * DATE_HOUR + minute * DATE_MINUTE + second;
}

enum period_status
period_check(const struct period *p, struct period_day *day,
	struct slice field)
{
	int64_t t = same_day(day, field);

	if (t >= 0) {
		t += day->midnight;
	} else if (date_read(field, &t) != DATE_OK) {
		return PERIOD_BAD;
	} else if (field.n == FULL) {
		memcpy(day->text, field.p, sizeof day->text);
		day->midnight = date_midnight(t);
	}
	return t >= p->from && t <= p->to ? PERIOD_IN : PERIOD_OUT;
}

const char *
period_why(struct slice field)
{
	enum date_status status;
	int64_t t;

	if (field.n == 0)
		return "missing";
	status = date_read(field, &t);
	return status == DATE_OK ? NULL : date_why(status);
}
