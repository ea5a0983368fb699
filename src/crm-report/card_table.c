#include "card_table.h"

#include "date.h"
#include "figure.h"
#include "mask.h"
#include "out.h"
#include "text.h"
#include "words.h"

struct slice
card_table_field(const struct card_rows *rows, size_t row,
	const char *column)
{
	size_t i = record_find(rows->source, slice_of(column));

	if (i == RECORD_NONE)
		return (struct slice){"", 0};
	return rows->fields[row * rows->source->columns + i];
}

static struct slice
canonical(struct buf *b, struct slice raw)
{
	struct buf plain = {0};

	buf_clear(b);
	if (text_unescape(&plain, raw))
		text_escape(b, buf_slice(&plain));
	else
		buf_add(b, raw);
	buf_free(&plain);
	return buf_slice(b);
}

/* A time on the clock of the wall, so that all can be compared by eye. */
static struct slice
local(struct buf *b, struct slice raw)
{
	int64_t t;

	if (raw.n == DATE_WRITTEN_DAY || date_read(raw, &t) != DATE_OK ||
		!date_valid(t))
		return canonical(b, raw);
	buf_clear(b);
	b->n += date_write(buf_reserve(b, DATE_SIZE), t);
	return buf_slice(b);
}

/* A value as it may be seen. */
static struct slice
shown(const struct card *c, struct slice column, struct slice raw, struct buf *b)
{
	struct buf plain = {0}, masked = {0};

	if (schema_type_of(column) == SCHEMA_TIME)
		return local(b, raw);
	if (!c->options->mask || !mask_is_personal(column))
		return canonical(b, raw);
	buf_clear(b);
	if (!text_unescape(&plain, raw))
		buf_clear(&plain);
	if (mask_column(&masked, column, buf_slice(&plain)))
		text_escape(b, buf_slice(&masked));
	buf_free(&plain);
	buf_free(&masked);
	return buf_slice(b);
}

static enum table_type
type_of(struct slice column)
{
	switch (schema_type_of(column)) {
	case SCHEMA_NUMBER:
		return TABLE_NUMBER;
	case SCHEMA_MONEY:
		return TABLE_MONEY;
	case SCHEMA_TIME:
		return TABLE_TIME;
	default:
		return TABLE_TEXT;
	}
}

static void
add_line(struct table *t, struct slice name, struct slice value)
{
	size_t row = table_add_row(t);

	table_set(t, row, 0, name, 0);
	table_set(t, row, 1, value, 0);
}

/* Json has the value, the others what is read of it. */
static void
add_value(const struct card *c, struct table *t, struct slice name,
	enum table_type type, struct slice value)
{
	struct buf read = {0};

	if (c->options->format == RUN_JSON)
		type = TABLE_TEXT;
	if (type == TABLE_TIME)
		figure_time(&read, value);
	else if (type == TABLE_MONEY)
		figure_money(&read, value,
			words_language(c->options->lang));
	else
		buf_add(&read, value);
	add_line(t, name, buf_slice(&read));
	buf_free(&read);
}

static void
add_figure(const struct card *c, struct table *t, const char *name,
	enum table_type type, struct buf *b)
{
	if (b->n > 0)
		add_value(c, t, slice_of(name), type, buf_slice(b));
	buf_clear(b);
}

static void
add_figures(const struct card *c, struct table *t, struct buf *b)
{
	const struct card_figures *f = &c->figures;

	buf_clear(b);
	out_count(b, f->tickets);
	add_figure(c, t, "tickets", TABLE_NUMBER, b);
	out_count(b, f->open);
	add_figure(c, t, "open", TABLE_NUMBER, b);
	local(b, f->contact);
	add_figure(c, t, "last_contact", TABLE_TIME, b);
	out_count(b, f->purchases);
	add_figure(c, t, "purchases", TABLE_NUMBER, b);
	b->n += num_write_money(buf_reserve(b, NUM_SIZE), f->sales);
	add_figure(c, t, "sales", TABLE_MONEY, b);
	local(b, f->first);
	add_figure(c, t, "first_purchase", TABLE_TIME, b);
	local(b, f->last);
	add_figure(c, t, "last_purchase", TABLE_TIME, b);
	if (f->scores > 0)
		b->n += num_write(buf_reserve(b, NUM_SIZE), num_divide(f->score,
			(num_wide)f->scores));
	add_figure(c, t, "mean_score", TABLE_NUMBER, b);
}

void
card_table_customer(const struct card *c, const struct definition *d,
	struct table *t)
{
	const struct record_source *source = c->customer.source;
	struct buf b = {0};
	struct slice value;
	size_t i;

