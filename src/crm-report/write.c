#include "write.h"

#include <stdlib.h>
#include <unistd.h>

#include "chart.h"
#include "date.h"
#include "html.h"
#include "msg.h"
#include "text.h"
#include "words.h"

#define PICTURE_WIDTH 760

static size_t
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	long n = columns ? strtol(columns, NULL, 10) : 0;

	return n > 0 && n < 10000 ? (size_t)n : 80;
}

static void
write_text(const struct run_options *o, const struct table *tables,
	size_t count, struct out *out)
{
	const char *no_colour = getenv("NO_COLOR");
	struct table_style style = {
		.width = terminal_width(),
		.colour = o->common.output == NULL && isatty(STDOUT_FILENO) &&
			(no_colour == NULL || *no_colour == '\0'),
	};
	size_t i;

	for (i = 0; i < count; i++) {
		if (i > 0)
			out_write(out, slice_of("\n"));
		if (o->format == RUN_TEXT)
			table_text(&tables[i], &style, out);
		else
			table_md(&tables[i], out);
	}
}

static void
write_tsv(const struct run_options *o, const struct table *t, struct out *out)
{
	table_tsv(t, (o->common.no_header ? TABLE_NO_HEADER : 0) |
		(o->spreadsheet ? TABLE_SPREADSHEET : 0), out);
}

static void
write_json(const struct table *tables, size_t count, struct out *out)
{
	size_t i;

	for (i = 0; i < count; i++) {
		out_write(out, slice_of(i > 0 ? ",\n" : "["));
		table_json(&tables[i], out);
	}
	out_write(out, slice_of("]\n"));
}

static void
write_svg(const struct table *t, struct out *out)
{
	struct chart_style style = {.width = PICTURE_WIDTH, .alone = true,
		.id = "crm"};
	struct buf b = {0};

	chart_draw(&b, t, &style);
	out_write(out, buf_slice(&b));
	buf_free(&b);
}

static void
write_html(const struct run_options *o, int64_t as_of,
	const struct table *tables, size_t count, struct out *out)
{
	struct html_page page = {.lang = words_language(o->lang)};
	struct buf when = {0}, period = {0};

	out_time(&when, as_of);
	when.p[strlen("2026-11-21")] = ' ';
	when.n = strlen("2026-11-21 09:00");
	if (o->since || o->until) {
		buf_text(&period, o->since ? o->since : "");
		buf_text(&period, " – ");
		buf_text(&period, o->until ? o->until : "");
	}
	page.as_of = buf_slice(&when);
	page.one = o->name_count == 1;
	page.period = text_trim(buf_slice(&period));
	html_write(&page, tables, count, out);
	buf_free(&when);
	buf_free(&period);
}

/* Where the format has no place for them. */
static void
say_rules(const struct table *t)
{
	struct buf b = {0};
	size_t i;

	for (i = 0; i < t->note_count; i++) {
		buf_clear(&b);
		text_visible(&b, t->name);
		buf_text(&b, ": ");
		text_visible(&b, t->notes[i]);
		msg_warn("%.*s", (int)b.n, b.p);
	}
	buf_free(&b);
}

void
write_results(const struct run_options *o, int64_t as_of,
	const struct table *tables, size_t count, struct out *out)
{
	size_t i;

	switch (o->format) {
	case RUN_TEXT:
	case RUN_MD:
		write_text(o, tables, count, out);
		return;
	case RUN_HTML:
		write_html(o, as_of, tables, count, out);
		return;
	case RUN_TSV:
		write_tsv(o, &tables[0], out);
		break;
	case RUN_JSON:
		write_json(tables, count, out);
		break;
	case RUN_SVG:
		write_svg(&tables[0], out);
	}
	for (i = 0; i < count; i++)
		say_rules(&tables[i]);
}
