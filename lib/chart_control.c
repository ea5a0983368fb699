#include "chart_part.h"

#include <math.h>

#define LEAST_PANEL 210.0
#define BETWEEN 26.0  /* panels */
#define HEIGHT 92.0   /* of a plot */
#define ABOVE 26.0    /* for its name */
#define BELOW 30.0    /* for the years */
#define MOST_PANELS 24

/* What is measured, its mean, and the limits that chance keeps to. */
enum { RATE, CENTER, UPPER, LOWER, LINES };

/* A column of words that says which points are out of line, if there is one. */
enum { OUT = LINES, COLUMNS };

static const char *const names[COLUMNS] = {
	[RATE] = "", [CENTER] = "center", [UPPER] = "upper",
	[LOWER] = "lower", [OUT] = "out",
};

struct control {
	struct chart_data lines[COLUMNS]; /* with the same series */
	bool told; /* there is OUT */
	struct chart_scale x, y;
	double left; /* for ticks */
};

static size_t
find(const struct table *t, const char *name)
{
	size_t k;

	for (k = chart_keys(t); k < t->column_count; k++) {
		if (slice_is(t->columns[k].name, name))
			break;
	}
	return k;
}

bool
chart_has_limits(const struct table *t)
{
	return find(t, names[UPPER]) < t->column_count &&
		find(t, names[LOWER]) < t->column_count;
}

static double
value_at(const struct control *control, size_t line, size_t series, size_t i)
{
	return line == RATE || control->lines[line].series_count > series ?
		control->lines[line].series[series].values[i] : NAN;
}

static bool
is_out(const struct control *control, size_t series, size_t i)
{
	double value = value_at(control, RATE, series, i);

	if (control->told)
		return !isnan(value) && !isnan(value_at(control, OUT, series,
			i));
	return value > value_at(control, UPPER, series, i) ||
		value < value_at(control, LOWER, series, i);
}

static bool
is_known(const struct control *control, size_t series, size_t i)
{
	return i < control->lines[RATE].count &&
		!isnan(value_at(control, RATE, series, i));
}

/* No line goes there. */
static bool
is_alone(const struct control *control, size_t series, size_t i)
{
	return is_known(control, series, i) &&
		!is_known(control, series, i + 1) &&
		(i == 0 || !is_known(control, series, i - 1));
}

/* A limit beyond the frame, or at zero, says nothing. */
static bool
is_drawn(const struct control *control, size_t line, double value)
{
	if (isnan(value) || (line == LOWER && value <= 0))
		return false;
	return line != UPPER || value <= control->y.most;
}

static void
draw_line(struct chart *c, const struct control *control, size_t line,
	size_t series)
{
	static const char *const classes[LINES] = {
		"l1", "grid", "limit", "limit",
	};
	bool pen = false;
	size_t i;

	svg_path_open(c->b, classes[line]);
	for (i = 0; i < control->lines[RATE].count; i++) {
		double value = value_at(control, line, series, i);

		if (is_drawn(control, line, value))
			svg_path_to(c->b, !pen, chart_scale_at(&control->x,
				(double)i), chart_scale_at(&control->y, value));
		pen = is_drawn(control, line, value);
	}
	svg_path_close(c->b, false);
}

static struct slice
title_of(struct chart *c, const struct control *control, size_t series,
	size_t i)
{
	buf_clear(&c->text);
	buf_add(&c->text, control->lines[RATE].categories[i].name);
	buf_text(&c->text, c->lang == TABLE_ZH ? "：" : ": ");
	chart_figure(&c->text, value_at(control, RATE, series, i), c->lang,
		control->lines[RATE].percent);
	return buf_slice(&c->text);
}

/* Years at their January, those that have room; where there is none the first
 * month. Beside the figure of the lowest tick, not on it. */
static void
name_years(struct chart *c, const struct control *control, double right)
{
	const struct chart_data *d = &control->lines[RATE];
	long every = 12 * chart_year_step(chart_scale_at(&control->x, 1) -
		control->x.from);
	double x, half;
	bool found = false;
	size_t i;

	for (i = 0; i < d->count || !found; i++) {
		long rank = d->categories[i % d->count].rank;

		if (i < d->count && rank % every != 0)
			continue;
		found = true;
		buf_clear(&c->text);
		if (i < d->count)
			buf_printf(&c->text, "%ld", rank / 12);
		else
			buf_add(&c->text, d->categories[0].name);
		half = svg_width(buf_slice(&c->text), CHART_SMALL) / 2;
		x = chart_scale_at(&control->x, (double)(i % d->count));
		x = fmin(fmax(x, control->x.from + half - 4), right - half);
		svg_text(c->b, x, control->y.from + 16, SVG_MIDDLE, "tick",
			buf_slice(&c->text));
	}
}

