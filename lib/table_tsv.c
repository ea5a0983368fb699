#include "table.h"

#include "text.h"

/* What a spreadsheet would run as a formula (OWASP, CSV injection); a plain
 * number is none. `field` is escaped: a TAB or CR is two bytes. What looks as if
 * it were guarded already is, too: so that one apostrophe can be taken away from
 * whatever has it before such a sign. */
static bool
is_dangerous(struct slice field)
{
	bool guarded = false;
	int64_t number;

	for (; field.n > 0 && *field.p == '\''; field.p++, field.n--)
		guarded = true;
	if (field.n == 0)
		return false;
	if (field.p[0] == '\\')
		return field.n > 1 && (field.p[1] == 't' || field.p[1] == 'r');
	if (memchr("=+-@", field.p[0], 4) == NULL)
		return false;
	return guarded || num_read(field, &number) != NUM_OK;
}

static void
add_field(struct buf *b, struct slice field, bool text, unsigned flags)
{
	if ((flags & TABLE_SPREADSHEET) && text && is_dangerous(field))
		buf_byte(b, '\'');
	buf_add(b, field);
}

static void
add_header(struct buf *line, const struct table *t, unsigned flags)
{
	struct buf name = {0};
	size_t i;

	for (i = 0; i < t->column_count; i++) {
		buf_clear(&name);
		text_escape(&name, t->columns[i].name);
		add_field(line, buf_slice(&name), true, flags);
		buf_byte(line, i + 1 < t->column_count ? '\t' : '\n');
	}
	buf_free(&name);
}

void
table_tsv(const struct table *t, unsigned flags, struct out *out)
{
	struct buf line = {0};
	size_t i, k;

	if (!(flags & TABLE_NO_HEADER)) {
		add_header(&line, t, flags);
		out_write(out, buf_slice(&line));
	}
	for (i = 0; i < t->rows; i++) {
		buf_clear(&line);
		for (k = 0; k < t->column_count; k++) {
			add_field(&line, table_at(t, i, k)->field,
				t->columns[k].type == TABLE_TEXT, flags);
			buf_byte(&line, k + 1 < t->column_count ? '\t' : '\n');
		}
		out_write(out, buf_slice(&line));
	}
	buf_free(&line);
}
