#include "team.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "mem.h"

struct member {
	void (*work)(unsigned i, void *context);
	void *context;
	unsigned i;
	pthread_t thread;
	bool started;
};

static void *
start(void *argument)
{
	struct member *m = argument;

	m->work(m->i, m->context);
	return NULL;
}

void
team_run(unsigned n, void (*work)(unsigned i, void *context), void *context)
{
	struct member *members = mem_zero(n, sizeof(*members));

	for (unsigned i = 1; i < n; i++) {
		struct member *m = &members[i];

		*m = (struct member){.work = work, .context = context, .i = i};
		m->started = pthread_create(&m->thread, NULL, start, m) == 0;
	}
	if (n)
		work(0, context);
	for (unsigned i = 1; i < n; i++) {
		if (members[i].started)
			pthread_join(members[i].thread, NULL);
		else
			work(i, context);
	}
	free(members);
}
