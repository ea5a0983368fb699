#ifndef APPLY_H
#define APPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base.h"
#include "columns.h"
#include "layout.h"
#include "renames.h"
#include "summary.h"

/**
 * apply: --apply: customers that were decided to be the same become one.
 *
 * apply_run(job, summary): the survivor keeps its fields; those that it lacks
 * come from the others, in their order; no_contact is that of all. The others
 * go, and their ids are renamed. Ids that were renamed before stand for those
 * they were renamed to. Chains that are refused, unknown ids and words that are
 * no decision are reported. The summary counts the customers that are named.
 * True where a record changed.
 */
struct apply_job {
	const char *path;
	struct base *base;
	const struct layout *layout;
	const struct base_rules *rules;
	const struct columns *columns;
	struct renames *renames; /* null: none are kept */
	uint32_t source;         /* that stands for path in changes_row */
};

bool apply_run(const struct apply_job *job, struct summary *summary);

#endif
