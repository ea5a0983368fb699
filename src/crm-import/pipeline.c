#include "pipeline.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "msg.h"

struct slot {
	struct csv_batch rows;
	struct clean_batch cleaned;
	bool done;
};

enum { CAREFUL = 16 }; /* batches that are split in order after a mistake */

/* Batches are numbered; slot n % count holds number n. Every thread does
 * everything: it takes the next batch if that is cleaned, else gets one and
 * cleans it, so that most stay in the cache of one processor. One thread at a
 * time gets, and one takes. taken <= got always; what lies between is at work,
 * or done.
 *
 * Pieces are split where they are cleaned. Where a row does not end where it
 * seemed to, all that was got since is got again, and for a while batches are
 * split in order, before they are handed out; so they are until the header is
 * past. */
struct pipeline {
	const struct pipeline_job *job;
	struct csv *csv;
	struct slot *slots;
	size_t count;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool getting, taking;
	uint64_t got, taken;
	uint64_t line;          /* line ends in what was taken */
	uint64_t careful, next; /* batches; after the next mistake */
	bool ended; /* the file */
};

/* The lines are copied where they stay while they are in the near cache. */
static void
keep(const struct pipeline_job *job, struct clean_batch *cleaned)
{
	char *room = job->keep(job->context, cleaned->lines.n);

	if (room)
		memcpy(room, cleaned->lines.p, cleaned->lines.n);
	cleaned->kept = room;
}

static struct slot *
slot_of(const struct pipeline *p, uint64_t number)
{
	return &p->slots[number % p->count];
}

static void
clean(const struct pipeline *p, struct slot *slot)
{
	const struct pipeline_job *job = p->job;

	if (!source_check(job->source, buf_slice(&slot->rows.text),
		&slot->rows.replaced)) {
		slot->rows.row_count = 0;
		slot->rows.used = slot->rows.text.n;
	} else if (slot->rows.piece) {
		csv_split_piece(job->source->form, &slot->rows);
	}
	slot->cleaned.coded = job->coded(job->context);
	clean_batch(job->layout, job->source, job->to, &slot->rows,
		&slot->cleaned);
	if (slot->cleaned.lines.n > 0)
		keep(job, &slot->cleaned);
}

static bool
is_careful(struct pipeline *p)
{
	if (csv_line(p->csv) <= p->job->source->header_line)
		return true;
	if (p->careful == 0)
		return false;
	p->careful--;
	return true;
}

/* Under the lock, which is free while it works. */
static void
get_next(struct pipeline *p)
{
	struct slot *slot = slot_of(p, p->got);
	bool more;

	p->getting = true;
	pthread_mutex_unlock(&p->lock);
	if (source_broken(p->job->source))
		more = false;
	else
		more = is_careful(p) ? csv_next(p->csv, &slot->rows)
			: csv_piece(p->csv, &slot->rows);
	pthread_mutex_lock(&p->lock);
	p->getting = false;
	pthread_cond_broadcast(&p->changed);
	slot->done = false;
	p->ended = !more;
	if (!more)
		return;
	p->got++;
	pthread_mutex_unlock(&p->lock);
	clean(p, slot);
	pthread_mutex_lock(&p->lock);
	slot->done = true;
	pthread_cond_broadcast(&p->changed);
}

/* Under the lock: nobody works on what was got after the batch that is taken,
 * and nobody gets more before the lock is free. */
static void
call_off(struct pipeline *p)
{
	for (uint64_t i = p->taken + 1; p->getting || i < p->got; )
		if (!p->getting && slot_of(p, i)->done)
			i++;
		else
			pthread_cond_wait(&p->changed, &p->lock);
}

/* Under the lock. The piece that is taken ends within a row. */
static void
get_again(struct pipeline *p)
{
	const struct csv_batch **batches;
	size_t n;

	call_off(p);
	n = (size_t)(p->got - p->taken);
	batches = mem_alloc(n, sizeof *batches);
	for (size_t i = 0; i < n; i++)
		batches[i] = &slot_of(p, p->taken + i)->rows;
	csv_return(p->csv, batches, n, p->line + 1);
	free(batches);
	p->got = p->taken + 1;
	p->ended = false;
	p->careful = p->next;
	p->next *= 2;
}

/* Lines of a piece as lines of the file. */
static void
place(struct pipeline *p, struct slot *slot)
{
	if (slot->rows.piece) {
		for (size_t i = 0; i < slot->rows.row_count; i++)
			slot->rows.rows[i].line += p->line;
		slot->cleaned.stray_line += p->line;
		slot->cleaned.lost_line += p->line;
	}
	p->line += slot->rows.lines;
}

/* Under the lock, which is free while it works. */
static void
take_next(struct pipeline *p)
{
	struct slot *slot = slot_of(p, p->taken);

	p->taking = true;
	pthread_mutex_unlock(&p->lock);
	place(p, slot);
	p->job->take(p->job->context, &slot->rows, &slot->cleaned);
	pthread_mutex_lock(&p->lock);
	if (slot->rows.used < slot->rows.text.n)
		get_again(p);
	p->taking = false;
	p->taken++;
	pthread_cond_broadcast(&p->changed);
}

static void *
work(void *context)
{
	struct pipeline *p = context;

	pthread_mutex_lock(&p->lock);
	while (!p->ended || p->taken < p->got)
		if (!p->taking && p->taken < p->got &&
			slot_of(p, p->taken)->done)
			take_next(p);
		else if (!p->getting && !p->ended &&
			p->got - p->taken < p->count)
			get_next(p);
		else
			pthread_cond_wait(&p->changed, &p->lock);
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

void
pipeline_run(const struct pipeline_job *job)
{
	unsigned helpers = job->jobs - 1;
	struct pipeline p = {.job = job, .count = 1 + 4 * (size_t)helpers,
		.next = CAREFUL};
	pthread_t *threads = mem_alloc(helpers + 1, sizeof *threads);

	p.csv = csv_open(job->source->encode, job->source->form);
	p.slots = mem_zero(p.count, sizeof *p.slots);
	pthread_mutex_init(&p.lock, NULL);
	pthread_cond_init(&p.changed, NULL);
	for (unsigned i = 0; i < helpers; i++)
		if (pthread_create(&threads[i], NULL, work, &p) != 0)
			helpers = i;
	work(&p);
	for (unsigned i = 0; i < helpers; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 0; i < p.count; i++) {
		csv_batch_free(&p.slots[i].rows);
		clean_batch_free(&p.slots[i].cleaned);
	}
	pthread_cond_destroy(&p.changed);
	pthread_mutex_destroy(&p.lock);
	csv_close(p.csv);
	free(p.slots);
	free(threads);
}
