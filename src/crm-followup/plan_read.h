#ifndef PLAN_READ_H
#define PLAN_READ_H

#include "plan.h"

/**
 * plan_read: a rule that is being read. For plan.c, plan_rule.c, plan_when.c
 * and plan_text.c alone.
 */

/* The columns of a rules file. */
struct plan_columns {
	size_t rule, on, when, due, action, channel, priority, text, repeat;
};

/* A rule that is being read: first to see whether it can be tried, then, among
 * those that are tried, for good. */
struct plan_reading {
	struct plan *plan;
	const struct plan_columns *columns;
	struct plan_rule *rule;
	struct expr_scope *scope;
	bool for_good;
};

/** plan_read_rule(in): reads the rule; ends the program where it is wrong. */
void plan_read_rule(struct plan_reading *in);

/** plan_read_uses(in): looks at which columns the expression just compiled
 * names, and forgets them. */
void plan_read_uses(struct plan_reading *in);

/** plan_read_when(in): cuts the condition, which is compiled, into parts. */
void plan_read_when(struct plan_reading *in);

/** plan_read_related(text): it calls a relation, work() or worktime(). */
bool plan_read_related(struct slice text);

/** plan_read_relations(in, e, relations): adds those that e names. */
void plan_read_relations(struct plan_reading *in, const struct expr *e,
	struct plan_relations *relations);

/** plan_read_text(in): reads the rule's text; ends the program where it is
 * wrong. */
void plan_read_text(struct plan_reading *in);

#endif
