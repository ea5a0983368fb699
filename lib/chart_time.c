#include "chart_part.h"

#include <math.h>
#include <stdlib.h>

#include "hash.h"

#define MOST_MONTHS 600 /* a longer run of months is not filled up */

enum time_key {
	NO_TIME,
	YEAR,
	MONTH,
	YEAR_MONTH, /* 2026-11 */
	MOMENT, /* a date, or a number that grows within a year */
};

/* How the rows are cut into points in time and series. */
struct cut {
	const struct table *t;
	size_t keys;
	enum time_key *kinds; /* of each key */
	bool *time, *other;   /* keys of each sort */
	bool has_year, has_month, has_moment, has_other;
	long *ranks;          /* of each row */
	struct hash *names;   /* of series; payload: none that is used */
};

static bool
begins(struct slice text, const char *word)
{
	size_t n = strlen(word);

	return text.n >= n && memcmp(text.p, word, n) == 0;
}

/* Every one that is known looks like 2026-11. */
static bool
are_year_months(const struct table *t, size_t column)
{
	size_t i;

	for (i = 0; i < t->rows; i++) {
		struct slice field = table_at(t, i, column)->field;

		if (field.n != 0 && (field.n != 7 || field.p[4] != '-' ||
			field.p[0] < '0' || field.p[0] > '9'))
			return false;
	}
	return t->rows > 0;
}

static enum time_key
kind_of(const struct table *t, size_t column)
{
	const struct table_column *c = &t->columns[column];

	if (c->type == TABLE_TEXT && (slice_is(c->name, "month") ||
		begins(c->source, "yearmonth(")))
		return are_year_months(t, column) ? YEAR_MONTH : NO_TIME;
	if (slice_is(c->name, "year") || begins(c->source, "year("))
		return YEAR;
	if (slice_is(c->name, "month") || begins(c->source, "month("))
		return MONTH;
	if (c->type == TABLE_TIME || slice_is(c->name, "quarter") ||
		slice_is(c->name, "week") || slice_is(c->name, "day"))
		return MOMENT;
	return NO_TIME;
}

static bool
cut_keys(struct cut *cut, const struct table *t)
{
	size_t k;

	*cut = (struct cut){.t = t, .keys = chart_keys(t)};
	cut->kinds = mem_zero(cut->keys + 1, sizeof *cut->kinds);
	cut->time = mem_zero(cut->keys + 1, sizeof *cut->time);
	cut->other = mem_zero(cut->keys + 1, sizeof *cut->other);
	for (k = 0; k < cut->keys; k++) {
		cut->kinds[k] = kind_of(t, k);
		cut->has_year |= cut->kinds[k] == YEAR;
		cut->has_month |= cut->kinds[k] == MONTH;
		if (cut->kinds[k] == YEAR_MONTH)
			cut->has_year = cut->has_month = true;
		cut->has_moment |= cut->kinds[k] == MOMENT;
		cut->time[k] = cut->kinds[k] != NO_TIME;
		cut->other[k] = cut->kinds[k] == NO_TIME;
		cut->has_other |= cut->other[k];
	}
	return cut->has_year || cut->has_month || cut->has_moment;
}

static void
cut_free(struct cut *cut)
{
	free(cut->kinds);
	free(cut->time);
	free(cut->other);
	free(cut->ranks);
	hash_close(cut->names);
}

/* The digits of a date or time, at most twelve: minutes. */
static long
digits_of(struct slice field)
{
	long number = 0;
	size_t i, n = 0;

	for (i = 0; i < field.n && n < 12; i++) {
		if (field.p[i] < '0' || field.p[i] > '9')
			continue;
		number = number * 10 + (field.p[i] - '0');
		n++;
	}
	for (; n > 0 && n < 12; n++)
		number *= 10;
	return number;
}

static void
read_month(struct slice field, long *year, long *month)
{
	long digits = digits_of(field) / 1000000;

	*year = digits / 100;
	*month = digits % 100 > 0 ? digits % 100 - 1 : 0;
}

static long
rank_of(const struct cut *cut, size_t row)
{
	long year = 0, month = 0, rank = 0;
	size_t k;

	for (k = 0; k < cut->keys; k++) {
		const struct table_cell *cell = table_at(cut->t, row, k);
		long value = (long)(cell->value / NUM_ONE);

		if (cut->kinds[k] == YEAR)
			year = value;
		else if (cut->kinds[k] == MONTH)
			month = value - 1;
		else if (cut->kinds[k] == YEAR_MONTH)
			read_month(cell->field, &year, &month);
		else if (cut->kinds[k] == MOMENT)
			rank = cut->t->columns[k].type == TABLE_NUMBER ? value :
				digits_of(cell->field);
	}
	if (cut->has_moment)
		return year * 1000 + rank;
	return cut->has_month ? year * 12 + month : year;
}

static int
compare(const void *a, const void *b)
{
	const struct chart_category *x = a, *y = b;

	return (x->rank > y->rank) - (x->rank < y->rank);
}

