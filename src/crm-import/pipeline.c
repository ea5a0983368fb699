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

/* Batches are numbered; slot n % count holds number n. taken <= claimed <=
 * got always; what lies between got and taken is at work.
 *
 * Pieces are split where they are cleaned. Where a row does not end where it
 * seemed to, all that was got since is got again, and for a while batches are
 * split in order, before they are handed out; so they are until the header is
 * past. */
struct pipeline {
	const struct pipeline_job *job;
	struct slot *slots;
	size_t count;
	pthread_mutex_t lock;
	pthread_cond_t work, done;
	uint64_t got, claimed, taken;
	uint64_t line;          /* line ends in what was taken */
	uint64_t careful, next; /* batches; after the next mistake */
	bool ended; /* the file */
	bool over;  /* the work */
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

static void
clean_next(struct pipeline *p)
{
	struct slot *slot = &p->slots[p->claimed++ % p->count];

	pthread_mutex_unlock(&p->lock);
	if (slot->rows.piece)
		csv_split_piece(p->job->source->form, &slot->rows);
	clean_batch(p->job->layout, p->job->source, p->job->to, &slot->rows,
		&slot->cleaned);
	if (slot->cleaned.lines.n > 0)
		keep(p->job, &slot->cleaned);
	pthread_mutex_lock(&p->lock);
	slot->done = true;
	pthread_cond_signal(&p->done);
}

static void *
worker(void *context)
{
	struct pipeline *p = context;

	pthread_mutex_lock(&p->lock);
	for (;;) {
		if (p->claimed < p->got)
			clean_next(p);
		else if (p->over)
			break;
		else
			pthread_cond_wait(&p->work, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

static bool
is_careful(struct pipeline *p, const struct csv *csv)
{
	if (csv_line(csv) <= p->job->source->header_line)
		return true;
	if (p->careful == 0)
		return false;
	p->careful--;
	return true;
}

static void
get_next(struct pipeline *p, struct csv *csv)
{
	struct slot *slot = &p->slots[p->got % p->count];
	bool more = is_careful(p, csv) ? csv_next(csv, &slot->rows)
		: csv_piece(csv, &slot->rows);

	pthread_mutex_lock(&p->lock);
	slot->done = false;
	if (more)
		p->got++;
	else
		p->ended = true;
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->lock);
}

/* Nobody works on what was got after the batch that is taken. */
static void
call_off(struct pipeline *p)
{
	pthread_mutex_lock(&p->lock);
	for (uint64_t i = p->taken + 1; i < p->claimed; i++)
		while (!p->slots[i % p->count].done)
			pthread_cond_wait(&p->done, &p->lock);
	p->claimed = p->got;
	pthread_mutex_unlock(&p->lock);
}

/* The piece that is taken ends within a row. */
static void
get_again(struct pipeline *p, struct csv *csv)
{
	size_t n = (size_t)(p->got - p->taken);
	const struct csv_batch **batches = mem_alloc(n, sizeof *batches);

	call_off(p);
	for (size_t i = 0; i < n; i++)
		batches[i] = &p->slots[(p->taken + i) % p->count].rows;
	csv_return(csv, batches, n, p->line + 1);
	free(batches);
	pthread_mutex_lock(&p->lock);
	p->got = p->claimed = p->taken + 1;
	p->ended = false;
	pthread_mutex_unlock(&p->lock);
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

/* Takes the next batch if it is ready; else helps, or waits. */
static void
take_next(struct pipeline *p, struct csv *csv)
{
	struct slot *slot = &p->slots[p->taken % p->count];
	bool ready;

	pthread_mutex_lock(&p->lock);
	ready = p->taken < p->claimed && slot->done;
	if (!ready && (p->ended || p->got - p->taken == p->count)) {
		if (p->claimed < p->got)
			clean_next(p);
		else if (p->taken < p->got)
			pthread_cond_wait(&p->done, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	if (!ready)
		return;
	place(p, slot);
	p->job->take(p->job->context, &slot->rows, &slot->cleaned);
	if (slot->rows.used < slot->rows.text.n)
		get_again(p, csv);
	p->taken++;
}

static void
run(struct pipeline *p)
{
	struct csv *csv = csv_open(p->job->source->encode,
		p->job->source->form);

	while (!p->ended || p->taken < p->got) {
		if (!p->ended && p->got - p->taken < p->count)
			get_next(p, csv);
		take_next(p, csv);
	}
	csv_close(csv);
	pthread_mutex_lock(&p->lock);
	p->over = true;
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->lock);
}

void
pipeline_run(const struct pipeline_job *job)
{
	unsigned helpers = job->jobs - 1;
	struct pipeline p = {.job = job, .count = 1 + 4 * (size_t)helpers,
		.next = CAREFUL};
	pthread_t *threads = mem_alloc(helpers + 1, sizeof *threads);

	p.slots = mem_zero(p.count, sizeof *p.slots);
	pthread_mutex_init(&p.lock, NULL);
	pthread_cond_init(&p.work, NULL);
	pthread_cond_init(&p.done, NULL);
	for (unsigned i = 0; i < helpers; i++)
		if (pthread_create(&threads[i], NULL, worker, &p) != 0)
			helpers = i;
	run(&p);
	for (unsigned i = 0; i < helpers; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 0; i < p.count; i++) {
		csv_batch_free(&p.slots[i].rows);
		clean_batch_free(&p.slots[i].cleaned);
	}
	pthread_cond_destroy(&p.done);
	pthread_cond_destroy(&p.work);
	pthread_mutex_destroy(&p.lock);
	free(p.slots);
	free(threads);
}
