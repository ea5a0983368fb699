#include "relate.h"

#include <stdlib.h>

#include "hash.h"
#include "mem.h"
#include "relate_pass.h"
#include "relate_table.h"
#include "vocabulary.h"

enum { MOST_KINDS = 4096 }; /* that a thread remembers */

struct relate {
	struct relate_table *table;
	size_t relation_count;
};

/* ---- a pass of its own ---- */

/* What a thread knows of a kind. */
struct known {
	const struct relate_kind *kind;
	bool asked;
};

struct run {
	const struct relate_job *job;
	struct relate_pass *pass;
	struct vocabulary **kinds; /* of each thread */
};

static const struct relate_kind *
kind_of(const struct run *run, unsigned worker, struct slice name)
{
	struct vocabulary *kinds = run->kinds[worker];
	struct known *known;

	if (hash_count(kinds->words) >= MOST_KINDS)
		return relate_kind(run->pass, name);
	known = vocabulary_payload(kinds, name);
	if (!known->asked)
		*known = (struct known){relate_kind(run->pass, name), true};
	return known->kind;
}

static void
work(struct chunk *c, void *context)
{
	const struct run *run = context;
	const struct relate_job *job = run->job;
	size_t column = record_find(job->tickets, slice_of("kind"));
	struct buf scratch = {0};
	struct record r;

	while (chunk_next(c, &r)) {
		const struct relate_kind *kind;
		struct slice name;

		chunk_settle(c, &r);
		if (job->accept && !job->accept(c, &r, job->context))
			continue;
		if (!record_text(&r, column, &scratch, &name))
			continue;
		kind = kind_of(run, c->worker, name);
		if (kind)
			relate_take(run->pass, c, &r, kind, NULL);
	}
	buf_free(&scratch);
}

struct relate *
relate_run(const struct relate_job *job)
{
	struct run run = {job, relate_begin(job, 1),
		mem_alloc(job->jobs, sizeof(*run.kinds))};
	struct chunk_job chunks = {.source = job->tickets, .jobs = job->jobs,
		.work = work, .context = &run, .again = job->again,
		.checked = job->checked, .progress = job->progress};
	struct relate *r;

	for (unsigned i = 0; i < job->jobs; i++)
		run.kinds[i] = vocabulary_open(sizeof(struct known));
	if (record_find(job->tickets, slice_of(job->key)) != RECORD_NONE)
		chunk_run(&chunks);
	for (unsigned i = 0; i < job->jobs; i++)
		vocabulary_close(run.kinds[i]);
	free(run.kinds);
	relate_end(run.pass, &r);
	return r;
}

struct relate *
relate_pass_result(struct relate_table *table, size_t relation_count)
{
	struct relate *r = mem_zero(1, sizeof(*r));

	*r = (struct relate){table, relation_count};
	return r;
}

void
relate_close(struct relate *r)
{
	if (!r)
		return;
	relate_table_close(r->table);
	free(r);
}

/* ---- looking up ---- */

void
relate_prefetch(const struct relate *r, uint64_t code)
{
	relate_table_prefetch(r->table, code);
}

void
relate_prefetch_subject(const struct relate *r, uint64_t code)
{
	relate_table_prefetch_subject(r->table, code);
}

const struct relate_subject *
relate_subject(const struct relate *r, struct slice key, uint64_t code)
{
	return relate_table_find(r->table, key, code);
}

void
relate_cell(const struct relate *r, const struct relate_subject *s,
	size_t relation, struct expr_cell *cell)
{
	relate_table_cell(r->table, s, relation, cell);
}

const struct calendar_span *
relate_holds(const struct relate *r, const struct relate_subject *s, size_t *n)
{
	return relate_table_holds(r->table, s, n);
}

const struct expr_cell *
relate_find(const struct relate *r, struct slice key, struct expr_cell *cells,
	const struct calendar_span **holds, size_t *n)
{
	const struct relate_subject *s = relate_subject(r, key,
		hash_code(key));

	if (holds) {
		*holds = NULL;
		*n = 0;
	}
	if (!s)
		return NULL;
	if (holds)
		*holds = relate_holds(r, s, n);
	for (size_t i = 0; i < r->relation_count; i++)
		relate_cell(r, s, i, &cells[i]);
	return cells;
}

size_t
relate_parts(const struct relate *r)
{
	return relate_table_parts(r->table);
}

void
relate_notes(struct relate *r, unsigned worker, size_t part,
	relate_noted *take, void *context)
{
	relate_table_notes(r->table, worker, part, take, context);
}
