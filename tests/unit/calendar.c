#include "calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "date.h"

#include "tap.h"

enum { DAYS = 40, PAUSES = 6, WINDOWS = 3 };

#define MONDAY INT64_C(1763942400) /* 2025-11-24 */
#define LIMIT (MONDAY + 400 * DATE_DAY)

static uint64_t state = 88172645463325252u;

static int64_t
pick(int64_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (int64_t)(state % (uint64_t)n);
}

/* The slow and obvious calendar: every minute of a week and of some days. */
struct slow {
	bool week[7][1440];
	bool has[DAYS];
	bool days[DAYS][1440];
	struct calendar_span pauses[PAUSES];
	size_t pause_count;
};

static bool
slow_works(const struct slow *s, int64_t t)
{
	int64_t day = (t - MONDAY) / DATE_DAY, minute;

	if (t < MONDAY)
		day = -((MONDAY - t + DATE_DAY - 1) / DATE_DAY);
	minute = (t - MONDAY - day * DATE_DAY) / 60;
	for (size_t i = 0; i < s->pause_count; i++)
		if (s->pauses[i].from <= t && t < s->pauses[i].to)
			return false;
	if (day >= 0 && day < DAYS && s->has[day])
		return s->days[day][minute];
	return s->week[((day % 7) + 7) % 7][minute];
}

static bool
slow_add(const struct slow *s, int64_t from, int64_t duration, int64_t *out)
{
	int64_t step = duration < 0 ? -60 : 60;

	for (; duration; from += step) {
		if (from > LIMIT || from < MONDAY - 400 * DATE_DAY)
			return false;
		if (slow_works(s, step < 0 ? from - 60 : from))
			duration -= step;
	}
	*out = from;
	return true;
}

static int64_t
slow_between(const struct slow *s, int64_t a, int64_t b)
{
	int64_t sum = 0;

	for (; a < b; a += 60)
		if (slow_works(s, a))
			sum += 60;
	return sum;
}

static void
write_hours(FILE *f, bool *minutes)
{
	int64_t n = pick(WINDOWS + 1);

	for (int64_t i = 0; i < n; i++) {
		int64_t from = pick(48) * 30;
		int64_t to = from + 30 + pick((1440 - from) / 30) * 30;

		to = to > 1440 ? 1440 : to;
		fprintf(f, "%s%02d:%02d-%02d:%02d", i ? "," : "",
			(int)(from / 60), (int)(from % 60), (int)(to / 60),
			(int)(to % 60));
		for (int64_t m = from; m < to; m++)
			minutes[m] = true;
	}
}

/* A random calendar, written as a file and kept the slow way. */
static void
make(struct slow *s, FILE *f)
{
	static const char *const names[] = {"mon", "tue", "wed", "thu", "fri",
		"sat", "sun"};
	char text[DATE_SIZE];

	memset(s, 0, sizeof(*s));
	fprintf(f, "hours\tnote\tdate\n\t\tsun\n");
	for (size_t i = 0; i < 6; i++) {
		if (pick(4) == 0)
			continue;
		write_hours(f, s->week[i]);
		fprintf(f, "\tx\t%s\n", names[i]);
	}
	for (int64_t i = DAYS; i-- > 0;) {
		if (pick(5))
			continue;
		s->has[i] = true;
		write_hours(f, s->days[i]);
		fprintf(f, "\t\t%.*s\n", (int)date_write_day(text,
			MONDAY + i * DATE_DAY), text);
	}
	s->pause_count = (size_t)pick(PAUSES);
	for (size_t i = 0; i < s->pause_count; i++) {
		s->pauses[i].from = MONDAY + pick(DAYS * 1440) * 60;
		s->pauses[i].to = s->pauses[i].from + (pick(4000) - 200) * 60;
	}
}

static struct calendar *
from_text(const char *text)
{
	char path[] = "/tmp/crm-calendar.XXXXXX";
	int fd = mkstemp(path);
	struct calendar *c;
	FILE *f = fdopen(fd, "w");

	fputs(text, f);
	fclose(f);
	c = calendar_open(path);
	unlink(path);
	return c;
}

static struct calendar *
from_slow(struct slow *s)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	struct calendar *c;

	make(s, f);
	fclose(f);
	c = from_text(text);
	free(text);
	return c;
}

/* Random questions; the number of wrong answers. */
static void
test_random(void)
{
	static struct slow slow;
	int wrong_add = 0, wrong_back = 0, wrong_between = 0, found = 0;

	for (int i = 0; i < 60; i++) {
		struct calendar *c = from_slow(&slow);
		struct calendar_span united[PAUSES];
		size_t n = slow.pause_count;

		memcpy(united, slow.pauses, sizeof(united));
		n = calendar_unite(united, n);
		for (int k = 0; k < 20; k++) {
			int64_t a = MONDAY + (pick(60 * 1440) - 10 * 1440) * 60;
			int64_t d = pick(k % 2 ? 600 : 60000) * 60;
			int64_t b = a + d, got = 0, want = 0;
			bool can = slow_add(&slow, a, d, &want);

			if (can) {
				found++;
				wrong_add += !calendar_add(c, a, d, united, n,
					&got) || got != want;
			}
			want = slow_between(&slow, a, b);
			wrong_between += want != calendar_between(c, a, b,
				united, n);
			wrong_between += -want != calendar_between(c, b, a,
				united, n);
			slow.pause_count = 0;
			if (slow_add(&slow, a, -d, &want))
				wrong_back += !calendar_add(c, a, -d, united, n,
					&got) || got != want;
			slow.pause_count = n;
			memcpy(slow.pauses, united, n * sizeof(*united));
		}
		calendar_close(c);
	}
	tap_ok(wrong_add == 0 && found > 600, "add as minute by minute (%d of "
		"%d wrong)", wrong_add, found);
	tap_ok(wrong_back == 0, "add backwards (%d wrong)", wrong_back);
	tap_ok(wrong_between == 0, "between (%d wrong)", wrong_between);
}

