#ifndef PAIRS_H
#define PAIRS_H

#include <stdbool.h>

#include "base.h"
#include "columns.h"
#include "layout.h"

/**
 * pairs: --pairs: the customers that look like one, for people to decide.
 *
 * pairs_write(job): writes left, right, score, why, decision, in the order of
 * the records. A decision that the file holds already stays, and so does its
 * pair, as long as both customers are there. Says what it found unless quiet.
 * Returns the file, prepared, for the caller to commit; null with dry_run.
 */
struct pairs_job {
	const char *path;
	struct base *base;
	const struct layout *layout;
	const struct columns *columns;
	double threshold;   /* least score */
	unsigned jobs;
	bool dry_run, quiet;
};

struct store *pairs_write(const struct pairs_job *job);

#endif
