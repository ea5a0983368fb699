/* table: the model, and each way to show it, on small tables. */
#include "table.h"

#include <stdlib.h>
#include <unistd.h>

#include "buf.h"
#include "tests/unit/tap.h"

/* Shows t through a pipe and compares. */
static void
shows(const char *name, void (*show)(const struct table *t, struct out *out),
	const struct table *t, const char *wanted)
{
	char got[4096];
	ssize_t n;
	int ends[2];
	struct out *out;

	if (pipe(ends) != 0) {
		tap_ok(false, "%s: no pipe", name);
		return;
	}
	out = out_open(ends[1], "pipe");
	show(t, out);
	out_close(out);
	close(ends[1]);
	n = read(ends[0], got, sizeof got - 1);
	close(ends[0]);
	got[n > 0 ? n : 0] = '\0';
	if (!tap_ok(slice_is(slice_of(got), wanted), "%s", name))
		printf("# got:\n%s\n# wanted:\n%s\n", got, wanted);
}

static void
as_tsv(const struct table *t, struct out *out)
{
	table_tsv(t, 0, out);
}

static void
as_rows(const struct table *t, struct out *out)
{
	table_tsv(t, TABLE_NO_HEADER, out);
}

static void
as_sheet(const struct table *t, struct out *out)
{
	table_tsv(t, TABLE_SPREADSHEET, out);
}

static void
as_text(const struct table *t, struct out *out)
{
	table_text(t, &(struct table_style){.width = 40}, out);
}

static void
as_narrow(const struct table *t, struct out *out)
{
	table_text(t, &(struct table_style){.width = 20}, out);
}

static void
as_wide(const struct table *t, struct out *out)
{
	table_text(t, &(struct table_style){.width = 80}, out);
}

static void
as_coloured(const struct table *t, struct out *out)
{
	table_text(t, &(struct table_style){.width = 40, .colour = true}, out);
}

static void
add(struct table *t, const char *key, const char *field, int64_t value)
{
	size_t row = table_add_row(t);

	table_set(t, row, 0, slice_of(key), 0);
	table_set(t, row, 1, slice_of(field), value);
}

static void
make(struct table *t, enum table_chart chart)
{
	table_init(t, slice_of("r"), slice_of("Title"), chart);
	table_add_column(t, slice_of("kind"), TABLE_TEXT, true);
	table_add_column(t, slice_of("n"), TABLE_NUMBER, false);
}

static void
test_bars(void)
{
	struct table t;

	make(&t, TABLE_BAR);
	add(&t, "冰箱", "8", 80000);
	add(&t, "tv", "0.5", 5000);
	add(&t, "", "", 0);
	add(&t, "x", "-4", -40000);
	add(&t, "y", "0.01", 100);
	shows("text: display width, points below each other, bars", as_text,
		&t, "Title\nkind      n\n───────────\n"
		"冰箱   8.00  ███████████████████████████\n"
		"tv     0.50  █▊\n"
		"\n"
		"x     -4.00\n"
		"y      0.01  ▏\n");
	shows("text: no bars where there is no room", as_narrow, &t,
		"Title\nkind      n\n───────────\n冰箱   8.00\ntv     0.50\n"
		"\nx     -4.00\ny      0.01\n");
	shows("tsv", as_tsv, &t,
		"kind\tn\n冰箱\t8\ntv\t0.5\n\t\nx\t-4\ny\t0.01\n");
	shows("tsv without header", as_rows, &t,
		"冰箱\t8\ntv\t0.5\n\t\nx\t-4\ny\t0.01\n");
	shows("json: missing is null", table_json, &t,
		"{\"report\":\"r\",\"title\":\"Title\",\"columns\":[\"kind\","
		"\"n\"],\"rows\":[\n[\"冰箱\",8],\n[\"tv\",0.5],\n[null,null],\n"
		"[\"x\",-4],\n[\"y\",0.01]\n]}");
	table_free(&t);
}

static void
test_stack(void)
{
	struct table t;
	size_t row;

	make(&t, TABLE_STACKED);
	table_add_column(&t, slice_of("m"), TABLE_NUMBER, false);
	row = table_add_row(&t);
	table_set(&t, row, 0, slice_of("a"), 0);
	table_set(&t, row, 1, slice_of("3"), 30000);
	table_set(&t, row, 2, slice_of("1"), 10000);
	shows("text: a stack and its legend", as_narrow, &t,
		"Title\nkind  n  m\n──────────\na     3  1  ██████▓▓\n"
		"█ n  ▓ m\n");
	shows("text: colour", as_coloured, &t,
		"\033[1mTitle\033[0m\nkind  n  m\n──────────\na     3  1  "
		"\033[36m█████████████████████\033[0m"
		"\033[33m▓▓▓▓▓▓▓\033[0m\n"
		"\033[36m█\033[0m n  \033[33m▓\033[0m m\n");
	table_free(&t);
}

