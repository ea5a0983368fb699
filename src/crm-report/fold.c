#include "fold.h"

#include <stdio.h>
#include <stdlib.h>

#include "chunk.h"
#include "fold_add.h"
#include "fold_worker.h"
#include "hash.h"
#include "text.h"

struct fold {
	const struct fold_job *job;
	struct fold_worker *workers;
	bool refers;    /* some report does */
	bool *referring; /* of each report: it looks at other records too */
	bool *at_once;   /* its where does not */
};

/* ---- one record ---- */

/* A key, decoded; n == 0 where missing or not decodable. */
static struct slice
decode(struct fold_worker *w, const struct record *r, size_t column)
{
	struct slice id = record_field(r, column);

	if (!r->backslash || id.n == 0 || !memchr(id.p, '\\', id.n))
		return id;
	buf_clear(&w->id);
	if (!text_unescape(&w->id, id))
		return (struct slice){"", 0};
	return buf_slice(&w->id);
}

/* False where the record is not to be looked at. */
static bool
take(const struct fold *f, struct fold_worker *w, struct fold_record *one)
{
	const struct fold_job *job = f->job;
	const struct subject *s = job->subject;
	struct slice field;

	one->bad_why = NULL;
	if (s->customers)
		return true;
	field = record_field(&one->r, s->opened_at);
	switch (period_check(job->period, &w->days, field, &one->opened)) {
	case PERIOD_OUT:
		return false;
	case PERIOD_BAD:
		one->bad_why = period_why(field);
		one->bad_table = 0;
		one->bad_column = s->opened_at;
		return !job->checked;
	default:
		break;
	}
	if (s->sells) {
		fold_add_show(w, one);
		if (!subject_fill(s, &w->env, one->givens))
			fold_add_bad(w, one);
	}
	return true;
}

/* ---- what it refers to ---- */

static void
ask(const struct fold *f, struct fold_worker *w, struct fold_record *one)
{
	const struct fold_job *job = f->job;
	size_t i;

	for (i = 0; i < job->subject->lookup_count; i++) {
		if (job->lookups[i] == NULL)
			continue;
		one->codes[i] = lookup_code(decode(w, &one->r,
			job->subject->lookups[i].column));
		lookup_prefetch(job->lookups[i], one->codes[i]);
	}
	if (job->subject->relate) {
		one->code = hash_code(decode(w, &one->r, job->subject->id));
		relate_prefetch(job->subject->relate, one->code);
	}
}

static void
ask_further(const struct fold *f, const struct fold_record *one)
{
	const struct fold_job *job = f->job;
	size_t i;

	for (i = 0; i < job->subject->lookup_count; i++) {
		if (job->lookups[i])
			lookup_prefetch_row(job->lookups[i], one->codes[i]);
	}
	if (job->subject->relate)
		relate_prefetch_subject(job->subject->relate, one->code);
}

/* What refers to the record in hand. */
static void
relate(const struct subject *s, struct fold_worker *w,
	const struct fold_record *one)
{
	const struct relate_subject *found = relate_subject(s->relate,
		decode(w, &one->r, s->id), one->code);
	size_t i;

	w->env.relations = NULL;
	w->env.holds = NULL;
	w->env.hold_count = 0;
	if (found == NULL)
		return;
	for (i = 0; i < s->scope.relation_count; i++)
		relate_cell(s->relate, found, i, &w->related[i]);
	w->env.relations = w->related;
	w->env.holds = relate_holds(s->relate, found, &w->env.hold_count);
}

/* What the record in hand refers to, and what refers to it. */
static void
join(const struct fold *f, struct fold_worker *w, struct fold_record *one)
{
	const struct fold_job *job = f->job;
	const struct subject *s = job->subject;
	const struct record *r = &one->r;
	struct slice id;
	size_t i;

	for (i = 0; i < s->lookup_count; i++) {
		w->env.cells[1 + i] = NULL;
		if (job->lookups[i] == NULL)
			continue;
		id = decode(w, r, s->lookups[i].column);
		if (id.n > 0 && lookup_find(job->lookups[i], id, one->codes[i],
			w->cells[1 + i], w->numbers[1 + i]))
			w->env.cells[1 + i] = w->cells[1 + i];
	}
	if (s->relate)
		relate(s, w, one);
	if (s->bought)
		subject_first(s, decode(w, r, s->customer_id),
			&one->givens[SUBJECT_FIRST]);
	if (s->customers && s->sells && !subject_fill(s, &w->env, one->givens))
		fold_add_bad(w, one);
}

/* Whether a report that refers to others can want the record in hand: so that
 * nothing is looked up in vain. */
static bool
wanted(const struct fold *f, struct fold_worker *w,
	const struct fold_record *one)
{
	size_t i;

	for (i = 0; i < f->job->count; i++) {
		if (f->referring[i] && (!f->at_once[i] ||
			fold_add_where(w, i, one) != 0))
			return true;
	}
	return false;
}

static void
add_referring(const struct fold *f, struct fold_worker *w,
	struct fold_record **list, size_t n)
{
	struct fold_record *asked[FOLD_BATCH];
	size_t count = 0, i, k;

