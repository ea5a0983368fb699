#include "calendar_file.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "msg.h"
#include "rules.h"
#include "text.h"

#include "lib/calendar_cn2023.tsv.h"
#include "lib/calendar_cn2024.tsv.h"
#include "lib/calendar_cn2025.tsv.h"
#include "lib/calendar_cn2026.tsv.h"
#include "lib/calendar_week.tsv.h"

static const struct set {
	const char *name;
	const unsigned char *text;
	size_t size;
} sets[] = {
	{"@week", calendar_week_tsv, sizeof(calendar_week_tsv)},
	{"@cn2023", calendar_cn2023_tsv, sizeof(calendar_cn2023_tsv)},
	{"@cn2024", calendar_cn2024_tsv, sizeof(calendar_cn2024_tsv)},
	{"@cn2025", calendar_cn2025_tsv, sizeof(calendar_cn2025_tsv)},
	{"@cn2026", calendar_cn2026_tsv, sizeof(calendar_cn2026_tsv)},
};

enum { SET_COUNT = sizeof(sets) / sizeof(sets[0]) };

static struct rules *
open_set(const struct set *set)
{
	return rules_built_in(set->name,
		(struct slice){(const char *)set->text, set->size});
}

static _Noreturn void
refuse_name(const char *path)
{
	msg_die("no built-in calendar \"%s\"; there are @week, @cn2023 to "
		"@cn2026, and @cn for all of these years; a file knows others",
		path);
}

/* "8:30" or "08:30" as seconds of the day; false where it is no such time. */
static bool
read_clock(struct slice s, int64_t *out)
{
	int64_t parts[2] = {0, 0};
	size_t part = 0, digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ':') {
			if (part || !digits)
				return false;
			part = 1;
			digits = 0;
		} else if (s.p[i] >= '0' && s.p[i] <= '9' && digits < 2) {
			parts[part] = parts[part] * 10 + (s.p[i] - '0');
			digits++;
		} else {
			return false;
		}
	}
	if (!part || digits != 2 || parts[1] > 59)
		return false;
	*out = parts[0] * DATE_HOUR + parts[1] * DATE_MINUTE;
	return *out <= DATE_DAY;
}

/* What is wrong with a window, or null. */
static const char *
read_window(struct slice s, struct calendar_span *window)
{
	const char *dash = s.n ? memchr(s.p, '-', s.n) : NULL;
	struct slice from, to;

	if (!dash)
		return "not a list of windows like 08:30-12:00,13:30-17:30";
	from = text_trim((struct slice){s.p, (size_t)(dash - s.p)});
	to = text_trim((struct slice){dash + 1,
		(size_t)(s.p + s.n - (dash + 1))});
	if (!read_clock(from, &window->from) || !read_clock(to, &window->to))
		return "not a list of windows like 08:30-12:00,13:30-17:30";
	if (window->from == DATE_DAY)
		return "24:00 may only end a window";
	if (window->to < window->from)
		return "a window over midnight: write it as two days, "
			"e.g. 22:00-24:00 and 00:00-06:00";
	if (window->to == window->from)
		return "a window without length";
	return NULL;
}

static struct calendar_span *
add_window(struct calendar *c)
{
	if (c->window_count == c->window_room) {
		c->window_room = c->window_room ? 2 * c->window_room : 32;
		c->windows = mem_resize(c->windows, c->window_room,
			sizeof(*c->windows));
	}
	return &c->windows[c->window_count++];
}

/* What is wrong with the hours, or null. */
static const char *
read_hours(struct calendar *c, struct slice hours, struct calendar_day *day)
{
	day->first = c->window_count;
	while (hours.n) {
		const char *comma = memchr(hours.p, ',', hours.n);
		size_t n = comma ? (size_t)(comma - hours.p) : hours.n;
		const char *why = read_window((struct slice){hours.p, n},
			add_window(c));

		if (why)
			return why;
		hours.p += n + (comma != NULL);
		hours.n -= n + (comma != NULL);
		if (comma && !hours.n)
			return "ends in a comma";
	}
	day->count = calendar_unite(c->windows + day->first,
		c->window_count - day->first);
	c->window_count = day->first + day->count;
	return NULL;
}

