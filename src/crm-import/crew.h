#ifndef CREW_H
#define CREW_H

#include <stddef.h>

/**
 * crew: pieces of work that do not depend on each other, on several threads.
 *
 * crew_run(jobs, n, work, context): calls work(context, i, worker) for every i
 * below n, each once, in any order; worker is below jobs, and never the same in
 * two calls at a time.
 */
void crew_run(unsigned jobs, size_t n,
	void (*work)(void *context, size_t i, unsigned worker), void *context);

#endif
