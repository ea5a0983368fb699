/* chart: scales, figures, and pictures of small tables. */
#include "chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart_part.h"
#include "tests/unit/tap.h"

static bool
contains(struct slice text, const char *part)
{
	size_t n = strlen(part), i;

	for (i = 0; i + n <= text.n; i++) {
		if (memcmp(text.p + i, part, n) == 0)
			return true;
	}
	return false;
}

static size_t
count(struct slice text, const char *part)
{
	size_t n = strlen(part), found = 0, i;

	for (i = 0; i + n <= text.n; i++)
		found += memcmp(text.p + i, part, n) == 0;
	return found;
}

static const struct {
	double least, most;
	size_t ticks;
	double from, to, step;
	double finest;
} scales[] = {
	{0, 7, 5, 0, 8, 2, 0},
	{0, 100, 5, 0, 100, 20, 0},
	{0, 101, 5, 0, 150, 50, 0},
	{0, 0.037, 4, 0, 0.04, 0.01, 0},
	{-3, 9, 5, -5, 10, 5, 0},
	{0, 2345678, 5, 0, 2500000, 500000, 0},
	{0, 0, 5, 0, 1, 0.2, 0},
	{0, 2, 5, 0, 2, 1, 1},
	{0, 23, 5, 0, 25, 5, 1},
};

static void
test_scales(void)
{
	size_t i;

	for (i = 0; i < sizeof scales / sizeof *scales; i++) {
		struct chart_scale s = chart_scale_open(scales[i].least,
			scales[i].most, scales[i].ticks, scales[i].finest);

		if (!tap_ok(fabs(s.least - scales[i].from) < 1e-9 &&
			fabs(s.most - scales[i].to) < 1e-9 &&
			fabs(s.step - scales[i].step) < 1e-9,
			"round ticks from %g to %g", scales[i].least,
			scales[i].most))
			printf("# %g %g %g\n", s.least, s.most, s.step);
	}
}

#define THIN "\xE2\x80\xAF"

static const struct {
	double value;
	enum table_lang lang;
	bool percent;
	const char *shown;
} figures[] = {
	{0, TABLE_EN, false, "0"},
	{7, TABLE_EN, false, "7"},
	{1234, TABLE_EN, false, "1234"},
	{12345, TABLE_EN, false, "12" THIN "345"},
	{6879899.55, TABLE_EN, false, "6.88m"},
	{2e9, TABLE_EN, false, "2bn"},
	{0.125, TABLE_EN, false, "0.125"},
	{12.34, TABLE_EN, false, "12.3"},
	{-45, TABLE_EN, false, "−45"},
	{45.678, TABLE_EN, true, "45.7%"},
	{60.85, TABLE_EN, true, "60.8%"}, /* half to even, as the table has it */
	{60.75, TABLE_EN, true, "60.8%"},
	{100, TABLE_EN, true, "100%"},
	{9999, TABLE_ZH, false, "9999"},
	{12345, TABLE_ZH, false, "1.23万"},
	{6879899.55, TABLE_ZH, false, "688万"},
	{250000000, TABLE_ZH, false, "2.5亿"},
};

static void
test_figures(void)
{
	struct buf b = {0};
	size_t i;

	for (i = 0; i < sizeof figures / sizeof *figures; i++) {
		buf_clear(&b);
		chart_figure(&b, figures[i].value, figures[i].lang,
			figures[i].percent);
		if (!tap_ok(slice_is(buf_slice(&b), figures[i].shown),
			"figure %s", figures[i].shown))
			printf("# %.*s\n", (int)b.n, b.p);
	}
	buf_clear(&b);
	chart_tick(&b, 0, 2e6, TABLE_EN, false);
	chart_tick(&b, 5e5, 2e6, TABLE_EN, false);
	chart_tick(&b, 2e6, 2e6, TABLE_EN, false);
	chart_tick(&b, 50, 100, TABLE_ZH, true);
	chart_tick(&b, 20000, 1e5, TABLE_ZH, false);
	chart_tick(&b, 40000, 50000, TABLE_EN, false);
	tap_ok(slice_is(buf_slice(&b), "00.5m2m50%2万40" THIN "000"),
		"ticks have one unit: %.*s", (int)b.n, b.p);
	buf_free(&b);
}