/* In order of time, each once; months without gaps. */
static void
make_categories(struct chart_data *d, struct cut *cut)
{
	struct chart_category *all = mem_zero(cut->t->rows + 1, sizeof *all);
	size_t i, n = 0;
	long span;

	cut->ranks = mem_alloc(cut->t->rows + 1, sizeof *cut->ranks);
	for (i = 0; i < cut->t->rows; i++) {
		cut->ranks[i] = all[i].rank = rank_of(cut, i);
		all[i].name = chart_key(&d->pool, cut->t, i, cut->time);
	}
	qsort(all, cut->t->rows, sizeof *all, compare);
	span = cut->t->rows > 0 ?
		all[cut->t->rows - 1].rank - all[0].rank + 1 : 0;
	d->months &= span <= MOST_MONTHS;
	d->categories = mem_zero((d->months ? (size_t)span : cut->t->rows) + 1,
		sizeof *d->categories);
	for (i = 0; i < cut->t->rows; i++) {
		while (d->months && n > 0 &&
			d->categories[n - 1].rank + 1 < all[i].rank) {
			d->categories[n].rank = d->categories[n - 1].rank + 1;
			n++;
		}
		if (n == 0 || d->categories[n - 1].rank != all[i].rank)
			d->categories[n++] = all[i];
	}
	d->count = n;
	free(all);
}

static void
name_months(struct chart_data *d)
{
	struct buf b = {0};
	size_t i;

	for (i = 0; i < d->count; i++) {
		long rank = d->categories[i].rank;

		buf_clear(&b);
		buf_printf(&b, "%ld-%02ld", rank / 12, rank % 12 + 1);
		d->categories[i].name = mem_pool_copy(&d->pool, buf_slice(&b));
	}
	buf_free(&b);
}

void
chart_time_years(struct chart_data *d)
{
	struct buf b = {0};
	size_t n = 0, i, k;

	for (i = 0; i < d->count; i++) {
		long year = d->categories[i].rank / 12;
		bool is_new = n == 0 || d->categories[n - 1].rank != year;

		for (k = 0; k < d->series_count; k++) {
			double *values = d->series[k].values, value = values[i];

			if (is_new)
				values[n] = value;
			else if (!isnan(value))
				values[n - 1] = value + (isnan(values[n - 1]) ?
					0 : values[n - 1]);
		}
		if (!is_new)
			continue;
		buf_clear(&b);
		buf_printf(&b, "%ld", year);
		d->categories[n++] = (struct chart_category){.rank = year,
			.name = mem_pool_copy(&d->pool, buf_slice(&b))};
	}
	d->count = n;
	d->months = false;
	buf_free(&b);
}

static void
add_series(struct chart_data *d, struct slice name)
{
	struct chart_series *s;
	size_t i;

	d->series = mem_resize(d->series, d->series_count + 1,
		sizeof *d->series);
	s = &d->series[d->series_count++];
	*s = (struct chart_series){.name = name};
	s->values = mem_alloc(d->count + 1, sizeof *s->values);
	for (i = 0; i < d->count; i++)
		s->values[i] = NAN;
}

static size_t
category_of(const struct chart_data *d, long rank)
{
	struct chart_category wanted = {.rank = rank};
	const struct chart_category *found = bsearch(&wanted, d->categories,
		d->count, sizeof wanted, compare);

	return (size_t)(found - d->categories);
}

static void
add_value(struct chart_data *d, size_t series, size_t category, double value)
{
	double *at = &d->series[series].values[category];

	if (!isnan(value))
		*at = (isnan(*at) ? 0 : *at) + value;
}

/* What else names the rows are the series; only sides can be added up. */
static void
fill_by_key(struct chart_data *d, struct cut *cut, const size_t *columns,
	size_t n)
{
	size_t i, k;

	cut->names = hash_open(sizeof(char));
	if (!cut->t->columns[columns[0]].sided ||
		cut->t->chart != TABLE_STACKED)
		n = 1;
	for (i = 0; i < cut->t->rows; i++) {
		struct slice name = chart_key(&d->pool, cut->t, i, cut->other);
		bool is_new;
		size_t series = hash_put(cut->names, name, hash_code(name),
			&is_new);

		if (is_new)
			add_series(d, name);
		for (k = 0; k < n; k++)
			add_value(d, series, category_of(d, cut->ranks[i]),
				chart_value(cut->t, i, columns[k]));
	}
}

static void
fill_by_column(struct chart_data *d, struct cut *cut,
	const struct chart_data *plain)
{
	size_t i, k;

	for (k = 0; k < plain->series_count; k++) {
		add_series(d, mem_pool_copy(&d->pool, plain->series[k].name));
		for (i = 0; i < cut->t->rows; i++)
			add_value(d, k, category_of(d, cut->ranks[i]),
				plain->series[k].values[i]);
	}
}

bool
chart_time_only(const struct table *t)
{
	struct cut cut;
	bool only = cut_keys(&cut, t) && !cut.has_other;

	cut_free(&cut);
	return only;
}

bool
chart_time_open(struct chart_data *d, const struct table *t,
	const size_t *columns, size_t n)
{
	struct chart_data plain;
	struct cut cut;

	if (!cut_keys(&cut, t) || t->rows == 0 || n == 0) {
		cut_free(&cut);
		return false;
	}
	chart_data_open(&plain, t, columns, n);
	*d = (struct chart_data){.timed = true, .percent = plain.percent};
	d->months = cut.has_year && cut.has_month && !cut.has_moment;
	d->seasons = !cut.has_year && cut.has_month && !cut.has_moment;
	make_categories(d, &cut);
	if (d->months)
		name_months(d);
	if (cut.has_other)
		fill_by_key(d, &cut, columns, n);
	else
		fill_by_column(d, &cut, &plain);
	chart_data_close(&plain);
	cut_free(&cut);
	return true;
}
