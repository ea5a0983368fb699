#ifndef TEAM_H
#define TEAM_H

/**
 * team: threads for work that is no reading of records (that is chunk's).
 *
 * team_run(n, work, context): calls work(i, context) for i = 0 .. n - 1, each
 * in a thread of its own, and returns when all of them have. The caller's
 * thread is the first of them; where threads cannot be had it does their work
 * too.
 */
void team_run(unsigned n, void (*work)(unsigned i, void *context),
	void *context);

#endif