static const struct {
	enum table_lang lang;
	double values[5];
	const char *shown;
} forms[] = {
	{TABLE_EN, {36.28, 40.99, 49.98, 106.21, 171.96}, "36 41 50 106 172 "},
	{TABLE_EN, {-0.8864, 0.0208, 1.0455, -0.975, 0}, "−0.89 0.02 1.05 −0.98 0 "},
	{TABLE_EN, {10169365.44, 3399773, 963557.2, 1746907, 0},
		"10.2m 3.4m 1.0m 1.7m 0 "},
	{TABLE_EN, {10169365.44, 300, 20, 10, 1}, "10.2m 300 20 10 1 "},
	{TABLE_ZH, {15129, 14767.5, 7464, 3067.5, 46}, "1.51万 1.48万 0.75万 0.31万 46 "},
	{TABLE_EN, {7464, 6601.5, 12, 3, 0}, "7464 6602 12 3 0 "},
	{TABLE_EN, {4.5, 3, 2, 1, 0.5}, "4.5 3.0 2.0 1.0 0.5 "},
};

/* All of a measure alike. */
static void
test_forms(void)
{
	struct buf b = {0};
	size_t i, k;

	for (i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct chart_form f = chart_form_start(forms[i].lang, false);

		buf_clear(&b);
		for (k = 0; k < 5; k++)
			chart_form_see(&f, forms[i].values[k]);
		for (k = 0; k < 5; k++) {
			chart_form_write(&b, &f, forms[i].values[k]);
			buf_byte(&b, ' ');
		}
		if (!tap_ok(slice_is(buf_slice(&b), forms[i].shown),
			"figures %s", forms[i].shown))
			printf("# %.*s\n", (int)b.n, b.p);
	}
	buf_free(&b);
}

static void
test_svg(void)
{
	struct buf b = {0};
	struct slice words = slice_of("one two three");

	svg_escape(&b, slice_of("<a b='\"&>\xEF\xBF\xBE\x01\xE2\x80\xAE"));
	tap_ok(slice_is(buf_slice(&b), "&lt;a b=&#39;&quot;&amp;&gt;"
		"\\u{FFFE}\\x01\\u{202E}"), "escapes: %.*s", (int)b.n, b.p);
	buf_clear(&b);
	svg_number(&b, -0.04);
	buf_byte(&b, ' ');
	svg_number(&b, 12.34);
	buf_byte(&b, ' ');
	svg_number(&b, 12.96);
	tap_ok(slice_is(buf_slice(&b), "0 12.3 13"), "numbers: %.*s", (int)b.n,
		b.p);
	tap_ok(fabs(svg_width(slice_of("冰箱"), 10) - 20) < 0.01,
		"a Chinese character is as wide as high");
	tap_ok(svg_width(slice_of("e\xCC\x81"), 10) ==
		svg_width(slice_of("e"), 10), "a combining mark has no width");
	buf_clear(&b);
	svg_fit(&b, slice_of("冰箱洗衣机"), 10, 35);
	tap_ok(slice_is(buf_slice(&b), "冰箱…"), "fitted: %.*s", (int)b.n, b.p);
	tap_ok(svg_line_break(words, 10, 55) == 8, "lines break at blanks: %zu",
		svg_line_break(words, 10, 55));
	tap_ok(svg_line_break(slice_of("冰箱，洗衣机"), 10, 25) == 3,
		"no line begins with a comma");
	tap_ok(svg_line_break(slice_of("abc"), 10, 0) == 1,
		"a line has a character at least");
	buf_free(&b);
}

