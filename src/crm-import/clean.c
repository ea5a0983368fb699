#include "clean.h"

#include <stdlib.h>
#include <string.h>

#include "express.h"
#include "hash.h"
#include "mem.h"
#include "text.h"
#include "value.h"

/* What all rows of a batch share. */
struct cleaning {
	const struct clean_layout *layout;
	struct source *source;
	const uint32_t *to;
	const struct csv_batch *batch;
	struct clean_batch *result;
	bool lost; /* U+FFFD is somewhere in it */
};

static uint32_t
add_problem(struct clean_batch *r, size_t row, uint32_t cell, const char *why,
	uint32_t fields)
{
	if (r->problem_count == r->problem_room) {
		r->problem_room = r->problem_room ? 2 * r->problem_room : 64;
		r->problems = mem_resize(r->problems, r->problem_room,
			sizeof *r->problems);
	}
	r->problems[r->problem_count] =
		(struct clean_problem){(uint32_t)row, cell, why, fields};
	return (uint32_t)r->problem_count++;
}

/* Or a digit: neither blank, quote nor escape. */
static bool
is_letter(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		(c >= 'a' && c <= 'z');
}

static bool
is_empty(const struct csv_batch *b, const struct csv_row *row)
{
	for (uint32_t i = 0; i < row->fields; i++) {
		struct slice s = csv_raw(b, &b->fields[row->first + i]);

		if (s.n > 0 && (is_letter(s.p[0]) || text_trim(s).n > 0))
			return false;
	}
	return true;
}

/* Quick: the row's first cell is not the header's. */
static bool
begins_otherwise(const struct cleaning *c, const struct csv_row *row)
{
	struct slice title = c->source->titles[0];
	struct slice cell = csv_raw(c->batch, &c->batch->fields[row->first]);

	return title.n > 0 && (cell.n < title.n || (is_letter(cell.p[0]) &&
		(is_letter(title.p[0]) && cell.p[0] != title.p[0])));
}

/* Files put one behind the other: each begins with a byte order mark, and a
 * quote behind it is none to CSV. */
static struct slice
without_mark(struct slice cell)
{
	if (cell.n < 3 || memcmp(cell.p, "\xef\xbb\xbf", 3) != 0)
		return cell;
	cell = (struct slice){cell.p + 3, cell.n - 3};
	if (cell.n > 1 && cell.p[0] == '"' && cell.p[cell.n - 1] == '"')
		cell = (struct slice){cell.p + 1, cell.n - 2};
	return cell;
}

static bool
is_header(const struct cleaning *c, const struct csv_row *row)
{
	const struct source *s = c->source;

	if (row->fields != s->header_count || begins_otherwise(c, row))
		return false;
	for (uint32_t i = 0; i < row->fields; i++) {
		struct slice cell;

		if (!source_cell(s, c->batch, &c->batch->fields[row->first + i],
			&c->result->scratch, &cell) ||
			!slice_equal(text_trim(i ? cell : without_mark(cell)),
				s->titles[i]))
			return false;
	}
	return true;
}

/* Cells beyond the header are no harm while they are empty. */
static bool
fits_header(const struct cleaning *c, const struct csv_row *row)
{
	size_t n = c->source->header_count;

	if (row->fields < n)
		return false;
	for (size_t i = n; i < row->fields; i++)
		if (text_trim(csv_raw(c->batch,
			&c->batch->fields[row->first + i])).n > 0)
			return false;
	return true;
}

static bool
holds_nul(const struct csv_batch *b, const struct csv_row *row)
{
	for (uint32_t i = 0; b->nul && i < row->fields; i++) {
		struct slice s = csv_raw(b, &b->fields[row->first + i]);

		if (s.n > 0 && memchr(s.p, '\0', s.n))
			return true;
	}
	return false;
}

