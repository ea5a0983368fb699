#include "relate_pass.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "hash.h"
#include "mem.h"
#include "text.h"

enum { MASK = 64 }; /* relations in one mask */

/* What rows of a kind mean to one of the jobs: a group of 64 relations that
 * follow each other in its scope, of which some are of the kind. */
struct concern {
	size_t job;
	size_t group;
	uint64_t kinds; /* bit i: relation 64 * group + i is of the kind */
	bool pause;
};

struct relate_kind {
	struct concern *concerns;
	size_t count;
};

struct job {
	struct relate_job given;
	struct relate_table *table;
	size_t key;          /* column, or RECORD_NONE */
	bool wider;          /* conditions name columns that the file lacks */
	bool sums;           /* amounts matter */
};

struct worker {
	struct expr_env env;
	struct slice *cells;    /* of a row whose table is wider than the file */
	struct buf key;         /* decoded */
	uint64_t *holds;        /* of each concern with the row at hand */
};

struct relate_pass {
	struct record_source *tickets;
	int64_t as_of;
	struct job *jobs;
	size_t job_count;
	size_t opened, closed, amount; /* columns */
	struct hash *kinds;  /* struct relate_kind */
	size_t most;         /* concerns of one kind */
	struct worker *workers;
	unsigned worker_count;
};

/* ---- a row ---- */

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

/* The related row as the conditions of a job see it. */
static void
show_row(const struct relate_pass *pass, const struct job *job,
	struct worker *w, const struct record *r)
{
	w->env.row = r;
	if (!job->wider)
		return;
	for (size_t i = 0; i < pass->tickets->columns; i++)
		w->cells[i] = record_field(r, i);
	w->env.row = NULL;
	w->env.cells[0] = w->cells;
}

/* In which relations of the concern the row counts; false and reported where
 * a value is bad. */
static bool
ask(const struct relate_pass *pass, struct worker *w, struct chunk *c,
	const struct record *r, const struct concern *concern, uint64_t *holds)
{
	const struct job *job = &pass->jobs[concern->job];
	const struct expr_relation *relations =
		&job->given.scope->relations[concern->group * MASK];

	*holds = concern->kinds;
	show_row(pass, job, w, r);
	for (uint64_t bits = concern->kinds; bits; bits &= bits - 1) {
		unsigned i = (unsigned)__builtin_ctzll(bits);
		int yes = relations[i].where
			? expr_true(relations[i].where, &w->env) : 1;

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
read_key(struct worker *w, const struct record *r, size_t column)
{
	struct slice s = record_field(r, column);

	if (!r->backslash || !s.n || !memchr(s.p, '\\', s.n))
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
	struct worker *w = &pass->workers[c->worker];
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
	w->env.read = (struct expr_read){record_field(r, pass->opened).p,
		record_field(r, pass->opened).n, row.opened};
	if (row.opened > pass->as_of)
		return true;
	for (size_t i = 0; i < kind->count; i++)
		if (!ask(pass, w, c, r, &kind->concerns[i], &w->holds[i]) ||
			(kind->concerns[i].pause &&
			!read_pause(pass, c, r, &row)))
			return false;
	flags = row.flags;
	for (size_t i = 0; i < kind->count; i++) {
		const struct concern *concern = &kind->concerns[i];

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

/* ---- which kinds concern whom ---- */

static void
note_kinds(struct relate_pass *pass)
{
	static const struct slice hold = {"hold", 4};

	for (size_t i = 0; i < pass->job_count; i++) {
		const struct relate_job *job = &pass->jobs[i].given;

		if (pass->jobs[i].key == RECORD_NONE)
			continue;
		for (size_t k = 0; k < job->scope->relation_count; k++)
			hash_put(pass->kinds, job->scope->relations[k].kind,
				hash_code(job->scope->relations[k].kind), NULL);
		if (job->holds)
			hash_put(pass->kinds, hold, hash_code(hold), NULL);
	}
}

static void
add_concern(struct relate_kind *kind, struct concern concern)
{
	if (!concern.kinds && !concern.pause)
		return;
	kind->concerns = mem_resize(kind->concerns, kind->count + 1,
		sizeof(*kind->concerns));
	kind->concerns[kind->count++] = concern;
}

static void
add_concerns(struct relate_pass *pass, size_t i, struct slice name,
	struct relate_kind *kind)
{
	const struct relate_job *job = &pass->jobs[i].given;
	struct concern concern = {.job = i,
		.pause = job->holds && slice_is(name, "hold")};

	if (pass->jobs[i].key == RECORD_NONE)
		return;
	for (size_t k = 0; k < job->scope->relation_count; k++) {
		if (k && k % MASK == 0) {
			add_concern(kind, concern);
			concern = (struct concern){.job = i,
				.group = k / MASK};
		}
		if (slice_equal(job->scope->relations[k].kind, name))
			concern.kinds |= UINT64_C(1) << k % MASK;
	}
	add_concern(kind, concern);
}

static void
find_concerns(struct relate_pass *pass)
{
	pass->kinds = hash_open(sizeof(struct relate_kind));
	note_kinds(pass);
	for (size_t i = 0; i < hash_count(pass->kinds); i++) {
		struct relate_kind *kind = hash_payload(pass->kinds,
			(uint32_t)i);

		for (size_t k = 0; k < pass->job_count; k++)
			add_concerns(pass, k, hash_key(pass->kinds,
				(uint32_t)i), kind);
		if (kind->count > pass->most)
			pass->most = kind->count;
	}
}

const struct relate_kind *
relate_kind(const struct relate_pass *pass, struct slice name)
{
	uint32_t at = hash_find(pass->kinds, name, hash_code(name));

	return at == HASH_NONE ? NULL : hash_payload(pass->kinds, at);
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
open_worker(const struct relate_pass *pass, struct worker *w)
{
	size_t wide = 0;

	for (size_t i = 0; i < pass->job_count; i++)
		if (pass->jobs[i].wider && width(&pass->jobs[i].given) > wide)
			wide = width(&pass->jobs[i].given);
	w->cells = mem_zero(wide, sizeof(*w->cells));
	w->holds = mem_zero(pass->most, sizeof(*w->holds));
}

static void
close_worker(struct worker *w)
{
	free(w->cells);
	free(w->holds);
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
		.amount = record_find(tickets, slice_of("amount")),
		.worker_count = jobs[0].jobs,
		.jobs = mem_zero(n, sizeof(*pass->jobs)),
		.workers = mem_zero(jobs[0].jobs, sizeof(*pass->workers))};
	for (size_t i = 0; i < n; i++)
		pass->jobs[i] = (struct job){jobs[i],
			relate_table_open(&jobs[i]),
			record_find(tickets, slice_of(jobs[i].key)),
			is_wider(&jobs[i]), sums(&jobs[i])};
	find_concerns(pass);
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
		struct job *job = &pass->jobs[i];

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