/* Columns: keys, then the measures; rows: fields, "" for missing. */
static void
make(struct table *t, enum table_chart chart, const char *const *keys,
	const char *const *measures)
{
	table_init(t, slice_of("r"), slice_of("T<i>tle"), chart);
	for (; *keys; keys++)
		table_add_column(t, slice_of(*keys), slice_is(slice_of(*keys),
			"year") || slice_is(slice_of(*keys), "month") ?
			TABLE_NUMBER : TABLE_TEXT, true);
	for (; *measures; measures++)
		table_add_column(t, slice_of(*measures), TABLE_NUMBER, false);
}

static void
add(struct table *t, const char *const *fields)
{
	size_t row = table_add_row(t), k;

	for (k = 0; k < t->column_count; k++) {
		int64_t value = 0;

		if (table_is_figure(&t->columns[k]))
			num_read(slice_of(fields[k]), &value);
		table_set(t, row, k, slice_of(fields[k]), value);
	}
}

#define LIST(...) (const char *const[]){__VA_ARGS__, NULL}

static void
draw(struct buf *b, const struct table *t, double width, bool alone)
{
	struct chart_style style = {.width = width, .alone = alone, .id = "x"};

	buf_clear(b);
	chart_draw(b, t, &style);
}

static bool
is_sound(struct slice svg)
{
	return count(svg, "<svg ") == 1 && count(svg, "</svg>") == 1 &&
		contains(svg, "role=\"img\"") &&
		contains(svg, "aria-labelledby=\"x-title x-about\"") &&
		contains(svg, "<title id=\"x-title\">T&lt;i&gt;tle</title>") &&
		contains(svg, "<desc id=\"x-about\">") &&
		!contains(svg, "nan") && !contains(svg, "inf") &&
		count(svg, "<text") == count(svg, "</text>");
}

static void
test_bars(void)
{
	struct table t;
	struct buf b = {0};

	make(&t, TABLE_BAR, LIST("k"), LIST("n"));
	draw(&b, &t, 400, false);
	tap_ok(is_sound(buf_slice(&b)) && contains(buf_slice(&b),
		"Nothing to show."), "no rows: a picture that says so");
	add(&t, LIST("<script>", "10"));
	add(&t, LIST("b\\tc\x1b", "-5"));
	add(&t, LIST("", ""));
	table_set_records(&t, 0, 2);
	draw(&b, &t, 400, false);
	tap_ok(is_sound(buf_slice(&b)), "bars: sound");
	tap_ok(count(buf_slice(&b), "<rect class=\"s1\"") == 1 &&
		count(buf_slice(&b), "<rect class=\"s2\"") == 1 &&
		contains(buf_slice(&b), ">–</text>"),
		"bars: up, down, and missing");
	tap_ok(contains(buf_slice(&b), "&lt;script&gt; *</text>") &&
		!contains(buf_slice(&b), "<script") &&
		contains(buf_slice(&b), "b\\x09c\\x1B") &&
		contains(buf_slice(&b), "(none)"),
		"bars: names escaped, few marked");
	tap_ok(!contains(buf_slice(&b), "<style>"),
		"in a page: no style of its own");
	draw(&b, &t, 400, true);
	tap_ok(is_sound(buf_slice(&b)) && contains(buf_slice(&b), "<style>") &&
		contains(buf_slice(&b), "prefers-color-scheme:dark") &&
		contains(buf_slice(&b), "class=\"title\""),
		"on its own: title and colours");
	table_free(&t);
	buf_free(&b);
}

/* Every kind of picture, of a table with time, of one without, and of one with
 * a single row: sound at any width. */
