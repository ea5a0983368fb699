#include "crew.h"

#include <pthread.h>
#include <stdlib.h>

#include "mem.h"

struct crew {
	size_t next, n;
	void (*work)(void *context, size_t i, unsigned worker);
	void *context;
	pthread_mutex_t lock;
};

struct member {
	struct crew *crew;
	unsigned worker;
	pthread_t thread;
};

static void *
run(void *context)
{
	const struct member *member = context;
	struct crew *crew = member->crew;

	for (;;) {
		size_t i;

		pthread_mutex_lock(&crew->lock);
		i = crew->next;
		crew->next += i < crew->n;
		pthread_mutex_unlock(&crew->lock);
		if (i >= crew->n)
			return NULL;
		crew->work(crew->context, i, member->worker);
	}
}

void
crew_run(unsigned jobs, size_t n,
	void (*work)(void *context, size_t i, unsigned worker), void *context)
{
	struct crew crew = {.n = n, .work = work, .context = context};
	struct member *members = mem_alloc(jobs, sizeof *members);
	unsigned started = 1;

	pthread_mutex_init(&crew.lock, NULL);
	for (unsigned i = 0; i < jobs; i++)
		members[i] = (struct member){.crew = &crew, .worker = i};
	while (started < jobs && started < n &&
		pthread_create(&members[started].thread, NULL, run,
			&members[started]) == 0)
		started++;
	run(&members[0]);
	for (unsigned i = 1; i < started; i++)
		pthread_join(members[i].thread, NULL);
	pthread_mutex_destroy(&crew.lock);
	free(members);
}
