#ifndef BENCH_ROW_H
#define BENCH_ROW_H

#include <stdint.h>

#include "random.h"

enum bench_kind {
	BENCH_CONSULT, BENCH_ADVISE, BENCH_GUIDE, BENCH_ORDER, BENCH_SALE,
	BENCH_REPAIR, BENCH_INSTALL, BENCH_MAINTAIN, BENCH_COMPLAINT,
	BENCH_SUGGEST, BENCH_RETURN, BENCH_PAYMENT, BENCH_REMIND, BENCH_LEAD,
	BENCH_CALLBACK, BENCH_REPLY, BENCH_SURVEY, BENCH_PART, BENCH_HOLD
};

enum bench_status { BENCH_OPEN, BENCH_WAITING, BENCH_CLOSED, BENCH_CANCELLED };

/** One ticket. Times in seconds of moment.h, 0: none; amount in cents, 0:
 * none; ref, score 0: none. */
struct bench_row {
	int64_t opened, due, closed;
	uint32_t number, ref, customer, amount;
	uint16_t owner, station;
	uint8_t kind, channel, product, status, score, note;
};

/** The child rows that will come, the next one first. Start from all zero. */
struct bench_children {
	struct bench_row *rows; /* a heap by opened */
	uint32_t count, room;
};

/** bench_row_new(r, row, opened): a ticket of nobody's, with number and
 * customer as set by the caller; opened at that time. */
void bench_row_new(struct bench_row *row, int64_t opened, struct random *r);

/** bench_children_expect(children, parent, r): the children that a ticket of
 * its kind will have. */
void bench_children_expect(struct bench_children *children,
	const struct bench_row *parent, struct random *r);

/** bench_children_next(children, now, row): takes the first child that is due
 * at `now` into row, which opens then. */
bool bench_children_next(struct bench_children *children, int64_t now,
	struct bench_row *row);

#endif
