#include "figure.h"

#include "num.h"
#include "phrase.h"
#include "text.h"

#define DECIMALS 4 /* of a value */

static size_t
decimals_of(struct slice field)
{
	const char *point = field.n ? memchr(field.p, '.', field.n) : NULL;

	return point ? (size_t)(field.p + field.n - point) - 1 : 0;
}

static num_wide
power_of_ten(unsigned n)
{
	num_wide power = 1;

	while (n-- > 0)
		power *= 10;
	return power;
}

static num_wide
magnitude(num_wide value)
{
	return value < 0 ? -value : value;
}

/* The column's largest and smallest magnitude; zero does not count. */
static void
range(const struct table *t, size_t column, num_wide *least, num_wide *most)
{
	size_t i;

	*least = *most = 0;
	for (i = 0; i < t->rows; i++) {
		num_wide value = magnitude(table_at(t, i, column)->value);

		if (value > 0 && (*least == 0 || value < *least))
			*least = value;
		if (value > *most)
			*most = value;
	}
	if (t->total && magnitude(t->total[column].value) > *most)
		*most = magnitude(t->total[column].value);
}

/* Of the total too: the mean of 5 and 6 is 5.5. */
static unsigned
most_decimals(const struct table *t, size_t column)
{
	size_t most = t->total ? decimals_of(t->total[column].field) : 0, i;

	for (i = 0; i < t->rows; i++) {
		size_t n = decimals_of(table_at(t, i, column)->field);

		if (n > most)
			most = n;
	}
	return most < DECIMALS ? (unsigned)most : DECIMALS;
}

/* The smallest figure is to keep two digits. */
static unsigned
choose_power(num_wide least, num_wide most)
{
	unsigned power;

	for (power = 8; power > 0; power -= 4) {
		num_wide unit = power_of_ten(power) * NUM_ONE;

		if (most >= unit * 10 && least >= unit / 10)
			return power;
	}
	return 0;
}

static bool
is_rounded(const struct table_column *c)
{
	return c->type == TABLE_HOURS || slice_is(c->unit, "%") ||
		slice_is(c->unit, "hours") || slice_is(c->unit, "days");
}

struct figure
figure_plan(const struct table *t, size_t column)
{
	const struct table_column *c = &t->columns[column];
	struct figure f = {.decimals = most_decimals(t, column)};
	num_wide least, most;

	if (c->key || !table_is_figure(c))
		return f;
	range(t, column, &least, &most);
	f.percent = slice_is(c->unit, FIGURE_RATE);
	if (f.percent || (is_rounded(c) && f.decimals > 1))
		f.decimals = 1;
	else if (f.decimals > 2 && most >= NUM_ONE)
		f.decimals = 2;
	if (t->lang == TABLE_ZH && !f.percent && !is_rounded(c))
		f.power = choose_power(least, most);
	if (f.power > 0)
		f.decimals = 2;
	f.grouped = most / power_of_ten(f.power) * (f.percent ? 100 : 1) >=
		NUM_ONE * 10000;
	return f;
}

void
figure_group(struct buf *b, struct slice digits)
{
	size_t i;

	for (i = 0; i < digits.n; i++) {
		if (i > 0 && (digits.n - i) % 3 == 0)
			buf_text(b, FIGURE_BLANK);
		buf_byte(b, digits.p[i]);
	}
}

static void
write_whole(struct buf *b, num_wide value, bool grouped)
{
	char digits[64], *end = digits + sizeof digits, *p = end;

	do {
		*--p = (char)('0' + (int)(value % 10));
		value /= 10;
	} while (value > 0);
	if (grouped)
		figure_group(b, (struct slice){p, (size_t)(end - p)});
	else
		buf_add(b, (struct slice){p, (size_t)(end - p)});
}

void
figure_write(struct buf *b, const struct figure *f, num_wide value)
{
	num_wide unit = power_of_ten(f->decimals), shown;
	unsigned left = DECIMALS - f->decimals + f->power;

	if (f->percent)
		value *= 100;
	shown = num_divide(value, power_of_ten(left));
	if (shown < 0)
		buf_byte(b, '-');
	shown = magnitude(shown);
	write_whole(b, shown / unit, f->grouped);
	if (f->decimals == 0)
		return;
	buf_byte(b, '.');
	for (shown %= unit; unit > 1; shown %= unit) {
		unit /= 10;
		buf_byte(b, (char)('0' + (int)(shown / unit)));
	}
}