/* Monday 0 .. Sunday 6, or -1. */
static int
read_weekday(struct slice s)
{
	static const char names[] = "montuewedthufrisatsun";
	char low[3];

	if (s.n != 3)
		return -1;
	for (size_t i = 0; i < 3; i++)
		low[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z'
			? s.p[i] - 'A' + 'a' : s.p[i]);
	for (int i = 0; i < 7; i++)
		if (memcmp(low, names + 3 * i, 3) == 0)
			return i;
	return -1;
}

static void
add_day(struct calendar *c, const struct calendar_day *day)
{
	if (c->day_count == c->day_room) {
		c->day_room = c->day_room ? 2 * c->day_room : 64;
		c->days = mem_resize(c->days, c->day_room, sizeof(*c->days));
	}
	c->days[c->day_count++] = *day;
}

static void
refuse_twice(const struct calendar *c, const struct rules *r, size_t i,
	size_t column, int64_t date)
{
	for (size_t k = 0; k < c->day_count; k++)
		if (c->days[k].date == date)
			rules_die(r, i, column, "stands twice");
}

static void
read_record(struct calendar *c, const struct rules *r, size_t i,
	unsigned *named)
{
	size_t date_column = rules_need(r, "date");
	size_t hours_column = rules_need(r, "hours");
	struct slice date = rules_cell(r, i, date_column);
	struct calendar_day day = {0};
	int weekday = read_weekday(date);
	const char *why = read_hours(c, rules_cell(r, i, hours_column), &day);

	if (why)
		rules_die(r, i, hours_column, why);
	if (weekday >= 0) {
		if (*named & 1u << weekday)
			rules_die(r, i, date_column, "stands twice");
		*named |= 1u << weekday;
		c->week[weekday] = day;
		return;
	}
	if (date.n != 10 || date_read(date, &day.date) != DATE_OK)
		rules_die(r, i, date_column, date.n
			? "not a date, nor one of mon tue wed thu fri sat sun"
			: "missing");
	refuse_twice(c, r, i, date_column, day.date);
	add_day(c, &day);
}

static int
compare_days(const void *a, const void *b)
{
	const struct calendar_day *x = a, *y = b;

	return (x->date > y->date) - (x->date < y->date);
}

/* Reads the records; returns which weekdays they named. */
static unsigned
read_rules(struct calendar *c, struct rules *r)
{
	unsigned named = 0;

	rules_need(r, "date");
	rules_need(r, "hours");
	for (size_t i = 0; i < r->count; i++)
		read_record(c, r, i, &named);
	rules_close(r);
	return named;
}

/* "@cn2026" is one year, "@cn" all years whose names begin so. Returns which
 * weekdays they named. */
static unsigned
read_sets(struct calendar *c, const char *path)
{
	bool all = strcmp(path, "@cn") == 0, any = false;
	unsigned named = 0;

	for (size_t i = 0; i < SET_COUNT; i++) {
		if (all ? strncmp(sets[i].name, path, strlen(path)) != 0
			: strcmp(sets[i].name, path) != 0)
			continue;
		named |= read_rules(c, open_set(&sets[i]));
		any = true;
	}
	if (!any)
		refuse_name(path);
	return named;
}

struct calendar *
calendar_file_read(const char *path)
{
	struct calendar *c = mem_zero(1, sizeof(*c));
	unsigned named = 0;

	if (path)
		named = path[0] == '@' ? read_sets(c, path)
			: read_rules(c, rules_open(path));
	if (!named)
		read_rules(c, open_set(&sets[0]));
	if (c->day_count)
		qsort(c->days, c->day_count, sizeof(*c->days), compare_days);
	for (size_t i = 0; i < 7; i++)
		for (size_t k = 0; k < c->week[i].count; k++) {
			const struct calendar_span *w =
				&c->windows[c->week[i].first + k];

			c->week_seconds += w->to - w->from;
		}
	if (path && !c->week_seconds)
		msg_warn("%s: no weekday has working hours: deadlines after "
			"its last date are missing", path);
	return c;
}
