#ifndef FOLD_STATES_H
#define FOLD_STATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fold_ids.h"
#include "report.h"

/**
 * fold_states: what the kind and the status of a ticket decide about it before
 * anything else is looked at: whether it is of a report, and which conditions
 * of count() hold. Asked once for each kind and status that come together, not
 * for each ticket.
 */
enum {
	FOLD_STATES_KINDS = 64, /* that have answers */
	FOLD_STATES_STATUSES = 8,
	FOLD_STATES_MASK = 64,  /* arguments that have */
};

struct fold_answer {
	uint64_t open;   /* arguments, as in report.folded, that depend on more */
	uint64_t holds;  /* conditions that hold; the others do not */
	signed char where; /* 1: of the report, 0: not, -1: it depends on more */
	bool known;
};

struct fold_states {
	const struct fold_ids *ids[2]; /* kind, status; null: there is none */
	size_t columns[2];
	size_t count; /* of columns; 0: not in use */
	struct fold_answer *answers; /* of each report and state */
	uint16_t of[FOLD_BATCH]; /* of each record; FOLD_IDS_NONE: none */
};

/** fold_states_worth(reports, count, columns, n): so much depends on these
 * columns that it is worth the while. */
bool fold_states_worth(const struct report *reports, size_t count,
	const size_t *columns, size_t n);

/** fold_states_open(s, reports): so many; ids and columns are set.
 * fold_states_close: does nothing where it was not opened. */
void fold_states_open(struct fold_states *s, size_t reports);
void fold_states_close(struct fold_states *s);

/** fold_states_read(s, n): of a batch, whose columns were numbered. */
void fold_states_read(struct fold_states *s, size_t n);

/** fold_states_answer(s, report, number, i, env): of record i of the batch,
 * which env shows, for the report of that number; null: all depends on more. */
const struct fold_answer *fold_states_answer(struct fold_states *s,
	const struct report *report, size_t number, size_t i,
	struct expr_env *env);

/** fold_states_of(a, i): argument i: 1 holds, 0 does not, -1 depends on more. */
static inline int
fold_states_of(const struct fold_answer *a, size_t i)
{
	if (a == NULL || i >= FOLD_STATES_MASK || a->open >> i & 1)
		return -1;
	return (int)(a->holds >> i & 1);
}

#endif
