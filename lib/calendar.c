#include "calendar.h"

#include <stdlib.h>
#include <string.h>

#include "calendar_file.h"
#include "date.h"
#include "mem.h"

#define WEEK (7 * DATE_DAY)
#define FIRST INT64_C(-62135596800) /* 0001-01-01T00:00:00 */
#define END INT64_C(253402300800)   /* 10000-01-01T00:00:00 */

struct calendar *
calendar_open(const char *path)
{
	return calendar_file_read(path);
}

void
calendar_close(struct calendar *c)
{
	if (!c)
		return;
	free(c->days);
	free(c->windows);
	free(c);
}

static int
compare_spans(const void *a, const void *b)
{
	const struct calendar_span *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

size_t
calendar_unite(struct calendar_span *spans, size_t n)
{
	size_t kept = 0;

	if (n)
		qsort(spans, n, sizeof(*spans), compare_spans);
	for (size_t i = 0; i < n; i++) {
		if (spans[i].to <= spans[i].from)
			continue;
		if (kept && spans[i].from <= spans[kept - 1].to) {
			if (spans[i].to > spans[kept - 1].to)
				spans[kept - 1].to = spans[i].to;
		} else {
			spans[kept++] = spans[i];
		}
	}
	return kept;
}

/* The number of the first day of its own at or after `day`. */
static size_t
first_from(const struct calendar *c, int64_t day)
{
	size_t low = 0, high = c->day_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->days[middle].date < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct calendar_day *
find_day(const struct calendar *c, int64_t day)
{
	size_t i = first_from(c, day);

	if (i < c->day_count && c->days[i].date == day)
		return &c->days[i];
	return &c->week[date_weekday(day) - 1];
}

/* The number of the first pause that ends after t. */
static size_t
pause_after(const struct calendar_span *pauses, size_t n, int64_t t)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (pauses[middle].to <= t)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

/* Takes the pauses out of the span: its first piece outside them; false if
 * nothing is left. */
static bool
cut_pauses(const struct calendar_span *pauses, size_t n,
	struct calendar_span *span)
{
	for (size_t i = pause_after(pauses, n, span->from); i < n; i++) {
		if (pauses[i].from >= span->to)
			break;
		if (pauses[i].from > span->from) {
			span->to = pauses[i].from;
			break;
		}
		span->from = pauses[i].to;
		if (span->from >= span->to)
			return false;
	}
	return true;
}

/* The day to look at after one without work: the next of its own, where the
 * week never works. */
static int64_t
next_day(const struct calendar *c, int64_t day)
{
	size_t i;

	if (c->week_seconds)
		return day + DATE_DAY;
	i = first_from(c, day + DATE_DAY);
	return i < c->day_count ? c->days[i].date : END;
}

bool
calendar_next(const struct calendar *c, int64_t from, int64_t to,
	const struct calendar_span *pauses, size_t n,
	struct calendar_span *out)
{
	int64_t day;

	from = from > FIRST ? from : FIRST;
	to = to < END ? to : END;
	for (day = date_midnight(from); day < to; day = next_day(c, day)) {
		const struct calendar_day *d = find_day(c, day);

		for (size_t i = 0; i < d->count; i++) {
			const struct calendar_span *w = &c->windows[d->first + i];
			struct calendar_span span = {day + w->from, day + w->to};

			span.from = span.from > from ? span.from : from;
			span.to = span.to < to ? span.to : to;
			if (span.from < span.to && cut_pauses(pauses, n, &span)) {
				*out = span;
				return true;
			}
		}
	}
	return false;
}

/* Whole weeks from t, up to limit, in which every day is as in every week and
 * nothing pauses. */
static int64_t
plain_weeks(const struct calendar *c, int64_t t, int64_t limit,
	const struct calendar_span *pauses, size_t n)
{
	size_t own = first_from(c, date_midnight(t));
	size_t pause = pause_after(pauses, n, t);

	if (own < c->day_count && c->days[own].date < limit)
		limit = c->days[own].date;
	if (pause < n && pauses[pause].from < limit)
		limit = pauses[pause].from;
	return limit > t ? (limit - t) / WEEK : 0;
}

int64_t
calendar_between(const struct calendar *c, int64_t a, int64_t b,
	const struct calendar_span *pauses, size_t n)
{
	struct calendar_span span;
	int64_t sum = 0;

	if (b < a)
		return -calendar_between(c, b, a, pauses, n);
	while (a < b) {
		int64_t weeks = b - a > WEEK
			? plain_weeks(c, a, b, pauses, n) : 0;

		if (weeks > 0) {
			sum += weeks * c->week_seconds;
			a += weeks * WEEK;
		} else if (calendar_next(c, a, b, pauses, n, &span)) {
			sum += span.to - span.from;
			a = span.to;
		} else {
			break;
		}
	}
	return sum;
}

/* Goes back within a day, from the last window to the first; false where it
 * has too few seconds: they are taken off. */
static bool
subtract_day(const struct calendar *c, int64_t day, int64_t from,
	int64_t *seconds, int64_t *out)
{
	const struct calendar_day *d = find_day(c, day);

	for (size_t i = d->count; i-- > 0;) {
		int64_t start = day + c->windows[d->first + i].from;
		int64_t end = day + c->windows[d->first + i].to;

		end = end < from ? end : from;
		if (end <= start)
			continue;
		if (*seconds <= end - start) {
			*out = end - *seconds;
			return true;
		}
		*seconds -= end - start;
	}
	return false;
}

static bool
subtract(const struct calendar *c, int64_t from, int64_t seconds, int64_t *out)
{
	int64_t day = date_midnight(from);

	while (day >= FIRST) {
		size_t own = first_from(c, day);
		int64_t weeks;

		if (subtract_day(c, day, from, &seconds, out))
			return true;
		from = day;
		day -= DATE_DAY;
		if (!c->week_seconds) {
			if (!own)
				return false;
			day = c->days[own - 1].date;
			continue;
		}
		weeks = (seconds - 1) / c->week_seconds;
		if (own && weeks > (day - c->days[own - 1].date) / WEEK)
			weeks = (day - c->days[own - 1].date) / WEEK;
		seconds -= weeks * c->week_seconds;
		day -= weeks * WEEK;
		from -= weeks * WEEK;
	}
	return false;
}

bool
calendar_add(const struct calendar *c, int64_t from, int64_t duration,
	const struct calendar_span *pauses, size_t n, int64_t *out)
{
	struct calendar_span span;

	if (duration == 0) {
		*out = from;
		return true;
	}
	if (duration < 0)
		return duration > -END && subtract(c, from, -duration, out);
	for (;;) {
		int64_t weeks = 0;

		if (c->week_seconds && duration > c->week_seconds) {
			int64_t most = (duration - 1) / c->week_seconds;

			weeks = plain_weeks(c, from, END, pauses, n);
			weeks = weeks < most ? weeks : most;
		}
		duration -= weeks * c->week_seconds;
		from += weeks * WEEK;
		if (!calendar_next(c, from, END, pauses, n, &span))
			return false;
		if (duration <= span.to - span.from) {
			*out = span.from + duration;
			return true;
		}
		duration -= span.to - span.from;
		from = span.to;
	}
}
