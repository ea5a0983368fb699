#ifndef FIND_PART_H
#define FIND_PART_H

#include "find.h"
#include "hash.h"
#include "record_at.h"
#include "relate.h"
#include "vocabulary.h"

/**
 * find_part: what the files of find share. For them alone.
 */

enum {
	FIND_BATCH = 32, /* records that wait for their relations */
	FIND_MARKS = 64, /* rules on tickets with relations that are told apart */
};

/** A customer's record in the chunk whose relations are on their way from memory. */
struct find_entry {
	struct record record;
	struct slice key;   /* customer_id, decoded */
	uint64_t code;      /* hash_code(key) */
};

/** A rule that may match an entry. */
struct find_pair {
	uint32_t entry, rule;
};

struct find_batch {
	struct find_entry entries[FIND_BATCH];
	struct find_pair *pairs;
	size_t n, pair_count;
};

/** How often it was worth while to look at a rule's due early. */
struct find_early {
	uint32_t looked, helped;
};

/** An owner of tickets. */
struct find_owner {
	int64_t last;    /* opened_at of the last ticket */
	bool known;
};

/** What one thread needs to try rules. */
struct find_worker {
	_Alignas(MEM_APART) struct expr_env env;
	struct action_list actions;
	struct slice *cells[PLAN_FILES]; /* as the plan's tables */
	struct expr_cell *relations;
	const struct relate_subject **filled; /* whose each of them is */
	struct find_batch batch;
	struct find_early *early; /* of each rule */
	struct vocabulary *kinds; /* of tickets: struct find_kind */
	size_t kinds_known;    /* kinds and statuses in it */
	struct date_days days;
	struct record_at at;
	struct vocabulary *owners; /* struct find_owner */
	struct mem_pool pool;
	struct buf text, key, why;
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

/** find_show(f, w, on, r): the record at hand into the env, which is that of a
 * rule on tickets or customers. */
void find_show(const struct find *f, struct find_worker *w, enum plan_on on,
	const struct record *r);

/** find_plain(f, w, rule, open): what can be told of the record in the env
 * without its relations does not keep the rule from matching. open: those of
 * rule->plain that are not decided yet. */
bool find_plain(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule, uint64_t open);

/** find_alone(f, w, rule, subject): what the relations alone can tell does not
 * keep the rule from matching. There need be no record in the env. */
bool find_alone(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule, const struct relate_subject *subject);

/** find_match(f, w, rule, subject, a): the rest: sets due, priority and why;
 * false if the rule does not match, or there is nothing to do yet. subject: of
 * f->relates[rule->on]; null: it has no related rows. */
bool find_match(const struct find *f, struct find_worker *w,
	const struct plan_rule *rule, const struct relate_subject *subject,
	struct action *a);

/** find_keep(pool, cell): a raw field, decoded and copied. */
struct slice find_keep(struct mem_pool *pool, struct slice cell);

/** find_decode(scratch, cell): a raw field, decoded. find_field(scratch, r,
 * column): the same of a record that is settled. */
struct slice find_decode(struct buf *scratch, struct slice cell);
struct slice find_field(struct buf *scratch, const struct record *r,
	size_t column);

void find_tickets(struct find *f);
void find_customers(struct find *f);
void find_owners(struct find *f);

#endif
