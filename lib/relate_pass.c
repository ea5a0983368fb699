#include "relate_pass.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "hash.h"
#include "mem.h"
#include "text.h"

/* What the row is to every relation; false and reported where a value is
 * bad. */
static bool
read_row(const struct relate_pass *pass, struct chunk *c,
	const struct record *r, struct relate_row *row)
{
	struct slice amount = {NULL, 0};
	enum num_status num = NUM_OK;

	if (pass->amount != RECORD_NONE)
		amount = record_field(r, pass->amount);
	row->flags = amount.n ? RELATE_AMOUNT : 0;
	if (amount.n)
		num = num_read(amount, &row->amount);
	if (num != NUM_OK)
		chunk_bad(c, r, pass->amount, num_why(num));
	return num == NUM_OK;
}

static bool
read_opened(const struct relate_pass *pass, struct chunk *c,
	const struct record *r, struct relate_row *row)
{
	struct slice opened = record_field(r, pass->opened);
	enum date_status date = date_read(opened, &row->opened);

	if (date != DATE_OK)
		chunk_bad(c, r, pass->opened,
			opened.n ? date_why(date) : "missing");
	return date == DATE_OK;
}

static bool
read_pause(const struct relate_pass *pass, struct chunk *c,
	const struct record *r, struct relate_row *row)
{
	struct slice closed = {NULL, 0};
	enum date_status date;

	row->until = pass->as_of;
	if (pass->closed != RECORD_NONE)
		closed = record_field(r, pass->closed);
	if (closed.n && (date = date_read(closed, &row->until)) != DATE_OK) {
		chunk_bad(c, r, pass->closed, date_why(date));
		return false;
	}
	return true;
}

/* In which relations of the concern the row counts; false and reported where
 * a value is bad. */
static bool
ask(const struct relate_pass *pass, struct relate_worker *w, struct chunk *c,
	const struct record *r, const struct relate_concern *concern,
	const struct relate_answer *known, uint64_t *holds)
{
	const struct expr_relation *relations = relate_pass_relations(pass, concern);

	*holds = known->holds;
	if (!known->open)
		return true;
	relate_pass_show(pass, &pass->jobs[concern->job], w, r);
	for (uint64_t bits = known->open; bits; bits &= bits - 1) {
		unsigned i = (unsigned)__builtin_ctzll(bits);
		int yes = expr_true(relations[i].where, &w->env);

		if (yes < 0) {
			size_t column = w->env.bad_column;

			chunk_bad(c, r, column < pass->tickets->columns
				? column : RECORD_NONE, w->env.bad_why);
			return false;
		}
		if (!yes)
			*holds &= ~(UINT64_C(1) << i);
	}
	return true;
}

/* A key, decoded; where it had an escape, in w->key. */
static struct slice
read_key(struct relate_worker *w, const struct record *r, size_t column)
{
	struct slice s = record_field(r, column);

	if (!r->backslash || !text_escaped(s))
		return s;
	buf_clear(&w->key);
	text_unescape(&w->key, s);
	return buf_slice(&w->key);
}

static bool
concerned(const struct relate_pass *pass, const struct relate_kind *kind,
	const struct record *r)
{
	for (size_t i = 0; i < kind->count; i++)
		if (record_field(r, pass->jobs[kind->concerns[i].job].key).n)
			return true;
	return false;
}

bool
relate_take(struct relate_pass *pass, struct chunk *c, const struct record *r,
	const struct relate_kind *kind, const int64_t *opened)
{
	struct relate_worker *w = &pass->workers[c->worker];
	const struct relate_state *state;
	struct relate_row row = {.flags = 0};
	uint16_t flags;

	if (!concerned(pass, kind, r))
		return true;
	if (opened)
		row.opened = *opened;
	else if (!read_opened(pass, c, r, &row))
		return false;
	if (!read_row(pass, c, r, &row))
		return false;
	if (row.opened > pass->as_of)
		return true;
	w->env.known_column = pass->opened + 1;
	w->env.known_time = row.opened;
	state = relate_pass_state(pass, w, r, kind);
	for (size_t i = 0; i < kind->count; i++)
		if (!ask(pass, w, c, r, &kind->concerns[i],
			&state->answers[i], &w->holds[i]) ||
			(kind->concerns[i].pause &&
			!read_pause(pass, c, r, &row)))
			return false;
	flags = row.flags;
	for (size_t i = 0; i < kind->count; i++) {
		const struct relate_concern *concern = &kind->concerns[i];

		if (!w->holds[i] && !concern->pause)
			continue;
		row.flags = pass->jobs[concern->job].sums ? flags : 0;
		if (concern->pause)
			row.flags |= RELATE_PAUSE;
		row.holds = w->holds[i];
		row.group = (uint16_t)concern->group;
		row.key = read_key(w, r, pass->jobs[concern->job].key);
		if (row.key.n)
			relate_table_add(pass->jobs[concern->job].table,
				c->worker, &row);
	}
	return true;
}

