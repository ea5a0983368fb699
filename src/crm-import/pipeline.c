#include "pipeline.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "mem.h"
#include "msg.h"

struct slot {
	struct csv_batch rows;
	struct clean_batch cleaned;
	bool done;
};

/* Batches are numbered; slot n % count holds number n. taken <= claimed <=
 * split always; what lies between split and taken is at work. */
struct pipeline {
	const struct pipeline_job *job;
	struct slot *slots;
	size_t count;
	pthread_mutex_t lock;
	pthread_cond_t work, done;
	uint64_t split, claimed, taken;
	bool ended; /* the file */
	bool over;  /* the work */
};

static void
clean_next(struct pipeline *p)
{
	struct slot *slot = &p->slots[p->claimed++ % p->count];

	pthread_mutex_unlock(&p->lock);
	clean_batch(p->job->layout, p->job->source, p->job->to, &slot->rows,
		&slot->cleaned);
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
		if (p->claimed < p->split)
			clean_next(p);
		else if (p->over)
			break;
		else
			pthread_cond_wait(&p->work, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

static void
split_next(struct pipeline *p, struct csv *csv)
{
	struct slot *slot = &p->slots[p->split % p->count];
	bool more = csv_next(csv, &slot->rows);

	pthread_mutex_lock(&p->lock);
	slot->done = false;
	if (more)
		p->split++;
	else
		p->ended = true;
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->lock);
}

/* Takes the next batch if it is ready; else helps, or waits. */
static void
take_next(struct pipeline *p)
{
	struct slot *slot = &p->slots[p->taken % p->count];
	bool ready;

	pthread_mutex_lock(&p->lock);
	ready = p->taken < p->claimed && slot->done;
	if (!ready && (p->ended || p->split - p->taken == p->count)) {
		if (p->claimed < p->split)
			clean_next(p);
		else if (p->taken < p->split)
			pthread_cond_wait(&p->done, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	if (ready) {
		p->job->take(p->job->context, &slot->rows, &slot->cleaned);
		p->taken++;
	}
}

static void
run(struct pipeline *p)
{
	struct csv *csv = csv_open(p->job->source->encode,
		p->job->source->form);

	while (!p->ended || p->taken < p->split) {
		if (!p->ended && p->split - p->taken < p->count)
			split_next(p, csv);
		take_next(p);
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
	struct pipeline p = {.job = job, .count = 1 + 4 * (size_t)helpers};
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
