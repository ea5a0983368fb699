#include "fold.h"

#include <stdio.h>
#include <stdlib.h>

#include "chunk.h"
#include "fold_add.h"
#include "fold_plan.h"
#include "fold_worker.h"
#include "hash.h"
#include "text.h"

struct fold {
	const struct fold_job *job;
	struct fold_worker *workers;
	struct fold_plan plan;
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
take(const struct fold *f, struct fold_worker *w, const struct chunk *c,
	struct fold_record *one)
{
	const struct fold_job *job = f->job;
	const struct subject *s = job->subject;
	struct slice field;

	one->bad_why = NULL;
	one->unsold = false;
	one->repeated = job->repeats && repeats_has(job->repeats, c, &one->r);
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
		if (!subject_fill(s, &w->env, one->givens)) {
			fold_add_bad(w, one);
			one->unsold = true;
		}
	}
	return true;
}

/* Those of the list that the report may see. */
static void
add(const struct fold *f, struct fold_worker *w, size_t report,
	struct fold_record *const *list, size_t n)
{
	bool selling = f->plan.selling[report];
	bool relating = f->job->repeats && f->plan.relating[report];
	struct fold_record *seen[FOLD_BATCH];
	size_t count = 0, i;

	if (!selling && !relating) {
		fold_add_all(w, report, list, n);
		return;
	}
	for (i = 0; i < n; i++) {
		if (!(selling && list[i]->unsold) &&
			!(relating && list[i]->repeated))
			seen[count++] = list[i];
	}
	fold_add_all(w, report, seen, count);
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
		one->codes[i] = join_code(decode(w, &one->r,
			job->subject->lookups[i].column));
		join_prefetch(job->lookups[i], one->codes[i]);
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
			join_prefetch_row(job->lookups[i], one->codes[i]);
	}
	if (job->subject->relate)
		relate_prefetch_subject(job->subject->relate, one->code);
}

/* What refers to a record of the batch. */
static void
relate(const struct subject *s, struct fold_worker *w,
	struct fold_record *one)
{
	const struct relate_subject *found = relate_subject(s->relate,
		decode(w, &one->r, s->id), one->code);
	struct expr_cell *cells = w->relations +
		(size_t)(one - w->batch) * w->relation_count;
	size_t i;

	one->relations = NULL;
	one->holds = NULL;
	one->hold_count = 0;
	if (found == NULL)
		return;
	for (i = 0; i < w->relation_count; i++)
		relate_cell(s->relate, found, i, &cells[i]);
	one->relations = cells;
	one->holds = relate_holds(s->relate, found, &one->hold_count);
}

/* What it refers to in table i of the lookups. */
static void
find(const struct fold *f, struct fold_worker *w, struct fold_record *one,
	size_t i)
{
	const struct join *lookup = f->job->lookups[i];
	struct slice id = decode(w, &one->r,
		f->job->subject->lookups[i].column);
	size_t at = (size_t)(one - w->batch) * w->widths[i];

	one->cells[i] = NULL;
	if (id.n == 0 || !join_find(lookup, id, one->codes[i],
		w->cells[i] + at, w->numbers[i] + at))
		return;
	one->cells[i] = w->cells[i] + at;
	one->numbers[i] = w->numbers[i] + at;
}

static void
join(const struct fold *f, struct fold_worker *w, struct fold_record *one)
{
	const struct subject *s = f->job->subject;
	size_t i;

	for (i = 0; i < s->lookup_count; i++) {
		if (f->job->lookups[i])
			find(f, w, one, i);
	}
	if (s->relate)
		relate(s, w, one);
	if (s->bought)
		subject_first(s, decode(w, &one->r, s->customer_id),
			&one->givens[SUBJECT_FIRST]);
	if (!s->customers || !s->sells)
		return;
	fold_add_show(w, one);
	if (!subject_fill(s, &w->env, one->givens))
		fold_add_bad(w, one);
}

/* Whether a report that refers to others can want the record in hand: so that
 * nothing is looked up in vain. */
static bool
wanted(const struct fold *f, struct fold_worker *w, struct fold_record *one)
{
	size_t i;

	for (i = 0; i < f->job->count; i++) {
		if (f->plan.referring[i] && (!f->plan.at_once[i] ||
			fold_add_where(w, i, one) != 0))
			return true;
	}
	return false;
}

static void
add_referring(const struct fold *f, struct fold_worker *w,
	struct fold_record *const *list, size_t n)
{
	struct fold_record *asked[FOLD_BATCH];
	size_t count = 0, i;

	for (i = 0; i < n; i++) {
		if (!wanted(f, w, list[i]))
			continue;
		ask(f, w, list[i]);
		asked[count++] = list[i];
	}
	for (i = 0; i < count; i++)
		ask_further(f, asked[i]);
	for (i = 0; i < count; i++)
		join(f, w, asked[i]);
	for (i = 0; i < f->job->count; i++) {
		if (f->plan.referring[i])
			add(f, w, i, asked, count);
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

/* No report sees it. */
static bool
is_out(const struct fold_record *one)
{
	return one->bad_why != NULL && !one->unsold;
}

/* What is the same for many records is looked up before anything else. */
static void
look_up(struct fold_worker *w, size_t n)
{
	const struct record *records[FOLD_BATCH];
	int64_t opened[FOLD_BATCH];
	size_t i;

	for (i = 0; i < n; i++) {
		records[i] = is_out(&w->batch[i]) ? NULL : &w->batch[i].r;
		opened[i] = w->batch[i].opened;
	}
	w->env.shared = NULL; /* there is no one record in hand */
	for (i = 0; i < w->id_count; i++) {
		if (w->ids[i].e)
			fold_ids_read_days(&w->ids[i], records, opened, n,
				&w->env);
		else
			fold_ids_read(&w->ids[i], records, n);
	}
	fold_states_read(&w->states, records, n, &w->env);
}

static void
add_batch(const struct fold *f, struct fold_worker *w, struct chunk *c,
	size_t n)
{
	struct fold_record *list[FOLD_BATCH];
	size_t count = 0, i;

	for (i = 0; i < n; i++) {
		if (!is_out(&w->batch[i]))
			list[count++] = &w->batch[i];
	}
	look_up(w, n);
	w->env.shared_row++;
	for (i = 0; i < f->job->count; i++) {
		if (!f->plan.referring[i])
			add(f, w, i, list, count);
	}
	if (f->plan.refers)
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
		if (!take(f, w, c, &w->batch[n]))
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

	fold_plan_open(&f.plan, job);
	f.workers = mem_zero(job->jobs, sizeof *f.workers);
	for (i = 0; i < job->jobs; i++)
		fold_worker_open(&f.workers[i], job);
	chunk_run(&chunks);
	result = merge(&f);
	free(f.workers);
	fold_plan_close(&f.plan);
	return result;
}
