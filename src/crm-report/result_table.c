#include "result_step.h"

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

bool
result_has_denominator(const struct report *report,
	const struct report_measure *m)
{
	const struct expr_aggregate *a;

	if (m->whole == RECORD_NONE)
		return m->divisor != NULL;
	a = &report->aggregates[m->whole];
	switch (a->function) {
	case EXPR_COUNT:
	case EXPR_DISTINCT:
		return false;
	case EXPR_SHARE:
	case EXPR_CUMSHARE:
	case EXPR_INDEX:
	case EXPR_PORTION:
		return true;
	default:
		return !aggregate_is_window(a);
	}
}

/* What the column that was added last is a side of. */
static void
set_side(struct table *t, const struct report *report, struct slice measure,
	struct slice value)
{
	struct table_column *c = &t->columns[t->column_count - 1];
	struct buf side = {0};

	if (!report->across)
		return;
	text_unescape(&side, value);
	c->side = table_keep(t, buf_slice(&side));
	c->measured = table_keep(t, measure);
	c->sided = true;
	buf_free(&side);
}

/* The expression of key i. */
static struct slice
key_source(const struct report *report, size_t i)
{
	struct slice by = definition_get(report->definition, DEFINITION_BY);
	struct slice name, text = {"", 0};
	size_t position = 0, at, k;

	for (k = 0; k <= i; k++) {
		if (!expr_item(by, &position, &name, &text, &at))
			break;
	}
	return text;
}

static void
set_source(struct table *t, struct slice source)
{
	t->columns[t->column_count - 1].source = table_keep(t, source);
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
	set_side(t, report, measure, value);
	buf_free(&name);
}

