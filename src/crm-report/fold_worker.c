#include "fold_worker.h"

#include <stdlib.h>

#include "mem.h"

/* The column's numbers, which reports share. */
static struct fold_ids *
ids_of(struct fold_worker *w, size_t column)
{
	size_t i = 0;

	while (i < w->id_count && w->ids[i].column != column)
		i++;
	if (i == w->id_count)
		fold_ids_open(&w->ids[w->id_count++], column);
	return &w->ids[i];
}

static void
number_keys(struct fold_worker *w, const struct report *report,
	struct fold_numbered *keys)
{
	size_t i;

	for (i = 0; i < report->key_count; i++) {
		if (report->key_count > FOLD_CACHE_PARTS ||
			report->keys[i].table != 0)
			return;
	}
	for (i = 0; i < report->key_count; i++)
		keys->ids[i] = ids_of(w, report->keys[i].column);
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

	if (job->subject->customers)
		return;
	for (i = 0; i < 2; i++) {
		columns[i] = record_find(job->subject->source,
			slice_of(names[i]));
		if (columns[i] != RECORD_NONE)
			s->columns[s->count++] = columns[i];
	}
	if (!fold_states_worth(job->reports, job->count, s->columns,
		s->count)) {
		s->count = 0;
		return;
	}
	for (i = 0; i < 2; i++) {
		if (columns[i] != RECORD_NONE)
			s->ids[i] = ids_of(w, columns[i]);
	}
	fold_states_open(s, job->count);
}

void
fold_worker_open(struct fold_worker *w, const struct fold_job *job)
{
	const struct expr_scope *scope = &job->subject->scope;
	size_t n = 1, i;

	w->groups = mem_zero(job->count, sizeof *w->groups);
	w->caches = mem_zero(job->count, sizeof *w->caches);
	w->numbered = mem_zero(job->count, sizeof *w->numbered);
	w->ids = mem_zero(job->subject->source->columns + 4, sizeof *w->ids);
	for (i = 0; i < job->count; i++) {
		const struct report *report = &job->reports[i];

		groups_open(&w->groups[i], report);
		fold_cache_open(&w->caches[i], report->key_count);
		number_keys(w, report, &w->numbered[i]);
		if (report->aggregate_count > n)
			n = report->aggregate_count;
	}
	open_states(w, job);
	/* room at the end keeps threads apart */
	w->arguments = mem_zero(n + 4, sizeof *w->arguments);
	w->related = mem_zero(scope->relation_count + 1, sizeof *w->related);
	for (i = 1; i < scope->table_count; i++) {
		w->cells[i] = mem_zero(scope->tables[i].count + 1,
			sizeof *w->cells[i]);
		w->numbers[i] = mem_zero(scope->tables[i].count + 1,
			sizeof *w->numbers[i]);
	}
	for (i = 0; i < FOLD_BATCH; i++)
		w->batch[i].givens[SUBJECT_FIRST] = (struct expr_value){
			.type = EXPR_TIME, .missing = true};
	w->env.days = &w->days;
	if (!job->subject->customers)
		w->env.known_column = job->subject->opened_at + 1;
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
	for (i = 0; i <= SUBJECT_LOOKUPS; i++) {
		free(w->cells[i]);
		free(w->numbers[i]);
	}
	free(w->caches);
	free(w->arguments);
	free(w->related);
	buf_free(&w->key);
	buf_free(&w->id);
	buf_free(&w->texts);
	buf_free(&w->env.scratch);
}