/* What is wrong with a row as a whole, or null. */
static const char *
row_wrong(const struct cleaning *c, const struct csv_row *row)
{
	if (row->unclosed)
		return "a quote that is never closed";
	if (holds_nul(c->batch, row))
		return "a NUL byte";
	return NULL;
}

static void
add_start(struct clean_batch *r)
{
	r->starts[r->start_count++] = (uint32_t)r->lines.n;
}

static enum value_status
checked(const struct check *check, struct slice value,
	enum value_status status, const char **why)
{
	const char *wrong = check_wrong(check, value);

	if (!wrong)
		return status;
	*why = wrong;
	return VALUE_BAD;
}

/* The column's cell and what came of it, for the next time. */
static void
learn(const struct cleaning *c, size_t i, const struct csv_row *row,
	size_t start)
{
	struct express_column *column = &c->result->express[i];
	const struct csv_field *field = &c->batch->fields[row->first +
		column->cell];

	if (column->words && !(field->flags & ~(uint32_t)CSV_QUOTED))
		express_learn(column, csv_raw(c->batch, field), (struct slice){
			c->result->lines.p + start,
			c->result->lines.n - start});
}

/* Appends field i of the line; false where the row is bad. */
static bool
clean_cell(const struct cleaning *c, size_t i, size_t number,
	struct clean_row *to)
{
	struct clean_batch *r = c->result;
	const struct csv_row *row = &c->batch->rows[number];
	uint32_t from = c->to[i];
	const char *why = "bad escape";
	enum value_status status = VALUE_BAD;
	struct value_place place;
	struct slice value;
	size_t start = r->lines.n;

	if (from == CLEAN_NONE)
		return true;
	place = (struct value_place){c->layout, &c->layout->columns[i],
		c->source, from, &r->other};
	if (source_value(c->source, from, c->batch, row, &r->scratch, &value))
		status = value_clean(&place, value, &r->lines, &why);
	if (place.column->check && status != VALUE_BAD && r->lines.n > start)
		status = checked(place.column->check, (struct slice){
			r->lines.p + start, r->lines.n - start}, status, &why);
	if (status == VALUE_GOOD) {
		learn(c, i, row, start);
		return true;
	}
	if (status == VALUE_UNCLEAR)
		to->fate = CLEAN_UNCLEAR;
	else if (status == VALUE_BAD || to->problem == CLEAN_NONE)
		to->problem = add_problem(r, number,
			c->source->columns[from].parts[0], why, 0);
	return status == VALUE_KEPT;
}

/* The fields from i on; those before are written. The row's fate is CLEAN_BAD,
 * or CLEAN_UNCLEAR, where it comes to nothing. */
static void
clean_line(const struct cleaning *c, size_t number, size_t i)
{
	struct clean_batch *r = c->result;
	struct clean_row *to = &r->rows[number];
	const struct csv_row *row = &c->batch->rows[number];
	size_t n = c->layout->count, start;

	*to = (struct clean_row){CLEAN_BAD, CLEAN_NONE, 0, r->start_count - i};
	while ((i = express_row(r->express, n, i, c->batch, row, r)) < n) {
		start = r->lines.n;
		add_start(r);
		if (!clean_cell(c, i, number, to)) {
			r->lines.n = r->starts[to->starts];
			return;
		}
		if (r->lines.n == start)
			buf_add(&r->lines, c->layout->columns[i].instead);
		buf_byte(&r->lines, '\t');
		i++;
	}
	add_start(r);
	r->lines.p[r->lines.n - 1] = '\n';
	to->fate = CLEAN_GOOD;
}

/* ="0123" without quotes of CSV around it: these come off with the value. */
static bool
is_wrapped(struct slice s)
{
	s = text_trim(s);
	return s.n > 3 && s.p[0] == '=' && s.p[1] == '"' && s.p[s.n - 1] == '"' &&
		!memchr(s.p + 2, '"', s.n - 3);
}

