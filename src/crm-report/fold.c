#include "fold.h"

#include <stdio.h>
#include <stdlib.h>

#include "aggregate.h"
#include "chunk.h"
#include "text.h"

#define BATCH 32 /* records whose customers are asked for ahead */

struct worker {
	struct groups *groups;
	struct expr_env env;
	struct expr_value givens[SUBJECT_GIVENS];
	struct expr_cell *related;
	struct slice *cells;       /* of the customer */
	struct expr_value *values; /* of the arguments of a report's aggregates */
	bool *met_missing;
	struct buf key, id, texts;
	struct period_day day;
	bool reported;             /* the record in hand */
};

struct fold {
	const struct fold_job *job;
	struct worker *workers;
};

/* ---- one record in one report ---- */

static void
say_bad(struct worker *w, struct chunk *c, const struct record *r)
{
	char why[300];

	if (w->reported)
		return;
	w->reported = true;
	if (w->env.bad_table == 0) {
		chunk_bad(c, r, w->env.bad_column, w->env.bad_why);
	} else {
		snprintf(why, sizeof why, "its customer: %s", w->env.bad_why);
		chunk_bad(c, r, RECORD_NONE, why);
	}
}

static struct slice
raw_key(const struct worker *w, const struct record *r,
	const struct report_key *key)
{
	if (key->table == 0)
		return record_field(r, key->column);
	return w->env.cells[1] ? w->cells[key->column] : (struct slice){"", 0};
}

/* The group of a record whose key is columns as they are: no value is decoded,
 * nothing is allocated. */
static uint32_t
plain_group(struct worker *w, const struct groups *g,
	const struct record *r)
{
	const struct report *report = g->report;
	struct slice key = {"", 0}, part;
	size_t i;

	if (report->key_count == 1) {
		key = raw_key(w, r, report->keys);
	} else if (report->key_count > 1) {
		buf_clear(&w->key);
		for (i = 0; i < report->key_count; i++) {
			part = raw_key(w, r, &report->keys[i]);
			key.p = buf_reserve(&w->key, part.n + 1);
			if (part.n > 0)
				memcpy(w->key.p + w->key.n, part.p, part.n);
			w->key.n += part.n;
			w->key.p[w->key.n++] = '\t';
		}
		key = (struct slice){w->key.p, w->key.n - 1};
	}
	return groups_put_raw(g, key);
}

static bool
computed_group(struct worker *w, const struct groups *g, uint32_t *index)
{
	const struct report *report = g->report;
	struct expr_value value;
	size_t i;

	buf_clear(&w->key);
	for (i = 0; i < report->key_count; i++) {
		if (i > 0)
			buf_byte(&w->key, '\t');
		if (expr_eval(report->keys[i].e, &w->env, &value) != EXPR_OK)
			return false;
		expr_write(&w->key, report->keys[i].e, &value);
	}
	*index = groups_put(g, buf_slice(&w->key));
	return true;
}

/* All arguments before anything is added: a bad one leaves no trace. Texts are
 * kept, as the next evaluation takes them away. */
static bool
evaluate(struct worker *w, const struct report *report)
{
	const struct expr_aggregate *a;
	struct expr_value *v;
	size_t i;

	buf_clear(&w->texts);
	for (i = 0; i < report->aggregate_count; i++) {
		a = &report->aggregates[i];
		v = &w->values[i];
		if (a->argument == NULL || aggregate_is_window(a))
			continue;
		if (expr_eval(a->argument, &w->env, v) != EXPR_OK)
			return false;
		w->met_missing[i] = w->env.met_missing;
		if (v->type == EXPR_TEXT && !v->missing) {
			buf_add(&w->texts, v->s);
			v->i = (int64_t)(w->texts.n - v->s.n);
		}
	}
	return true;
}

static void
add(struct worker *w, const struct groups *g, uint32_t index)
{
	const struct report *report = g->report;
	struct group *group = groups_at(g, index);
	const struct expr_aggregate *a;
	struct expr_value *v;
	size_t i;

	group->records++;
	for (i = 0; i < report->aggregate_count; i++) {
		a = &report->aggregates[i];
		v = &w->values[i];
		if (a->argument == NULL || aggregate_is_window(a))
			continue;
		if (v->type == EXPR_TEXT && !v->missing)
			v->s.p = w->texts.p + v->i;
		aggregate_add(a, groups_cell(g, group, i), v,
			w->met_missing[i], g->sets[i], index);
	}
}

/* False where the record is bad. */
static bool
fold_one(struct worker *w, const struct groups *g, const struct record *r)
{
	const struct report *report = g->report;
	struct expr_value value;
	uint32_t index;

	if (report->where) {
		if (expr_eval(report->where, &w->env, &value) != EXPR_OK)
			return false;
		if (!value.i)
			return true;
	}
	if (!evaluate(w, report))
		return false;
	if (report->plain && !r->backslash)
		index = plain_group(w, g, r);
	else if (!computed_group(w, g, &index))
		return false;
	add(w, g, index);
	return true;
}

/* ---- one record ---- */

