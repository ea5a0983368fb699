#include "fold_worker.h"

#include <stdlib.h>

#include "mem.h"

/* The numbers of a column, or of what the day of a ticket decides; reports share
 * them. */
static struct fold_ids *
ids_of(struct fold_worker *w, size_t column, const struct expr *e)
{
	struct fold_ids *ids = w->ids, *end = ids + w->id_count;

	while (ids < end && !(ids->column == column && (e == NULL ||
		slice_equal(expr_argument(e), expr_argument(ids->e)))))
		ids++;
	if (ids == end) {
		fold_ids_open(ids, column, e);
		w->id_count++;
	}
	return ids;
}

static bool
has_numbers(const struct report *report, const struct report_key *key)
{
	const struct subject *s = report->subject;

	return key->table == 0 || (key->table == RECORD_NONE &&
		!s->customers && expr_by_day(key->e, s->opened_at));
}

static void
number_keys(struct fold_worker *w, const struct report *report,
	struct fold_numbered *keys)
{
	size_t i;

	for (i = 0; i < report->key_count; i++) {
		if (report->key_count > FOLD_CACHE_PARTS ||
			!has_numbers(report, &report->keys[i]))
			return;
	}
	for (i = 0; i < report->key_count; i++)
		keys->ids[i] = report->keys[i].table == 0 ?
			ids_of(w, report->keys[i].column, NULL) :
			ids_of(w, RECORD_NONE, report->keys[i].e);
	keys->count = report->key_count;
	if (keys->count > 0)
		fold_tuples_open(&keys->tuples, keys->count);
}

/* Kind and status decide much. */
static void
open_states(struct fold_worker *w, const struct fold_job *job)
{
	static const char *const names[] = {"kind", "status"};
	struct fold_states *s = &w->states;
	size_t columns[2], i;

	for (i = 0; i < 2 && !job->subject->customers; i++) {
		columns[i] = record_find(job->subject->source,
			slice_of(names[i]));
		if (columns[i] != RECORD_NONE)
			s->columns[s->count++] = columns[i];
	}
	if (!fold_states_worth(job->reports, job->count, s->columns, s->count))
		s->count = 0;
	for (i = 0; i < 2 && s->count > 0; i++) {
		if (columns[i] != RECORD_NONE)
			s->ids[i] = ids_of(w, columns[i], NULL);
	}
	fold_states_open(s, job->reports, job->count);
}

/* What is known of the records of a batch beside themselves. Room at the end
 * keeps threads apart. */
static void
open_batch(struct fold_worker *w, const struct expr_scope *scope)
{
	size_t i;

	w->relation_count = scope->relation_count;
	w->relations = mem_zero(w->relation_count * FOLD_BATCH + 1,
		sizeof *w->relations);
	for (i = 0; i < SUBJECT_LOOKUPS && 1 + i < scope->table_count; i++) {
		w->widths[i] = scope->tables[1 + i].count;
		w->cells[i] = mem_zero(w->widths[i] * FOLD_BATCH + 1,
			sizeof *w->cells[i]);
		w->numbers[i] = mem_zero(w->widths[i] * FOLD_BATCH + 1,
			sizeof *w->numbers[i]);
	}
	w->shared_count = scope->shared_count;
	if (w->shared_count > 0)
		w->shared = mem_zero(w->shared_count * FOLD_BATCH + 4,
			sizeof *w->shared);
	for (i = 0; i < FOLD_BATCH; i++)
		w->batch[i].givens[SUBJECT_FIRST] = (struct expr_value){
			.type = EXPR_TIME, .missing = true};
}

void
fold_worker_open(struct fold_worker *w, const struct fold_job *job)
{
	size_t most = 4, n = 1, i;

	w->groups = mem_zero(job->count, sizeof *w->groups);
	w->caches = mem_zero(job->count, sizeof *w->caches);
	w->numbered = mem_zero(job->count, sizeof *w->numbered);
	for (i = 0; i < job->count; i++)
		most += job->reports[i].key_count;
	w->ids = mem_zero(most, sizeof *w->ids);
	for (i = 0; i < job->count; i++) {
		const struct report *report = &job->reports[i];

		groups_open(&w->groups[i], report);
		fold_cache_open(&w->caches[i], report->key_count);
		number_keys(w, report, &w->numbered[i]);
		if (report->folded_count > n)
			n = report->folded_count;
	}
	open_states(w, job);
	open_batch(w, &job->subject->scope);
	w->arguments = mem_zero(n * FOLD_BATCH + 4, sizeof *w->arguments);
	w->env.days = &w->days;
	w->env.known_column = subject_known(job->subject);
}

void
fold_worker_close(struct fold_worker *w, size_t reports)
{
	size_t i;

	for (i = 0; i < reports; i++) {
		fold_cache_close(&w->caches[i]);
		fold_tuples_close(&w->numbered[i].tuples);
	}
	for (i = 0; i < w->id_count; i++)
		fold_ids_close(&w->ids[i]);
	fold_states_close(&w->states);
	free(w->numbered);
	free(w->ids);
	for (i = 0; i < SUBJECT_LOOKUPS; i++) {
		free(w->cells[i]);
		free(w->numbers[i]);
	}
	free(w->caches);
	free(w->arguments);
	free(w->relations);
	free(w->shared);
	buf_free(&w->key);
	buf_free(&w->id);
	buf_free(&w->texts);
	buf_free(&w->env.scratch);
}