void
relate_note(struct relate_pass *pass, struct chunk *c, size_t job,
	struct slice key, const struct relate_note *note)
{
	struct relate_row row = {.key = key, .flags = RELATE_NOTE,
		.holds = note->marks, .opened = (int64_t)note->where};

	relate_table_add(pass->jobs[job].table, c->worker, &row);
}

/* ---- the whole ---- */

static size_t
width(const struct relate_job *job)
{
	return job->scope->related ? job->scope->related->count : 0;
}

static bool
is_wider(const struct relate_job *job)
{
	for (size_t i = 0; i < job->scope->relation_count; i++)
		for (size_t k = job->tickets->columns;
			job->scope->relations[i].where && k < width(job); k++)
			if (expr_names(job->scope->relations[i].where, 0, k))
				return true;
	return false;
}

static bool
sums(const struct relate_job *job)
{
	for (size_t i = 0; i < job->scope->relation_count; i++)
		if (job->scope->relations[i].parts & EXPR_PART_SUM)
			return true;
	return false;
}

static void
open_worker(const struct relate_pass *pass, struct relate_worker *w)
{
	size_t wide = 0;

	for (size_t i = 0; i < pass->job_count; i++)
		if (pass->jobs[i].wider && width(&pass->jobs[i].given) > wide)
			wide = width(&pass->jobs[i].given);
	w->cells = mem_zero(wide, sizeof(*w->cells));
	w->holds = mem_zero(pass->most, sizeof(*w->holds));
	w->states = mem_zero(hash_count(pass->kinds), sizeof(*w->states));
}

static void
close_worker(struct relate_worker *w)
{
	free(w->cells);
	free(w->holds);
	free(w->states);
	mem_pool_free(&w->pool);
	buf_free(&w->env.scratch);
	buf_free(&w->key);
}

struct relate_pass *
relate_begin(const struct relate_job *jobs, size_t n)
{
	struct relate_pass *pass = mem_zero(1, sizeof(*pass));
	struct record_source *tickets = jobs[0].tickets;

	record_need(tickets, "kind");
	*pass = (struct relate_pass){.tickets = tickets, .job_count = n,
		.as_of = jobs[0].scope->as_of,
		.opened = record_need(tickets, "opened_at"),
		.closed = record_find(tickets, slice_of("closed_at")),
		.amount = RECORD_NONE,
		.status = record_find(tickets, slice_of("status")),
		.worker_count = jobs[0].jobs,
		.jobs = mem_zero(n, sizeof(*pass->jobs)),
		.workers = mem_zero(jobs[0].jobs, sizeof(*pass->workers))};
	for (size_t i = 0; i < n; i++) {
		pass->jobs[i] = (struct relate_pass_job){jobs[i],
			relate_table_open(&jobs[i]),
			record_find(tickets, slice_of(jobs[i].key)),
			is_wider(&jobs[i]), sums(&jobs[i])};
		if (pass->jobs[i].sums)
			pass->amount = record_find(tickets,
				slice_of("amount"));
	}
	relate_pass_kinds(pass);
	for (unsigned i = 0; i < pass->worker_count; i++)
		open_worker(pass, &pass->workers[i]);
	return pass;
}

void
relate_end(struct relate_pass *pass, struct relate **out)
{
	for (unsigned i = 0; i < pass->worker_count; i++)
		close_worker(&pass->workers[i]);
	for (size_t i = 0; i < pass->job_count; i++) {
		struct relate_pass_job *job = &pass->jobs[i];

		relate_table_end(job->table);
		out[i] = relate_pass_result(job->table,
			job->given.scope->relation_count);
	}
	for (size_t i = 0; i < hash_count(pass->kinds); i++) {
		struct relate_kind *kind = hash_payload(pass->kinds,
			(uint32_t)i);

		free(kind->concerns);
	}
	hash_close(pass->kinds);
	free(pass->workers);
	free(pass->jobs);
	free(pass);
}
