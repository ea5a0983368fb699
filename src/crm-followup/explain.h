#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "find_part.h"

/** explain(f, env, rule, due, b): why the rule asks for the action: its
 * condition with the values that made it true, the deadline with its values,
 * and the working time that leads to it. */
void explain(const struct find *f, struct expr_env *env,
	const struct plan_rule *rule, int64_t due, struct buf *b);

#endif
