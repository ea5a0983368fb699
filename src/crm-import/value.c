#include "value.h"

#include <string.h>

#include "amount.h"
#include "channels.h"
#include "date.h"
#include "num.h"
#include "out.h"
#include "phone.h"
#include "text.h"
#include "when.h"
#include "written.h"

static void
put(struct buf *lines, const char *p, size_t n)
{
	memcpy(buf_reserve(lines, n), p, n);
	lines->n += n;
}

static bool
has_escape(uint64_t w)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t slash = w ^ (ones * '\\');

	return (((w - ones * 0x20) & ~w) | ((slash - ones) & ~slash)) &
		(ones * 0x80);
}

/* Appends s where nothing in it is to be escaped. */
static bool
put_plain(struct buf *lines, struct slice s)
{
	char *to = buf_reserve(lines, s.n);
	size_t i = 0;
	uint64_t w;

	for (; i + 8 <= s.n; i += 8) {
		memcpy(&w, s.p + i, 8);
		if (has_escape(w))
			return false;
		memcpy(to + i, &w, 8);
	}
	for (; i < s.n; i++) {
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == '\\')
			return false;
		to[i] = s.p[i];
	}
	lines->n += s.n;
	return true;
}

static void
put_text(struct buf *lines, struct slice s)
{
	if (!put_plain(lines, s))
		out_text(lines, s);
}

static enum value_status
clean_phone(struct slice as_written, struct slice s, struct buf *lines,
	const char **why)
{
	char phone[PHONE_SIZE];
	size_t n;

	if (phone_read(s, phone, &n)) {
		put(lines, phone, n);
		return VALUE_GOOD;
	}
	*why = written_destroyed(s)
		? "not a phone number any more: a spreadsheet cut its digits;"
		  " kept as it is"
		: "not a phone number; kept as it is";
	out_text(lines, as_written);
	return VALUE_KEPT;
}

static enum value_status
clean_amount(const struct value_place *at, struct slice s, struct buf *lines,
	const char **why)
{
	char text[NUM_SIZE];
	int64_t value;
	enum num_status status = amount_read(s, &value);

	if (status != NUM_OK) {
		*why = num_why(status);
		return VALUE_BAD;
	}
	put(lines, text, at->column->type == SCHEMA_MONEY
		? num_write_money(text, value) : num_write(text, value));
	return VALUE_GOOD;
}

static void
write_month_day(struct buf *lines, const struct date_civil *c)
{
	char text[] = "--00-00";

	text[2] = (char)('0' + c->month / 10);
	text[3] = (char)('0' + c->month % 10);
	text[5] = (char)('0' + c->day / 10);
	text[6] = (char)('0' + c->day % 10);
	put(lines, text, 7);
}

static enum value_status
write_birthday(const struct value_place *at, struct when *w,
	struct buf *lines, const char **why)
{
	char text[DATE_SIZE];
	int64_t t;

	*why = "a birthday has no time of day";
	if (w->timed && (w->civil.hour || w->civil.minute || w->civil.second))
		return VALUE_BAD;
	if (w->civil.year == 0) {
		write_month_day(lines, &w->civil);
		return VALUE_GOOD;
	}
	*why = date_why(DATE_NONE);
	if (!date_make(&w->civil, &t))
		return VALUE_BAD;
	if (t > at->layout->as_of && w->short_year) {
		w->civil.year -= 100;
		if (!date_make(&w->civil, &t))
			return VALUE_BAD;
	}
	*why = "a birthday after as-of";
	if (t > at->layout->as_of)
		return VALUE_BAD;
	put(lines, text, date_write_day(text, date_midnight(t)));
	return VALUE_GOOD;
}

/* 46027 or 46027.354: what Excel holds for a day of our time. */
static bool
is_day_number(struct slice s)
{
	if (s.n < 5 || (s.n > 5 && s.p[5] != '.'))
		return false;
	for (size_t i = 0; i < 5; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static enum value_status
clean_when(const struct value_place *at, struct slice s, struct buf *lines,
	const char **why)
{
	char text[DATE_SIZE];
	struct when w;
	int64_t t;
	enum date_status status = when_read(s, at->layout->excel, &w);

	if (status == DATE_OK && w.open) {
		enum when_order order = source_order(at->source,
			at->source_column, &w);

		if (order == WHEN_UNKNOWN)
			return VALUE_UNCLEAR;
		when_close(&w, order);
	}
	if (status == DATE_OK && at->column->type == SCHEMA_DAY)
		return write_birthday(at, &w, lines, why);
	if (status == DATE_OK && !date_make(&w.civil, &t))
		status = DATE_NONE;
	if (status != DATE_OK) {
		*why = status == DATE_SYNTAX && !at->layout->excel &&
			is_day_number(s)
			? "not a time (--excel-dates reads Excel's day numbers)"
			: date_why(status);
		return VALUE_BAD;
	}
	put(lines, text, w.timed ? date_write(text, t)
		: date_write_day(text, t));
	return VALUE_GOOD;
}

/* In the column of an order's state some words mean something else. */
static bool
find_word(const struct value_place *at, struct slice s, struct slice *word)
{
	if (at->source && at->source->columns[at->source_column].of_orders &&
		words_find(at->layout->orders, s, at->scratch, word))
		return true;
	return words_find(at->column->words, s, at->scratch, word);
}

static enum value_status
clean_text(const struct value_place *at, struct slice s, struct buf *lines,
	const char **why)
{
	const struct clean_column *column = at->column;
	struct slice word;
	enum value_status status = VALUE_GOOD;

	if (column->words && find_word(at, s, &word)) {
		out_text(lines, word);
		return VALUE_GOOD;
	}
	if (column->strict) {
		*why = column->not_a_word;
		return VALUE_BAD;
	}
	if (column->key) {
		s = written_unwrap(s);
		if (written_nothing(s))
			return VALUE_GOOD;
		if (written_destroyed(s)) {
			*why = "digits are lost: a spreadsheet cut them";
			return VALUE_BAD;
		}
	} else if (s.p[0] == '=') {
		s = written_unwrap(s);
	} else if (written_long(s) || (column->digits &&
		written_destroyed(s))) {
		*why = "digits are lost: a spreadsheet cut them; kept as it is";
		status = VALUE_KEPT;
	}
	put_text(lines, s);
	return status;
}

enum value_status
value_clean(const struct value_place *at, struct slice s, struct buf *lines,
	const char **why)
{
	const struct clean_column *column = at->column;
	struct slice half, word;

	if (s.n == 0)
		return VALUE_GOOD;
	if (column->type == SCHEMA_TEXT)
		return clean_text(at, s, lines, why);
	half = written_half(written_unwrap(s), at->scratch);
	if (written_nothing(half))
		return VALUE_GOOD;
	switch (column->type) {
	case SCHEMA_PHONE:
		return clean_phone(s, half, lines, why);
	case SCHEMA_NUMBER:
	case SCHEMA_MONEY:
		if (column->words && words_find(column->words, s,
			at->scratch, &word)) {
			out_text(lines, word);
			return VALUE_GOOD;
		}
		return clean_amount(at, written_half(written_unwrap(s), at->scratch),
			lines, why);
	case SCHEMA_TIME:
	case SCHEMA_DAY:
		return clean_when(at, half, lines, why);
	case SCHEMA_LIST:
		*why = "neither a channel nor yes or no; kept as it is";
		return channels_clean(at, s, lines) ? VALUE_GOOD : VALUE_KEPT;
	default:
		return clean_text(at, half, lines, why);
	}
}
