#ifndef FOLD_PLAN_H
#define FOLD_PLAN_H

#include <stdbool.h>

#include "fold.h"

/**
 * fold_plan: what is known of the reports before the first record is read: which
 * of them look at other records too, and what several of them compute, which is
 * then computed once for each record. For fold*.c alone.
 */
struct fold_plan {
	bool refers;     /* some report does */
	bool *referring; /* of each report: it looks at other records too */
	bool *relating;  /* it does so itself, not for the sake of another */
	bool *at_once;   /* its where does not */
	bool *selling;   /* it looks at what the tool gives of a purchase */
};

/** fold_plan_open(p, job): the expressions of the reports are shared from then
 * on. */
void fold_plan_open(struct fold_plan *p, const struct fold_job *job);
void fold_plan_close(struct fold_plan *p);

#endif
