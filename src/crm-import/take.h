#ifndef TAKE_H
#define TAKE_H

#include <stddef.h>

#include "base.h"
#include "layout.h"
#include "hash.h"
#include "progress.h"
#include "rejects.h"
#include "renames.h"
#include "source.h"
#include "summary.h"

/**
 * take: the rows of one file meet the base; what is refused is reported and
 * goes to the rejects; all are counted.
 */
struct take_job {
	const struct layout *layout;
	struct source *sources;
	size_t source;           /* which of them */
	struct base *base;
	struct rejects *rejects;
	struct progress *progress;
	unsigned jobs;
	struct reread *reread;         /* a dry run: no line is kept; or null */
	const struct renames *renames; /* or null */
	const struct hash *customers;  /* tickets: those that are known; or
	                                  null */
};

void take_source(const struct take_job *job, struct summary *summary);

#endif
