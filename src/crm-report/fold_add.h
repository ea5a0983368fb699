#ifndef FOLD_ADD_H
#define FOLD_ADD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fold.h"
#include "fold_cache.h"
#include "fold_ids.h"
#include "fold_place.h"
#include "fold_states.h"
#include "period.h"

/**
 * fold_add: records into the groups of one report, a batch of them at a time:
 * first which of them are of the report, then where each belongs, then all
 * values, and then aggregate by aggregate what they add. For fold*.c alone.
 */

/** A record that is looked at together with others of its batch. */
struct fold_record {
	struct record r;
	int64_t opened;       /* tickets */
	struct expr_value givens[SUBJECT_GIVENS];
	uint64_t codes[SUBJECT_LOOKUPS]; /* of what it refers to */
	const struct slice *cells[SUBJECT_LOOKUPS]; /* of it; null: nothing */
	const uint32_t *numbers[SUBJECT_LOOKUPS];   /* as in join_find */
	uint64_t code;        /* of itself, for what refers to it */
	const struct expr_cell *relations; /* null: nothing refers to it */
	const struct calendar_span *holds;
	size_t hold_count;
	const char *bad_why;  /* null: nothing is wrong with it so far */
	size_t bad_table, bad_column;
	bool unsold;          /* its amount is bad: it is in no report of sales */
	bool repeated;        /* its id came before: it is in no report that
	                         relates */
};

/** The value of an aggregate's argument. */
struct fold_argument {
	struct expr_value value; /* i of a text: where it is in texts */
	bool holds, met_missing; /* of a condition, in place of value */
};

/** A record that adds to a group. */
struct fold_share {
	struct group *group;
	const struct fold_answer *answer;
	uint32_t index;       /* of the group */
};

/** What a thread works with. */
struct fold_worker {
	struct groups *groups;     /* of each report */
	struct fold_cache *caches; /* of each report */
	struct fold_numbered *numbered; /* of each report */
	struct fold_ids *ids;      /* of each column that is such a key */
	size_t id_count;
	struct fold_states states;
	struct expr_env env;       /* of the record in hand */
	struct expr_shared *shared;  /* of each record of the batch */
	struct expr_cell *relations; /* likewise */
	struct slice *cells[SUBJECT_LOOKUPS];
	uint32_t *numbers[SUBJECT_LOOKUPS];
	size_t shared_count, relation_count; /* of one record */
	size_t widths[SUBJECT_LOOKUPS];
	struct fold_argument *arguments; /* of a report's aggregates: of each
	                                    the shares of a batch */
	struct buf key, id, texts;
	struct date_days days;
	struct fold_record batch[FOLD_BATCH];
	struct fold_place places[FOLD_BATCH];
	struct fold_share shares[FOLD_BATCH];
	char apart[128];           /* threads share no line of the cache */
};

/** fold_add_show(w, one): it is the record in hand. fold_add_bad: what the last
 * evaluation found wrong with it is noted, unless something was before. */
void fold_add_show(struct fold_worker *w, struct fold_record *one);
void fold_add_bad(struct fold_worker *w, struct fold_record *one);

/** fold_add_all(w, report, list, n): adds those of the batch that are of the
 * report. A bad one is noted, and nothing is added of it. */
void fold_add_all(struct fold_worker *w, size_t report,
	struct fold_record *const *list, size_t n);

/** fold_add_where(w, report, one): 1 it is of the report, 0 it is not, -1 it is
 * bad. */
int fold_add_where(struct fold_worker *w, size_t report,
	struct fold_record *one);

#endif
