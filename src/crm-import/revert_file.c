#include "revert_file.h"

#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "text.h"

/* The names of a first line, without byte order mark and CR. */
static size_t
split_head(struct slice head, struct mem_pool *pool, struct slice **names)
{
	size_t n = 1, count = 0, from = 0;

	if (head.n >= 3 && memcmp(head.p, "\xef\xbb\xbf", 3) == 0)
		head = (struct slice){head.p + 3, head.n - 3};
	if (head.n > 0 && head.p[head.n - 1] == '\r')
		head.n--;
	for (size_t i = 0; i < head.n; i++)
		n += head.p[i] == '\t';
	*names = mem_pool_get(pool, n * sizeof **names);
	for (size_t i = 0; i <= head.n; i++)
		if (i == head.n || head.p[i] == '\t') {
			(*names)[count++] = mem_pool_copy(pool,
				(struct slice){head.p + from, i - from});
			from = i + 1;
		}
	return count;
}

static size_t
find(const struct slice *names, size_t n, struct slice name)
{
	for (size_t i = 0; i < n; i++)
		if (slice_equal(names[i], name))
			return i;
	return SIZE_MAX;
}

size_t
revert_file_column(const struct revert_file *f, struct slice name)
{
	return find(f->names, f->count, name);
}

/* Columns that the run took away come back behind the others. */
static void
add_lost_columns(struct revert_file *f, const struct undo *undo)
{
	struct slice *before, *after;
	size_t n, m;

	if (!undo->head)
		return;
	n = split_head(undo->head_old, &f->pool, &before);
	m = split_head(undo->head_new, &f->pool, &after);
	f->names = mem_resize(f->names, f->own + n, sizeof *f->names);
	for (size_t i = 0; i < n; i++)
		if (revert_file_column(f, before[i]) == SIZE_MAX &&
			(undo->rest || find(after, m, before[i]) == SIZE_MAX))
			f->names[f->count++] = before[i];
}

static const char *
take_record(void *context, struct slice line)
{
	struct revert_file *f = context;
	struct slice id = line;
	const char *tab;
	bool is_new;

	for (size_t i = 0; i < f->id; i++)
		id.p = (const char *)memchr(id.p, '\t',
			(size_t)(line.p + line.n - id.p)) + 1;
	id.n = (size_t)(line.p + line.n - id.p);
	tab = memchr(id.p, '\t', id.n);
	if (tab)
		id.n = (size_t)(tab - id.p);
	if (base_lines_missing(id))
		return "without its key";
	hash_put(f->ids, id, hash_code(id), &is_new);
	if (!is_new)
		return "the same key again";
	base_lines_add(&f->lines, line);
	return NULL;
}

void
revert_file_open(struct revert_file *f, const char *path, const char *key,
	const struct undo *undo)
{
	struct slice *own = base_lines_columns(path, &f->pool, &f->own);

	f->count = f->own;
	f->names = mem_alloc(f->own, sizeof *f->names);
	for (size_t i = 0; i < f->own; i++) {
		struct buf name = {0};

		out_text(&name, own[i]);
		f->names[i] = mem_pool_copy(&f->pool, buf_slice(&name));
		buf_free(&name);
	}
	f->id = revert_file_column(f, slice_of(key));
	if (f->id == SIZE_MAX)
		msg_die("%s: no column %s", path, key);
	add_lost_columns(f, undo);
	f->ids = hash_open(0);
	base_lines_open(&f->lines, f->count);
	base_lines_load(&f->lines, path, take_record, f);
	f->removed = mem_zero(f->lines.count + 1, sizeof *f->removed);
	f->restored = mem_alloc(hash_count(undo->keys) + 1,
		sizeof *f->restored);
}

void
revert_file_close(struct revert_file *f)
{
	hash_close(f->ids);
	base_lines_close(&f->lines);
	free(f->names);
	free(f->removed);
	free(f->restored);
	mem_pool_free(&f->pool);
}

uint32_t
revert_file_find(const struct revert_file *f, struct slice key)
{
	return hash_find(f->ids, key, hash_code(key));
}

static struct slice
line_of(struct revert_file *f, const struct slice *fields)
{
	struct buf line = {0};
	struct slice kept;

	for (size_t i = 0; i < f->count; i++) {
		if (i > 0)
			buf_byte(&line, '\t');
		buf_add(&line, fields[i]);
	}
	kept = base_lines_keep(&f->lines, buf_slice(&line));
	buf_free(&line);
	return kept;
}

void
revert_file_set(struct revert_file *f, uint32_t record,
	const struct slice *fields)
{
	base_lines_replace(&f->lines, record, line_of(f, fields));
}

