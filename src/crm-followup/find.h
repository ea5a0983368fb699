#ifndef FIND_H
#define FIND_H

#include "action.h"
#include "gate.h"
#include "lookup.h"
#include "plan.h"

/**
 * find: tries the rules on the tickets, the customers and the owners. Every
 * rule that matches makes an action: rules do not hide one another. Memory:
 * only for tickets that have related rows, and for actions.
 */
struct find_job {
	const struct plan *plan;
	struct record_source *files[PLAN_FILES]; /* RECORD_TWICE; or null */
	const struct calendar *calendar;
	int64_t as_of;
	int64_t until;   /* what is due later is left out */
	unsigned jobs;
	bool progress;
	bool explain;    /* fill action.why */
	bool mask;       /* names and phones in it too */
};

struct finding {
	struct action **actions; /* sorted */
	size_t count;
	struct lookup *customers; /* of the actions, at least; may be null */
	struct lookup *products;  /* may be null */
	/* private */
	struct action_list *lists;
	size_t list_count;
};

void find_run(const struct find_job *job, struct finding *f);
void find_free(struct finding *f);

#endif
