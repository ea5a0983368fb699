#include "table.h"

#include <stdlib.h>

#include "figure.h"
#include "phrase.h"
#include "text.h"

/* A web address becomes a link by itself, unless "://" and "www." are broken. */
static bool
is_link(const struct buf *visible, size_t i)
{
	const char *p = visible->p + i;

	if (*p == ':')
		return visible->n - i >= 3 && memcmp(p, "://", 3) == 0;
	return *p == '.' && i >= 3 && memcmp(p - 3, "www", 3) == 0;
}

/* GitHub Flavored Markdown: whatever could be markup or HTML is escaped. */
static void
add_text(struct buf *b, struct slice s)
{
	struct buf visible = {0};
	size_t i;

	text_visible(&visible, s);
	for (i = 0; i < visible.n; i++) {
		char c = visible.p[i];

		if (c == '<')
			buf_text(b, "&lt;");
		else if (c == '&')
			buf_text(b, "&amp;");
		else {
			if (c != '\0' && (strchr("\\`*_[]#|~>!$", c) != NULL ||
				is_link(&visible, i)))
				buf_byte(b, '\\');
			buf_byte(b, c);
		}
	}
	buf_free(&visible);
}

static void
add_plain(struct buf *b, const char *text)
{
	add_text(b, slice_of(text));
}

static size_t
key_count(const struct table *t)
{
	size_t keys = 0;

	while (keys < t->column_count && t->columns[keys].key)
		keys++;
	return keys;
}

/* Text is escaped; a figure has nothing to escape. */
static void
add_cell(struct buf *b, const struct table *t, size_t row, size_t column,
	const struct figure *f)
{
	struct buf plain = {0};

	figure_cell(&plain, t, row, column, f);
	add_text(b, buf_slice(&plain));
	buf_free(&plain);
}

static void
add_paragraph(struct buf *b, struct slice text)
{
	buf_byte(b, '\n');
	if (text.n > 0 && memchr("-+=", text.p[0], 3) != NULL)
		buf_byte(b, '\\');
	add_text(b, text);
	buf_byte(b, '\n');
}

static void
add_head(struct buf *b, const struct table *t, const struct figure *figures)
{
	struct buf heading = {0};
	size_t k;

	if (t->title.n > 0) {
		buf_text(b, "## ");
		add_text(b, t->title);
		buf_byte(b, '\n');
	}
	if (t->about.n > 0)
		add_paragraph(b, t->about);
	if (b->n > 0)
		buf_byte(b, '\n');
	for (k = 0; k < t->column_count; k++) {
		buf_clear(&heading);
		figure_heading(&heading, t, k, &figures[k]);
		buf_text(b, "| ");
		add_text(b, buf_slice(&heading));
		buf_byte(b, ' ');
	}
	buf_text(b, "|\n");
	for (k = 0; k < t->column_count; k++)
		buf_text(b, table_is_figure(&t->columns[k]) ? "| ---: " :
			"| --- ");
	buf_text(b, "|\n");
	buf_free(&heading);
}

static void
add_total(struct buf *b, const struct table *t, const struct figure *figures)
{
	size_t k;

	for (k = 0; k < t->column_count; k++) {
		buf_text(b, "| ");
		if (k == 0 && t->columns[k].key) {
			buf_text(b, "**");
			add_plain(b, phrase_of(t->lang, PHRASE_TOTAL));
			buf_text(b, "**");
		} else if (t->total[k].field.n > 0 && !t->columns[k].key) {
			buf_text(b, "**");
			figure_write(b, &figures[k], t->total[k].value);
			buf_text(b, "**");
		}
		buf_byte(b, ' ');
	}
	buf_text(b, "|\n");
}

static void
add_notes(struct buf *b, const struct table *t, const struct figure *figures)
{
	size_t i;

	if (key_count(t) > 0 && table_has_few(t))
		add_paragraph(b, slice_of(phrase_of(t->lang, PHRASE_FEW)));
	for (i = 0; i < t->column_count; i++) {
		if (figures[i].power > 0) {
			add_paragraph(b, slice_of(phrase_of(t->lang,
				PHRASE_ROUNDED)));
			break;
		}
	}
	for (i = 0; i < t->note_count; i++)
		add_paragraph(b, t->notes[i]);
}

void
table_md(const struct table *t, struct out *out)
{
	struct figure *figures = mem_zero(t->column_count + 1,
		sizeof *figures);
	struct buf b = {0};
	size_t marked = table_has_few(t) ? key_count(t) - 1 : SIZE_MAX, i, k;

	for (k = 0; k < t->column_count; k++)
		figures[k] = figure_plan(t, k);
	add_head(&b, t, figures);
	for (i = 0; i < t->rows; i++) {
		for (k = 0; k < t->column_count; k++) {
			buf_text(&b, "| ");
			add_cell(&b, t, i, k, &figures[k]);
			buf_text(&b, k == marked && t->records[i] < TABLE_FEW ?
				" \\* " : " ");
		}
		buf_text(&b, "|\n");
		out_write(out, buf_slice(&b));
		buf_clear(&b);
	}
	if (t->total)
		add_total(&b, t, figures);
	add_notes(&b, t, figures);
	out_write(out, buf_slice(&b));
	buf_free(&b);
	free(figures);
}
