#include "rejects.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mem.h"
#include "num.h"
#include "out.h"
#include "store.h"
#include "text.h"

enum { OWN = 4 };

struct rejects {
	struct store *store;        /* null: nothing is written */
	const struct source *sources;
	struct slice *columns;      /* of the files, without ours */
	struct slice *names;        /* what they are in the result */
	size_t count;
	uint32_t **cells;           /* of each file and column: the cell, or
	                               CELL_NONE */
	size_t source_count;
	bool csv;
	struct buf line, scratch;
};

#define CELL_NONE UINT32_MAX

static const char *const own[OWN] = {"_file", "_line", "_column", "_reason"};

static bool
is_own(struct slice title)
{
	for (size_t i = 0; i < OWN; i++)
		if (slice_is(title, own[i]))
			return true;
	return false;
}

static void
add_quoted(struct buf *b, struct slice s)
{
	bool plain = s.n == 0 || (s.p[0] != ' ' && s.p[s.n - 1] != ' ');

	for (size_t i = 0; i < s.n && plain; i++)
		plain = s.p[i] != ',' && s.p[i] != '"' && s.p[i] != '\n' &&
			s.p[i] != '\r';
	if (plain) {
		buf_add(b, s);
		return;
	}
	buf_byte(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(b, '"');
		buf_byte(b, s.p[i]);
	}
	buf_byte(b, '"');
}

static void
add_value(struct rejects *r, struct slice s)
{
	if (r->csv)
		add_quoted(&r->line, s);
	else
		out_text(&r->line, s);
}

static void
add_mark(struct rejects *r)
{
	buf_byte(&r->line, r->csv ? ',' : '\t');
}

static void
end_line(struct rejects *r)
{
	buf_text(&r->line, r->csv ? "\r\n" : "\n");
	out_write(store_out(r->store), buf_slice(&r->line));
	buf_clear(&r->line);
}

/* What each cell of a file is: the column that it alone gives, else its header.
 * mapped: the user said so. */
struct cells {
	struct slice *names;
	bool *mapped;
};

static void
name_cells(const struct source *s, struct cells *cells)
{
	cells->names = mem_alloc(s->header_count + 1, sizeof *cells->names);
	cells->mapped = mem_zero(s->header_count + 1, sizeof *cells->mapped);
	for (size_t i = 0; i < s->header_count; i++)
		cells->names[i] = s->titles[i];
	for (size_t i = 0; i < s->column_count; i++) {
		const struct columns_match *c = &s->columns[i];

		if (c->count != 1)
			continue;
		cells->names[c->parts[0]] = c->name;
		cells->mapped[c->parts[0]] = c->mapped;
	}
}

/* The column for a cell: that of the cell of another file that means the same,
 * or the mended rows could not be read together. */
static size_t
column_for(struct rejects *r, size_t file, const struct cells *cells,
	uint32_t cell)
{
	struct slice header = r->sources[file].headers[cell];
	size_t i = 0;

	while (i < r->count && (r->cells[file][i] != CELL_NONE ||
		!slice_equal(r->names[i], cells->names[cell])))
		i++;
	if (i == r->count) {
		r->names[r->count] = cells->names[cell];
		r->columns[r->count++] = header;
	} else if (cells->mapped[cell]) {
		r->columns[i] = header;
	}
	return i;
}

static void
find_columns(struct rejects *r)
{
	size_t most = 0;

	for (size_t k = 0; k < r->source_count; k++)
		most += r->sources[k].header_count;
	r->columns = mem_alloc(most + 1, sizeof *r->columns);
	r->names = mem_alloc(most + 1, sizeof *r->names);
	r->cells = mem_alloc(r->source_count, sizeof *r->cells);
	for (size_t k = 0; k < r->source_count; k++) {
		const struct source *s = &r->sources[k];
		struct cells cells;

		name_cells(s, &cells);
		r->cells[k] = mem_alloc(most + 1, sizeof **r->cells);
		for (size_t i = 0; i < most; i++)
			r->cells[k][i] = CELL_NONE;
		for (uint32_t i = 0; i < s->header_count; i++)
			if (!is_own(s->titles[i]))
				r->cells[k][column_for(r, k, &cells, i)] = i;
		free(cells.names);
		free(cells.mapped);
	}
}

