#include "when.h"

#include "when_reader.h"

#define EXCEL_MOST 2958465 /* 9999-12-31 */
#define EXCEL_LEAP 60      /* the 29 February 1900 that never was */

static int
full_year(int year)
{
	return year < 69 ? 2000 + year : 1900 + year;
}

static int
take_month_name(struct when_reader *r)
{
	static const char *const names[][2] = {
		{"january", "jan"}, {"february", "feb"}, {"march", "mar"},
		{"april", "apr"}, {"may", "may"}, {"june", "jun"},
		{"july", "jul"}, {"august", "aug"}, {"september", "sep"},
		{"october", "oct"}, {"november", "nov"}, {"december", "dec"},
	};

	for (int i = 0; i < 12; i++)
		if (when_take_any_case(r, names[i][0]) || when_take_any_case(r, names[i][1]))
			return i + 1;
	return 0;
}

static void
skip_separators(struct when_reader *r)
{
	while (r->p < r->end && strchr(" -/,.", *r->p))
		r->p++;
}

/* A year at the end of a date: two or four digits. */
static bool
take_last_year(struct when_reader *r, struct when *w)
{
	size_t n = when_take_number(r, 4, &w->civil.year);

	if (n == 2) {
		w->civil.year = full_year(w->civil.year);
		w->short_year = true;
	}
	return (n == 2 || n == 4) && !when_at_digit(r);
}

/* 5-Jan-26, after the day; Jan 5, 2026, from the start. */
static bool
read_named(struct when_reader *r, struct when *w, int day)
{
	w->civil.month = take_month_name(r);
	if (w->civil.month == 0)
		return false;
	skip_separators(r);
	if (day < 0) {
		if (when_take_number(r, 2, &day) == 0)
			return false;
		skip_separators(r);
	}
	w->civil.day = day;
	return take_last_year(r, w);
}

static int
two(const char *p)
{
	return (p[0] - '0') * 10 + (p[1] - '0');
}

/* 20260105, 202601050830, 20260105083000 */
static bool
read_run(struct when_reader *r, size_t n, struct when *w)
{
	const char *p = r->p;

	w->civil.year = two(p) * 100 + two(p + 2);
	w->civil.month = two(p + 4);
	w->civil.day = two(p + 6);
	if (n > 8) {
		w->timed = true;
		w->civil.hour = two(p + 8);
		w->civil.minute = two(p + 10);
		w->civil.second = n == 14 ? two(p + 12) : 0;
	}
	r->p += n;
	return true;
}

/* 年 and 月 between numbers, 日 or 号 at the end */
static bool
read_chinese(struct when_reader *r, struct when *w, int first, bool has_year)
{
	int month = first;

	if (has_year) {
		when_skip_blanks(r);
		if (when_take_number(r, 2, &month) == 0)
			return false;
		when_skip_blanks(r);
		if (!when_take(r, "\xe6\x9c\x88"))
			return false;
		w->civil.year = first;
	}
	when_skip_blanks(r);
	w->civil.month = month;
	if (when_take_number(r, 2, &w->civil.day) == 0)
		return false;
	when_skip_blanks(r);
	return when_take(r, "\xe6\x97\xa5") || when_take(r, "\xe5\x8f\xb7") ||
		r->p == r->end;
}

/* The second and third number, after the first and a mark. */
static bool
read_marked(struct when_reader *r, struct when *w, int first, size_t n)
{
	char mark = *r->p++;
	int second;

	if (!when_take_number(r, 2, &second)) {
		if (mark == '-' && n <= 2)
			return read_named(r, w, first);
		return false;
	}
	if (r->p == r->end || *r->p != mark)
		return false;
	r->p++;
	if (n == 4) {
		w->civil.year = first;
		w->civil.month = second;
		return when_take_number(r, 2, &w->civil.day) > 0 && !when_at_digit(r);
	}
	w->open = true;
	w->dotted = mark == '.';
	w->civil.month = first;
	w->civil.day = second;
	return n <= 2 && take_last_year(r, w);
}

