#ifndef FOLD_IDS_H
#define FOLD_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fold_cache.h"
#include "groups.h"
#include "record.h"

/**
 * fold_ids: columns that are keys of several reports are looked at once: each
 * value gets a small number, and a report finds its group by the numbers of its
 * keys. Which number a value gets has no meaning. So do the values of an
 * expression that depends on nothing but the day of a ticket: it is evaluated
 * once for each day, not for each ticket.
 */
enum { FOLD_BATCH = 64, FOLD_IDS_NONE = UINT16_MAX };

enum { FOLD_IDS_DAYS = 1024 }; /* a power of two */

struct fold_ids_day {
	int64_t midnight;
	uint16_t number;
	bool known;
};

/** The values of one column in a batch. */
struct fold_ids {
	size_t column;
	const struct expr *e;      /* in place of a column; or null */
	struct fold_ids_day *days; /* with it: the numbers of days seen */
	struct fold_cache cache; /* value -> number */
	uint32_t count;
	uint16_t of[FOLD_BATCH]; /* of each record; FOLD_IDS_NONE: a long one,
	                            or too many */
};

/** fold_ids_open: of a column, or of e where it is not null. */
void fold_ids_open(struct fold_ids *ids, size_t column, const struct expr *e);
void fold_ids_close(struct fold_ids *ids);

/** fold_ids_read(ids, batch, n): numbers the values of a batch; a null is no
 * record. fold_ids_read_days: likewise, of e; env: to evaluate with, shows some
 * other record afterwards. */
void fold_ids_read(struct fold_ids *ids, const struct record **batch, size_t n);
void fold_ids_read_days(struct fold_ids *ids, const struct record **batch,
	const int64_t *opened, size_t n, struct expr_env *env);

/** The numbers of up to FOLD_CACHE_PARTS keys, 16 bits each -> their group. */
struct fold_tuples {
	struct fold_tuple {
		uint64_t ids;
		struct group *group; /* null: nothing here */
		uint32_t index;
	} *places;
	bool single; /* one key: its number is its place */
};

enum { FOLD_TUPLES_BITS = 12 }; /* of the number of places, each for two */

void fold_tuples_open(struct fold_tuples *t, size_t keys);
void fold_tuples_close(struct fold_tuples *t);

/** fold_tuples_at(t, ids): its places, two of them. */
static inline struct fold_tuple *
fold_tuples_at(const struct fold_tuples *t, uint64_t ids)
{
	uint64_t hash = ids * UINT64_C(0x9e3779b97f4a7c15);

	return t->places + (t->single ? ids :
		2 * (hash >> (64 - FOLD_TUPLES_BITS)));
}

/** fold_tuples_find: null: not there. fold_tuples_keep: it is from now on. */
static inline const struct fold_tuple *
fold_tuples_find(const struct fold_tuples *t, uint64_t ids)
{
	const struct fold_tuple *p = fold_tuples_at(t, ids);

	if (p[0].ids == ids && p[0].group)
		return p;
	return p[1].ids == ids && p[1].group ? p + 1 : NULL;
}

void fold_tuples_keep(struct fold_tuples *t, uint64_t ids, struct group *group,
	uint32_t index);

#endif
