#include "relation.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "num.h"

struct relation_reader {
	_Alignas(MEM_APART) const struct record_source *tickets;
	const struct expr_scope *scope;
	size_t kind, opened, amount; /* columns */
	bool *holds;           /* of each relation, for the row at hand */
	struct slice *cells;   /* of the row, where its table is wider than the
	                          file */
	struct expr_env env;
	struct buf text;       /* the kind, decoded */
};

struct relation_reader *
relation_open(const struct record_source *tickets, const struct expr_scope *scope)
{
	struct relation_reader *reader = mem_apart(1, sizeof(*reader));
	size_t wide = scope->related ? scope->related->count : 0;

	reader->tickets = tickets;
	reader->scope = scope;
	reader->kind = record_need(tickets, "kind");
	reader->opened = record_need(tickets, "opened_at");
	reader->amount = record_find(tickets, slice_of("amount"));
	reader->holds = mem_zero(scope->relation_count + 1, sizeof(bool));
	if (wide > tickets->columns)
		reader->cells = mem_zero(wide, sizeof(struct slice));
	return reader;
}

void
relation_close(struct relation_reader *reader)
{
	if (!reader)
		return;
	buf_free(&reader->env.scratch);
	buf_free(&reader->text);
	free(reader->cells);
	free(reader->holds);
	free(reader);
}

/* Which relations the kind concerns; false: none. */
static bool
choose(struct relation_reader *reader, const struct record *r)
{
	const struct expr_scope *scope = reader->scope;
	struct slice kind;
	bool any = false;

	/* what has a bad escape is no kind that anybody asks for */
	if (!record_text(r, reader->kind, &reader->text, &kind))
		return false;
	for (size_t i = 0; i < scope->relation_count; i++) {
		reader->holds[i] = slice_equal(kind, scope->relations[i].kind);
		any |= reader->holds[i];
	}
	return any;
}

static bool
read_values(const struct relation_reader *reader, struct chunk *c,
	const struct record *r, struct relation_row *row)
{
	struct slice opened = record_field(r, reader->opened);
	struct slice amount = {NULL, 0};
	enum date_status date = date_read(opened, &row->opened);
	enum num_status num = NUM_OK;

	if (date != DATE_OK) {
		chunk_bad(c, r, reader->opened,
			opened.n ? date_why(date) : "missing");
		return false;
	}
	if (reader->amount != RECORD_NONE)
		amount = record_field(r, reader->amount);
	row->has_amount = amount.n > 0;
	if (amount.n)
		num = num_read(amount, &row->amount);
	if (num != NUM_OK)
		chunk_bad(c, r, reader->amount, num_why(num));
	return num == NUM_OK;
}

/* The related row as its conditions see it. */
static void
show(struct relation_reader *reader, const struct record *r)
{
	reader->env.row = r;
	if (!reader->cells)
		return;
	for (size_t i = 0; i < reader->tickets->columns; i++)
		reader->cells[i] = record_field(r, i);
	reader->env.row = NULL;
	reader->env.cells[0] = reader->cells;
}

/* Whether the relation's condition holds, into *yes; false and reported where
 * a value is bad. */
static bool
ask(struct relation_reader *reader, struct chunk *c, const struct record *r,
	const struct expr *where, bool *yes)
{
	int status;

	if (!where)
		return true;
	show(reader, r);
	status = expr_true(where, &reader->env);
	if (status < 0) {
		size_t column = reader->env.bad_column;

		chunk_bad(c, r, column < reader->tickets->columns
			? column : RECORD_NONE, reader->env.bad_why);
	}
	*yes = status > 0;
	return status >= 0;
}

int
relation_read(struct relation_reader *reader, struct chunk *c,
	const struct record *r, struct relation_row *row)
{
	const struct expr_scope *scope = reader->scope;
	bool any = false;

	if (!choose(reader, r))
		return 0;
	if (!read_values(reader, c, r, row))
		return -1;
	if (row->opened > scope->as_of)
		return 0;
	for (size_t i = 0; i < scope->relation_count; i++) {
		if (reader->holds[i] && !ask(reader, c, r,
			scope->relations[i].where, &reader->holds[i]))
			return -1;
		any |= reader->holds[i];
	}
	row->holds = reader->holds;
	return any;
}