static void
test_wide(void)
{
	struct table t;
	size_t row;

	make(&t, TABLE_BAR);
	table_add_column(&t, slice_of("a_long_name"), TABLE_NUMBER, false);
	table_add_column(&t, slice_of("m"), TABLE_NUMBER, false);
	row = table_add_row(&t);
	table_set(&t, row, 0, slice_of("a"), 0);
	table_set(&t, row, 1, slice_of("3"), 30000);
	table_set(&t, row, 2, slice_of("1"), 10000);
	table_set(&t, row, 3, slice_of("2"), 20000);
	shows("text: too wide comes in parts, each with the keys", as_narrow,
		&t, "Title\nkind  n  a_long_name\n────────────────────\n"
		"a     3            1\n\n"
		"kind  m\n───────\na     2\n");
	table_free(&t);
}

static void
test_hostile(void)
{
	struct table t;

	make(&t, TABLE_PLAIN);
	add(&t, "=1+1", "-1", -10000);
	add(&t, "-5", "1", 10000);
	add(&t, "+x", "1", 10000);
	add(&t, "@a", "1", 10000);
	add(&t, "\\ta", "1", 10000);
	add(&t, "\033[31m\xff|<b>\"\\\\", "1", 10000);
	table_add_note(&t, slice_of("a note"));
	shows("tsv for a spreadsheet: formulas guarded, numbers not", as_sheet,
		&t, "kind\tn\n'=1+1\t-1\n-5\t1\n'+x\t1\n'@a\t1\n'\\ta\t1\n"
		"\033[31m\xff|<b>\"\\\\\t1\n");
	shows("text: nothing reaches the terminal", as_text, &t,
		"Title\nkind                 n\n──────────────────────\n"
		"=1+1                -1\n-5                   1\n"
		"+x                   1\n@a                   1\n"
		"\\x09a                1\n\\x1B[31m\\xFF|<b>\"\\   1\na note\n");
	shows("json: escapes", table_json, &t,
		"{\"report\":\"r\",\"title\":\"Title\",\"columns\":[\"kind\","
		"\"n\"],\"rows\":[\n[\"=1+1\",-1],\n[\"-5\",1],\n[\"+x\",1],\n"
		"[\"@a\",1],\n[\"\\ta\",1],\n[\"\\u001b[31m�|<b>\\\"\\\\\",1]"
		"\n]}");
	shows("md: escapes", table_md, &t,
		"## Title\n\n| kind | n |\n| --- | ---: |\n| =1+1 | -1 |\n"
		"| -5 | 1 |\n| +x | 1 |\n| @a | 1 |\n| \\\\x09a | 1 |\n"
		"| \\\\x1B\\[31m\\\\xFF\\|&lt;b\\>\"\\\\ | 1 |\n\na note\n");
	table_free(&t);
}

static void
test_sheet(void)
{
	struct table t;

	make(&t, TABLE_PLAIN);
	add(&t, "'=1", "1", 10000);
	add(&t, "''-2", "1", 10000);
	add(&t, "'s", "1", 10000);
	shows("tsv for a spreadsheet: what looks guarded is guarded once more",
		as_sheet, &t, "kind\tn\n''=1\t1\n'''-2\t1\n's\t1\n");
	table_free(&t);
	make(&t, TABLE_PLAIN);
	add(&t, "\xE2\x80\xAE" "a\xC2\x9B" "b\xE2\x80\xA8", "1", 10000);
	shows("json: bidirectional and C1 controls as escapes", table_json, &t,
		"{\"report\":\"r\",\"title\":\"Title\",\"columns\":[\"kind\","
		"\"n\"],\"rows\":[\n[\"\\u202ea\\u009bb\\u2028\",1]\n]}");
	shows("md: they are seen", table_md, &t,
		"## Title\n\n| kind | n |\n| --- | ---: |\n"
		"| \\\\u{202E}a\\\\u{009B}b\\\\u{2028} | 1 |\n");
	table_free(&t);
	make(&t, TABLE_PLAIN);
	add(&t, "http://a.b www.c", "1", 10000);
	shows("md: no link comes about", table_md, &t,
		"## Title\n\n| kind | n |\n| --- | ---: |\n"
		"| http\\://a.b www\\.c | 1 |\n");
	table_free(&t);
}

static void
put(struct table *t, size_t row, size_t column, const char *field,
	int64_t value)
{
	table_set(t, row, column, slice_of(field), value);
}

/* Keys, money, a rate; a group of few records, and a total. */
static void
make_figures(struct table *t, enum table_lang lang)
{
	size_t row;

	table_init(t, slice_of("r"), slice_of("T"), TABLE_PLAIN);
	t->lang = lang;
	table_set_about(t, slice_of("What it says."));
	table_add_column(t, slice_of("kind"), TABLE_TEXT, true);
	table_add_column(t, slice_of("sales"), TABLE_MONEY, false);
	table_set_unit(t, slice_of("yuan"));
	table_add_column(t, slice_of("rate"), TABLE_NUMBER, false);
	table_set_unit(t, slice_of("rate"));
	row = table_add_row(t);
	put(t, row, 0, "a", 0);
	put(t, row, 1, "1234567.50", INT64_C(12345675000));
	put(t, row, 2, "0.6667", 6667);
	row = table_add_row(t);
	put(t, row, 0, "b", 0);
	put(t, row, 1, "-999.00", -9990000);
	put(t, row, 2, "1", 10000);
	table_set_records(t, row, 3);
	table_set_total(t, 1, slice_of("1233568.50"), INT64_C(12335685000));
}