/* Quotes out of place are kept, and U+FFFD is text that was lost before. */
static void
look_for_dirt(const struct cleaning *c, const struct csv_row *row)
{
	struct clean_batch *r = c->result;
	const struct csv_field *f = c->batch->fields + row->first;
	bool stray = false, gone = false;

	if (!c->lost && !c->batch->stray)
		return;
	for (uint32_t i = 0; i < row->fields; i++) {
		struct slice s = csv_raw(c->batch, &f[i]);

		stray |= (f[i].flags & CSV_STRAY) != 0 && !is_wrapped(s);
		for (size_t k = 0; c->lost && !gone && k + 2 < s.n; k++)
			gone = memcmp(s.p + k, "\xef\xbf\xbd", 3) == 0;
	}
	if (stray && r->stray++ == 0)
		r->stray_line = row->line;
	if (gone && r->lost++ == 0)
		r->lost_line = row->line;
}

static void
clean_row(const struct cleaning *c, size_t i)
{
	const struct csv_row *row = &c->batch->rows[i];
	struct clean_row *to = &c->result->rows[i];
	const char *wrong;

	*to = (struct clean_row){CLEAN_SKIPPED, CLEAN_NONE, 0, 0};
	if ((!c->batch->piece && row->line <= c->source->header_line) ||
		is_empty(c->batch, row) || is_header(c, row))
		return;
	look_for_dirt(c, row);
	to->fate = CLEAN_BAD;
	wrong = row_wrong(c, row);
	if (wrong || !fits_header(c, row))
		to->problem = add_problem(c->result, i, CLEAN_NONE, wrong,
			row->fields);
	else
		clean_line(c, i, 0);
}

/* Rows like most are cleaned together, the others one by one. */
static void
clean_rows(const struct cleaning *c)
{
	const struct csv_batch *b = c->batch;
	const struct source *s = c->source;
	const struct express_job job = {c->result->express, c->layout->count,
		(uint32_t)s->header_count,
		s->titles[0].n > 0 ? s->titles[0].p[0] : '\0'};
	bool plain = !c->lost && !b->stray && !b->nul && b->piece;

	for (size_t i = 0; i < b->row_count; i++) {
		size_t cell = 0;

		if (plain)
			i = express_rows(&job, b, i, c->result, &cell);
		if (i == b->row_count)
			break;
		if (cell > 0)
			clean_line(c, i, cell);
		else
			clean_row(c, i);
	}
}

static void
add_codes(const struct cleaning *c)
{
	struct clean_batch *r = c->result;

	for (size_t i = 0; i < c->batch->row_count; i++)
		if (r->rows[i].fate == CLEAN_GOOD)
			r->rows[i].code = hash_code(clean_field(r, &r->rows[i],
				c->layout->id));
}

void
clean_batch(const struct clean_layout *layout, struct source *source,
	const uint32_t *to, const struct csv_batch *batch,
	struct clean_batch *r)
{
	struct cleaning c = {.layout = layout, .source = source, .to = to,
		.batch = batch, .result = r, .lost = batch->replaced &&
			text_replaced(buf_slice(&batch->text))};

	if (!r->express) {
		r->express = express_open(layout, source, to);
		r->express_count = layout->count;
	}
	r->odd = 0;
	r->kept = NULL;
	buf_clear(&r->lines);
	r->start_count = r->problem_count = r->stray = r->lost = 0;
	if (r->row_room < batch->row_count) {
		r->row_room = batch->row_count;
		r->rows = mem_resize(r->rows, r->row_room, sizeof *r->rows);
	}
	clean_rows(&c);
	if (r->coded)
		add_codes(&c);
}

void
clean_batch_free(struct clean_batch *r)
{
	buf_free(&r->lines);
	buf_free(&r->scratch);
	buf_free(&r->other);
	free(r->rows);
	free(r->starts);
	free(r->problems);
	express_close(r->express, r->express_count);
	*r = (struct clean_batch){0};
}
