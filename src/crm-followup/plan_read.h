#ifndef PLAN_READ_H
#define PLAN_READ_H

#include "plan.h"

/**
 * plan_read: a rule that is being read. For plan.c and plan_text.c alone.
 */

/* The columns of a rules file. */
struct plan_columns {
	size_t rule, on, when, due, action, channel, priority, text, repeat;
};

/* A rule that is being read. */
struct plan_reading {
	struct plan *plan;
	const struct plan_columns *columns;
	struct plan_rule *rule;
};

/** plan_read_text(in): reads the rule's text; ends the program where it is
 * wrong. */
void plan_read_text(struct plan_reading *in);

#endif