	for (i = 0; i < n; i++) {
		fold_add_show(w, list[i]);
		if (!wanted(f, w, list[i]))
			continue;
		ask(f, w, list[i]);
		asked[count++] = list[i];
	}
	for (i = 0; i < count; i++)
		ask_further(f, asked[i]);
	for (i = 0; i < count; i++) {
		fold_add_show(w, asked[i]);
		join(f, w, asked[i]);
		for (k = 0; k < f->job->count; k++) {
			if (f->referring[k])
				fold_add_one(w, k, asked[i]);
		}
	}
}

/* ---- a batch ---- */

/* In the order of the input, whichever report found it. */
static void
say_bad(const struct fold_record *batch, size_t n, struct chunk *c)
{
	char why[300];
	size_t i;

	for (i = 0; i < n; i++) {
		const struct fold_record *one = &batch[i];

		if (one->bad_why == NULL)
			continue;
		if (one->bad_table == 0) {
			chunk_bad(c, &one->r, one->bad_column, one->bad_why);
			continue;
		}
		snprintf(why, sizeof why, "what it refers to: %s",
			one->bad_why);
		chunk_bad(c, &one->r, RECORD_NONE, why);
	}
}

static void
add_batch(const struct fold *f, struct fold_worker *w, struct chunk *c,
	size_t n)
{
	struct fold_record *list[FOLD_BATCH];
	const struct record *records[FOLD_BATCH];
	size_t count = 0, i;

	for (i = 0; i < n; i++) {
		records[i] = w->batch[i].bad_why ? NULL : &w->batch[i].r;
		if (records[i])
			list[count++] = &w->batch[i];
	}
	for (i = 0; i < w->id_count; i++)
		fold_ids_read(&w->ids[i], records, n);
	if (w->states.count > 0)
		fold_states_read(&w->states, n);
	for (i = 0; i < f->job->count; i++) {
		if (!f->referring[i])
			fold_add_all(w, i, list, count);
	}
	if (f->refers)
		add_referring(f, w, list, count);
	say_bad(w->batch, n, c);
}

static void
work(struct chunk *c, void *context)
{
	const struct fold *f = context;
	struct fold_worker *w = &f->workers[c->worker];
	size_t n = 0;

	while (chunk_next(c, &w->batch[n].r)) {
		if (!take(f, w, &w->batch[n]))
			continue;
		if (++n == FOLD_BATCH) {
			add_batch(f, w, c, n);
			n = 0;
		}
	}
	add_batch(f, w, c, n);
}

/* ---- all ---- */

void
fold_free(struct groups *groups, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		groups_close(&groups[i]);
	free(groups);
}

/* Whether an expression looks at more than the record. */
static bool
refers(const struct subject *s, const struct expr *e)
{
	const unsigned mine = 1 | (unsigned)EXPR_NEEDS_GIVEN <<
		SUBJECT_PURCHASES | (unsigned)EXPR_NEEDS_GIVEN << SUBJECT_SALES;
	unsigned needs = expr_needs(e);

	return (needs & ~mine) != 0 || (s->customers && needs != 1 && needs);
}

static bool
report_refers(const struct report *report)
{
	const struct subject *s = report->subject;
	size_t i;

	if (report->where && refers(s, report->where))
		return true;
	for (i = 0; i < report->key_count; i++) {
		if (refers(s, report->keys[i].e))
			return true;
	}
	for (i = 0; i < report->folded_count; i++) {
		if (refers(s, report->aggregates[report->folded[i]].argument))
			return true;
	}
	return false;
}

static void
plan(struct fold *f)
{
	const struct fold_job *job = f->job;
	const struct report *report;
	size_t i;

	f->referring = mem_zero(job->count, sizeof *f->referring);
	f->at_once = mem_zero(job->count, sizeof *f->at_once);
	for (i = 0; i < job->count; i++) {
		report = &job->reports[i];
		f->referring[i] = report_refers(report);
		f->refers = f->refers || f->referring[i];
		f->at_once[i] = report->where &&
			!refers(job->subject, report->where);
	}
	/* of a customer nothing is known before its tickets are */
	for (i = 0; job->subject->customers && i < job->count; i++) {
		f->referring[i] = f->refers;
		f->at_once[i] = false;
	}
}

static struct groups *
merge(struct fold *f)
{
	const struct fold_job *job = f->job;
	struct groups *result = f->workers[0].groups;
	unsigned i;
	size_t k;

	for (i = 1; i < job->jobs; i++) {
		for (k = 0; k < job->count; k++)
			groups_merge(&result[k], &f->workers[i].groups[k]);
		fold_free(f->workers[i].groups, job->count);
	}
	for (i = 0; i < job->jobs; i++)
		fold_worker_close(&f->workers[i], job->count);
	return result;
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

	plan(&f);
	f.workers = mem_zero(job->jobs, sizeof *f.workers);
	for (i = 0; i < job->jobs; i++)
		fold_worker_open(&f.workers[i], job);
	chunk_run(&chunks);
	result = merge(&f);
	free(f.workers);
	free(f.referring);
	free(f.at_once);
	return result;
}
