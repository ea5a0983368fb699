#include "rules.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "input.h"
#include "msg.h"
#include "text.h"

enum {
	BLOCK = 64 * 1024,
	QUOTE_SIZE = 160,
	SHOWN_WIDTH = 60, /* of an expression, before the fault and after it */
};

/* The lines of a file, one after the other. */
struct reader {
	struct rules *rules;
	struct slice rest;
	uint64_t line;     /* number of the line read last */
	bool crlf;         /* how the header ends */
};

static _Noreturn void
die_line(const struct reader *in, const char *why)
{
	msg_die("%s:%llu: %s", in->rules->name, (unsigned long long)in->line,
		why);
}

/* The next line without its end; false where the file ends. */
static bool
next_line(struct reader *in, struct slice *line)
{
	const char *lf;
	bool crlf;

	if (!in->rest.n)
		return false;
	in->line++;
	lf = memchr(in->rest.p, '\n', in->rest.n);
	if (!lf)
		die_line(in, in->line == 1
			? "the header line has no end; the file is cut short"
			: "the last line has no end; the file is cut short");
	*line = (struct slice){in->rest.p, (size_t)(lf - in->rest.p)};
	in->rest.p += line->n + 1;
	in->rest.n -= line->n + 1;
	if (memchr(line->p, '\0', line->n))
		die_line(in, "holds a NUL byte");
	crlf = line->n && line->p[line->n - 1] == '\r';
	line->n -= crlf;
	if (in->line == 1)
		in->crlf = crlf;
	else if (crlf != in->crlf)
		die_line(in, in->crlf ? "ends in LF, but the header in CRLF"
			: "ends in CRLF, but the header in LF");
	return true;
}

static size_t
count_fields(struct slice line)
{
	size_t n = 1;

	for (size_t i = 0; i < line.n; i++)
		n += line.p[i] == '\t';
	return n;
}

/* Cuts the first field off. */
static struct slice
cut_field(struct slice *line)
{
	const char *tab = line->n ? memchr(line->p, '\t', line->n) : NULL;
	struct slice field = {line->p,
		tab ? (size_t)(tab - line->p) : line->n};

	line->p += field.n + (tab != NULL);
	line->n -= field.n + (tab != NULL);
	return field;
}

static void
read_header(struct reader *in)
{
	struct rules *r = in->rules;
	char quoted[QUOTE_SIZE];
	struct slice line;

	if (in->rest.n >= 3 && memcmp(in->rest.p, "\xEF\xBB\xBF", 3) == 0) {
		in->rest.p += 3;
		in->rest.n -= 3;
	}
	if (!next_line(in, &line))
		msg_die("%s: empty: not even a header", r->name);
	r->column_count = count_fields(line);
	r->columns = mem_pool_get(&r->pool,
		r->column_count * sizeof(*r->columns));
	for (size_t i = 0; i < r->column_count; i++) {
		r->columns[i] = mem_pool_copy(&r->pool, cut_field(&line));
		for (size_t k = 0; k < i; k++)
			if (slice_equal(r->columns[i], r->columns[k]))
				msg_die("%s:1: column %s stands twice, as "
					"column %zu and %zu", r->name,
					msg_quote(quoted, sizeof(quoted),
						r->columns[i]), k + 1, i + 1);
	}
}

/* Decodes a field into the pool. What cannot be decoded stays as it was:
 * nobody may ever ask for it. */
static void
read_cell(struct rules *r, struct slice field, size_t at, struct buf *scratch)
{
	r->wrong[at] = NULL;
	if (field.n == 2 && memcmp(field.p, "\\N", 2) == 0)
		field.n = 0;
	if (field.n && memchr(field.p, '\\', field.n)) {
		buf_clear(scratch);
		if (text_unescape(scratch, field))
			field = buf_slice(scratch);
		else
			r->wrong[at] = "not an escape of crm(5)";
	}
	r->cells[at] = mem_pool_copy(&r->pool, field);
}

static void
read_record(struct reader *in, struct slice line, size_t *room,
	struct buf *scratch)
{
	struct rules *r = in->rules;
	size_t fields = count_fields(line), first = r->count * r->column_count;

	if (fields != r->column_count)
		msg_die("%s:%llu: %zu fields, not %zu", r->name,
			(unsigned long long)in->line, fields, r->column_count);
	if (r->count == *room) {
		*room = *room ? *room * 2 : 16;
		r->lines = mem_resize(r->lines, *room, sizeof(*r->lines));
		r->cells = mem_resize(r->cells, *room * r->column_count,
			sizeof(*r->cells));
		r->wrong = mem_resize(r->wrong, *room * r->column_count,
			sizeof(*r->wrong));
	}
	for (size_t i = 0; i < fields; i++)
		read_cell(r, cut_field(&line), first + i, scratch);
	r->lines[r->count++] = in->line;
}