/* Its key, decoded; n == 0 where missing or not decodable. */
static struct slice
decode(struct worker *w, const struct record *r, size_t column)
{
	struct slice id = record_field(r, column);

	if (!r->backslash || id.n == 0 || !memchr(id.p, '\\', id.n))
		return id;
	buf_clear(&w->id);
	if (!text_unescape(&w->id, id))
		return (struct slice){"", 0};
	return buf_slice(&w->id);
}

static void
join(const struct fold *f, struct worker *w, const struct record *r)
{
	const struct fold_job *job = f->job;
	const struct subject *s = job->subject;
	struct slice id;

	w->env.cells[1] = NULL;
	w->env.relations = NULL;
	w->env.holds = NULL;
	w->env.hold_count = 0;
	if (job->customers) {
		id = decode(w, r, s->customer_id);
		if (id.n > 0 && customers_find(job->customers, id,
			customers_code(id), w->cells))
			w->env.cells[1] = w->cells;
	}
	if (s->relate) {
		id = decode(w, r, s->id);
		w->env.relations = relate_find(s->relate, id, w->related,
			&w->env.holds, &w->env.hold_count);
	}
}

/* False where the record is not to be looked at. */
static bool
in_period(const struct fold *f, struct worker *w, struct chunk *c,
	const struct record *r)
{
	const struct fold_job *job = f->job;
	struct slice field;
	enum period_status status;

	if (job->subject->customers)
		return true;
	field = record_field(r, job->subject->opened_at);
	status = period_check(job->period, &w->day, field);
	if (status == PERIOD_BAD && !job->checked)
		chunk_bad(c, r, job->subject->opened_at, period_why(field));
	return status == PERIOD_IN;
}

static void
fold_record(const struct fold *f, struct worker *w, struct chunk *c,
	const struct record *r)
{
	const struct fold_job *job = f->job;
	size_t i;

	if (!in_period(f, w, c, r))
		return;
	w->env.row = r;
	w->reported = false;
	if (job->customers || job->subject->relate)
		join(f, w, r);
	if (!subject_fill(job->subject, &w->env, w->givens)) {
		say_bad(w, c, r);
		return;
	}
	for (i = 0; i < job->count; i++) {
		if (!fold_one(w, &w->groups[i], r))
			say_bad(w, c, r);
	}
}

/* With customers: a batch of records at a time, so that the memory answers for
 * all of them at once. */
static void
fold_batches(const struct fold *f, struct worker *w, struct chunk *c)
{
	const struct subject *s = f->job->subject;
	struct record batch[BATCH];
	size_t n, i;

	do {
		for (n = 0; n < BATCH && chunk_next(c, &batch[n]); n++)
			customers_prefetch(f->job->customers, customers_code(
				record_field(&batch[n], s->customer_id)));
		for (i = 0; i < n; i++)
			fold_record(f, w, c, &batch[i]);
	} while (n == BATCH);
}

static void
work(struct chunk *c, void *context)
{
	const struct fold *f = context;
	struct worker *w = &f->workers[c->worker];
	struct record r;

	if (f->job->customers) {
		fold_batches(f, w, c);
		return;
	}
	while (chunk_next(c, &r))
		fold_record(f, w, c, &r);
}

/* ---- all ---- */

static void
open_worker(struct worker *w, const struct fold_job *job)
{
	const struct expr_scope *scope = &job->subject->scope;
	size_t n = 1, i;

	w->groups = mem_zero(job->count, sizeof *w->groups);
	for (i = 0; i < job->count; i++) {
		groups_open(&w->groups[i], &job->reports[i]);
		if (job->reports[i].aggregate_count > n)
			n = job->reports[i].aggregate_count;
	}
	w->values = mem_zero(n, sizeof *w->values);
	w->met_missing = mem_zero(n, sizeof *w->met_missing);
	w->related = mem_zero(scope->relation_count + 1, sizeof *w->related);
	if (scope->table_count > 1)
		w->cells = mem_zero(scope->tables[1].count + 1,
			sizeof *w->cells);
	w->env.given = w->givens;
}

static void
close_worker(struct worker *w)
{
	free(w->values);
	free(w->met_missing);
	free(w->related);
	free(w->cells);
	buf_free(&w->key);
	buf_free(&w->id);
	buf_free(&w->texts);
	buf_free(&w->env.scratch);
}

void
fold_free(struct groups *groups, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		groups_close(&groups[i]);
	free(groups);
}

struct groups *
fold_run(const struct fold_job *job)
{
	struct fold f = {.job = job};
	struct chunk_job chunks = {
		.source = job->subject->source,
		.jobs = job->jobs,
		.work = work,
		.context = &f,
		.checked = job->checked,
		.progress = job->progress,
	};
	struct groups *result;
	unsigned i;
	size_t k;

	f.workers = mem_zero(job->jobs, sizeof *f.workers);
	for (i = 0; i < job->jobs; i++)
		open_worker(&f.workers[i], job);
	chunk_run(&chunks);
	result = f.workers[0].groups;
	for (i = 1; i < job->jobs; i++) {
		for (k = 0; k < job->count; k++)
			groups_merge(&result[k], &f.workers[i].groups[k]);
		fold_free(f.workers[i].groups, job->count);
	}
	for (i = 0; i < job->jobs; i++)
		close_worker(&f.workers[i]);
	free(f.workers);
	return result;
}
