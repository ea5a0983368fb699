#ifndef FOLD_ADD_H
#define FOLD_ADD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fold.h"
#include "fold_cache.h"
#include "fold_ids.h"
#include "fold_states.h"
#include "period.h"

/**
 * fold_add: records into the groups of one report. For fold.c alone.
 */

/** A record that is looked at together with others of its batch. */
struct fold_record {
	struct record r;
	int64_t opened;       /* tickets */
	struct expr_value givens[SUBJECT_GIVENS];
	uint64_t codes[SUBJECT_LOOKUPS]; /* of what it refers to */
	uint64_t code;        /* of itself, for what refers to it */
	const char *bad_why;  /* null: nothing is wrong with it so far */
	size_t bad_table, bad_column;
};

/** The value of an aggregate's argument. */
struct fold_argument {
	struct expr_value value;
	bool met_missing;
};

/** Where a record of the batch belongs. */
struct fold_place {
	struct fold_record *one;
	struct fold_signature signature;
	uint64_t ids;         /* the numbers of its keys */
	bool known;           /* it has a signature */
	bool numbered;        /* it has ids */
	const struct fold_answer *answer; /* null: none */
	struct group *group;
	uint32_t index;
};

/** The keys of a report by their numbers, if all are columns of the record. */
struct fold_numbered {
	struct fold_tuples tuples;
	const struct fold_ids *ids[FOLD_CACHE_PARTS];
	size_t count; /* 0: not in use */
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
	struct expr_cell *related;
	struct slice *cells[1 + SUBJECT_LOOKUPS]; /* of what it refers to */
	uint32_t *numbers[1 + SUBJECT_LOOKUPS];   /* as in lookup_find */
	struct fold_argument *arguments; /* of a report's aggregates */
	struct buf key, id, texts;
	struct date_days days;
	struct fold_record batch[FOLD_BATCH];
	struct fold_place places[FOLD_BATCH];
	char apart[128];           /* threads share no line of the cache */
};

/** fold_add_show(w, one): it is the record in hand. fold_add_bad: what the last
 * evaluation found wrong with it is noted, unless something was before. */
void fold_add_show(struct fold_worker *w, struct fold_record *one);
void fold_add_bad(struct fold_worker *w, struct fold_record *one);

/** fold_add_all(w, report, list, n): adds those that are of the report; of them
 * at most FOLD_BATCH. A bad one is noted, and nothing is added of it. */
void fold_add_all(struct fold_worker *w, size_t report,
	struct fold_record **list, size_t n);

/** fold_add_one: the same for the record in hand, with what it refers to. */
void fold_add_one(struct fold_worker *w, size_t report,
	struct fold_record *one);

/** fold_add_where(w, report, one): of the record in hand: 1 it is of the report,
 * 0 it is not, -1 it is bad. */
int fold_add_where(struct fold_worker *w, size_t report,
	const struct fold_record *one);

#endif
