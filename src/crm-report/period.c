#include "period.h"

#include "date.h"
#include "msg.h"

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

const char *
period_day(const char *text, int64_t as_of, char out[PERIOD_DAY])
{
	bool yesterday = text && strcmp(text, "yesterday") == 0;

	if (!yesterday && !(text && strcmp(text, "today") == 0))
		return text;
	out[date_write_day(out, as_of - (yesterday ? DATE_DAY : 0))] = '\0';
	return out;
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
		p->named = t;
		p->to = t < as_of ? t : as_of;
	}
	if (since && until && p->from > p->named)
		msg_usage("--since=%s is after --until=%s", since, until);
}

enum period_status
period_check(const struct period *p, struct date_days *days,
	struct slice field, int64_t *time)
{
	if (date_days_read(days, field, time) != DATE_OK)
		return PERIOD_BAD;
	return *time >= p->from && *time <= p->to ? PERIOD_IN : PERIOD_OUT;
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
