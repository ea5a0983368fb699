#ifndef STATE_H
#define STATE_H

#include "out.h"
#include "tally.h"

/**
 * state: a tally as records, so that parts of the tickets can be counted on
 * different machines: --partial and --merge.
 *
 * One record a subject, its key first; then `.run`, which tells the runs apart
 * that do not belong together; then what was asked for, under names that begin
 * with a point. What is zero is missing. Sorted by key. The records of several
 * parts may stand in any order, also in one file.
 */

/** state_run(what, options): 16 digits for everything that the parts must have in
 * common: what is asked for, as-of, and what else stands in options. out is
 * terminated. */
enum { STATE_RUN = 17 };
void state_run(const struct tally_what *what, struct slice options,
	char out[STATE_RUN]);

/** state_write(t, what, run, header, out): the days of t are gone then. */
void state_write(struct tally *t, const struct tally_what *what,
	const char *run, bool header, struct out *out);

/** state_read(t, what, run, partials, progress): adds them. Ends the program on
 * a part of another run. */
struct state_job {
	struct tally *tally;
	const struct tally_what *what;
	const char *run;
	unsigned jobs;
	bool progress;
};
void state_read(const struct state_job *job,
	const struct record_source *partials);

#endif