static void
draw_axes(struct chart *c, const struct control *control, double right)
{
	const struct chart_data *d = &control->lines[RATE];
	const struct chart_scale *y = &control->y;
	double at;

	for (at = y->least; at <= y->most + y->step / 2; at += y->step) {
		double place = chart_scale_at(y, at);

		buf_clear(&c->text);
		chart_tick(&c->text, at, y->most, c->lang, d->percent);
		svg_text(c->b, control->x.from - 6, place + 4, SVG_END, "tick",
			buf_slice(&c->text));
		svg_line(c->b, control->x.from, place, right, place,
			at < y->step / 2 ? "axis" : "grid");
	}
	if (d->months && d->count > 0)
		name_years(c, control, right);
}

/* The limits of a young product are wide: the scale is that of the figures, and
 * of the mean. */
static void
plan_scale(struct control *control, size_t series)
{
	double most = 0;
	size_t i;

	for (i = 0; i < control->lines[RATE].count; i++) {
		double value = value_at(control, RATE, series, i);
		double center = value_at(control, CENTER, series, i);

		most = fmax(most, isnan(value) ? 0 : value);
		most = fmax(most, isnan(center) ? 0 : center * 2);
	}
	control->y = chart_scale_open(0, most, 3, 0);
}

static void
draw_panel(struct chart *c, struct control *control, size_t series, double x,
	double y, double width)
{
	const struct chart_data *d = &control->lines[RATE];
	struct buf shown = {0};
	size_t line, i;

	plan_scale(control, series);
	control->y.from = y + ABOVE + HEIGHT;
	control->y.to = y + ABOVE;
	control->x = (struct chart_scale){.least = 0, .most = d->count > 1 ?
		(double)d->count - 1 : 1, .from = x + control->left,
		.to = x + width - 4};
	svg_fit(&shown, d->series[series].name, CHART_TEXT, width);
	svg_text(c->b, x, y + 13, SVG_START, "name", buf_slice(&shown));
	buf_free(&shown);
	draw_axes(c, control, x + width);
	for (line = LINES; line-- > 0;)
		draw_line(c, control, line, series);
	for (i = 0; i < d->count; i++) {
		if (is_alone(control, series, i))
			svg_circle(c->b, chart_scale_at(&control->x, (double)i),
				chart_scale_at(&control->y, value_at(control,
				RATE, series, i)), 2, "s1", (struct slice){"", 0});
		if (is_out(control, series, i))
			svg_circle(c->b, chart_scale_at(&control->x, (double)i),
				chart_scale_at(&control->y, value_at(control,
				RATE, series, i)), 4, "s2",
				title_of(c, control, series, i));
	}
}

/* In what the marks are told apart. */
static double
draw_key(struct chart *c, double y)
{
	double x = 0;

	svg_circle(c->b, 5, y + 7, 4, "s2", (struct slice){"", 0});
	svg_text(c->b, 15, y + 12, SVG_START, "name",
		slice_of(phrase_of(c->lang, PHRASE_OUT)));
	x = 15 + svg_width(slice_of(phrase_of(c->lang, PHRASE_OUT)),
		CHART_TEXT) + 18;
	svg_line(c->b, x, y + 8, x + 18, y + 8, "limit");
	svg_text(c->b, x + 24, y + 12, SVG_START, "name",
		slice_of(phrase_of(c->lang, PHRASE_LIMIT)));
	return y + 24;
}

double
chart_control(struct chart *c, double y, size_t column)
{
	struct control control = {.left = 38};
	size_t line, series, in_row, count, at;
	double width;

	control.told = find(c->t, names[OUT]) < c->t->column_count;
	for (line = 0; line < COLUMNS; line++) {
		at = line == RATE ? column : find(c->t, names[line]);
		if (at == c->t->column_count)
			at = column; /* no mean: the figure itself */
		chart_time_open(&control.lines[line], c->t, &at, 1);
	}
	y = draw_key(c, y);
	in_row = (size_t)fmax(floor((c->width + BETWEEN) /
		(LEAST_PANEL + BETWEEN)), 1);
	width = (c->width + BETWEEN) / (double)in_row - BETWEEN;
	count = control.lines[RATE].series_count;
	if (count > MOST_PANELS)
		count = MOST_PANELS;
	for (series = 0; series < count; series++)
		draw_panel(c, &control, series, (width + BETWEEN) *
			(double)(series % in_row), y + (ABOVE + HEIGHT + BELOW)
			* (double)(series / in_row), width);
	for (line = 0; line < COLUMNS; line++)
		chart_data_close(&control.lines[line]);
	return y + (ABOVE + HEIGHT + BELOW) *
		(double)((count + in_row - 1) / in_row);
}
