#include "card_find.h"

#include <stdlib.h>

#include "chunk.h"
#include "input.h"
#include "msg.h"
#include "text.h"

#define BLOCK ((size_t)4096) /* a line is read in blocks */
#define PROBES 32 /* records of a file whose order is looked at */

struct search {
	const struct card_query *q;
	struct card_rows *rows;
	size_t column;
	struct buf id; /* as a field */
};

static void
add_row(struct search *s, struct slice line)
{
	struct card_rows *rows = s->rows;
	size_t n = rows->source->columns, i, from = 0, to;
	struct slice *fields;

	rows->fields = mem_resize(rows->fields, (rows->count + 1) * n,
		sizeof *rows->fields);
	fields = rows->fields + rows->count++ * n;
	line = mem_pool_copy(&rows->pool, line);
	for (i = 0; i < n; i++, from = to + 1) {
		for (to = from; to < line.n && line.p[to] != '\t'; to++)
			continue;
		fields[i] = (struct slice){line.p + from, to - from};
	}
}

/* ---- all of them ---- */

static void
look(struct chunk *c, void *context)
{
	struct search *s = context;
	struct record r;
	size_t i;

	while (chunk_next(c, &r)) {
		if (!slice_equal(record_field(&r, s->column),
			buf_slice(&s->id)))
			continue;
		for (i = 0; i < c->source->columns; i++) {
			buf_add(&c->bytes, record_field(&r, i));
			buf_byte(&c->bytes, i + 1 < c->source->columns ? '\t' :
				'\n');
		}
	}
}

static void
take(struct chunk *c, void *context)
{
	struct slice rest = buf_slice(&c->bytes);
	const char *end;

	while (rest.n > 0) {
		end = memchr(rest.p, '\n', rest.n);
		add_row(context, (struct slice){rest.p,
			(size_t)(end - rest.p)});
		rest.n -= (size_t)(end + 1 - rest.p);
		rest.p = end + 1;
	}
	buf_clear(&c->bytes);
}

/* ---- by halving ---- */

struct reader {
	const struct record_file *file;
	uint64_t size;
	struct buf line;
	uint64_t next; /* where the record behind it begins */
};

/* Reads from `at` to the next LF; false where there is none. */
static bool
read_line(struct reader *r, uint64_t at)
{
	const char *lf = NULL;
	size_t more;

	buf_clear(&r->line);
	while (lf == NULL && at + r->line.n < r->size) {
		more = r->size - at - r->line.n < BLOCK ?
			(size_t)(r->size - at - r->line.n) : BLOCK;
		input_at(r->file->in, buf_reserve(&r->line, more), more,
			at + r->line.n);
		lf = memchr(r->line.p + r->line.n, '\n', more);
		r->line.n += more;
	}
	if (lf == NULL)
		return false;
	r->line.n = (size_t)(lf - r->line.p);
	r->next = at + r->line.n + 1;
	if (r->file->crlf && r->line.n > 0)
		r->line.n--;
	return true;
}

static struct slice
field_of(const struct search *s, const struct reader *r, size_t column)
{
	struct slice rest = buf_slice(&r->line);
	size_t n = s->q->source->columns, i;
	size_t wanted = r->file->order ? r->file->order[column] : column;
	const char *tab;

	for (i = 0; i < n; i++) {
		tab = rest.n ? memchr(rest.p, '\t', rest.n) : NULL;
		if ((tab == NULL) != (i + 1 == n))
			msg_die("%s: a record with another number of fields",
				r->file->name);
		if (i == wanted) {
			rest.n = tab ? (size_t)(tab - rest.p) : rest.n;
			return rest.n == 2 && memcmp(rest.p, "\\N", 2) == 0 ?
				(struct slice){"", 0} : rest;
		}
		rest.n -= (size_t)(tab + 1 - rest.p);
		rest.p = tab + 1;
	}
	return rest;
}

/* ---- whether it is sorted ---- */

/* Reads the first record that begins at `at` or behind it. */
static bool
read_from(struct reader *r, uint64_t at)
{
	if (at == r->file->offset)
		return read_line(r, at);
	return read_line(r, at - 1) && read_line(r, r->next);
}