static struct rules *
read_all(const char *name, struct slice text)
{
	struct reader in = {.rest = text};
	struct buf scratch = {0};
	struct slice line;
	size_t room = 0;

	in.rules = mem_zero(1, sizeof(*in.rules));
	in.rules->name = mem_copy(slice_of(name));
	read_header(&in);
	while (next_line(&in, &line))
		read_record(&in, line, &room, &scratch);
	buf_free(&scratch);
	return in.rules;
}

struct rules *
rules_open(const char *path)
{
	struct input *in = input_open(path);
	struct buf text = {0};
	struct rules *r;
	size_t n;

	do {
		n = input_read(in, buf_reserve(&text, BLOCK), BLOCK);
		text.n += n;
	} while (n);
	r = read_all(input_name(in), buf_slice(&text));
	buf_free(&text);
	input_close(in);
	return r;
}

struct rules *
rules_built_in(const char *name, struct slice text)
{
	return read_all(name, text);
}

void
rules_close(struct rules *r)
{
	if (!r)
		return;
	mem_pool_free(&r->pool);
	free(r->cells);
	free(r->lines);
	free(r->wrong);
	free((char *)(uintptr_t)r->name);
	free(r);
}

size_t
rules_find(const struct rules *r, const char *column)
{
	for (size_t i = 0; i < r->column_count; i++)
		if (slice_is(r->columns[i], column))
			return i;
	return RULES_NONE;
}

size_t
rules_need(const struct rules *r, const char *column)
{
	size_t at = rules_find(r, column);
	const struct slice *near;

	if (at != RULES_NONE)
		return at;
	near = text_suggest(slice_of(column), r->columns, r->column_count);
	if (near)
		msg_die("%s: no column \"%s\"; did you mean \"%.*s\"?", r->name,
			column, (int)near->n, near->p);
	msg_die("%s: no column \"%s\"", r->name, column);
}

struct slice
rules_cell(const struct rules *r, size_t i, size_t column)
{
	if (column == RULES_NONE)
		return (struct slice){NULL, 0};
	if (r->wrong[i * r->column_count + column])
		rules_die(r, i, column, r->wrong[i * r->column_count + column]);
	return r->cells[i * r->column_count + column];
}

void
rules_die(const struct rules *r, size_t i, size_t column, const char *why)
{
	unsigned long long line = r->lines[i];
	char quoted[QUOTE_SIZE];
	struct slice name, value;

	if (column == RULES_NONE)
		msg_die("%s:%llu: %s", r->name, line, why);
	name = r->columns[column];
	value = r->cells[i * r->column_count + column];
	if (!value.n)
		msg_die("%s:%llu: %.*s: %s", r->name, line, (int)name.n, name.p,
			why);
	msg_die("%s:%llu: %.*s: %s: %s", r->name, line, (int)name.n, name.p,
		why, msg_quote(quoted, sizeof(quoted), value));
}

/* The expression on a line of its own and a caret under the fault: a window on
 * it, where it is long. */
static void
draw(struct buf *b, struct slice text, size_t position)
{
	struct slice before = {text.p, position < text.n ? position : text.n};
	struct slice after = {text.p + before.n, text.n - before.n};
	struct buf left = {0}, right = {0};
	struct slice shown;
	const char *dots = "";

	text_visible(&left, before);
	text_visible(&right, after);
	shown = buf_slice(&left);
	while (text_width(shown) > SHOWN_WIDTH) {
		uint32_t code;
		size_t n = text_decode(shown, &code);

		shown.p += n;
		shown.n -= n;
		dots = "...";
	}
	buf_printf(b, "\n  %s", dots);
	buf_add(b, shown);
	buf_add(b, text_cut(buf_slice(&right), SHOWN_WIDTH));
	buf_printf(b, "\n  %*s^", (int)(strlen(dots) + text_width(shown)), "");
	buf_free(&left);
	buf_free(&right);
}

static _Noreturn void
die_drawn(const char *where, struct slice text, size_t position,
	const char *why)
{
	struct buf b = {0};

	buf_printf(&b, "%s: position %zu: %s", where, position + 1, why);
	draw(&b, text, position);
	msg_die("%.*s", (int)b.n, b.p);
}

void
rules_die_at(const struct rules *r, size_t i, size_t column, size_t position,
	const char *why)
{
	struct buf where = {0};

	buf_printf(&where, "%s:%llu: %.*s", r->name,
		(unsigned long long)r->lines[i], (int)r->columns[column].n,
		r->columns[column].p);
	buf_byte(&where, '\0');
	die_drawn(where.p, rules_cell(r, i, column), position, why);
}

void
rules_die_option(const char *option, struct slice text, size_t position,
	const char *why)
{
	die_drawn(option, text, position, why);
}
