#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "msg.h"
#include "text.h"

#define BLOCK ((size_t)64 * 1024)

/* The first line of a file, as it was read. */
struct head {
	struct buf bytes;  /* what was read so far: the line and more */
	size_t start;      /* of the line, behind a BOM */
	size_t end;        /* of the line, before its LF */
	bool has_end;
};

/* Reads more of the file; false at its end. */
static bool
read_more(struct record_file *file, struct head *head)
{
	char *to = buf_reserve(&head->bytes, BLOCK);
	size_t n = input_read(file->in, to, BLOCK);

	head->bytes.n += n;
	return n > 0;
}

static void
skip_bom(struct record_file *file, struct head *head)
{
	while (head->bytes.n < 3 && read_more(file, head))
		continue;
	if (head->bytes.n >= 3 && memcmp(head->bytes.p, "\xEF\xBB\xBF", 3) == 0)
		head->start = 3;
}

static void
find_line(struct record_file *file, struct head *head)
{
	size_t from = head->start;

	for (;;) {
		const char *lf = head->bytes.n > from ? memchr(
			head->bytes.p + from, '\n', head->bytes.n - from) : NULL;

		if (lf) {
			head->end = (size_t)(lf - head->bytes.p);
			head->has_end = true;
			return;
		}
		/* a device may go on with NUL bytes for ever */
		if (head->bytes.n > from && memchr(head->bytes.p + from, '\0',
			head->bytes.n - from)) {
			head->end = head->bytes.n;
			return;
		}
		from = head->bytes.n;
		if (!read_more(file, head)) {
			head->end = head->bytes.n;
			return;
		}
	}
}

/* What follows the header: an offset in a file, bytes kept of a stream. */
static void
keep_rest(struct record_file *file, struct head *head, size_t from)
{
	if (input_seekable(file->in)) {
		file->offset = from;
		buf_free(&head->bytes);
		return;
	}
	file->started = head->bytes.n - from;
	if (file->started)
		memmove(head->bytes.p, head->bytes.p + from, file->started);
	file->start = head->bytes.p;
}

static size_t
count_fields(struct slice line)
{
	size_t n = 1;

	for (size_t i = 0; i < line.n; i++)
		n += line.p[i] == '\t';
	return n;
}

static size_t
split(struct mem_pool *pool, struct slice line, char separator,
	struct slice *fields)
{
	size_t n = 0, from = 0;

	for (size_t i = 0; i <= line.n; i++)
		if (i == line.n || line.p[i] == separator) {
			fields[n++] = mem_pool_copy(pool,
				(struct slice){line.p + from, i - from});
			from = i + 1;
		}
	return n;
}

static void
refuse_twice(const struct record_file *file, const struct slice *names, size_t n)
{
	char quoted[128];

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (slice_equal(names[i], names[k]))
				msg_die("%s:1: column %s stands twice, as "
					"column %zu and %zu", file->name,
					msg_quote(quoted, sizeof(quoted),
						names[i]), k + 1, i + 1);
}

static size_t
find(const struct slice *names, size_t n, struct slice name)
{
	for (size_t i = 0; i < n; i++)
		if (slice_equal(names[i], name))
			return i;
	return RECORD_NONE;
}

/* The order of a later file's columns in terms of the first file's. */
static void
match_columns(struct record_source *source, struct record_file *file,
	const struct slice *names, size_t n)
{
	const char *first = source->files[0].name;
	char quoted[128];
	uint32_t *order;
	bool same = n == source->columns;

	for (size_t i = 0; i < n; i++)
		if (find(source->names, source->columns, names[i]) == RECORD_NONE)
			msg_die("%s:1: column %s is not in %s", file->name,
				msg_quote(quoted, sizeof(quoted), names[i]),
				first);
	order = mem_pool_get(source->pool, source->columns * sizeof(*order));
	for (size_t i = 0; i < source->columns; i++) {
		size_t k = find(names, n, source->names[i]);

		if (k == RECORD_NONE)
			msg_die("%s:1: column %s of %s is missing", file->name,
				msg_quote(quoted, sizeof(quoted),
					source->names[i]), first);
		order[i] = (uint32_t)k;
		same = same && k == i;
	}
	file->order = same ? NULL : order;
}

