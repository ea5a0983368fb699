#include "decisions.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "csv.h"
#include "msg.h"
#include "out.h"
#include "source.h"
#include "text.h"

/* The columns, and what it takes to read cells. */
enum { LEFT, RIGHT, DECISION, COLUMNS };
static const char *const names[COLUMNS] = {"left", "right", "decision"};

struct reading {
	struct decisions *decisions;
	struct source source;
	size_t columns[COLUMNS];
	const struct words_column *words;
	struct buf cell, scratch;
};

static size_t
find(const struct source *s, const char *name)
{
	for (size_t i = 0; i < s->header_count; i++)
		if (slice_is(s->titles[i], name))
			return i;
	return SIZE_MAX;
}

static struct slice
cell_of(struct reading *r, const struct csv_batch *batch,
	const struct csv_row *row, int column)
{
	const struct csv_field *field =
		&batch->fields[row->first + r->columns[column]];
	struct slice cell;

	if (r->columns[column] >= row->fields)
		return (struct slice){NULL, 0};
	if (!source_cell(&r->source, batch, field, &r->cell, &cell))
		msg_die("%s:%llu: %s: bad escape", r->decisions->name,
			(unsigned long long)row->line, names[column]);
	return text_trim(cell);
}

static struct slice
keep_id(struct reading *r, struct slice id)
{
	buf_clear(&r->scratch);
	out_text(&r->scratch, id);
	return mem_pool_copy(&r->decisions->pool, buf_slice(&r->scratch));
}

static enum decisions_kind
kind_of(struct reading *r, struct slice written)
{
	struct slice word;

	if (written.n == 0)
		return DECISIONS_OPEN;
	if (!words_find(r->words, written, &r->scratch, &word))
		return DECISIONS_WRONG;
	return slice_is(word, "same") ? DECISIONS_SAME : DECISIONS_DIFFERENT;
}

static void
add_row(struct reading *r, const struct csv_batch *batch,
	const struct csv_row *row)
{
	struct decisions *d = r->decisions;
	struct decisions_row to = {.line = row->line};
	struct slice written;

	if (row->unclosed)
		msg_die("%s:%llu: a quote that is never closed", d->name,
			(unsigned long long)row->line);
	to.left = keep_id(r, cell_of(r, batch, row, LEFT));
	to.right = keep_id(r, cell_of(r, batch, row, RIGHT));
	written = cell_of(r, batch, row, DECISION);
	to.kind = kind_of(r, written);
	to.written = mem_pool_copy(&d->pool, written);
	if (to.left.n + to.right.n + written.n == 0)
		return;
	if (d->count == d->room) {
		d->room = 2 * d->room + 64;
		d->rows = mem_resize(d->rows, d->room, sizeof *d->rows);
	}
	d->rows[d->count++] = to;
}

static void
read_rows(struct reading *r)
{
	struct csv *csv = csv_open(r->source.encode, r->source.form);
	struct csv_batch batch = {.row_count = 0};

	while (csv_next(csv, &batch))
		for (size_t i = 0; i < batch.row_count; i++)
			if (batch.rows[i].line > r->source.header_line)
				add_row(r, &batch, &batch.rows[i]);
	csv_batch_free(&batch);
	csv_close(csv);
}

/* False where the file has another header, unless it is needed. */
static bool
read_file(struct decisions *d, const char *path,
	const struct columns *columns, const struct words *words, bool needed)
{
	struct reading r = {.decisions = d};
	bool all = true;

	*d = (struct decisions){.name = path};
	r.words = words_of(words, slice_of("decision"));
	source_open(&r.source, path, &(struct source_form){.header_line = 1, .jobs = 1},
		columns);
	for (int i = 0; i < COLUMNS; i++) {
		r.columns[i] = find(&r.source, names[i]);
		if (r.columns[i] == SIZE_MAX && needed)
			msg_die("%s: no column %s", path, names[i]);
		all &= r.columns[i] != SIZE_MAX;
	}
	if (all)
		read_rows(&r);
	source_close(&r.source);
	buf_free(&r.cell);
	buf_free(&r.scratch);
	return all;
}

void
decisions_read(struct decisions *d, const char *path,
	const struct columns *columns, const struct words *words)
{
	read_file(d, path, columns, words, true);
}

/* Does the file begin as one of pairs does, in whatever form? It may be
 * anything, even none that can be read as text. */
static bool
is_of_pairs(const char *path)
{
	static const char wanted[] = "leftright";
	char start[64];
	struct stat st;
	struct input *in;
	size_t n, letters = 0;

	if (stat(path, &st) || !S_ISREG(st.st_mode) || st.st_size == 0)
		return false;
	in = input_open(path);
	n = input_read(in, start, sizeof start);
	input_close(in);
	for (size_t i = 0; i < n && wanted[letters]; i++) {
		if (start[i] < 'a' || start[i] > 'z')
			continue;
		if (start[i] != wanted[letters++])
			return false;
	}
	return !wanted[letters];
}

bool
decisions_read_old(struct decisions *d, const char *path,
	const struct columns *columns, const struct words *words)
{
	*d = (struct decisions){.name = path};
	return is_of_pairs(path) &&
		read_file(d, path, columns, words, false);
}

void
decisions_free(struct decisions *d)
{
	free(d->rows);
	mem_pool_free(&d->pool);
	*d = (struct decisions){.count = 0};
}