static void
test_figures(void)
{
	struct table t;

	make_figures(&t, TABLE_EN);
	shows("text: thousands apart, rates as percent, few marked, a total",
		as_wide, &t, "T\n"
		"kind          sales  rate, %\n"
		"────────────────────────────\n"
		"a      1\xE2\x80\xAF" "234\xE2\x80\xAF" "567.50     66.7\n"
		"b *         -999.00    100.0\n"
		"────────────────────────────\n"
		"total  1\xE2\x80\xAF" "233\xE2\x80\xAF" "568.50\n"
		"* fewer than 5 records\n");
	shows("md: the same, and what it says", table_md, &t,
		"## T\n\nWhat it says.\n\n| kind | sales | rate, % |\n"
		"| --- | ---: | ---: |\n"
		"| a | 1\xE2\x80\xAF" "234\xE2\x80\xAF" "567.50 | 66.7 |\n"
		"| b \\* | -999.00 | 100.0 |\n"
		"| **total** | **1\xE2\x80\xAF" "233\xE2\x80\xAF" "568.50** |  |\n"
		"\n\\* fewer than 5 records\n");
	shows("tsv: exact, and rows only", as_tsv, &t,
		"kind\tsales\trate\na\t1234567.50\t0.6667\nb\t-999.00\t1\n");
	table_free(&t);
	make_figures(&t, TABLE_ZH);
	put(&t, 1, 1, "-99900.00", -999000000);
	shows("text: in Chinese in units of 10 000", as_wide, &t, "T\n"
		"kind  sales（万元）  rate（%）\n"
		"──────────────────────────────\n"
		"a            123.46       66.7\n"
		"b *           -9.99      100.0\n"
		"──────────────────────────────\n"
		"合计         123.36\n"
		"* 不足 5 条记录\n"
		"以万、亿为单位的数字经四舍五入，合计按原数计算。\n");
	table_free(&t);
}

static void
test_single_records(void)
{
	struct table t;

	make(&t, TABLE_PLAIN);
	add(&t, "a", "1", 10000);
	add(&t, "b", "1", 10000);
	table_set_records(&t, 0, 1);
	table_set_records(&t, 1, 1);
	tap_ok(!table_has_few(&t), "rows of one record each are not marked");
	table_set_records(&t, 0, 4);
	tap_ok(table_has_few(&t), "few are marked");
	table_set_records(&t, 0, 5);
	table_set_records(&t, 1, 5);
	tap_ok(!table_has_few(&t), "five are not few");
	table_free(&t);
}

static void
test_mask(void)
{
	struct table t;
	struct table_column *c;
	size_t row;

	table_init(&t, slice_of("r"), slice_of(""), TABLE_PLAIN);
	t.across = slice_of("customer.name");
	table_add_column(&t, slice_of("who"), TABLE_TEXT, true);
	t.columns[0].source = slice_of("upper(customer.phone)");
	table_add_column(&t, slice_of("address"), TABLE_TEXT, true);
	table_add_column(&t, slice_of("email"), TABLE_TEXT, false);
	table_add_column(&t, slice_of("renamed"), TABLE_TEXT, false);
	table_add_column(&t, slice_of("n.王小明"), TABLE_NUMBER, false);
	c = &t.columns[4];
	c->sided = true;
	c->side = slice_of("王小明");
	row = table_add_row(&t);
	put(&t, row, 0, "+8613812345678", 0);
	put(&t, row, 1, "青岛市中山路1号", 0);
	put(&t, row, 2, "wang@163.com", 0);
	put(&t, row, 3, "as it is", 0);
	put(&t, row, 4, "1", 10000);
	table_mask(&t);
	shows("mask: by column, by expression, by side", as_tsv, &t,
		"who\taddress\temail\trenamed\tn.王**\n"
		"+86138****5678\t青岛市***\tw***@163.com\tas it is\t1\n");
	table_free(&t);
}

static void
test_charts(void)
{
	enum table_chart chart = TABLE_PLAIN;

	tap_ok(table_chart_of(slice_of("pareto"), &chart) &&
		chart == TABLE_PARETO, "a chart by its word");
	tap_ok(table_chart_of(slice_of(""), &chart) && chart == TABLE_PLAIN,
		"no chart");
	tap_ok(!table_chart_of(slice_of("pie"), &chart), "an unknown chart");
}

int
main(void)
{
	test_bars();
	test_stack();
	test_wide();
	test_hostile();
	test_sheet();
	test_figures();
	test_single_records();
	test_mask();
	test_charts();
	return tap_done();
}