static void
add_columns(struct table *t, const struct result *r, bool explain)
{
	const struct report *report = r->groups->report;
	size_t i, k;

	for (i = 0; i < report_rows_by(report); i++) {
		table_add_column(t, report->keys[i].name,
			type_of(report->keys[i].e), true);
		set_source(t, key_source(report, i));
		table_set_unit(t, report_unit(report, true, i));
	}
	for (i = 0; i < report->measure_count; i++) {
		for (k = 0; k < r->side_count; k++) {
			add_column(t, r, report->measures[i].name, "", k,
				type_of(report->measures[i].e));
			set_source(t, report->measures[i].text);
			t->columns[t->column_count - 1].measure = i;
			table_set_unit(t, report_unit(report, false, i));
			if (report_drawn(report, i))
				table_draw(t);
		}
	}
	for (i = 0; explain && i < report->measure_count; i++) {
		if (!result_has_denominator(report, &report->measures[i]))
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

/* Writes a measure as a field, and returns its value; groups: those that the
 * spot's is one of. */
static num_wide
write_measure(const struct groups *groups, const struct result_spot *spot,
	size_t measure, struct buf *b)
{
	const struct report *report = groups->report;
	const struct report_measure *m = &report->measures[measure];
	const struct expr_value *value = &spot->measures[measure];
	num_wide figure = value->missing ? 0 : value->i;

	buf_clear(b);
	if (m->whole != RECORD_NONE &&
		!aggregate_is_window(&report->aggregates[m->whole])) {
		figure = aggregate_write(&report->aggregates[m->whole],
			spot->group ? groups_cell(groups, spot->group,
			m->whole) : NULL,
			spot->group ? spot->group->records : 0, b);
	} else if (is_percent(report, m)) {
		write_percent(b, value);
	} else {
		expr_write(b, m->e, value);
		if (expr_type(m->e) == EXPR_DURATION)
			figure = num_divide(figure * NUM_ONE, 3600);
	}
	return figure;
}

static num_wide
write_value(struct buf *b, const struct expr *e, const struct expr_value *value)
{
	expr_write(b, e, value);
	if (value->missing)
		return 0;
	return expr_type(e) == EXPR_DURATION ? num_divide(
		(num_wide)value->i * NUM_ONE, 3600) : value->i;
}

/* What a measure is of: of a quotient what it is divided by, of a share the
 * whole, else how many records. */
static num_wide
write_denominator(const struct groups *groups, const struct result_spot *spot,
	size_t measure, struct buf *b)
{
	const struct report *report = groups->report;
	const struct report_measure *m = &report->measures[measure];
	struct expr_env env = {.given = spot->givens,
		.aggregates = spot->aggregates};
	struct expr_value value;
	uint64_t n;

	buf_clear(b);
	if (m->whole == RECORD_NONE) {
		if (expr_eval(m->divisor, &env, &value) != EXPR_OK)
			value.missing = true;
		buf_free(&env.scratch);
		return write_value(b, m->divisor, &value);
	}
	if (aggregate_is_window(&report->aggregates[m->whole]))
		return write_value(b, report->aggregates[m->whole].argument,
			&spot->wholes[m->whole]);
	n = spot->group ? aggregate_of(&report->aggregates[m->whole],
		groups_cell(groups, spot->group, m->whole)) : 0;
	out_count(b, n);
	return (num_wide)n * NUM_ONE;
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
	uint64_t records = 0;
	num_wide figure;

	for (i = 0; i < report_rows_by(report); i++)
		set_key(t, at, column++, result_part(row->key, i));
	for (i = 0; i < report->measure_count; i++) {
		for (k = 0; k < r->side_count; k++) {
			figure = write_measure(r->groups, &row->spots[k], i, b);
			table_set(t, at, column++, buf_slice(b), figure);
		}
	}
	for (i = 0; explain && i < report->measure_count; i++) {
		if (!result_has_denominator(report, &report->measures[i]))
			continue;
		for (k = 0; k < r->side_count; k++) {
			figure = write_denominator(r->groups, &row->spots[k], i,
				b);
			table_set(t, at, column++, buf_slice(b), figure);
		}
	}
	for (k = 0; k < r->side_count; k++)
		records += row->spots[k].group ? row->spots[k].group->records :
			0;
	if (report_samples(report))
		table_set_records(t, at, records);
}

/* Of all records, of each side: not of the rows shown alone. */
static void
add_total(struct table *t, const struct result *r, bool explain, struct buf *b)
{
	const struct report *report = r->groups->report;
	size_t column = report_rows_by(report), i, k;
	num_wide figure;

	for (i = 0; i < report->measure_count; i++) {
		for (k = 0; k < r->side_count; k++) {
			figure = write_measure(&r->sums, &r->total.spots[k], i,
				b);
			if (table_is_figure(&t->columns[column]))
				table_set_total(t, column, buf_slice(b),
					figure);
			column++;
		}
	}
	for (i = 0; explain && i < report->measure_count; i++) {
		if (!result_has_denominator(report, &report->measures[i]))
			continue;
		for (k = 0; k < r->side_count; k++) {
			figure = write_denominator(&r->sums, &r->total.spots[k],
				i, b);
			table_set_total(t, column++, buf_slice(b), figure);
		}
	}
}

/* The name of the expression; a column is its own. */
static struct slice
sides_name(struct slice across)
{
	struct slice name = {"", 0}, text = {"", 0};
	size_t position = 0, at;

	if (!expr_item(across, &position, &name, &text, &at))
		return name;
	if (name.n == 0 && memchr(text.p, '(', text.n) == NULL)
		return text;
	return name;
}

void
result_table(const struct result *r, const struct result_style *style,
	struct table *t)
{
	bool explain = style->explain;
	const struct report *report = r->groups->report;
	const struct definition *d = report->definition;
	struct buf b = {0};
	size_t i;

	table_init(t, d->name, definition_get(d, DEFINITION_TITLE),
		report->chart);
	t->across = table_keep(t, definition_get(d, DEFINITION_ACROSS));
	t->sides = table_keep(t, sides_name(t->across));
	table_set_about(t, definition_get(d, DEFINITION_NOTE));
	add_columns(t, r, explain);
	for (i = 0; i < r->row_count; i++)
		add_row(t, r, &r->rows[i], explain, &b);
	if (report_rows_by(report) > 0 && r->row_count > 1)
		add_total(t, r, explain, &b);
	if (explain)
		result_rules(t, report, style, &b);
	buf_free(&b);
}