static void
read_header(struct record_source *source, struct record_file *file,
	struct head *head)
{
	struct slice line = {head->bytes.p + head->start,
		head->end - head->start};
	struct slice *names;
	size_t n;

	if (memchr(line.p, '\0', line.n))
		msg_die("%s:1: the header holds a NUL byte: not a text file, "
			"or UTF-16; convert it with crm-import", file->name);
	if (!head->has_end)
		msg_die("%s:1: the header line has no end; the file is cut "
			"short", file->name);
	if (line.n && line.p[line.n - 1] == '\r') {
		file->crlf = true;
		line.n--;
	}
	n = count_fields(line);
	if (n == 1 && (memchr(line.p, ',', line.n) || memchr(line.p, ';', line.n)))
		msg_warn("%s: one column, with commas in its name: if it is "
			"CSV, crm-import reads it", file->name);
	names = mem_pool_get(source->pool, n * sizeof(*names));
	split(source->pool, line, '\t', names);
	refuse_twice(file, names, n);
	if (file == source->files) {
		source->names = names;
		source->columns = n;
	} else {
		match_columns(source, file, names, n);
	}
	file->first_line = 2;
}

static void
open_file(struct record_source *source, struct record_file *file,
	const char *operand, unsigned flags)
{
	struct head head = {0};

	file->in = input_open(operand);
	file->name = input_name(file->in);
	if (flags & RECORD_TWICE)
		input_spool(file->in);
	skip_bom(file, &head);
	find_line(file, &head);
	if (!source->headless) {
		if (head.end == head.start && !head.has_end)
			msg_die("%s: empty: not even a header; did the program "
				"before it fail?", file->name);
		read_header(source, file, &head);
		keep_rest(file, &head, head.end + 1);
		return;
	}
	file->crlf = head.has_end && head.end > head.start &&
		head.bytes.p[head.end - 1] == '\r';
	file->first_line = 1;
	keep_rest(file, &head, head.start);
}

static void
give_columns(struct record_source *source, const char *columns)
{
	struct record_file given = {.name = "--columns"};
	struct slice list = slice_of(columns);
	size_t n = 1;

	for (size_t i = 0; i < list.n; i++)
		n += list.p[i] == ',';
	source->names = mem_pool_get(source->pool, n * sizeof(*source->names));
	source->columns = split(source->pool, list, ',', source->names);
	source->headless = true;
	refuse_twice(&given, source->names, n);
}

struct record_source *
record_open(char *const *names, size_t n, const char *columns, unsigned flags)
{
	struct record_source *source = mem_zero(1, sizeof(*source));

	source->pool = mem_zero(1, sizeof(*source->pool));
	source->file_count = n ? n : 1;
	source->files = mem_zero(source->file_count, sizeof(*source->files));
	if (columns)
		give_columns(source, columns);
	for (size_t i = 0; i < source->file_count; i++)
		open_file(source, &source->files[i], n ? names[i] : "-", flags);
	return source;
}

void
record_close(struct record_source *source)
{
	if (!source)
		return;
	for (size_t i = 0; i < source->file_count; i++) {
		input_close(source->files[i].in);
		free(source->files[i].start);
	}
	free(source->files);
	mem_pool_free(source->pool);
	free(source->pool);
	free(source);
}

size_t
record_find(const struct record_source *source, struct slice name)
{
	return find(source->names, source->columns, name);
}

size_t
record_need(const struct record_source *source, const char *name)
{
	size_t column = record_find(source, slice_of(name));
	const struct slice *near;

	if (column != RECORD_NONE)
		return column;
	near = text_suggest(slice_of(name), source->names, source->columns);
	if (near)
		msg_die("%s: no column \"%s\"; did you mean \"%.*s\"?",
			source->files[0].name, name, (int)near->n, near->p);
	msg_die("%s: no column \"%s\"", source->files[0].name, name);
}

bool
record_text(const struct record *r, size_t column, struct buf *scratch,
	struct slice *text)
{
	*text = record_field(r, column);
	if (!r->backslash || !text_escaped(*text))
		return true;
	buf_clear(scratch);
	if (!text_unescape(scratch, *text))
		return false;
	*text = buf_slice(scratch);
	return true;
}
