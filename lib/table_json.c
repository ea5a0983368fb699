#include "table.h"

#include "text.h"

/* What would change a terminal or the order of what is read, or end a line of
 * JavaScript: escaped, though RFC 8259 would let it pass. */
static bool
is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x61c ||
		code == 0x200e || code == 0x200f ||
		(code >= 0x2028 && code <= 0x202e) ||
		(code >= 0x2066 && code <= 0x2069);
}

/* RFC 8259; broken UTF-8 becomes U+FFFD, so that the output always is JSON. */
static void
add_string(struct buf *b, struct slice s)
{
	uint32_t code;
	size_t n;

	buf_byte(b, '"');
	for (; s.n > 0; s.p += n, s.n -= n) {
		n = text_decode(s, &code);
		if (code == '"' || code == '\\') {
			buf_byte(b, '\\');
			buf_byte(b, (char)code);
		} else if (code == '\n') {
			buf_text(b, "\\n");
		} else if (code == '\t') {
			buf_text(b, "\\t");
		} else if (is_control(code)) {
			buf_printf(b, "\\u%04x", (unsigned)code);
		} else {
			char *out = buf_reserve(b, 4);

			b->n += text_encode(out, code);
		}
	}
	buf_byte(b, '"');
}

static void
add_cell(struct buf *b, const struct table_column *column,
	const struct table_cell *cell, struct buf *plain)
{
	if (cell->field.n == 0) {
		buf_text(b, "null");
	} else if (table_is_figure(column) || column->type == TABLE_BOOL) {
		buf_add(b, cell->field);
	} else {
		buf_clear(plain);
		add_string(b, text_unescape(plain, cell->field) ?
			buf_slice(plain) : cell->field);
	}
}

void
table_json(const struct table *t, struct out *out)
{
	struct buf b = {0}, plain = {0};
	size_t i, k;

	buf_text(&b, "{\"report\":");
	add_string(&b, t->name);
	buf_text(&b, ",\"title\":");
	add_string(&b, t->title);
	buf_text(&b, ",\"columns\":[");
	for (k = 0; k < t->column_count; k++) {
		if (k > 0)
			buf_byte(&b, ',');
		add_string(&b, t->columns[k].name);
	}
	buf_text(&b, "],\"rows\":[");
	for (i = 0; i < t->rows; i++) {
		buf_text(&b, i > 0 ? ",\n[" : "\n[");
		for (k = 0; k < t->column_count; k++) {
			if (k > 0)
				buf_byte(&b, ',');
			add_cell(&b, &t->columns[k], table_at(t, i, k), &plain);
		}
		buf_byte(&b, ']');
		out_write(out, buf_slice(&b));
		buf_clear(&b);
	}
	buf_text(&b, "\n]}");
	out_write(out, buf_slice(&b));
	buf_free(&b);
	buf_free(&plain);
}
