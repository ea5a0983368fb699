#include "date_days.h"

#include <string.h>

/* Whether eight bytes are of the form 08:30:00, of digits. */
static inline bool
is_clock(const char *p)
{
	static const char form[8] = {'0', '0', ':', '0', '0', ':', '0', '0'};
	static const unsigned char more[8] = {9, 9, 0, 9, 9, 0, 9, 9};
	const uint64_t tops = UINT64_C(0x8080808080808080);
	uint64_t bytes, want, most;

	memcpy(&bytes, p, sizeof bytes);
	memcpy(&want, form, sizeof want);
	memcpy(&most, more, sizeof most);
	bytes ^= want;
	return (((bytes + (~tops - most)) | bytes) & tops) == 0;
}

static inline int
two(const char *p)
{
	return p[0] * 10 + p[1] - '0' * 11;
}

/* Where a day is remembered: by its number in the month. */
static inline struct date_days_one *
place(struct date_days *days, const char *text)
{
	return &days->day[((text[8] & 3) * 16 + (text[9] & 15)) % DATE_DAYS];
}

static inline bool
same_day(const struct date_days_one *day, const char *text)
{
	uint64_t a, b;
	uint16_t c, d;

	memcpy(&a, day->text, sizeof a);
	memcpy(&b, text, sizeof b);
	memcpy(&c, day->text + 8, sizeof c);
	memcpy(&d, text + 8, sizeof d);
	return a == b && c == d;
}

enum date_status
date_days_read(struct date_days *days, struct slice s, int64_t *out)
{
	const char *p = s.p;
	struct date_days_one *day;
	enum date_status status;
	int hour, minute, second;

	if (s.n != DATE_WRITTEN)
		return date_read(s, out);
	day = place(days, p);
	if (same_day(day, p) && (p[10] == 'T' || p[10] == ' ') &&
		is_clock(p + 11)) {
		hour = two(p + 11);
		minute = two(p + 14);
		second = two(p + 17);
		if (hour < 24 && minute < 60 && second < 60) {
			*out = day->midnight + hour * DATE_HOUR +
				minute * DATE_MINUTE + second;
			return DATE_OK;
		}
	}
	status = date_read(s, out);
	if (status == DATE_OK) {
		memcpy(day->text, p, sizeof day->text);
		day->midnight = date_midnight(*out);
	}
	return status;
}