/* The currency follows the unit that it is counted in: 万元. */
static enum phrase
power_phrase(const struct table_column *c, const struct figure *f)
{
	if (c->type == TABLE_MONEY)
		return f->power == 4 ? PHRASE_TEN_THOUSAND_YUAN :
			PHRASE_HUNDRED_MILLION_YUAN;
	return f->power == 4 ? PHRASE_TEN_THOUSAND : PHRASE_HUNDRED_MILLION;
}

struct slice
figure_unit(const struct table *t, size_t column, const struct figure *f)
{
	const struct table_column *c = &t->columns[column];

	if (f->power > 0)
		return slice_of(phrase_of(t->lang, power_phrase(c, f)));
	if (f->percent || slice_is(c->unit, "%"))
		return slice_of("%");
	if (c->type == TABLE_HOURS || slice_is(c->unit, "hours"))
		return slice_of(phrase_of(t->lang, PHRASE_HOURS));
	if (slice_is(c->unit, "days"))
		return slice_of(phrase_of(t->lang, PHRASE_DAYS));
	return (struct slice){"", 0};
}

struct slice
figure_counted(const struct table_column *column)
{
	return slice_equal(column->unit, table_label(column)) ?
		(struct slice){"", 0} : column->unit;
}

/* The only measure: its sides need not say which. */
static bool
stands_alone(const struct table_column *c)
{
	return c->side.n > 0 ? slice_equal(c->name, c->side) :
		slice_is(c->name, "(none)");
}

/* "sales, %" and "销售额（%）". */
void
figure_heading(struct buf *b, const struct table *t, size_t column,
	const struct figure *f)
{
	const struct table_column *c = &t->columns[column];
	struct slice unit = f ? figure_unit(t, column, f) :
		(struct slice){"", 0};

	if (!c->sided || !stands_alone(c))
		buf_add(b, table_label(c));
	if (c->sided && !stands_alone(c))
		buf_byte(b, ' ');
	if (c->sided)
		buf_add(b, c->side.n > 0 ? c->side :
			slice_of(phrase_of(t->lang, PHRASE_NONE)));
	if (unit.n == 0)
		return;
	buf_text(b, t->lang == TABLE_ZH ? "（" : ", ");
	buf_add(b, unit);
	if (t->lang == TABLE_ZH)
		buf_text(b, "）");
}

void
figure_money(struct buf *b, struct slice field, enum table_lang lang)
{
	struct figure f = {.decimals = 2};
	int64_t value;

	if (num_read(field, &value) != NUM_OK) {
		buf_add(b, field);
		return;
	}
	f.grouped = magnitude(value) >= (num_wide)10000 * NUM_ONE;
	figure_write(b, &f, value);
	buf_byte(b, ' ');
	buf_text(b, phrase_of(lang, PHRASE_YUAN));
}

/* 2026-11-21T09:00:00 is read as 2026-11-21 09:00, midnight as the day. */
void
figure_time(struct buf *b, struct slice field)
{
	const size_t day = strlen("2026-11-21"), minute = day + strlen("T09:00");
	struct slice rest;

	if (field.n != minute + strlen(":00") || field.p[day] != 'T') {
		buf_add(b, field);
		return;
	}
	buf_add(b, (struct slice){field.p, day});
	rest = (struct slice){field.p + day + 1, field.n - day - 1};
	if (slice_is(rest, "00:00:00"))
		return;
	if (slice_is((struct slice){field.p + minute, 3}, ":00"))
		rest.n -= 3;
	buf_byte(b, ' ');
	buf_add(b, rest);
}

void
figure_cell(struct buf *b, const struct table *t, size_t row, size_t column,
	const struct figure *f)
{
	const struct table_cell *cell = table_at(t, row, column);
	size_t start = b->n;

	if (cell->field.n == 0)
		return;
	if (t->columns[column].key && table_is_figure(&t->columns[column])) {
		buf_add(b, cell->field);
	} else if (table_is_figure(&t->columns[column])) {
		figure_write(b, f, cell->value);
	} else if (t->columns[column].type == TABLE_TIME) {
		figure_time(b, cell->field);
	} else if (t->columns[column].type == TABLE_BOOL) {
		buf_text(b, phrase_of(t->lang, slice_is(cell->field, "true") ?
			PHRASE_YES : PHRASE_NO));
	} else if (!text_unescape(b, cell->field)) {
		b->n = start;
		buf_add(b, cell->field);
	}
}
