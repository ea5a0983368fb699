#include "date.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "tap.h"

/* INT64_MIN: not a time. */
static int64_t
at(const char *text)
{
	int64_t t = INT64_MIN;

	date_read(slice_of(text), &t);
	return t;
}

static void
test_as_of(void)
{
	static const struct {
		const char *text, *own, *epoch, *time, *from;
	} cases[] = {
		{"2026-11-21", NULL, NULL, "2026-11-21T00:00:00", "--as-of"},
		{"2026-11-21T09:00", "2020-01-01", "0", "2026-11-21T09:00:00",
			"--as-of"},
		{NULL, "2020-01-01", "0", "2020-01-01T00:00:00", "CRM_AS_OF"},
		{NULL, "", "86400", "1970-01-02T08:00:00", "SOURCE_DATE_EPOCH"},
		{NULL, NULL, "1700000000", "2023-11-15T06:13:20",
			"SOURCE_DATE_EPOCH"},
		{"", NULL, NULL, NULL, "--as-of"},
		{"tomorrow", NULL, NULL, NULL, "--as-of"},
		{"2026-02-30", "2020-01-01", NULL, NULL, "--as-of"},
		{NULL, "soon", "0", NULL, "CRM_AS_OF"},
		{NULL, NULL, "12x", NULL, "SOURCE_DATE_EPOCH"},
		{NULL, NULL, "-1", NULL, "SOURCE_DATE_EPOCH"},
		{NULL, NULL, "99999999999999999999", NULL, "SOURCE_DATE_EPOCH"},
		{NULL, NULL, "253402300799", NULL, "SOURCE_DATE_EPOCH"},
	};
	const char *wrong, *from;
	int64_t t, now, today, yesterday, clock;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool read;

		unsetenv("CRM_AS_OF");
		unsetenv("SOURCE_DATE_EPOCH");
		if (cases[i].own)
			setenv("CRM_AS_OF", cases[i].own, 1);
		if (cases[i].epoch)
			setenv("SOURCE_DATE_EPOCH", cases[i].epoch, 1);
		read = date_as_of(cases[i].text, &t, &from, &wrong);
		tap_ok(read == (cases[i].time != NULL) &&
			strcmp(from, cases[i].from) == 0 &&
			(!read || t == at(cases[i].time)),
			"as-of %zu: %s", i, cases[i].from);
	}
	unsetenv("CRM_AS_OF");
	setenv("SOURCE_DATE_EPOCH", "0", 1);
	clock = date_local(time(NULL));
	tap_ok(date_as_of("now", &now, &from, &wrong) && now >= clock &&
		now <= clock + 60, "as-of now");
	tap_ok(date_as_of("today", &today, &from, &wrong) &&
		today == date_midnight(today) && now - today < 2 * DATE_DAY &&
		today <= date_local(time(NULL)), "as-of today");
	tap_ok(date_as_of("yesterday", &yesterday, &from, &wrong) &&
		(yesterday == today - DATE_DAY || yesterday == today),
		"as-of yesterday");
	unsetenv("SOURCE_DATE_EPOCH");
	tap_ok(date_as_of(NULL, &t, &from, &wrong) && t >= now && t <= now + 60,
		"as-of the clock");
}

/* What one thread finds: each has its own memory of the zone. */
struct zone_test {
	const char *zone, *text;
	int64_t found;
	int wrong;
};

static void *
read_in_zone(void *p)
{
	struct zone_test *test = p;

	test->found = at(test->text);
	return NULL;
}

static int64_t
ask_system(int64_t utc)
{
	time_t instant = (time_t)utc;
	struct tm tm;
	struct date_civil c;
	int64_t t;

	if (!localtime_r(&instant, &tm))
		return INT64_MIN;
	c = (struct date_civil){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		tm.tm_hour, tm.tm_min, tm.tm_sec};
	return date_make(&c, &t) ? t : INT64_MIN;
}

/* Instants in any order and again, and all hours of all days in turn. */
static void *
compare_zone(void *p)
{
	struct zone_test *test = p;
	uint64_t state = 7;

	for (int i = 0; i < 20000; i++) {
		int64_t utc;

		state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
		utc = (int64_t)(state >> 33) % (INT64_C(200) * 365 * DATE_DAY) -
			INT64_C(100) * 365 * DATE_DAY;
		if (i % 2) /* near the others, so that memory is used */
			utc = utc % (400 * DATE_DAY) + INT64_C(1700000000);
		test->wrong += date_local(utc) != ask_system(utc);
	}
	for (int64_t utc = -INT64_C(90) * 365 * DATE_DAY;
		utc < INT64_C(70) * 365 * DATE_DAY; utc += 29 * DATE_HOUR + 1799)
		test->wrong += date_local(utc) != ask_system(utc);
	return NULL;
}

static void
test_zones(void)
{
	static const char american[] = "EST5EDT,M3.2.0,M11.1.0";
	static const struct {
		const char *zone, *text, *time;
	} cases[] = {
		{american, "2026-03-08T06:59:59Z", "2026-03-08T01:59:59"},
		{american, "2026-03-08T07:00:00Z", "2026-03-08T03:00:00"},
		{american, "2026-11-01T05:59:59Z", "2026-11-01T01:59:59"},
		{american, "2026-11-01T06:00:00Z", "2026-11-01T01:00:00"},
		{american, "2026-07-01T00:00+08:00", "2026-06-30T12:00:00"},
		{american, "2026-07-01T00:00", "2026-07-01T00:00:00"},
		{"UTC0", "2026-07-01T00:00+08:00", "2026-06-30T16:00:00"},
		{"XXX-14", "2026-07-01T12:00Z", "2026-07-02T02:00:00"},
		{"XXX-5:45", "1969-12-31T23:00Z", "1970-01-01T04:45:00"},
		{"XXX12", "0001-01-01T12:00Z", "0001-01-01T00:00:00"},
		{"XXX12", "9999-12-31T23:30-12:00", "9999-12-31T23:30:00"},
	};
	static const char *const zones[] = {
		american, "Asia/Shanghai", "America/New_York", "Europe/London",
		"Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca",
		"Asia/Kathmandu", "America/St_Johns", "Africa/Monrovia",
		"CST-8CDT,J100/1,J200/23",
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct zone_test test = {cases[i].zone, cases[i].text, 0, 0};
		pthread_t thread;

		setenv("TZ", test.zone, 1);
		if (pthread_create(&thread, NULL, read_in_zone, &test) == 0)
			pthread_join(thread, NULL);
		tap_ok(date_valid(test.found) &&
			test.found == at(cases[i].time), "%s in %s", test.text,
			test.zone);
	}
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		struct zone_test tests[2] = {{0}};
		pthread_t threads[2];
		int wrong = 0;

		setenv("TZ", zones[i], 1);
		for (size_t k = 0; k < 2; k++)
			wrong += pthread_create(&threads[k], NULL, compare_zone,
				&tests[k]);
		for (size_t k = 0; k < 2 && wrong == 0; k++) {
			pthread_join(threads[k], NULL);
			wrong += tests[k].wrong;
		}
		tap_ok(wrong == 0, "as the system says in %s", zones[i]);
	}
}

int
main(void)
{
	setenv("TZ", "CST-8", 1);
	test_as_of();
	test_zones();
	return tap_done();
}