	table_init(t, slice_of("card"), definition_get(d, DEFINITION_TITLE),
		TABLE_PLAIN);
	table_set_about(t, definition_get(d, DEFINITION_NOTE));
	table_add_column(t, slice_of("field"), TABLE_TEXT, true);
	table_add_column(t, slice_of("value"), TABLE_TEXT, true);
	for (i = 0; c->customer.count > 0 && i < source->columns; i++) {
		value = shown(c, source->names[i], c->customer.fields[i], &b);
		if (value.n > 0)
			add_value(c, t, source->names[i],
				type_of(source->names[i]), value);
	}
	add_figures(c, t, &b);
	buf_free(&b);
}

/* Only the columns that say something. */
static bool
says_something(const struct card *c, size_t column)
{
	size_t n = c->tickets.source->columns, i;

	if (slice_is(c->tickets.source->names[column], "customer_id"))
		return false;
	for (i = 0; i < c->count; i++) {
		if (c->tickets.fields[c->entries[i].row * n + column].n > 0)
			return true;
	}
	return false;
}

/* The column that comes k-th: what the ticket is called leads, then when it was
 * opened, then the others as they stand. */
static size_t
in_order(const struct record_source *source, size_t k)
{
	size_t first[] = {record_find(source, slice_of("ticket_id")),
		record_find(source, slice_of("opened_at"))};
	size_t i, n = 0;

	for (i = 0; i < 2; i++) {
		if (first[i] != RECORD_NONE && n++ == k)
			return first[i];
	}
	for (i = 0; i < source->columns; i++) {
		if (i != first[0] && i != first[1] && n++ == k)
			return i;
	}
	return k;
}

static void
add_ticket(const struct card *c, size_t entry, struct table *t, struct buf *b)
{
	const struct record_source *source = c->tickets.source;
	size_t row = table_add_row(t), at = 0, k, column;
	int64_t figure;

	for (k = 0; k < source->columns; k++) {
		struct slice raw;

		column = in_order(source, k);
		if (!says_something(c, column))
			continue;
		raw = c->tickets.fields[c->entries[entry].row *
			source->columns + column];
		if (num_read(raw, &figure) != NUM_OK)
			figure = 0;
		table_set(t, row, at++, shown(c, source->names[column], raw, b),
			figure);
	}
}

void
card_table_tickets(const struct card *c, struct table *t)
{
	const struct record_source *source = c->tickets.source;
	struct buf b = {0};
	size_t i, k, column;

	table_init(t, slice_of("card-tickets"), slice_of("Tickets"),
		TABLE_PLAIN);
	for (k = 0; k < source->columns; k++) {
		column = in_order(source, k);
		if (says_something(c, column))
			table_add_column(t, source->names[column],
				type_of(source->names[column]), true);
	}
	for (i = 0; i < c->count; i++)
		add_ticket(c, i, t, &b);
	buf_free(&b);
}

static void
add_values(const struct card *c, struct table *t, const struct card_rows *rows,
	size_t row, const char *what, const char *key)
{
	struct slice cells[4] = {slice_of(what)}, raw;
	struct buf name = {0}, value = {0}, id = {0};
	size_t i, k, at;

	cells[1] = canonical(&id, card_table_field(rows, row, key));
	for (i = 0; i < rows->source->columns; i++) {
		raw = rows->fields[row * rows->source->columns + i];
		if (raw.n == 0)
			continue;
		buf_clear(&name);
		text_escape(&name, rows->source->names[i]);
		cells[2] = buf_slice(&name);
		cells[3] = schema_type_of(rows->source->names[i]) ==
			SCHEMA_TIME ? canonical(&value, raw) :
			shown(c, rows->source->names[i], raw, &value);
		at = table_add_row(t);
		for (k = 0; k < 4; k++)
			table_set(t, at, k, cells[k], 0);
	}
	buf_free(&name);
	buf_free(&value);
	buf_free(&id);
}

void
card_table_values(const struct card *c, const struct definition *d, struct table *t)
{
	static const char *const columns[] = {"of", "id", "field", "value"};
	size_t i;

	table_init(t, slice_of("card"), definition_get(d, DEFINITION_TITLE),
		TABLE_PLAIN);
	for (i = 0; i < 4; i++)
		table_add_column(t, slice_of(columns[i]), TABLE_TEXT, true);
	if (c->customer.count > 0)
		add_values(c, t, &c->customer, 0, "customer", "customer_id");
	for (i = 0; i < c->count; i++)
		add_values(c, t, &c->tickets, c->entries[i].row, "ticket",
			"ticket_id");
}