static bool
read_date(struct when_reader *r, struct when *w)
{
	size_t run = 0, n;
	int first;

	while (run < (size_t)(r->end - r->p) && when_is_digit(r->p[run]))
		run++;
	if (run == 8 || run == 12 || run == 14)
		return read_run(r, run, w);
	if (run == 0)
		return read_named(r, w, -1);
	n = when_take_number(r, 4, &first);
	if (when_at_digit(r) || r->p == r->end)
		return false;
	if (strchr("/-.", *r->p))
		return read_marked(r, w, first, n);
	if (*r->p == ' ' && n <= 2) {
		when_skip_blanks(r);
		return read_named(r, w, first);
	}
	when_skip_blanks(r);
	if ((n == 4 || n == 2) && when_take(r, "\xe5\xb9\xb4")) {
		w->short_year = n == 2;
		return read_chinese(r, w, n == 2 ? full_year(first) : first,
			true);
	}
	return n <= 2 && when_take(r, "\xe6\x9c\x88") &&
		read_chinese(r, w, first, false);
}

/* Days since 1899-12-31, and a fraction of a day, to the second. */
static enum date_status
read_excel(struct slice s, struct when *w)
{
	struct when_reader r = {s.p, s.p + s.n};
	int64_t t, fraction = 0, scale = 1;
	int day;
	size_t n = when_take_number(&r, 7, &day);

	if (n == 0 || when_at_digit(&r) || (r.p < r.end && *r.p != '.'))
		return DATE_SYNTAX;
	if (day == EXCEL_LEAP || day == 0 || day > EXCEL_MOST)
		return DATE_NONE;
	if (r.p < r.end)
		r.p++;
	for (; when_at_digit(&r); r.p++)
		if (scale < INT64_C(1000000000000)) {
			fraction = fraction * 10 + (*r.p - '0');
			scale *= 10;
		}
	if (r.p < r.end)
		return DATE_SYNTAX;
	date_make(&(struct date_civil){.year = 1899, .month = 12, .day = 31}, &t);
	t += (day - (day > EXCEL_LEAP)) * DATE_DAY;
	w->timed = fraction > 0;
	t += (fraction * DATE_DAY + scale / 2) / scale;
	if (!date_valid(t))
		return DATE_NONE;
	date_split(t, &w->civil);
	return DATE_OK;
}

static enum date_status
check(const struct when *w)
{
	struct date_civil c = w->civil;
	int64_t t;

	if (w->open)
		return when_fits(w, WHEN_DMY) || when_fits(w, WHEN_MDY)
			? DATE_OK : DATE_NONE;
	if (c.year == 0)
		c.year = 2000; /* 29 February is a birthday */
	return date_make(&c, &t) ? DATE_OK : DATE_NONE;
}

static bool
take_dashes(struct when_reader *r, struct when *w)
{
	return when_take(r, "--") && when_take_number(r, 2, &w->civil.month) == 2 &&
		when_take(r, "-") && when_take_number(r, 2, &w->civil.day) == 2;
}

/* A day of the week before or behind the date says nothing new; it must be the
 * right one, where the date is clear. */
static bool
weekday_fits(struct when_reader *r, const struct when *w, int before)
{
	int day = before ? before : when_weekday(r);
	struct date_civil c = {.year = w->civil.year, .month = w->civil.month,
		.day = w->civil.day};
	int64_t t;

	return day == 0 || w->open || c.year == 0 || !date_make(&c, &t) ||
		date_weekday(t) == day;
}

enum date_status
when_read(struct slice s, bool excel, struct when *w)
{
	struct when_reader r = {s.p, s.p + s.n};
	enum date_status status;
	int weekday;

	*w = (struct when){0};
	if (excel && s.n < 24 && read_excel(s, w) != DATE_SYNTAX)
		return read_excel(s, w);
	*w = (struct when){0};
	if (s.n > 2 && s.p[0] == '-') {
		if (!take_dashes(&r, w))
			return DATE_SYNTAX;
	} else {
		weekday = when_weekday(&r);
		if (r.p == r.end || !read_date(&r, w))
			return DATE_SYNTAX;
		if (!weekday_fits(&r, w, weekday))
			return DATE_NONE;
	}
	if (r.p < r.end) {
		if (!when_take(&r, "T"))
			when_skip_blanks(&r);
		status = when_time(&r, w);
		if (status != DATE_OK || w->zoned)
			return status;
	}
	return check(w);
}

static struct date_civil
in_order(const struct when *w, enum when_order order)
{
	struct date_civil c = w->civil;

	if (order == WHEN_DMY) {
		c.month = w->civil.day;
		c.day = w->civil.month;
	}
	return c;
}

bool
when_fits(const struct when *w, enum when_order order)
{
	struct date_civil c = in_order(w, order);
	int64_t t;

	return date_make(&c, &t);
}

void
when_close(struct when *w, enum when_order order)
{
	w->civil = in_order(w, order);
	w->open = false;
}
