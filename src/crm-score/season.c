#include "season.h"

#include <stddef.h>

#include "date.h"
#include "msg.h"
#include "num.h"
#include "rules.h"

enum { MONTHS = 12 };

static int64_t
start_of(int year, int month)
{
	struct date_civil day = {.year = year, .month = month, .day = 1};
	int64_t t = 0;

	date_make(&day, &t);
	return t;
}

static int
read_month(const struct rules *r, size_t i, size_t column)
{
	int64_t month;

	if (num_read(rules_cell(r, i, column), &month) != NUM_OK ||
		month % NUM_ONE || month < NUM_ONE || month > MONTHS * NUM_ONE)
		rules_die(r, i, column, "not a month from 1 to 12");
	return (int)(month / NUM_ONE);
}

static void
read_shares(const char *path, int64_t *shares)
{
	struct rules *r = rules_open(path);
	size_t month = rules_need(r, "month"), share = rules_need(r, "share");
	bool named[MONTHS + 1] = {false};
	int64_t sum = 0;

	for (size_t i = 0; i < r->count; i++) {
		int m = read_month(r, i, month);
		enum num_status status = num_read(rules_cell(r, i, share),
			&shares[m]);

		if (named[m])
			rules_die(r, i, month, "this month stands twice");
		if (status != NUM_OK)
			rules_die(r, i, share, num_why(status));
		if (shares[m] < 0 || shares[m] > NUM_LIMIT / MONTHS)
			rules_die(r, i, share, "not a share");
		named[m] = true;
		sum += shares[m];
	}
	if (sum == 0)
		msg_die("%s: the shares of the months add up to nothing", path);
	rules_close(r);
}

/* Shares that follow the length of the months are the time itself. */
static void
use_time(int year, int64_t *shares)
{
	for (int m = 1; m <= MONTHS; m++)
		shares[m] = (m < MONTHS ? start_of(year, m + 1)
			: start_of(year, 12) + 31 * DATE_DAY) -
			start_of(year, m);
}

int64_t
season_passed(const char *path, int64_t as_of)
{
	int64_t shares[MONTHS + 1] = {0}, lengths[MONTHS + 1] = {0};
	num_wide over = 0, all = 0;
	struct date_civil day;

	date_split(as_of, &day);
	use_time(day.year, lengths);
	if (path)
		read_shares(path, shares);
	else
		use_time(day.year, shares);
	for (int m = 1; m <= MONTHS; m++) {
		all += shares[m];
		if (m < day.month)
			over += shares[m];
	}
	/* in terms of seconds of this month, so that nothing is lost */
	over = over * lengths[day.month] + (num_wide)shares[day.month] *
		(as_of - start_of(day.year, day.month));
	return (int64_t)num_divide(over * NUM_ONE, all * lengths[day.month]);
}