/* The header here of the cell that a row is rejected for. */
static struct slice
header_here(const struct rejects *r, size_t source, struct slice title)
{
	const struct source *s = &r->sources[source];

	for (size_t i = 0; i < r->count; i++)
		if (r->cells[source][i] != CELL_NONE &&
			s->titles[r->cells[source][i]].p == title.p)
			return text_trim(r->columns[i]);
	return title;
}

struct rejects *
rejects_open(const char *path, const struct source *sources, size_t n)
{
	struct rejects *r = mem_zero(1, sizeof *r);
	size_t length = path ? strlen(path) : 0;

	if (!path)
		return r;
	r->sources = sources;
	r->source_count = n;
	r->csv = length > 4 && strcmp(path + length - 4, ".csv") == 0;
	find_columns(r);
	r->store = store_open(path);
	if (r->csv)
		buf_text(&r->line, "\xef\xbb\xbf");
	for (size_t i = 0; i < r->count; i++) {
		add_value(r, r->columns[i]);
		add_mark(r);
	}
	for (size_t i = 0; i < OWN; i++) {
		if (i > 0)
			add_mark(r);
		add_value(r, slice_of(own[i]));
	}
	end_line(r);
	return r;
}

static void
add_cell(struct rejects *r, const struct source *s,
	const struct csv_batch *batch, const struct csv_field *field)
{
	struct slice cell;

	if (source_cell(s, batch, field, &r->scratch, &cell))
		add_value(r, cell);
	else
		buf_add(&r->line, csv_raw(batch, field)); /* a bad escape */
}

/* The cells of a row that has more than the header. */
static void
add_surplus(struct rejects *r, const struct source *s,
	const struct csv_batch *batch, const struct csv_row *row)
{
	struct buf all = {0};

	for (size_t i = s->header_count - 1; i < row->fields; i++) {
		struct slice cell = csv_raw(batch,
			&batch->fields[row->first + i]);

		if (i >= s->header_count)
			buf_byte(&all, s->form.delimiter);
		buf_add(&all, cell);
	}
	add_value(r, buf_slice(&all));
	buf_free(&all);
}

void
rejects_add(struct rejects *r, size_t source, const struct csv_batch *batch,
	const struct csv_row *row, struct slice column, struct slice why)
{
	const struct source *s = &r->sources[source];
	char number[NUM_SIZE];

	if (!r->store)
		return;
	for (size_t i = 0; i < r->count; i++) {
		uint32_t cell = r->cells[source][i];

		if (cell != CELL_NONE && cell + 1 == s->header_count &&
			row->fields > s->header_count)
			add_surplus(r, s, batch, row);
		else if (cell != CELL_NONE && cell < row->fields)
			add_cell(r, s, batch, &batch->fields[row->first + cell]);
		add_mark(r);
	}
	add_value(r, slice_of(s->name));
	add_mark(r);
	add_value(r, (struct slice){number,
		num_write_count(number, row->line)});
	add_mark(r);
	add_value(r, header_here(r, source, column));
	add_mark(r);
	add_value(r, why);
	end_line(r);
}

void
rejects_prepare(struct rejects *r)
{
	struct stat made;

	if (r->store)
		store_prepare(r->store, &made);
}

static void
close_rejects(struct rejects *r)
{
	for (size_t i = 0; i < r->source_count; i++)
		free(r->cells[i]);
	free(r->cells);
	free(r->columns);
	free(r->names);
	buf_free(&r->line);
	buf_free(&r->scratch);
	free(r);
}

void
rejects_commit(struct rejects *r)
{
	if (r->store)
		store_commit(r->store);
	close_rejects(r);
}

void
rejects_abandon(struct rejects *r)
{
	if (r->store)
		store_abandon(r->store);
	close_rejects(r);
}
