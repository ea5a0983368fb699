#include "base_lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mem.h"
#include "msg.h"
#include "record.h"
#include "text.h"

enum { BLOCK = 8 * 1024 * 1024 };

struct base_lines_block {
	struct base_lines_block *before;
	size_t size;
	char bytes[];
};

void
base_lines_open(struct base_lines *b, size_t columns)
{
	*b = (struct base_lines){.columns = columns, .file_columns = columns};
	pthread_mutex_init(&b->lock, NULL);
}

static void
free_arena(struct base_lines_arena *a)
{
	while (a->block) {
		struct base_lines_block *before = a->block->before;

		mem_huge_free(a->block, a->block->size);
		a->block = before;
	}
}

void
base_lines_close(struct base_lines *b)
{
	free_arena(&b->own);
	free_arena(&b->shared);
	pthread_mutex_destroy(&b->lock);
	if (b->file)
		mem_huge_free(b->file, b->file_size);
	free(b->head);
	mem_huge_free(b->lines, b->room * sizeof *b->lines);
}

static char *
arena_room(struct base_lines_arena *a, size_t n)
{
	char *room;

	if (!a->block || a->size - a->used < n) {
		size_t size = sizeof(struct base_lines_block) + n;
		struct base_lines_block *block;

		if (size < BLOCK)
			size = BLOCK;
		block = mem_huge(size);
		block->before = a->block;
		block->size = size;
		a->block = block;
		a->used = 0;
		a->size = size - sizeof *block;
	}
	room = a->block->bytes + a->used;
	a->used += n;
	return room;
}

char *
base_lines_room(struct base_lines *b, size_t n)
{
	char *room;

	pthread_mutex_lock(&b->lock);
	room = arena_room(&b->shared, n);
	pthread_mutex_unlock(&b->lock);
	return room;
}

struct slice
base_lines_keep(struct base_lines *b, struct slice line)
{
	char *to = arena_room(&b->own, line.n + 1);

	memcpy(to, line.p, line.n);
	to[line.n] = '\n'; /* lines beside each other are written at once */
	return (struct slice){to, line.n};
}

void
base_lines_expect(struct base_lines *b, size_t n)
{
	struct slice *lines;

	if (n <= b->room)
		return;
	lines = mem_huge(n * sizeof *lines);
	if (b->count > 0)
		memcpy(lines, b->lines, b->count * sizeof *lines);
	mem_huge_free(b->lines, b->room * sizeof *lines);
	b->lines = lines;
	b->room = n;
}

void
base_lines_grow(struct base_lines *b)
{
	base_lines_expect(b, b->room + b->room / 2 + 4096);
}

struct slice
base_lines_get(const struct base_lines *b, uint32_t i)
{
	return b->lines[i];
}

void
base_lines_replace(struct base_lines *b, uint32_t i, struct slice line)
{
	b->lines[i] = line;
}

bool
base_lines_missing(struct slice field)
{
	return field.n == 0 || slice_is(field, "\\N");
}

void
base_lines_split(const struct base_lines *b, struct slice line,
	struct slice *fields)
{
	base_lines_raw(b, line, fields);
	for (size_t i = 0; i < b->columns; i++)
		if (base_lines_missing(fields[i]))
			fields[i].n = 0;
}

void
base_lines_raw(const struct base_lines *b, struct slice line,
	struct slice *fields)
{
	const char *p = line.p, *end = line.p + line.n;
	size_t i = 0;

	for (; i < b->columns && p <= end; i++) {
		const char *tab = p < end
			? memchr(p, '\t', (size_t)(end - p)) : NULL;

		if (!tab)
			tab = end;
		fields[i] = (struct slice){p, (size_t)(tab - p)};
		p = tab + 1;
	}
	for (; i < b->columns; i++)
		fields[i] = (struct slice){end, 0};
}

/* What is wrong with a line as such, or null. */
static const char *
line_wrong(const struct base_lines *b, struct slice line, bool crlf)
{
	size_t tabs = 0;

	if ((line.n > 0 && line.p[line.n - 1] == '\r') != crlf)
		return "its line end is not that of the header";
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '\0')
			return "a NUL byte";
		tabs += line.p[i] == '\t';
	}
	return tabs + 1 == b->file_columns ? NULL
		: "the number of its fields is not that of the header";
}

