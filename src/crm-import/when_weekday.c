#include "when_reader.h"

enum { DAYS = 7 };

static int
take_english(struct when_reader *r)
{
	static const char *const names[DAYS][3] = {
		{"monday", "mon", "mon"}, {"tuesday", "tues", "tue"},
		{"wednesday", "weds", "wed"}, {"thursday", "thurs", "thu"},
		{"friday", "fri", "fri"}, {"saturday", "sat", "sat"},
		{"sunday", "sun", "sun"},
	};
	const char *start = r->p;

	for (int i = 0; i < DAYS; i++)
		for (int k = 0; k < 3; k++) {
			if (when_take_any_case(r, names[i][k]) &&
				(r->p == r->end || strchr(" ,.)", *r->p)))
				return i + 1;
			r->p = start;
		}
	return 0;
}

/* 星期, 周 or 礼拜, and 一 to 六, 日 or 天 */
static int
take_chinese(struct when_reader *r)
{
	static const char *const days[] = {
		"\xe4\xb8\x80", "\xe4\xba\x8c", "\xe4\xb8\x89", "\xe5\x9b\x9b",
		"\xe4\xba\x94", "\xe5\x85\xad", "\xe6\x97\xa5", "\xe5\xa4\xa9",
	};
	const char *start = r->p;

	if (!when_take(r, "\xe6\x98\x9f\xe6\x9c\x9f") &&
		!when_take(r, "\xe5\x91\xa8") &&
		!when_take(r, "\xe7\xa4\xbc\xe6\x8b\x9c"))
		return 0;
	for (int i = 0; i <= DAYS; i++)
		if (when_take(r, days[i]))
			return i < DAYS ? i + 1 : DAYS;
	r->p = start;
	return 0;
}

int
when_weekday(struct when_reader *r)
{
	const char *start = r->p;
	bool bracket;
	int day;

	when_skip_blanks(r);
	bracket = when_take(r, "(");
	day = when_at_digit(r) ? 0 : take_chinese(r);
	if (day == 0 && !when_at_digit(r))
		day = take_english(r);
	if (day > 0 && bracket && !when_take(r, ")"))
		day = 0;
	if (day == 0)
		r->p = start;
	else
		while (r->p < r->end && strchr(" ,.", *r->p))
			r->p++;
	return day;
}