void
revert_file_remove(struct revert_file *f, uint32_t record)
{
	f->removed[record] = true;
}

void
revert_file_restore(struct revert_file *f, uint64_t line,
	const struct slice *fields)
{
	f->restored[f->restored_count++] = (struct revert_restored){line,
		line_of(f, fields)};
}

/* What the columns of the result are, and how its lines end. */
struct shape {
	size_t *columns, count;
	struct slice end;
	bool same;            /* the columns are those of FILE */
	struct slice *fields; /* of one line */
};

/* Whether no record has a value in a column. */
static bool
is_empty(const struct revert_file *f, size_t column)
{
	struct slice *fields = mem_alloc(f->count, sizeof *fields);
	bool empty = true;

	for (uint32_t i = 0; i < f->lines.count && empty; i++) {
		base_lines_raw(&f->lines, base_lines_get(&f->lines, i), fields);
		empty = f->removed[i] || fields[column].n == 0;
	}
	free(fields);
	return empty;
}

/* The columns that stay: all but those that the run added and that hold
 * nothing now. *full: one of these holds something. */
static void
choose_columns(struct revert_file *f, const struct undo *undo,
	struct shape *shape, bool *full)
{
	struct slice *before = NULL, *after = NULL;
	size_t old = 0, new = 0;

	if (undo->head) {
		old = split_head(undo->head_old, &f->pool, &before);
		new = split_head(undo->head_new, &f->pool, &after);
	}
	for (size_t i = 0; i < f->count; i++) {
		bool added = find(after, new, f->names[i]) != SIZE_MAX &&
			find(before, old, f->names[i]) == SIZE_MAX;

		if (added && is_empty(f, i))
			continue;
		*full |= added;
		shape->columns[shape->count++] = i;
	}
	if (!undo->head || *full || !slice_equal(undo->head_now,
		(struct slice){f->lines.head, f->lines.head_size}))
		return;
	for (size_t i = 0; i < old; i++)
		shape->columns[i] = revert_file_column(f, before[i]);
}

static void
make_head(struct revert_file *f, const struct undo *undo, struct shape *shape,
	struct buf *head)
{
	struct slice now = {f->lines.head, f->lines.head_size};
	bool full = false;

	shape->columns = mem_alloc(f->count, sizeof *shape->columns);
	shape->fields = mem_alloc(f->count, sizeof *shape->fields);
	shape->end = slice_of("\n");
	choose_columns(f, undo, shape, &full);
	if (undo->head && !full && slice_equal(undo->head_now, now)) {
		buf_add(head, undo->head_old);
		if (head->n > 0 && head->p[head->n - 1] == '\r')
			shape->end = slice_of("\r\n");
	} else {
		for (size_t i = 0; i < shape->count; i++) {
			if (i > 0)
				buf_byte(head, '\t');
			buf_add(head, f->names[shape->columns[i]]);
		}
	}
	shape->same = shape->count == f->own;
	for (size_t i = 0; i < shape->count; i++)
		shape->same &= shape->columns[i] == i;
}

static void
write_line(const struct revert_file *f, const struct shape *shape,
	struct slice line, struct out *out)
{
	if (shape->same && f->count == f->own) {
		out_write(out, line);
		out_write(out, shape->end);
		return;
	}
	base_lines_raw(&f->lines, line, shape->fields);
	for (size_t i = 0; i < shape->count; i++) {
		if (i > 0)
			out_write(out, slice_of("\t"));
		out_write(out, shape->fields[shape->columns[i]]);
	}
	out_write(out, shape->end);
}

static int
by_line(const void *a, const void *b)
{
	const struct revert_restored *x = a, *y = b;

	return (x->line > y->line) - (x->line < y->line);
}

void
revert_file_write(struct revert_file *f, const struct undo *undo,
	struct out *out, struct buf *head)
{
	struct shape shape = {0};
	uint64_t line = 2;
	size_t next = 0;

	make_head(f, undo, &shape, head);
	out_write(out, buf_slice(head));
	out_write(out, slice_of("\n"));
	qsort(f->restored, f->restored_count, sizeof *f->restored, by_line);
	for (uint32_t i = 0; i <= f->lines.count; i++) {
		for (; next < f->restored_count && (i == f->lines.count ||
			f->restored[next].line <= line); next++, line++)
			write_line(f, &shape, f->restored[next].text, out);
		if (i == f->lines.count || f->removed[i])
			continue;
		write_line(f, &shape, base_lines_get(&f->lines, i), out);
		line++;
	}
	free(shape.columns);
	free(shape.fields);
}
