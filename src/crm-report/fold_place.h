#ifndef FOLD_PLACE_H
#define FOLD_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fold_cache.h"
#include "fold_ids.h"

/**
 * fold_place: to which group of a report a record belongs, by its keys. In
 * steps, so that the memory can be asked for several records in between. For
 * fold*.c alone.
 */
struct fold_worker;
struct fold_record;
struct fold_answer;

/** The keys of a report by their numbers, if all are columns of the record. */
struct fold_numbered {
	struct fold_tuples tuples;
	const struct fold_ids *ids[FOLD_CACHE_PARTS];
	size_t count; /* 0: not in use */
};

struct fold_place {
	struct fold_record *one;
	const struct fold_answer *answer;
	struct fold_signature signature;
	uint64_t ids;         /* the numbers of its keys */
	bool known;           /* it has a signature */
	bool numbered;        /* it has ids */
	struct group *group;
	uint32_t index;
};

/** fold_place_look(w, report, place): what its keys are; false where one of them
 * is bad. Of place one is set. */
bool fold_place_look(struct fold_worker *w, size_t report,
	struct fold_place *place);

/** fold_place_find: sets group and index; a null group: not known yet. */
void fold_place_find(const struct fold_worker *w, size_t report,
	struct fold_place *place);

/** fold_place_count(w, report, list, n, rest): of a report that has all records
 * and only counts them: counts those whose group is known by numbers. The others
 * go to rest; returns how many. */
size_t fold_place_count(struct fold_worker *w, size_t report,
	struct fold_record *const *list, size_t n, struct fold_record **rest);

/** fold_place_make: of the record in hand, whose group was not known. False
 * where a key is bad: then there is no new group either. */
bool fold_place_make(struct fold_worker *w, size_t report,
	struct fold_place *place);

#endif