/* Reads the last record, from further and further before the end. */
static bool
read_last(struct reader *r)
{
	uint64_t all = r->size - r->file->offset, back = BLOCK;

	while (back < all && !read_from(r, r->size - back))
		back *= 2;
	if (back >= all && !read_from(r, r->file->offset))
		return false;
	while (r->next < r->size && read_line(r, r->next))
		continue;
	return true;
}

static void
check_end(const struct reader *r)
{
	char last = '\n';

	if (r->size > r->file->offset)
		input_at(r->file->in, &last, 1, r->size - 1);
	if (last == '\n')
		return;
	msg_warn("%s: the last line has no line end: cut short?",
		r->file->name);
	msg_fail();
}

static void
refuse_order(const struct search *s, const struct reader *r,
	struct slice before, struct slice after)
{
	char first[100], second[100];

	msg_quote(first, sizeof first, before);
	msg_quote(second, sizeof second, after);
	msg_die("%s: --sorted: not sorted by the bytes of %s: %s stands before "
		"%s", r->file->name, s->q->key, first, second);
}

/* Halving would not find what stands out of its order: a few records all over
 * the file show whether it is sorted at all, the last one whether something
 * was put behind it. */
static void
check_order(const struct search *s, struct reader *r)
{
	uint64_t step = (r->size - r->file->offset) / PROBES;
	struct buf before = {0};
	struct slice key;
	size_t i;

	for (i = 0; i <= PROBES; i++) {
		if (i < PROBES ? !read_from(r, r->file->offset + step * i) :
			!read_last(r))
			continue;
		key = field_of(s, r, s->column);
		if (slice_compare(key, buf_slice(&before)) < 0)
			refuse_order(s, r, buf_slice(&before), key);
		buf_clear(&before);
		buf_add(&before, key);
	}
	buf_free(&before);
}

/* ---- the records ---- */

/* Where the first record begins whose key is not less: all that begin before
 * `low` are less, all from `high` on are not. */
static uint64_t
find_first(const struct search *s, struct reader *r)
{
	uint64_t low = r->file->offset, high = r->size, middle, start;

	while (low < high) {
		middle = low + (high - low) / 2;
		start = middle;
		if (middle > low)
			start = read_line(r, middle - 1) ? r->next : high;
		if (start >= high || !read_line(r, start) ||
			slice_compare(field_of(s, r, s->column),
			buf_slice(&s->id)) >= 0) {
			if (middle == low)
				break;
			high = middle;
		} else {
			low = r->next;
		}
	}
	return low;
}

static void
search_file(struct search *s, const struct record_file *file)
{
	struct reader r = {.file = file};
	struct buf line = {0};
	uint64_t at;
	bool more;
	size_t i;

	if (!input_seekable(file->in))
		msg_die("%s: --sorted needs a file that is no stream",
			file->name);
	r.size = input_size(file->in);
	check_end(&r);
	check_order(s, &r);
	for (at = find_first(s, &r); (more = read_line(&r, at)) &&
		slice_equal(field_of(s, &r, s->column), buf_slice(&s->id));
		at = r.next) {
		buf_clear(&line);
		for (i = 0; i < s->q->source->columns; i++) {
			if (i > 0)
				buf_byte(&line, '\t');
			buf_add(&line, field_of(s, &r, i));
		}
		add_row(s, buf_slice(&line));
	}
	if (more && slice_compare(field_of(s, &r, s->column),
		buf_slice(&s->id)) < 0)
		refuse_order(s, &r, buf_slice(&s->id), field_of(s, &r,
			s->column));
	buf_free(&line);
	buf_free(&r.line);
}

void
card_find(const struct card_query *q, struct card_rows *rows)
{
	struct search s = {.q = q, .rows = rows};
	struct chunk_job chunks = {.source = q->source, .jobs = q->jobs,
		.work = look, .turn = take, .context = &s,
		.progress = q->progress};
	size_t i;

	rows->source = q->source;
	s.column = record_need(q->source, q->key);
	text_escape(&s.id, q->id);
	if (q->sorted) {
		for (i = 0; i < q->source->file_count; i++)
			search_file(&s, &q->source->files[i]);
	} else {
		chunk_run(&chunks);
	}
	buf_free(&s.id);
}

void
card_find_free(struct card_rows *rows)
{
	free(rows->fields);
	mem_pool_free(&rows->pool);
	*rows = (struct card_rows){0};
}
