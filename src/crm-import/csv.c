#include "csv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "msg.h"

enum state { PLAIN, QUOTED, CLOSED };

/* Where the splitter is. */
struct split {
	struct csv_form form;
	struct csv_batch *to;
	const char *p;
	size_t n;
	enum state state;
	size_t row;    /* where the row begins */
	size_t field;  /* where the field begins */
	size_t close;  /* CLOSED: the closing quote */
	size_t skip;   /* a quote that was looked at already */
	size_t first;  /* of the row's fields */
	uint32_t flags;
	uint64_t line;   /* of the row */
	uint64_t lines;  /* line ends inside it so far */
};

static void
add_field(struct split *s, size_t from, size_t to)
{
	struct csv_batch *b = s->to;

	if (b->field_count == b->field_room) {
		b->field_room = b->field_room ? 2 * b->field_room : 4096;
		b->fields = mem_resize(b->fields, b->field_room,
			sizeof *b->fields);
	}
	b->fields[b->field_count++] =
		(struct csv_field){(uint32_t)from, (uint32_t)to, s->flags};
	b->stray |= (s->flags & CSV_STRAY) != 0;
}

static __attribute__((noinline)) void
grow_rows(struct csv_batch *b)
{
	b->row_room = b->row_room ? 2 * b->row_room : 1024;
	b->rows = mem_resize(b->rows, b->row_room, sizeof *b->rows);
}

/* Of the fields from s->first on. */
static inline void
add_row(struct split *s, bool unclosed)
{
	struct csv_batch *b = s->to;

	if (b->row_count == b->row_room)
		grow_rows(b);
	b->rows[b->row_count++] = (struct csv_row){s->line, (uint32_t)s->first,
		(uint32_t)(b->field_count - s->first), unclosed};
	s->first = b->field_count;
}

static bool
all_blank(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != ' ' && p[i] != '\r')
			return false;
	return true;
}

/* The field ends before p[end]. */
static void
end_field(struct split *s, size_t end)
{
	size_t from = s->field, to = end;

	if (s->state == CLOSED) {
		if (all_blank(s->p + s->close + 1, end - s->close - 1)) {
			from++;
			to = s->close;
			s->flags |= CSV_QUOTED;
		} else {
			s->flags |= CSV_STRAY;
			s->flags &= ~(uint32_t)CSV_DOUBLED;
		}
	}
	add_field(s, from, to);
	s->state = PLAIN;
	s->flags = 0;
}

static void
end_row(struct split *s, size_t end, bool unclosed)
{
	if (end > s->field && s->p[end - 1] == '\r' &&
		(s->state != CLOSED || end - 1 > s->close))
		end_field(s, end - 1);
	else
		end_field(s, end);
	add_row(s, unclosed);
}

static inline void
start_row(struct split *s, size_t at)
{
	s->row = s->field = at;
	s->line += s->lines + 1;
	s->lines = 0;
	s->skip = SIZE_MAX;
}

static void
meet_quote(struct split *s, size_t at)
{
	if (s->state == PLAIN) {
		if (all_blank(s->p + s->field, at - s->field)) {
			s->state = QUOTED;
			s->field = at;
		} else {
			s->flags |= CSV_STRAY;
		}
	} else if (s->state == QUOTED && at != s->skip) {
		if (at + 1 < s->n && s->p[at + 1] == '"') {
			s->flags |= CSV_DOUBLED;
			s->skip = at + 1;
		} else {
			s->state = CLOSED;
			s->close = at;
		}
	}
}

static inline void
meet(struct split *s, size_t at)
{
	char c = s->p[at];

	if (c == '"' && s->form.quote) {
		meet_quote(s, at);
	} else if (s->state == QUOTED) {
		if (c == '\n') {
			s->flags |= CSV_NEWLINE;
			s->lines++;
		}
	} else if (c == '\n') {
		end_row(s, at, false);
		start_row(s, at + 1);
	} else {
		end_field(s, at);
		s->field = at + 1;
	}
}

