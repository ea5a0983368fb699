#include "result.h"

#include <stdlib.h>

#include "aggregate.h"
#include "text.h"

static enum table_type
type_of(const struct expr *e)
{
	switch (expr_type(e)) {
	case EXPR_NUMBER:
		return expr_money(e) ? TABLE_MONEY : TABLE_NUMBER;
	case EXPR_DURATION:
		return TABLE_HOURS;
	case EXPR_TIME:
		return TABLE_TIME;
	case EXPR_BOOL:
		return TABLE_BOOL;
	default:
		return TABLE_TEXT;
	}
}

/* Whose number of records is worth telling: what is not of all the group. */
static bool
has_denominator(const struct report *report, const struct report_measure *m)
{
	const struct expr_aggregate *a;

	if (m->whole == RECORD_NONE)
		return false;
	a = &report->aggregates[m->whole];
	return !aggregate_is_window(a) && a->function != EXPR_COUNT &&
		a->function != EXPR_DISTINCT;
}

static void
add_column(struct table *t, const struct result *r, struct slice measure,
	const char *suffix, size_t side, enum table_type type)
{
	const struct report *report = r->groups->report;
	struct slice value = r->sides[side];
	struct buf name = {0};

	if (report->measure_count > 1 || !report->across || *suffix) {
		buf_add(&name, measure);
		buf_text(&name, suffix);
		if (report->across)
			buf_byte(&name, '.');
	}
	if (report->across && value.n == 0)
		buf_text(&name, "(none)");
	else if (report->across)
		text_unescape(&name, value);
	table_add_column(t, buf_slice(&name), type, false);
	buf_free(&name);
}

static void
add_columns(struct table *t, const struct result *r, bool explain)
{
	const struct report *report = r->groups->report;
	size_t i, k;

	for (i = 0; i < report_rows_by(report); i++)
		table_add_column(t, report->keys[i].name,
			type_of(report->keys[i].e), true);
	for (i = 0; i < report->measure_count; i++) {
		for (k = 0; k < r->side_count; k++)
			add_column(t, r, report->measures[i].name, "", k,
				type_of(report->measures[i].e));
	}
	for (i = 0; explain && i < report->measure_count; i++) {
		if (!has_denominator(report, &report->measures[i]))
			continue;
		for (k = 0; k < r->side_count; k++)
			add_column(t, r, report->measures[i].name, ".n", k,
				TABLE_NUMBER);
	}
}

/* A percentage always shows its four decimals. */
static void
write_percent(struct buf *b, const struct expr_value *value)
{
	int64_t part = value->i % NUM_ONE;

	if (!value->missing)
		buf_printf(b, "%s%lld.%04lld", value->i < 0 ? "-" : "",
			llabs(value->i / NUM_ONE), llabs(part));
}

static bool
is_percent(const struct report *report, const struct report_measure *m)
{
	enum expr_function function;

	if (m->whole == RECORD_NONE)
		return false;
	function = report->aggregates[m->whole].function;
	return function == EXPR_SHARE || function == EXPR_CUMSHARE;
}

static void
set_measure(struct table *t, size_t row, size_t column, const struct result *r,
	const struct result_spot *spot, size_t measure, struct buf *b)
{
	const struct report *report = r->groups->report;
	const struct report_measure *m = &report->measures[measure];
	const struct expr_value *value = &spot->measures[measure];
	num_wide figure = value->missing ? 0 : value->i;

	buf_clear(b);
	if (m->whole != RECORD_NONE &&
		!aggregate_is_window(&report->aggregates[m->whole])) {
		figure = aggregate_write(&report->aggregates[m->whole],
			spot->group ? groups_cell(r->groups, spot->group,
			m->whole) : NULL,
			spot->group ? spot->group->records : 0, b);
	} else if (is_percent(report, m)) {
		write_percent(b, value);
	} else {
		expr_write(b, m->e, value);
		if (expr_type(m->e) == EXPR_DURATION)
			figure = num_divide(figure * NUM_ONE, 3600);
	}
	table_set(t, row, column, buf_slice(b), figure);
}

static void
set_denominator(struct table *t, size_t row, size_t column,
	const struct result *r, const struct result_spot *spot, size_t measure,
	struct buf *b)
{
	const struct report *report = r->groups->report;
	size_t whole = report->measures[measure].whole;
	uint64_t n = spot->group ? aggregate_of(&report->aggregates[whole],
		groups_cell(r->groups, spot->group, whole)) : 0;

	buf_clear(b);
	out_count(b, n);
	table_set(t, row, column, buf_slice(b), (num_wide)n * NUM_ONE);
}

static void
set_key(struct table *t, size_t row, size_t column, struct slice field)
{
	int64_t figure = 0;

	if (table_is_figure(&t->columns[column]) &&
		num_read(field, &figure) != NUM_OK)
		figure = 0;
	table_set(t, row, column, field, figure);
}

static void
add_row(struct table *t, const struct result *r, const struct result_row *row,
	bool explain, struct buf *b)
{
	const struct report *report = r->groups->report;
	size_t at = table_add_row(t), column = 0, i, k;

	for (i = 0; i < report_rows_by(report); i++)
		set_key(t, at, column++, result_part(row->key, i));
	for (i = 0; i < report->measure_count; i++) {
		for (k = 0; k < r->side_count; k++)
			set_measure(t, at, column++, r, &row->spots[k], i, b);
	}
	for (i = 0; explain && i < report->measure_count; i++) {
		if (!has_denominator(report, &report->measures[i]))
			continue;
		for (k = 0; k < r->side_count; k++)
			set_denominator(t, at, column++, r, &row->spots[k], i,
				b);
	}
}

static void
add_note(struct table *t, const char *what, struct slice text, struct buf *b)
{
	if (text.n == 0)
		return;
	buf_clear(b);
	buf_text(b, what);
	buf_add(b, text);
	table_add_note(t, buf_slice(b));
}

/* Every figure's rule: its expression, and what its aggregates mean. */
static void
add_rules(struct table *t, const struct report *report, struct buf *b)
{
	const struct definition *d = report->definition;
	struct slice of = definition_get(d, DEFINITION_OF);
	size_t i, k;

	add_note(t, "of: ", of.n ? of : slice_of("tickets"), b);
	add_note(t, "where: ", definition_get(d, DEFINITION_WHERE), b);
	add_note(t, "by: ", definition_get(d, DEFINITION_BY), b);
	add_note(t, "across: ", definition_get(d, DEFINITION_ACROSS), b);
	for (i = 0; i < report->measure_count; i++) {
		const struct report_measure *m = &report->measures[i];

		buf_clear(b);
		buf_add(b, m->name);
		buf_text(b, " = ");
		buf_add(b, m->text);
		for (k = m->first; k < m->end; k++) {
			buf_text(b, k == m->first ? ": " : "; ");
			buf_text(b, aggregate_rule(&report->aggregates[k]));
		}
		if (has_denominator(report, m)) {
			buf_text(b, "; of ");
			buf_add(b, m->name);
			buf_text(b, ".n records");
		}
		table_add_note(t, buf_slice(b));
	}
}

void
result_table(const struct result *r, bool explain, struct table *t)
{
	const struct report *report = r->groups->report;
	const struct definition *d = report->definition;
	struct buf b = {0};
	size_t i;

	table_init(t, d->name, definition_get(d, DEFINITION_TITLE),
		report->chart);
	add_columns(t, r, explain);
	for (i = 0; i < r->row_count; i++)
		add_row(t, r, &r->rows[i], explain, &b);
	if (explain)
		add_rules(t, report, &b);
	buf_free(&b);
}
