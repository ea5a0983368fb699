#include "header.h"

#include <string.h>

#include "buf.h"
#include "mem.h"
#include "msg.h"
#include "sniff.h"
#include "text.h"
#include "written.h"

static bool
covers(const struct csv_batch *b, size_t i, uint64_t line)
{
	if (i + 1 < b->row_count)
		return b->rows[i].line <= line && line < b->rows[i + 1].line;
	return b->rows[i].line == line;
}

static size_t
find_header(const struct source *s, const struct source_form *form,
	const struct columns *columns, const struct csv_batch *b)
{
	size_t i = 0;

	if (form->header_line == 0)
		i = sniff_header(columns, b);
	else
		while (i < b->row_count &&
			!covers(b, i, (uint64_t)form->header_line))
			i++;
	if (i >= b->row_count && form->header_line)
		msg_die("%s:%llu: no header in the line that --header-line"
			" names", s->name,
			(unsigned long long)form->header_line);
	if (i >= b->row_count)
		msg_die("%s: no header", s->name);
	return i;
}

static void
given_header(struct source *s, const char *columns)
{
	size_t most = strlen(columns) + 1;

	s->headers = mem_alloc(most, sizeof *s->headers);
	s->titles = mem_alloc(most, sizeof *s->titles);
	do {
		size_t n = strcspn(columns, ",");
		struct slice name = {columns, n};

		s->headers[s->header_count] = name;
		s->titles[s->header_count++] = text_trim(name);
		columns += n + (columns[n] == ',');
	} while (*columns);
}

/* A second byte order mark, as of a file with one that was converted. */
static struct slice
without_mark(struct slice s)
{
	return s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0
		? (struct slice){s.p + 3, s.n - 3} : s;
}

static void
keep_header(struct source *s, const struct csv_batch *b,
	const struct csv_row *row)
{
	struct buf scratch = {0};
	bool destroyed = false;

	s->header_line = row->line;
	s->header_count = row->fields;
	s->headers = mem_alloc(row->fields, sizeof *s->headers);
	s->titles = mem_alloc(row->fields, sizeof *s->titles);
	for (size_t i = 0; i < row->fields; i++) {
		struct slice cell;

		if (!source_cell(s, b, &b->fields[row->first + i], &scratch, &cell))
			msg_die("%s:%llu: bad escape in the header", s->name,
				(unsigned long long)row->line);
		if (cell.n > 0 && memchr(cell.p, '\0', cell.n))
			msg_die("%s:%llu: a NUL byte in the header; -e ENCODING"
				" says what it is", s->name,
				(unsigned long long)row->line);
		s->headers[i] = mem_pool_copy(&s->pool, cell);
		cell = s->titles[i] = text_trim(i == 0
			? without_mark(s->headers[i]) : s->headers[i]);
		destroyed |= written_lost(cell);
	}
	if (destroyed)
		msg_warn("%s:%llu: the header holds ??? or U+FFFD: its text"
			" was already lost when the file was written", s->name,
			(unsigned long long)row->line);
	buf_free(&scratch);
}

void
header_find(struct source *s, const struct source_form *form,
	const struct columns *columns, const struct csv_batch *sample)
{
	if (form->columns)
		given_header(s, form->columns);
	else
		keep_header(s, sample, &sample->rows[
			find_header(s, form, columns, sample)]);
}