/* The number of the first mark from there on. */
static size_t
find_mark(const struct scan *marks, size_t from)
{
	size_t low = 0, high = marks->marks;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (marks->separators[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Room for the fields of all marks, and two that end without one. */
static void
reserve_fields(struct csv_batch *b)
{
	if (b->field_room >= b->field_count + b->marks.marks + 2)
		return;
	b->field_room = b->field_count + 2 * b->marks.marks + 4096;
	b->fields = mem_resize(b->fields, b->field_room, sizeof *b->fields);
}

/* Marks i, i + 1 and i + 2 are the quotes around a field that begins there and
 * what ends it, and nothing is between but the CR of a line end. */
static inline bool
quotes_fit(const struct split *s, uint32_t from, size_t i)
{
	const uint32_t *marks = s->to->marks.separators;
	const char *p = s->p;
	uint32_t end;

	if (marks[i] != from || i + 2 >= s->to->marks.marks ||
		p[marks[i + 1]] != '"' || p[marks[i + 2]] == '"')
		return false;
	end = marks[i + 2];
	return end == marks[i + 1] + 1 || (end == marks[i + 1] + 2 &&
		p[end] == '\n' && p[end - 1] == '\r');
}

/* The fields and rows from mark i on that are as RFC 4180 has them, as most
 * are; returns the first mark that needs a closer look. Behind the last mark
 * there is one at the end of the text, where a NUL byte is. */
static size_t
split_plain(struct split *s, size_t i)
{
	struct csv_batch *b = s->to;
	const uint32_t *marks = b->marks.separators;
	const size_t n = b->marks.marks;
	const char *p = s->p, delimiter = s->form.delimiter;
	/* the field that begins already says where */
	struct csv_field *to = b->fields + b->field_count;

	for (to->from = (uint32_t)s->field;;) {
		const uint32_t *mark = marks + i;
		uint32_t end;
		char c;

		for (; (c = p[end = *mark]) == delimiter; mark++, to++) {
			to[0].to = end;
			to[0].flags = 0;
			to[1].from = end + 1;
		}
		i = (size_t)(mark - marks);
		if (i >= n)
			break;
		if (c == '"') {
			if (!quotes_fit(s, to->from, i))
				break;
			to->from++;
			to->to = marks[i + 1];
			to->flags = CSV_QUOTED;
			i += 2;
			c = p[marks[i]];
		} else {
			to->to = end - (end > to->from && p[end - 1] == '\r');
			to->flags = 0;
		}
		(++to)->from = marks[i++] + 1;
		if (c == '\n') {
			b->field_count = (size_t)(to - b->fields);
			add_row(s, false);
			start_row(s, to->from);
		}
	}
	b->field_count = (size_t)(to - b->fields);
	s->field = to->from;
	return i;
}

/* A field that ends before p[end] began with a quote that was met by one of a
 * later line, by chance: text follows that one, and no quote ends it, or there
 * are delimiters in it. */
static bool
runs_away(const struct split *s, size_t end)
{
	if (s->state != CLOSED || !(s->flags & CSV_NEWLINE) ||
		(end < s->n && s->p[end] == '"') ||
		all_blank(s->p + s->close + 1, end - s->close - 1))
		return false;
	if (memchr(s->p + s->field, s->form.delimiter, end - s->field))
		return true;
	while (s->p[end - 1] == ' ' || s->p[end - 1] == '\r')
		end--;
	return s->p[end - 1] != '"';
}

/* The line at s->row has a quote that is never closed: it is a row of its own
 * without any quotes, and the next line starts afresh. */
static void
split_unclosed(struct split *s)
{
	const char *lf = memchr(s->p + s->row, '\n', s->n - s->row);
	size_t end = lf ? (size_t)(lf - s->p) : s->n;

	s->to->field_count = s->first;
	s->state = PLAIN;
	s->flags = CSV_STRAY;
	s->field = s->row;
	for (size_t at = s->row; at < end; at++)
		if (s->p[at] == s->form.delimiter) {
			end_field(s, at);
			s->field = at + 1;
			s->flags = CSV_STRAY;
		}
	end_row(s, end, true);
	s->lines = 0;
	start_row(s, lf ? end + 1 : end);
}

/* The rows from s->row on. */
static void
split_rows(struct split *s)
{
	const struct scan *marks = &s->to->marks;
	size_t i = find_mark(marks, s->row);

	reserve_fields(s->to);
	while (i < marks->marks) {
		if (s->state == PLAIN && s->flags == 0)
			i = split_plain(s, i);
		if (i == marks->marks)
			break;
		if (runs_away(s, marks->separators[i])) {
			split_unclosed(s);
			i = find_mark(marks, s->row);
		} else {
			meet(s, marks->separators[i++]);
		}
	}
}

/* Splits p[0 .. n); returns how many bytes were whole rows. */
static size_t
split(struct split *s, bool whole)
{
	split_rows(s);
	while (whole && s->row < s->n) {
		if (s->state != QUOTED && !runs_away(s, s->n)) {
			end_row(s, s->n, false);
			start_row(s, s->n);
		} else {
			split_unclosed(s);
			split_rows(s);
		}
	}
	s->to->field_count = s->first;
	return s->row;
}

void
csv_rows(struct csv_form form, uint64_t line, bool whole,
	struct csv_batch *batch)
{
	const char three[] = {form.delimiter, '\n', form.quote ? '"' : '\n'};
	struct split s = {.form = form, .to = batch, .p = batch->text.p,
		.n = batch->text.n, .skip = SIZE_MAX, .line = line};

	batch->field_count = batch->row_count = 0;
	batch->stray = false;
	if (batch->text.n > UINT32_MAX - CSV_PAD)
		msg_die("a row is longer than 4 GB");
	memset(buf_reserve(&batch->text, CSV_PAD), 0, CSV_PAD);
	s.p = batch->text.p;
	scan_marks(&batch->marks, s.p, s.n, three);
	batch->marks.separators[batch->marks.marks] = (uint32_t)s.n;
	batch->used = split(&s, whole);
	batch->lines = s.line - line;
	batch->nul = batch->marks.nul;
	batch->backslash = batch->marks.backslash;
}

void
csv_split(struct csv_form form, struct slice text, bool whole,
	struct csv_batch *batch)
{
	buf_clear(&batch->text);
	buf_add(&batch->text, text);
	csv_rows(form, 1, whole, batch);
}

void
csv_split_piece(struct csv_form form, struct csv_batch *batch)
{
	csv_rows(form, 1, batch->last, batch);
}

void
csv_batch_free(struct csv_batch *batch)
{
	buf_free(&batch->text);
	scan_free(&batch->marks);
	free(batch->fields);
	free(batch->rows);
	*batch = (struct csv_batch){0};
}

struct slice
csv_raw(const struct csv_batch *batch, const struct csv_field *field)
{
	return (struct slice){batch->text.p + field->from,
		field->to - field->from};
}

struct slice
csv_value(const struct csv_batch *batch, const struct csv_field *field,
	struct buf *b)
{
	struct slice raw = csv_raw(batch, field);
	size_t start = b->n;

	if (!(field->flags & CSV_DOUBLED))
		return raw;
	for (size_t i = 0; i < raw.n; i++) {
		buf_byte(b, raw.p[i]);
		if (raw.p[i] == '"')
			i++;
	}
	return (struct slice){b->p + start, b->n - start};
}
