#include "relate.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "hash.h"
#include "mem.h"
#include "num.h"
#include "relate_subject.h"
#include "text.h"

/* What one thread found. */
struct part {
	struct hash *subjects;
	struct mem_pool pool;
	struct expr_env env;
	struct slice *cells;   /* of the related row, where its table is wider
	                          than the file */
	struct buf kind, key;  /* decoded */
	bool *holds_true;      /* of each relation, for the row at hand */
};

struct relate {
	size_t relation_count;
	struct part *parts;    /* all merged into the first */
	unsigned count;
};

struct pass {
	const struct relate_job *job;
	struct part *parts;
	size_t key, kind, opened, closed, amount; /* columns */
	bool wider;
};

/* One related row. */
struct row {
	const struct record *record;
	struct relate_subject *subject; /* null until a relation holds */
	struct slice key;
	int64_t opened;
	int64_t amount;
	bool has_amount;
};

/* ---- a row ---- */

static struct slice
decode(const struct record *r, size_t column, struct buf *scratch)
{
	struct slice s = record_field(r, column);

	if (!r->backslash || !s.n || !memchr(s.p, '\\', s.n))
		return s;
	buf_clear(scratch);
	text_unescape(scratch, s);
	return buf_slice(scratch);
}

static struct relate_subject *
subject_of(struct part *part, struct row *row)
{
	if (!row->subject) {
		uint32_t at = hash_put(part->subjects, row->key,
			hash_code(row->key), NULL);

		row->subject = hash_payload(part->subjects, at);
	}
	return row->subject;
}

/* What the row is to the relations and the pauses; false and reported where a
 * value is bad. */
static bool
read_row(const struct pass *pass, struct chunk *c, struct row *row)
{
	struct slice opened = record_field(row->record, pass->opened);
	struct slice amount = {NULL, 0};
	enum date_status date = date_read(opened, &row->opened);
	enum num_status num = NUM_OK;

	if (date != DATE_OK) {
		chunk_bad(c, row->record, pass->opened,
			opened.n ? date_why(date) : "missing");
		return false;
	}
	if (pass->amount != RECORD_NONE)
		amount = record_field(row->record, pass->amount);
	row->has_amount = amount.n > 0;
	if (amount.n)
		num = num_read(amount, &row->amount);
	if (num != NUM_OK)
		chunk_bad(c, row->record, pass->amount, num_why(num));
	return num == NUM_OK;
}

static bool
hold(const struct pass *pass, struct part *part, struct chunk *c,
	struct row *row)
{
	struct calendar_span span = {row->opened, pass->job->scope->as_of};
	struct slice closed = {NULL, 0};
	enum date_status date;

	if (pass->closed != RECORD_NONE)
		closed = record_field(row->record, pass->closed);
	if (closed.n && (date = date_read(closed, &span.to)) != DATE_OK) {
		chunk_bad(c, row->record, pass->closed, date_why(date));
		return false;
	}
	relate_subject_pause(&part->pool, subject_of(part, row), span);
	return true;
}

/* The related row as its conditions see it. */
static void
show_row(const struct pass *pass, struct part *part, const struct record *r)
{
	part->env.row = r;
	if (!pass->wider)
		return;
	for (size_t i = 0; i < pass->job->tickets->columns; i++)
		part->cells[i] = record_field(r, i);
	part->env.row = NULL;
	part->env.cells[0] = part->cells;
}

/* Whether the relation's condition holds, into *yes; false and reported where
 * a value is bad. */
static bool
ask(const struct pass *pass, struct part *part, struct chunk *c,
	const struct record *r, const struct expr *where, bool *yes)
{
	struct expr_value value = {.i = 1};

	if (where) {
		show_row(pass, part, r);
		if (expr_eval(where, &part->env, &value) != EXPR_OK) {
			size_t column = part->env.bad_column;

			chunk_bad(c, r, column < pass->job->tickets->columns
				? column : RECORD_NONE, part->env.bad_why);
			return false;
		}
	}
	*yes = value.i != 0;
	return true;
}

static void
relate(const struct pass *pass, struct part *part, struct row *row)
{
	for (size_t i = 0; i < pass->job->scope->relation_count; i++) {
		if (!part->holds_true[i])
			continue;
		relate_subject_row(&part->pool, subject_of(part, row), i,
			row->opened);
		if (row->has_amount)
			relate_subject_amount(&part->pool, row->subject, i,
				row->amount);
	}
}

/* Which relations the kind concerns; false: none. */
static bool
choose(const struct pass *pass, struct part *part, struct slice kind)
{
	const struct expr_scope *scope = pass->job->scope;
	bool any = false;

	for (size_t i = 0; i < scope->relation_count; i++) {
		part->holds_true[i] = slice_equal(kind,
			scope->relations[i].kind);
		any |= part->holds_true[i];
	}
	return any;
}

