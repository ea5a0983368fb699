#ifndef FIND_PART_H
#define FIND_PART_H

#include "find.h"
#include "hash.h"
#include "relate.h"

/**
 * find_part: what the files of find share. For them alone.
 */

/** What one thread needs to try rules. */
struct find_worker {
	struct action_list actions;
	struct expr_env env;
	struct slice *cells[PLAN_FILES]; /* as the plan's tables */
	struct expr_cell *relations;
	struct hash *kinds;    /* of tickets: which rules may match */
	struct hash *owners;
	struct mem_pool pool;
	struct buf text, why;
};

struct find {
	const struct find_job *job;
	struct gate *gates[PLAN_FILES];
	struct relate *relates[PLAN_ONS];
	struct lookup *customers, *products;
	bool *kept;                  /* customers' columns that are kept */
	bool load_first;             /* ticket rules see customers */
	struct hash *wanted;         /* customer ids that the list needs */
	struct find_worker *workers; /* job->jobs */
};

/** find_workers(f, on): fits their envs for rules on that. */
void find_workers(struct find *f, enum plan_on on);

/** find_due(f, w, rule, a): the env is that of a subject of which `when`
 * holds: sets due, priority and why; false if there is nothing to do yet. */
bool find_due(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule, struct action *a);

/** find_keep(pool, cell): a raw field, decoded and copied. */
struct slice find_keep(struct mem_pool *pool, struct slice cell);

/** find_decode(scratch, cell): a raw field, decoded. */
struct slice find_decode(struct buf *scratch, struct slice cell);

void find_tickets(struct find *f);
void find_customers(struct find *f);
void find_owners(struct find *f);

#endif
