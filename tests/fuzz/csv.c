/* Rows of delimited text: every byte is in a field or one of the marks between
 * them, text that comes in pieces has the same rows, and what is written from
 * the values is read as the same values. */
#include "src/crm-import/csv.h"

#include <string.h>

#include "fuzz.h"

/* The first byte is the form, the second the size of the pieces. */
const char *const fuzz_seeds[] = {
	"D\1a,b,c\n1,\"2, \"\"3\"\"\",4\r\n",
	"D\5a,\" b\nc\" ,\"d\"e\n\"open,1\n2,3\n",
	"D\3\"a\"\"b\"\r\n \"c\" , \"d\" \r\n\"e\nf\" g,h\n",
	"E\7a;b\n\"1\n2\";3",
	"B\2a\tb\\\n\"c\td\"\n",
	"F\2a\t\"b\tc\"\n\"\"\t\"\"\"\"\n",
	NULL
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\r';
}

/* Where the next field, or the next row, begins. */
static size_t
behind(struct slice text, const struct csv_field *field, bool last,
	char delimiter)
{
	size_t i = field->to;

	if (field->flags & CSV_QUOTED) {
		assert(i < text.n && text.p[i] == '"');
		for (i++; i < text.n && is_blank(text.p[i]); )
			i++;
	} else if (last && i < text.n && text.p[i] == '\r') {
		i++;
	}
	if (last && i == text.n)
		return i;
	assert(i < text.n && text.p[i] == (last ? '\n' : delimiter));
	return i + 1;
}

static void
check_field(struct slice text, const struct csv_field *field, size_t at,
	bool unclosed)
{
	bool quoted = field->flags & CSV_QUOTED;

	assert(at + quoted <= field->from && field->from <= field->to &&
		field->to <= text.n);
	for (; at + quoted < field->from; at++)
		assert(is_blank(text.p[at]));
	if (quoted)
		assert(text.p[at] == '"');
	if (field->flags & CSV_STRAY)
		assert(unclosed || field->from < field->to);
}

static void
check_plain(const struct csv_batch *b, const struct csv_row *row)
{
	size_t odd = csv_odd(b, row, 0);
	const char *p = b->text.p;

	for (uint32_t k = 0; k < row->fields; k++) {
		const struct csv_field *f = &b->fields[row->first + k];

		for (size_t i = f->from; i < f->to && f->to < odd; i++)
			assert(p[i] != '\\' && ((unsigned char)p[i] >= ' ' ||
				p[i] == '\n' ||
				(p[i] == '\r' && p[i + 1] == '\n')));
	}
}

static void
check_bytes(struct csv_form form, const struct csv_batch *b)
{
	struct slice text = buf_slice(&b->text);
	uint64_t line = 1;
	size_t at = 0, fields = 0;

	for (size_t i = 0; i < b->row_count; i++) {
		const struct csv_row *row = &b->rows[i];
		size_t start = at;

		assert(row->line == line && row->first == fields);
		assert(row->fields > 0);
		for (uint32_t k = 0; k < row->fields; k++) {
			check_field(text, &b->fields[fields], at, row->unclosed);
			at = behind(text, &b->fields[fields++],
				k + 1 == row->fields, form.delimiter);
		}
		for (; start < at; start++)
			line += text.p[start] == '\n';
		line += text.p[at - 1] != '\n';
		check_plain(b, row);
	}
	assert(at == b->used && fields == b->field_count);
	assert(b->lines == line - 1);
}

/* The rows of part are those of all from there on, `at` bytes further. */
static size_t
check_part(const struct csv_batch *all, size_t next,
	const struct csv_batch *part, uint32_t at)
{
	for (size_t i = 0; i < part->row_count; i++, next++) {
		const struct csv_row *a = &all->rows[next], *b = &part->rows[i];

		assert(next < all->row_count);
		assert(a->line == b->line && a->fields == b->fields &&
			a->unclosed == b->unclosed);
		for (uint32_t k = 0; k < a->fields; k++) {
			const struct csv_field *f = &all->fields[a->first + k];
			const struct csv_field *g = &part->fields[b->first + k];

			assert(f->from == g->from + at && f->to == g->to + at &&
				f->flags == g->flags);
		}
	}
	return next;
}

static void
check_pieces(struct csv_form form, struct slice text, size_t piece,
	const struct csv_batch *all)
{
	struct csv_batch b = {0};
	size_t at = 0, end = 0, row = 0, more = piece;
	uint64_t line = 1;

	while (end < text.n) {
		end = text.n - end > more ? end + more : text.n;
		buf_clear(&b.text);
		buf_add(&b.text, (struct slice){text.p + at, end - at});
		csv_rows(form, line, end == text.n, &b);
		row = check_part(all, row, &b, (uint32_t)at);
		at += b.used;
		line += b.lines;
		more = b.row_count > 0 ? piece : 2 * more;
	}
	assert(row == all->row_count && line == all->lines + 1);
	csv_batch_free(&b);
}

static void
write_field(struct buf *to, struct slice value)
{
	buf_byte(to, '"');
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '"')
			buf_byte(to, '"');
		buf_byte(to, value.p[i]);
	}
	buf_byte(to, '"');
}

static void
check_values(struct csv_form form, const struct csv_batch *all)
{
	struct csv_batch again = {0};
	struct buf text = {0}, first = {0}, second = {0};

	for (size_t i = 0; i < all->row_count; i++)
		for (uint32_t k = 0; k < all->rows[i].fields; k++) {
			buf_clear(&first);
			write_field(&text, csv_value(all,
				&all->fields[all->rows[i].first + k], &first));
			buf_byte(&text, k + 1 < all->rows[i].fields
				? form.delimiter : '\n');
		}
	csv_split(form, buf_slice(&text), true, &again);
	assert(again.row_count == all->row_count);
	assert(again.field_count == all->field_count);
	for (size_t i = 0; i < all->field_count; i++) {
		buf_clear(&first);
		buf_clear(&second);
		assert(slice_equal(csv_value(all, &all->fields[i], &first),
			csv_value(&again, &again.fields[i], &second)));
	}
	buf_free(&text);
	buf_free(&first);
	buf_free(&second);
	csv_batch_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csv_batch all = {0};
	struct csv_form form;
	struct slice text;

	if (size < 2)
		return 0;
	form = (struct csv_form){",;\t|"[data[0] & 3], data[0] & 4};
	text = fuzz_text(data + 2, size - 2);
	csv_split(form, text, true, &all);
	assert(all.used == text.n);
	check_bytes(form, &all);
	check_pieces(form, text, data[1] % 64u + 1, &all);
	if (form.quote)
		check_values(form, &all);
	csv_batch_free(&all);
	return 0;
}
