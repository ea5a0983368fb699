#include "date.h"

#include <stdlib.h>

#include "tap.h"

static const char *
written(int64_t t)
{
	static char text[DATE_SIZE + 1];

	text[date_write(text, t)] = '\0';
	return text;
}

/* The zone is +08:00. */
static const struct {
	const char *text;
	enum date_status status;
	const char *time;
} readings[] = {
	{"2026-11-21", DATE_OK, "2026-11-21T00:00:00"},
	{"2026-11-21T08:30", DATE_OK, "2026-11-21T08:30:00"},
	{"2026-11-21 08:30", DATE_OK, "2026-11-21T08:30:00"},
	{"2026-11-21T08:30:59", DATE_OK, "2026-11-21T08:30:59"},
	{"2026-11-21 23:59:59", DATE_OK, "2026-11-21T23:59:59"},
	{"0001-01-01", DATE_OK, "0001-01-01T00:00:00"},
	{"9999-12-31T23:59:59", DATE_OK, "9999-12-31T23:59:59"},
	{"2024-02-29", DATE_OK, "2024-02-29T00:00:00"},
	{"2000-02-29T12:00", DATE_OK, "2000-02-29T12:00:00"},
	{"2026-11-21T08:30Z", DATE_OK, "2026-11-21T16:30:00"},
	{"2026-11-21T08:30:15Z", DATE_OK, "2026-11-21T16:30:15"},
	{"2026-11-21 08:30:15Z", DATE_OK, "2026-11-21T16:30:15"},
	{"2026-11-21T08:30+08:00", DATE_OK, "2026-11-21T08:30:00"},
	{"2026-11-21T08:30:15+08:00", DATE_OK, "2026-11-21T08:30:15"},
	{"2026-11-21T08:30:15+0530", DATE_OK, "2026-11-21T11:00:15"},
	{"2026-11-21T08:30+08", DATE_OK, "2026-11-21T08:30:00"},
	{"2026-11-21T08:30:15+08", DATE_OK, "2026-11-21T08:30:15"},
	{"2026-11-21T08:30-0330", DATE_OK, "2026-11-21T20:00:00"},
	{"2026-11-21T08:30-00:00", DATE_OK, "2026-11-21T16:30:00"},
	{"2026-12-31T20:00Z", DATE_OK, "2027-01-01T04:00:00"},
	{"9999-12-31T23:30+08:00", DATE_OK, "9999-12-31T23:30:00"},
	{"", DATE_SYNTAX, NULL},
	{"2026", DATE_SYNTAX, NULL},
	{"2026-11", DATE_SYNTAX, NULL},
	{"2026-11-2", DATE_SYNTAX, NULL},
	{"2026-1-21", DATE_SYNTAX, NULL},
	{"2026/11/21", DATE_SYNTAX, NULL},
	{"20261121", DATE_SYNTAX, NULL},
	{"2026-11-211", DATE_SYNTAX, NULL},
	{"2026-11-21T", DATE_SYNTAX, NULL},
	{"2026-11-21T08", DATE_SYNTAX, NULL},
	{"2026-11-21T08:3", DATE_SYNTAX, NULL},
	{"2026-11-21T8:30", DATE_SYNTAX, NULL},
	{"2026-11-21t08:30", DATE_SYNTAX, NULL},
	{"2026-11-21  08:30", DATE_SYNTAX, NULL},
	{"2026-11-21\t08:30", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30:", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30:1", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30:15.5", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30:15 ", DATE_SYNTAX, NULL},
	{" 2026-11-21", DATE_SYNTAX, NULL},
	{"2026-11-21Z", DATE_SYNTAX, NULL},
	{"2026-11-21+08:00", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30z", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30ZZ", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30+8", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30+080", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30+08:0", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30+08-00", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30+08:000", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30*08:00", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30+0a:00", DATE_SYNTAX, NULL},
	{"2O26-11-21", DATE_SYNTAX, NULL},
	{"2026-11-2/", DATE_SYNTAX, NULL},
	{"2026-11-2:", DATE_SYNTAX, NULL},
	{"2026-11-2\xB1", DATE_SYNTAX, NULL},
	{"+026-11-21", DATE_SYNTAX, NULL},
	{"-2026-11-21", DATE_SYNTAX, NULL},
	{"abcdefghij", DATE_SYNTAX, NULL},
	{"2026-11-2lT08:30:00", DATE_SYNTAX, NULL},
	{"2026-11-21T08:30:1x", DATE_SYNTAX, NULL},
	{"0000-01-01", DATE_NONE, NULL},
	{"2026-00-21", DATE_NONE, NULL},
	{"2026-13-21", DATE_NONE, NULL},
	{"2026-11-00", DATE_NONE, NULL},
	{"2026-11-31", DATE_NONE, NULL},
	{"2026-02-29", DATE_NONE, NULL},
	{"1900-02-29", DATE_NONE, NULL},
	{"2026-01-32", DATE_NONE, NULL},
	{"2026-11-21T24:00", DATE_NONE, NULL},
	{"2026-11-21T24:00:00", DATE_NONE, NULL},
	{"2026-11-21T08:60", DATE_NONE, NULL},
	{"2026-11-21T23:59:60", DATE_NONE, NULL},
	{"2016-12-31T23:59:60Z", DATE_NONE, NULL},
	{"2026-11-21T08:30+24:00", DATE_NONE, NULL},
	{"2026-11-21T08:30+08:60", DATE_NONE, NULL},
	{"2026-11-31T08:30Z", DATE_NONE, NULL},
	{"9999-12-31T23:30Z", DATE_NONE, NULL},
	{"0001-01-01T00:00+23:00", DATE_NONE, NULL},
};

static void
test_read(void)
{
	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		int64_t t = 77;
		enum date_status status = date_read(slice_of(readings[i].text), &t);

		tap_ok(status == readings[i].status && (status == DATE_OK ?
			strcmp(written(t), readings[i].time) == 0 : t == 77),
			"read \"%s\"", readings[i].text);
	}
	tap_ok(date_read((struct slice){NULL, 0}, &(int64_t){0}) == DATE_SYNTAX,
		"read nothing");
	tap_ok(date_read((struct slice){"2026-11-21T08:30", 10},
		&(int64_t){0}) == DATE_OK, "read stops at the end of the slice");
}