static void
test_all(void)
{
	static const enum table_chart charts[] = {
		TABLE_PLAIN, TABLE_BAR, TABLE_STACKED, TABLE_LINE,
		TABLE_RADAR, TABLE_PARETO, TABLE_HEAT,
	};
	struct table t;
	struct buf b = {0};
	size_t i, width;
	bool sound;

	for (i = 0; i < sizeof charts / sizeof *charts; i++) {
		sound = true;
		for (width = 200; width <= 1000; width += 400) {
			make(&t, charts[i], LIST("year", "month", "k"),
				LIST("a", "b"));
			add(&t, LIST("2025", "11", "x", "1", "2"));
			draw(&b, &t, (double)width, false);
			sound &= is_sound(buf_slice(&b));
			add(&t, LIST("2025", "12", "y", "", "3"));
			add(&t, LIST("2026", "2", "x", "-4", "0"));
			add(&t, LIST("", "", "", "5", ""));
			draw(&b, &t, (double)width, false);
			sound &= is_sound(buf_slice(&b));
			table_free(&t);
			make(&t, charts[i], LIST("k"), LIST("a", "b"));
			add(&t, LIST("x", "", ""));
			add(&t, LIST("y", "0", "0"));
			add(&t, LIST("z", "", "0"));
			draw(&b, &t, (double)width, true);
			sound &= is_sound(buf_slice(&b));
			table_free(&t);
			make(&t, charts[i], LIST(NULL), LIST("a", "b"));
			add(&t, LIST("1", ""));
			draw(&b, &t, (double)width, false);
			sound &= is_sound(buf_slice(&b));
			table_free(&t);
		}
		tap_ok(sound, "chart %zu: sound at any width", i);
	}
	buf_free(&b);
}

static void
test_time(void)
{
	struct table t;
	struct chart_data d;
	size_t column = 3;

	make(&t, TABLE_STACKED, LIST("year", "month", "k"), LIST("n"));
	add(&t, LIST("2026", "2", "x", "1"));
	add(&t, LIST("2025", "11", "y", "2"));
	add(&t, LIST("2025", "11", "x", "3"));
	tap_ok(chart_time_open(&d, &t, &column, 1), "months are time");
	tap_ok(d.count == 4 && slice_is(d.categories[0].name, "2025-11") &&
		slice_is(d.categories[1].name, "2025-12") &&
		slice_is(d.categories[3].name, "2026-02"),
		"months in order, and without gaps");
	tap_ok(d.series_count == 2 && slice_is(d.series[0].name, "x") &&
		d.series[0].values[0] > 2.9 && isnan(d.series[0].values[1]) &&
		isnan(d.series[1].values[3]), "a series for each other key");
	chart_data_close(&d);
	table_free(&t);
	make(&t, TABLE_BAR, LIST("k"), LIST("n"));
	add(&t, LIST("x", "1"));
	column = 1;
	tap_ok(!chart_time_open(&d, &t, &column, 1), "other keys are not");
	table_free(&t);
}

static void
test_many(void)
{
	struct table t;
	struct buf b = {0};
	char name[8];
	size_t i;

	make(&t, TABLE_BAR, LIST("k"), LIST("n"));
	for (i = 0; i < 50; i++) {
		snprintf(name, sizeof name, "k%zu", i);
		add(&t, LIST(name, "1"));
	}
	draw(&b, &t, 400, false);
	tap_ok(contains(buf_slice(&b), "The picture shows 30 of 50 rows."),
		"what is left out is said");
	table_free(&t);
	make(&t, TABLE_STACKED, LIST("k"), LIST("a", "b", "c", "d", "e", "f",
		"g", "h"));
	add(&t, LIST("x", "1", "9", "2", "8", "3", "7", "4", "6"));
	draw(&b, &t, 400, false);
	tap_ok(count(buf_slice(&b), "class=\"s0\"") == 2 &&
		contains(buf_slice(&b), "x · other: 6"),
		"beyond five series: the others together");
	table_free(&t);
	buf_free(&b);
}

int
main(void)
{
	test_scales();
	test_figures();
	test_forms();
	test_svg();
	test_bars();
	test_all();
	test_time();
	test_many();
	return tap_done();
}
