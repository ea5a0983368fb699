#include "table.h"

#include "text.h"

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
			if (c != '\0' && strchr("\\`*_[]#|~>!", c) != NULL)
				buf_byte(b, '\\');
			buf_byte(b, c);
		}
	}
	buf_free(&visible);
}

static void
add_cell(struct buf *b, const struct table *t, size_t row, size_t column)
{
	struct slice field = table_at(t, row, column)->field;
	struct buf plain = {0};

	if (table_is_figure(&t->columns[column]))
		buf_add(b, field);
	else
		add_text(b, text_unescape(&plain, field) ?
			buf_slice(&plain) : field);
	buf_free(&plain);
}

static void
add_head(struct buf *b, const struct table *t)
{
	size_t k;

	if (t->title.n > 0) {
		buf_text(b, "## ");
		add_text(b, t->title);
		buf_text(b, "\n\n");
	}
	for (k = 0; k < t->column_count; k++) {
		buf_text(b, "| ");
		add_text(b, t->columns[k].name);
		buf_byte(b, ' ');
	}
	buf_text(b, "|\n");
	for (k = 0; k < t->column_count; k++)
		buf_text(b, table_is_figure(&t->columns[k]) ? "| ---: " :
			"| --- ");
	buf_text(b, "|\n");
}

void
table_md(const struct table *t, struct out *out)
{
	struct buf b = {0};
	size_t i, k;

	add_head(&b, t);
	for (i = 0; i < t->rows; i++) {
		for (k = 0; k < t->column_count; k++) {
			buf_text(&b, "| ");
			add_cell(&b, t, i, k);
			buf_byte(&b, ' ');
		}
		buf_text(&b, "|\n");
		out_write(out, buf_slice(&b));
		buf_clear(&b);
	}
	for (i = 0; i < t->note_count; i++) {
		buf_text(&b, "\n");
		add_text(&b, t->notes[i]);
		buf_text(&b, "\n");
	}
	out_write(out, buf_slice(&b));
	buf_free(&b);
}