static void
test_read_day(void)
{
	static const struct {
		const char *text;
		enum date_status status;
		int year, month, day;
	} cases[] = {
		{"1990-05-06", DATE_OK, 1990, 5, 6},
		{"--11-21", DATE_OK, 0, 11, 21},
		{"--02-29", DATE_OK, 0, 2, 29},
		{"2024-02-29", DATE_OK, 2024, 2, 29},
		{"2026-02-29", DATE_NONE, 0, 0, 0},
		{"--02-30", DATE_NONE, 0, 0, 0},
		{"--13-01", DATE_NONE, 0, 0, 0},
		{"--00-01", DATE_NONE, 0, 0, 0},
		{"--01-00", DATE_NONE, 0, 0, 0},
		{"0000-01-01", DATE_NONE, 0, 0, 0},
		{"", DATE_SYNTAX, 0, 0, 0},
		{"-11-21", DATE_SYNTAX, 0, 0, 0},
		{"11-21", DATE_SYNTAX, 0, 0, 0},
		{"--1-021", DATE_SYNTAX, 0, 0, 0},
		{"--11/21", DATE_SYNTAX, 0, 0, 0},
		{"--11-2x", DATE_SYNTAX, 0, 0, 0},
		{"--11-211", DATE_SYNTAX, 0, 0, 0},
		{"1990-05-06T00:00:00", DATE_SYNTAX, 0, 0, 0},
		{"1990-05-0", DATE_SYNTAX, 0, 0, 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct date_civil c = {0};
		enum date_status status =
			date_read_day(slice_of(cases[i].text), &c);

		tap_ok(status == cases[i].status && c.year == cases[i].year &&
			c.month == cases[i].month && c.day == cases[i].day &&
			c.hour + c.minute + c.second == 0,
			"read day \"%s\"", cases[i].text);
	}
	tap_ok(strcmp(date_why(DATE_SYNTAX), "not a time") == 0, "why syntax");
	tap_ok(strcmp(date_why(DATE_NONE), "no such time") == 0, "why none");
}

static int64_t
at(const char *text)
{
	int64_t t = INT64_MIN;

	date_read(slice_of(text), &t);
	return t;
}

static void
test_write(void)
{
	char text[DATE_SIZE];

	tap_ok(at("1970-01-01") == 0, "the epoch is 0");
	tap_ok(at("2026-11-21T08:30:15") == INT64_C(1795249815),
		"a known instant");
	tap_ok(at("0001-01-01") == INT64_C(-62135596800), "the first instant");
	tap_ok(at("9999-12-31T23:59:59") == INT64_C(253402300799),
		"the last instant");
	tap_ok(date_write(text, 0) == 19, "a time has 19 bytes");
	tap_ok(date_write_day(text, at("1969-12-31T23:59:59")) == 10 &&
		memcmp(text, "1969-12-31", 10) == 0, "write a day");
	tap_ok(date_valid(at("0001-01-01")) && !date_valid(at("0001-01-01") - 1),
		"valid from 0001");
	tap_ok(date_valid(at("9999-12-31T23:59:59")) &&
		!date_valid(at("9999-12-31T23:59:59") + 1), "valid to 9999");
	tap_ok(date_midnight(at("2026-11-21T23:59:59")) == at("2026-11-21"),
		"midnight");
	tap_ok(date_midnight(at("1969-12-31T00:00:01")) == at("1969-12-31"),
		"midnight before 1970");
	tap_ok(date_midnight(at("1969-12-31")) == at("1969-12-31"),
		"midnight of itself");
}

/* Every day there is, against a calendar that just counts. */
static void
test_every_day(void)
{
	static const int lengths[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};
	int64_t t = at("0001-01-01"), made;
	int weekday = 1, wrong = 0; /* 0001-01-01 was a Monday */

	for (int year = 1; year <= 9999; year++)
		for (int month = 1; month <= 12; month++) {
			bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
			int length = lengths[month - 1] + (month == 2 && leap);

			for (int day = 1; day <= length + 1; day++) {
				struct date_civil c = {year, month, day, 1, 2, 3}, s;

				if (day > length) {
					wrong += date_make(&c, &made);
					continue;
				}
				wrong += !date_make(&c, &made) || made != t + 3723;
				date_split(t + 3723, &s);
				wrong += s.year != year || s.month != month ||
					s.day != day || s.hour != 1 ||
					s.minute != 2 || s.second != 3;
				wrong += date_weekday(t) != weekday;
				weekday = weekday % 7 + 1;
				t += DATE_DAY;
			}
		}
	tap_ok(t == at("9999-12-31") + DATE_DAY, "3652059 days");
	tap_ok(wrong == 0, "every day");
}

static void
test_make(void)
{
	static const struct date_civil none[] = {
		{0, 1, 1, 0, 0, 0}, {10000, 1, 1, 0, 0, 0},
		{2026, 0, 1, 0, 0, 0}, {2026, 13, 1, 0, 0, 0},
		{2026, 2, 30, 0, 0, 0}, {2026, 1, 0, 0, 0, 0},
		{2026, 1, 1, 24, 0, 0}, {2026, 1, 1, -1, 0, 0},
		{2026, 1, 1, 0, 60, 0}, {2026, 1, 1, 0, -1, 0},
		{2026, 1, 1, 0, 0, 60}, {2026, 1, 1, 0, 0, -1},
	};

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		tap_ok(!date_make(&none[i], &(int64_t){0}), "make none %zu", i);
}

static void
test_months(void)
{
	static const struct {
		const char *from;
		int64_t months;
		const char *to;
	} cases[] = {
		{"2026-01-31T08:00", 1, "2026-02-28T08:00:00"},
		{"2024-01-31", 1, "2024-02-29T00:00:00"},
		{"2024-02-29", 12, "2025-02-28T00:00:00"},
		{"2024-02-29", 48, "2028-02-29T00:00:00"},
		{"2026-03-31", -1, "2026-02-28T00:00:00"},
		{"2026-01-15", -1, "2025-12-15T00:00:00"},
		{"2026-12-15", 1, "2027-01-15T00:00:00"},
		{"2026-05-31", 0, "2026-05-31T00:00:00"},
		{"0001-01-31", 119987, "9999-12-31T00:00:00"},
		{"9999-12-31", -119987, "0001-01-31T00:00:00"},
		{"0001-01-31", -1, NULL},
		{"9999-12-31", 1, NULL},
		{"2026-01-01", INT64_MAX, NULL},
		{"2026-01-01", INT64_MIN, NULL},
		{"2026-01-01", INT64_C(12) << 32, NULL},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t t = 0;
		bool made = date_add_months(at(cases[i].from), cases[i].months,
			&t);

		tap_ok(made == (cases[i].to != NULL) &&
			(!made || strcmp(written(t), cases[i].to) == 0),
			"%s + %lld months", cases[i].from,
			(long long)cases[i].months);
	}
}

static void
test_anniversary(void)
{
	static const struct {
		const char *day, *from, *to;
	} cases[] = {
		{"1990-11-21", "2026-11-21", "2026-11-21"},
		{"1990-11-21", "2026-11-21T23:00", "2026-11-21"},
		{"1990-11-20", "2026-11-21", "2027-11-20"},
		{"1990-11-22", "2026-11-21T08:00", "2026-11-22"},
		{"--12-31", "2026-01-01", "2026-12-31"},
		{"--02-29", "2026-01-01", "2026-02-28"},
		{"--02-29", "2026-02-28T12:00", "2026-02-28"},
		{"2000-02-29", "2027-03-01", "2028-02-29"},
		{"--02-29", "2028-02-28", "2028-02-29"},
		{"--02-29", "1899-03-01", "1900-02-28"},
		{"2030-05-01", "2026-01-01", "2026-05-01"},
		{"--12-31", "9999-12-31", "9999-12-31"},
		{"--12-30", "9999-12-31", NULL},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct date_civil day;
		int64_t t = 0;
		bool found = date_read_day(slice_of(cases[i].day), &day) ==
			DATE_OK && date_anniversary(&day, at(cases[i].from), &t);

		tap_ok(found == (cases[i].to != NULL) &&
			(!found || t == at(cases[i].to)),
			"anniversary of %s from %s", cases[i].day, cases[i].from);
	}
}

int
main(void)
{
	setenv("TZ", "CST-8", 1);
	test_read();
	test_read_day();
	test_write();
	test_every_day();
	test_make();
	test_months();
	test_anniversary();
	return tap_done();
}