static void
take_record(const struct pass *pass, struct part *part, struct chunk *c,
	const struct record *r)
{
	const struct expr_scope *scope = pass->job->scope;
	struct row row = {.record = r};
	struct slice kind;
	bool pause;

	if (!record_field(r, pass->key).n)
		return;
	kind = decode(r, pass->kind, &part->kind);
	pause = pass->job->holds && slice_is(kind, "hold");
	if (!choose(pass, part, kind) && !pause)
		return;
	row.key = decode(r, pass->key, &part->key);
	if (!read_row(pass, c, &row) || row.opened > scope->as_of)
		return;
	for (size_t i = 0; i < scope->relation_count; i++)
		if (part->holds_true[i] && !ask(pass, part, c, r,
			scope->relations[i].where, &part->holds_true[i]))
			return;
	if (pause && !hold(pass, part, c, &row))
		return;
	relate(pass, part, &row);
}

static void
work(struct chunk *c, void *context)
{
	const struct pass *pass = context;
	struct part *part = &pass->parts[c->worker];
	struct record r;

	while (chunk_next(c, &r))
		if (!pass->job->accept ||
			pass->job->accept(c, &r, pass->job->context))
			take_record(pass, part, c, &r);
}

/* ---- the whole ---- */

static void
merge(struct part *to, const struct part *from)
{
	for (size_t i = 0; i < hash_count(from->subjects); i++) {
		uint32_t at = (uint32_t)i;
		struct slice key = hash_key(from->subjects, at);

		relate_subject_merge(&to->pool, hash_payload(to->subjects,
			hash_put(to->subjects, key, hash_code(key), NULL)),
			hash_payload(from->subjects, at));
	}
}

static void
close_part(struct part *part)
{
	hash_close(part->subjects);
	mem_pool_free(&part->pool);
	buf_free(&part->env.scratch);
	buf_free(&part->kind);
	buf_free(&part->key);
	free(part->cells);
	free(part->holds_true);
	*part = (struct part){0};
}

static void
merge_all(struct relate *r)
{
	struct hash *subjects = r->parts[0].subjects;

	for (unsigned i = 1; i < r->count; i++) {
		merge(&r->parts[0], &r->parts[i]);
		close_part(&r->parts[i]);
	}
	for (size_t i = 0; i < hash_count(subjects); i++) {
		struct relate_subject *s = hash_payload(subjects, (uint32_t)i);

		if (s->pauses)
			s->pauses->n = calendar_unite(s->pauses->spans,
				s->pauses->n);
	}
}

static void
run(const struct relate_job *job, struct relate *r)
{
	const struct record_source *tickets = job->tickets;
	struct pass pass = {.job = job, .parts = r->parts,
		.key = record_find(tickets, slice_of(job->key)),
		.kind = record_need(tickets, "kind"),
		.opened = record_need(tickets, "opened_at"),
		.closed = record_find(tickets, slice_of("closed_at")),
		.amount = record_find(tickets, slice_of("amount"))};
	struct chunk_job chunks = {.source = tickets, .jobs = job->jobs,
		.work = work, .context = &pass, .again = job->again,
		.checked = job->checked,
		.progress = job->progress};
	size_t wide = job->scope->related ? job->scope->related->count : 0;

	if (pass.key == RECORD_NONE)
		return;
	pass.wider = wide > tickets->columns;
	for (unsigned i = 0; pass.wider && i < r->count; i++)
		r->parts[i].cells = mem_zero(wide, sizeof(struct slice));
	chunk_run(&chunks);
}

struct relate *
relate_run(const struct relate_job *job)
{
	struct relate *r = mem_zero(1, sizeof(*r));

	r->relation_count = job->scope->relation_count;
	r->count = job->jobs;
	r->parts = mem_zero(r->count, sizeof(*r->parts));
	for (unsigned i = 0; i < r->count; i++) {
		r->parts[i].subjects = hash_open(sizeof(struct relate_subject));
		r->parts[i].holds_true = mem_zero(r->relation_count + 1,
			sizeof(bool));
	}
	run(job, r);
	merge_all(r);
	return r;
}

void
relate_close(struct relate *r)
{
	if (!r)
		return;
	for (unsigned i = 0; i < r->count; i++)
		close_part(&r->parts[i]);
	free(r->parts);
	free(r);
}

const struct expr_cell *
relate_find(const struct relate *r, struct slice key, struct expr_cell *cells,
	const struct calendar_span **holds, size_t *n)
{
	const struct hash *subjects = r->parts[0].subjects;
	uint32_t at = hash_find(subjects, key, hash_code(key));
	const struct relate_subject *s;

	if (holds) {
		*holds = NULL;
		*n = 0;
	}
	if (at == HASH_NONE)
		return NULL;
	s = hash_payload(subjects, at);
	if (holds && s->pauses) {
		*holds = s->pauses->spans;
		*n = s->pauses->n;
	}
	if (!s->cells)
		return NULL;
	memset(cells, 0, r->relation_count * sizeof(*cells));
	relate_subject_fill(s, cells);
	return cells;
}
