#include "roster.h"

#include <stdlib.h>

#include "expr.h"
#include "mem.h"
#include "num.h"
#include "out.h"
#include "rules.h"

#include "list.h"

/* An assignee may stand in several lines: the rows are counted together. */
struct line {
	struct slice assignee;
	struct expr *when;
	uint64_t capacity; /* UINT64_MAX: no limit */
	size_t person;     /* first line of the same assignee */
	uint64_t rows;     /* of the person; in that line */
	bool able;         /* its condition holds for the last row */
};

struct roster {
	struct rules *source;
	struct slice names[LIST_COLUMNS];
	struct expr_table table;
	struct expr_scope scope;
	struct expr_env env;
	struct line *lines;
	const struct line *chosen; /* for the last row; null: nobody */
};

static void
read_capacity(const struct rules *r, size_t i, size_t column, uint64_t *out)
{
	struct slice s = rules_cell(r, i, column);
	int64_t value;

	*out = UINT64_MAX;
	if (!s.n)
		return;
	if (num_read(s, &value) != NUM_OK || value < 0 || value % NUM_ONE)
		rules_die(r, i, column, "not a whole number");
	*out = (uint64_t)(value / NUM_ONE);
}

static void
read_line(struct roster *r, size_t i)
{
	struct rules *source = r->source;
	size_t assignee = rules_need(source, "assignee");
	size_t when = rules_find(source, "when");
	struct line *line = &r->lines[i];
	struct expr_error error = {0};

	line->assignee = rules_cell(source, i, assignee);
	if (!line->assignee.n)
		rules_die(source, i, assignee, "missing");
	line->when = expr_compile(&r->scope, rules_cell(source, i, when),
		&error);
	if (!line->when)
		rules_die_at(source, i, when, error.position, error.text);
	if (expr_type(line->when) != EXPR_BOOL)
		rules_die_at(source, i, when, 0, "must be a condition");
	read_capacity(source, i, rules_find(source, "capacity"),
		&line->capacity);
	while (!slice_equal(r->lines[line->person].assignee, line->assignee))
		line->person++;
}

struct roster *
roster_open(const char *path, const struct calendar *calendar, int64_t as_of)
{
	struct roster *r = mem_zero(1, sizeof(*r));

	r->source = rules_open(path);
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		r->names[i] = slice_of(list_names[i]);
	r->table = (struct expr_table){.names = r->names, .count = LIST_COLUMNS};
	r->scope = (struct expr_scope){.tables = &r->table, .table_count = 1,
		.as_of = as_of, .calendar = calendar};
	rules_need(r->source, "assignee");
	r->lines = mem_zero(r->source->count, sizeof(*r->lines));
	for (size_t i = 0; i < r->source->count; i++)
		read_line(r, i);
	return r;
}

void
roster_close(struct roster *r)
{
	if (!r)
		return;
	expr_scope_free(&r->scope);
	buf_free(&r->env.scratch);
	free(r->lines);
	rules_close(r->source);
	free(r);
}

static bool
holds(struct roster *r, const struct line *line)
{
	struct expr_value value;

	return expr_eval(line->when, &r->env, &value) == EXPR_OK && value.i;
}

struct slice
roster_assign(struct roster *r, const struct slice *cells)
{
	struct line *best = NULL;

	r->env.cells[0] = cells;
	r->chosen = NULL;
	for (size_t i = 0; i < r->source->count; i++) {
		const struct line *line = &r->lines[i];
		struct line *person = &r->lines[line->person];

		if (person->rows >= line->capacity ||
			(best && person->rows >= best->rows) || !holds(r, line))
			continue;
		best = person;
		r->chosen = line;
	}
	if (!best)
		return (struct slice){NULL, 0};
	best->rows++;
	return best->assignee;
}

/* ---- why ---- */

/* The condition, and the values that made it true. */
static void
add_condition(struct roster *r, const struct line *line, struct buf *b)
{
	size_t i = (size_t)(line - r->lines);
	struct slice when = rules_cell(r->source, i,
		rules_find(r->source, "when"));
	struct buf values = {0};

	buf_add(b, when.n ? when : slice_of("always"));
	expr_explain(line->when, &r->env, &values);
	if (values.n) {
		buf_text(b, " [");
		buf_add(b, buf_slice(&values));
		buf_byte(b, ']');
	}
	buf_free(&values);
}

/* Li (3); who cannot take more: Li (3 of 3). */
static void
add_load(const struct roster *r, const struct line *line, uint64_t rows,
	struct buf *b)
{
	buf_add(b, line->assignee);
	buf_text(b, " (");
	out_count(b, rows);
	if (line != r->chosen && rows >= line->capacity) {
		buf_text(b, " of ");
		out_count(b, line->capacity);
	}
	buf_byte(b, ')');
}

/* A person once, by the line that gives the most room. */
static bool
stands_for_person(const struct roster *r, const struct line *line)
{
	for (size_t i = 0; i < r->source->count; i++) {
		const struct line *other = &r->lines[i];

		if (other != line && other->able && other->person == line->person &&
			(other->capacity > line->capacity ||
			(other->capacity == line->capacity && other < line)))
			return false;
	}
	return line->able;
}

void
roster_explain(struct roster *r, const struct slice *cells,
	const struct slice *shown, struct buf *b)
{
	const char *between = r->chosen ? "; also " : "; nobody: ";

	r->env.cells[0] = cells;
	for (size_t i = 0; i < r->source->count; i++)
		r->lines[i].able = holds(r, &r->lines[i]);
	r->env.cells[0] = shown;
	if (r->chosen) {
		buf_text(b, "; assignee ");
		add_load(r, r->chosen, r->lines[r->chosen->person].rows - 1, b);
		buf_text(b, ": ");
		add_condition(r, r->chosen, b);
	}
	for (size_t i = 0; i < r->source->count; i++) {
		const struct line *line = &r->lines[i];

		if (!stands_for_person(r, line) ||
			(r->chosen && line->person == r->chosen->person))
			continue;
		buf_text(b, between);
		add_load(r, line, r->lines[line->person].rows, b);
		between = ", ";
	}
	if (!r->chosen && between[0] == ';')
		buf_text(b, "; nobody: no condition holds");
}
