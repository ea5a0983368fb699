#include <stdlib.h>

#include "mem.h"
#include "record.h"

struct record_layout {
	const struct record_source *source;
	const char *const *own;
	size_t own_count;
	size_t *replaces;  /* for each column: number of own, or RECORD_NONE */
	bool replaced;     /* at least one */
	bool *appended;    /* for each own */
};

struct record_layout *
record_layout_open(const struct record_source *source, const char *const *own,
	size_t n)
{
	struct record_layout *layout = mem_zero(1, sizeof(*layout));

	layout->source = source;
	layout->own = own;
	layout->own_count = n;
	layout->replaces = mem_alloc(source->columns, sizeof(*layout->replaces));
	layout->appended = mem_zero(n, sizeof(*layout->appended));
	for (size_t i = 0; i < source->columns; i++)
		layout->replaces[i] = RECORD_NONE;
	for (size_t i = 0; i < n; i++) {
		size_t column = record_find(source, slice_of(own[i]));

		if (column == RECORD_NONE) {
			layout->appended[i] = true;
		} else {
			layout->replaces[column] = i;
			layout->replaced = true;
		}
	}
	return layout;
}

void
record_layout_close(struct record_layout *layout)
{
	if (!layout)
		return;
	free(layout->replaces);
	free(layout->appended);
	free(layout);
}

void
record_layout_header(const struct record_layout *layout, struct buf *b)
{
	for (size_t i = 0; i < layout->source->columns; i++) {
		if (i)
			buf_byte(b, '\t');
		buf_add(b, layout->source->names[i]);
	}
	for (size_t i = 0; i < layout->own_count; i++)
		if (layout->appended[i]) {
			buf_byte(b, '\t');
			buf_text(b, layout->own[i]);
		}
	buf_byte(b, '\n');
}

/* A field as it stands in the file: record_field without the meaning of \N. */
static struct slice
raw_field(const struct record *r, size_t column)
{
	struct slice s = record_field(r, column);
	size_t k = r->order ? r->order[column] : column;

	if (s.n == 0) {
		uint32_t to = r->separators[k];

		s.n = to - (uint32_t)(s.p - r->text) -
			(r->crlf && k + 1 == r->fields);
	}
	return s;
}

static void
append_own(const struct record_layout *layout, struct buf *b,
	const struct slice *values)
{
	for (size_t i = 0; i < layout->own_count; i++)
		if (layout->appended[i]) {
			buf_byte(b, '\t');
			buf_add(b, values[i]);
		}
	buf_byte(b, '\n');
}

void
record_layout_write(const struct record_layout *layout, struct buf *b,
	const struct record *r, const struct slice *values)
{
	if (!layout->replaced && !r->order) {
		buf_add(b, record_line(r));
	} else {
		for (size_t i = 0; i < layout->source->columns; i++) {
			size_t own = layout->replaces[i];

			if (i)
				buf_byte(b, '\t');
			buf_add(b, own == RECORD_NONE ? raw_field(r, i)
				: values[own]);
		}
	}
	append_own(layout, b, values);
}

void
record_layout_only(const struct record_layout *layout, struct buf *b,
	size_t column, struct slice value, const struct slice *values)
{
	for (size_t i = 0; i < layout->source->columns; i++) {
		size_t own = layout->replaces[i];

		if (i)
			buf_byte(b, '\t');
		if (own != RECORD_NONE)
			buf_add(b, values[own]);
		else if (i == column)
			buf_add(b, value);
	}
	append_own(layout, b, values);
}
