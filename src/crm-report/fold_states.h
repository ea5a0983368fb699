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
 * of count() and rate() hold. Asked once for each kind and status that come
 * together, not for each ticket.
 */
enum {
	FOLD_STATES_KINDS = 64, /* that have answers */
	FOLD_STATES_STATUSES = 8,
	FOLD_STATES_MASK = 64,  /* arguments that have */
};

struct fold_answer {
	const struct expr *const *rest; /* of each argument: what is left of it
	                                   to be evaluated */
	uint64_t open;   /* arguments, as in report.folded, that depend on
	                    more: of the first FOLD_STATES_MASK; further ones
	                    always do */
	uint64_t holds;  /* conditions that hold; the others do not */
	uint64_t met_missing; /* conditions that met a missing value */
	signed char where; /* 1: of the report, 0: not, -1: it depends on more */
};

struct fold_states {
	const struct fold_ids *ids[2]; /* kind, status; null: there is none */
	size_t columns[2];
	size_t count; /* of columns; 0: all depends on more */
	const struct report *reports;
	size_t report_count;
	struct fold_answer *answers; /* of each report: of each state, and of
	                                what has none */
	size_t states;
	bool *known;             /* each state: it has answers */
	struct mem_pool pool;
	uint16_t of[FOLD_BATCH]; /* of each record; states: none */
};

/** fold_states_worth(reports, count, columns, n): so much depends on these
 * columns that it is worth the while. */
bool fold_states_worth(const struct report *reports, size_t count,
	const size_t *columns, size_t n);

/** fold_states_open(s, reports, count): ids and columns are set. */
void fold_states_open(struct fold_states *s, const struct report *reports,
	size_t count);
void fold_states_close(struct fold_states *s);

/** fold_states_read(s, batch, n, env): of a batch, whose columns were numbered;
 * a null is no record. env: to evaluate with; its record is another one
 * afterwards. */
void fold_states_read(struct fold_states *s, const struct record **batch,
	size_t n, struct expr_env *env);

/** fold_states_answer(s, report, i): of record i of the batch, for the report of
 * that number. */
static inline const struct fold_answer *
fold_states_answer(const struct fold_states *s, size_t report, size_t i)
{
	return &s->answers[report * (s->states + 1) + s->of[i]];
}

/** fold_states_open_at(a, i): argument i depends on more. */
static inline bool
fold_states_open_at(const struct fold_answer *a, size_t i)
{
	return i >= FOLD_STATES_MASK || (a->open >> i & 1);
}

#endif