static int64_t
at(const char *text)
{
	int64_t t = 0;

	date_read(slice_of(text), &t);
	return t;
}

static const struct {
	const char *name, *calendar, *from;
	int64_t minutes;
	const char *want;
} cases[] = {
	{"7.5 h from before a Monday's opening end at its closing", "@week",
		"2026-11-23T00:00", 450, "2026-11-23T17:30"},
	{"the built-in week has 7.5 h", NULL, "2026-11-23T08:30", 900,
		"2026-11-24T17:30"},
	{"over a weekend", NULL, "2026-11-20T17:00", 60, "2026-11-23T09:00"},
	{"nothing is where it is, also in the night", NULL,
		"2026-11-21T03:00", 0, "2026-11-21T03:00"},
	{"a year's make-up Sunday works", "@cn2026", "2026-01-04T08:30", 420,
		"2026-01-04T17:00"},
	{"a year's holiday does not", "@cn2026", "2026-09-30T17:00", 60,
		"2026-10-08T09:00"},
	{"the Spring Festival of 2025", "@cn2025", "2025-01-27T17:00", 60,
		"2025-02-05T09:00"},
	{"a make-up Saturday of 2024", "@cn2024", "2024-05-10T17:00", 60,
		"2024-05-11T09:00"},
	{"new year's eve of 2022 is in the set of 2023", "@cn2023",
		"2022-12-30T17:00", 60, "2023-01-03T09:00"},
	{"backwards over a weekend", NULL, "2026-11-23T09:00", -60,
		"2026-11-20T17:00"},
};

static void
test_cases(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct calendar *c = calendar_open(cases[i].calendar);
		char text[DATE_SIZE];
		int64_t got = 0;
		bool done = calendar_add(c, at(cases[i].from),
			cases[i].minutes * DATE_MINUTE, NULL, 0, &got);

		tap_ok(done && got == at(cases[i].want), "%s (%.*s)",
			cases[i].name, (int)date_write(text, got), text);
		calendar_close(c);
	}
}

static void
test_edges(void)
{
	struct calendar *none = from_text("date\thours\nmon\t\n");
	struct calendar *one = from_text(
		"date\thours\nmon\t\n2026-11-21\t20:00-24:00, 8:00-09:00\n");
	struct calendar *always = from_text("date\thours\nmon\t00:00-24:00\n"
		"tue\t00:00-24:00\nwed\t00:00-24:00\nthu\t00:00-24:00\n"
		"fri\t00:00-24:00\nsat\t00:00-24:00\nsun\t00:00-24:00\n");
	struct calendar_span pause = {at("2026-11-23T10:00"),
		at("2026-11-23T11:00")};
	struct calendar *week = calendar_open(NULL);
	int64_t t = 0;

	tap_ok(!calendar_add(none, 0, 1, NULL, 0, &t), "no working time at all");
	tap_ok(!calendar_add(none, 0, -1, NULL, 0, &t), "nor backwards");
	tap_ok(calendar_between(none, at("0001-01-01"), at("9999-12-31"), NULL,
		0) == 0, "none between the ends of time");
	tap_ok(calendar_add(one, at("1990-01-01"), 5 * DATE_HOUR, NULL, 0, &t)
		&& t == at("2026-11-22"), "the only day that works");
	tap_ok(!calendar_add(one, at("1990-01-01"), 5 * DATE_HOUR + 1, NULL, 0,
		&t), "and no second more");
	tap_ok(calendar_add(one, at("2990-01-01"), -5 * DATE_HOUR, NULL, 0, &t)
		&& t == at("2026-11-21T08:00"), "the only day, from behind");
	tap_ok(calendar_add(always, at("0001-01-01"), at("9999-12-31") -
		at("0001-01-01"), NULL, 0, &t) && t == at("9999-12-31"),
		"ten thousand years of work");
	tap_ok(calendar_between(always, at("0001-01-01"), at("9999-12-31"),
		NULL, 0) == at("9999-12-31") - at("0001-01-01"),
		"and back");
	tap_ok(!calendar_add(always, 0, INT64_C(900000000000000), NULL, 0, &t),
		"past the year 9999");
	tap_ok(calendar_add(week, at("2026-11-23T08:30"), 2 * DATE_HOUR, &pause,
		1, &t) && t == at("2026-11-23T11:30"), "a pause is skipped");
	tap_ok(calendar_add(week, at("2026-11-23T08:30"), 90 * 60, &pause, 1,
		&t) && t == at("2026-11-23T10:00"),
		"one that begins at the deadline changes nothing");
	tap_ok(calendar_add(week, at("2026-11-23T09:00"), -DATE_HOUR / 2,
		&pause, 1, &t) && t == at("2026-11-23T08:30"),
		"the start of a window counts as reached, backwards");
	calendar_close(none);
	calendar_close(one);
	calendar_close(always);
	calendar_close(week);
	calendar_close(NULL);
}

static void
test_unite(void)
{
	struct calendar_span s[] = {{5, 9}, {1, 3}, {3, 4}, {7, 7}, {6, 12},
		{20, 10}, {2, 3}};
	size_t n = calendar_unite(s, sizeof(s) / sizeof(s[0]));

	tap_ok(n == 2 && s[0].from == 1 && s[0].to == 4 && s[1].from == 5 &&
		s[1].to == 12, "spans united");
	tap_ok(calendar_unite(s, 0) == 0, "none united");
}

int
main(void)
{
	test_cases();
	test_edges();
	test_unite();
	test_random();
	return tap_done();
}
