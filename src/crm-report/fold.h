#ifndef FOLD_H
#define FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "groups.h"
#include "join.h"
#include "repeats.h"
#include "report.h"

/**
 * fold: one pass over the records of a subject that computes the groups of
 * several reports at once. Every thread has groups of its own; they are merged
 * at the end.
 *
 * A bad value leaves the record out of the reports that use it.
 */
struct fold_job {
	struct subject *subject;
	const struct join *lookups[SUBJECT_LOOKUPS]; /* null: not in use */
	const struct repeats *repeats;     /* left out where a report
	                                      refers to others; null: none */
	const struct period *period;
	const struct report *reports;
	size_t count;
	unsigned jobs;
	bool checked;                      /* as in chunk_job */
	bool progress;
};

/** fold_run(job): the groups of each report, in its order; released by
 * fold_free. */
struct groups *fold_run(const struct fold_job *job);
void fold_free(struct groups *groups, size_t count);

#endif