static void
read_head(struct base_lines *b, const struct record_file *f)
{
	b->head = mem_alloc((size_t)f->offset, 1);
	b->head_size = (size_t)f->offset - 1;
	input_at(f->in, b->head, b->head_size, 0);
}

static void
read_body(struct base_lines *b, const struct record_file *f)
{
	uint64_t size;

	if (!input_seekable(f->in))
		msg_die("%s: --into needs a plain file", f->name);
	size = input_size(f->in) - f->offset;
	b->file_size = (size_t)size;
	if (size == 0)
		return;
	b->file = mem_huge(b->file_size);
	input_at(f->in, b->file, b->file_size, f->offset);
	if (b->file[b->file_size - 1] != '\n')
		msg_die("%s: the last line has no end: a writer may have died",
			f->name);
}

void
base_lines_load(struct base_lines *b, const char *path,
	const char *(*take)(void *context, struct slice line), void *context)
{
	char *name = mem_copy(slice_of(path));
	struct record_source *source = record_open(&name, 1, NULL, 0);
	const struct record_file *f = &source->files[0];
	uint64_t number = f->first_line;

	b->file_columns = source->columns;
	read_body(b, f);
	read_head(b, f);
	for (size_t at = 0; at < b->file_size; number++) {
		const char *p = b->file + at;
		const char *end = memchr(p, '\n', b->file_size - at);
		struct slice line = {p, (size_t)(end - p)};
		const char *wrong = line_wrong(b, line, f->crlf);

		line.n -= f->crlf && !wrong;
		if (!wrong)
			wrong = take(context, line);
		if (wrong)
			msg_die("%s:%llu: %s; nothing was imported", path,
				(unsigned long long)number, wrong);
		at = (size_t)(end - b->file) + 1;
	}
	record_close(source);
	free(name);
}

struct slice *
base_lines_columns(const char *path, struct mem_pool *pool, size_t *count)
{
	struct record_source *source;
	struct slice *names;
	struct buf plain = {0};
	struct stat st;
	char *name;

	*count = 0;
	if (stat(path, &st)) {
		if (errno != ENOENT)
			msg_die_errno("%s", path);
		return NULL;
	}
	if (!S_ISREG(st.st_mode))
		msg_die("%s: --into needs a plain file", path);
	name = mem_copy(slice_of(path));
	source = record_open(&name, 1, NULL, 0);
	names = mem_pool_get(pool, source->columns * sizeof *names);
	for (size_t i = 0; i < source->columns; i++) {
		buf_clear(&plain);
		if (!text_unescape(&plain, source->names[i]))
			msg_die("%s:1: bad escape in the header", path);
		names[i] = mem_pool_copy(pool, buf_slice(&plain));
	}
	buf_free(&plain);
	*count = source->columns;
	record_close(source);
	free(name);
	return names;
}

/* The lines from i on that lie one after the other, with their ends; *next is
 * the first that does not, or whose end is not there. */
static struct slice
lines_together(const struct base_lines *b, size_t i, size_t *next)
{
	const char *from = b->lines[i].p, *to = from;

	while (i < b->count && b->lines[i].p == to && to &&
		to[b->lines[i].n] == '\n')
		to += b->lines[i++].n + 1;
	*next = i;
	return (struct slice){from, (size_t)(to - from)};
}

void
base_lines_write(const struct base_lines *b, struct out *out)
{
	size_t missing = b->columns - b->file_columns, i = 0;
	char *tabs = mem_alloc(missing + 1, 1);

	memset(tabs, '\t', missing);
	tabs[missing] = '\n';
	while (i < b->count) {
		struct slice line = b->lines[i];
		bool of_file = line.p && line.p >= b->file &&
			line.p < b->file + b->file_size;

		if (!line.p) {
			i++;
		} else if (of_file && (missing > 0 || line.p[line.n] != '\n')) {
			out_write(out, line);
			out_write(out, (struct slice){tabs, missing + 1});
			i++;
		} else {
			out_write(out, lines_together(b, i, &i));
		}
	}
	free(tabs);
}
