#include <stdio.h>
#include <stdlib.h>

#include "bench_row.h"
#include "moment.h"

#define STATIONS 5506
#define SEATS 350
#define PRODUCTS 40

static const uint16_t often[] = {
	[BENCH_CONSULT] = 200, [BENCH_ADVISE] = 60, [BENCH_GUIDE] = 90,
	[BENCH_ORDER] = 250, [BENCH_SALE] = 40, [BENCH_REPAIR] = 130,
	[BENCH_INSTALL] = 100, [BENCH_MAINTAIN] = 40, [BENCH_COMPLAINT] = 40,
	[BENCH_SUGGEST] = 10, [BENCH_RETURN] = 10, [BENCH_PAYMENT] = 10,
	[BENCH_REMIND] = 10, [BENCH_LEAD] = 10,
};

static const uint16_t channels[] = {50, 15, 25, 8, 2};

static bool
is_money(uint8_t kind)
{
	return kind == BENCH_ORDER || kind == BENCH_SALE ||
		kind == BENCH_RETURN || kind == BENCH_PAYMENT;
}

static bool
is_service(uint8_t kind)
{
	return kind == BENCH_REPAIR || kind == BENCH_INSTALL ||
		kind == BENCH_MAINTAIN;
}

/* Few tickets stay open for long, so that the lists of what is to be done are
 * short against the archive, as in life. */
static void
finish(struct bench_row *row, struct random *r)
{
	uint32_t fate = random_below(r, 1000);

	row->closed = row->opened + 300 + random_low(r, 5 * MOMENT_DAY);
	row->status = BENCH_CLOSED;
	if (fate < 20) {
		row->status = BENCH_CANCELLED;
	} else if (fate < 24) {
		row->status = fate < 22 ? BENCH_OPEN : BENCH_WAITING;
		row->closed = 0;
	}
	if (row->kind == BENCH_COMPLAINT && random_chance(r, 15)) {
		row->status = BENCH_OPEN;
		row->closed = 0;
	}
}

void
bench_row_new(struct bench_row *row, int64_t opened, struct random *r)
{
	row->opened = opened;
	row->ref = 0;
	row->kind = (uint8_t)random_pick(r, often, sizeof(often) / sizeof(*often));
	row->channel = (uint8_t)random_pick(r, channels, 5);
	row->product = (uint8_t)random_low(r, PRODUCTS);
	row->owner = (uint16_t)(1 + random_below(r, SEATS));
	row->station = (uint16_t)(1 + random_low(r, STATIONS));
	row->note = (uint8_t)random_below(r, 256);
	row->due = 0;
	if (is_service(row->kind))
		row->due = opened + random_between(r, 4, 72) * MOMENT_HOUR;
	else if (row->kind == BENCH_COMPLAINT || row->kind == BENCH_SUGGEST)
		row->due = opened + 24 * MOMENT_HOUR;
	else if (row->kind == BENCH_ORDER || row->kind == BENCH_SALE)
		row->due = opened + 72 * MOMENT_HOUR;
	row->amount = 0;
	if (is_money(row->kind))
		row->amount = 9900 + random_low(r, 990000);
	else if (row->kind == BENCH_REPAIR && random_chance(r, 400))
		row->amount = 1000 + random_low(r, 60000);
	row->score = 0;
	finish(row, r);
}

static void
push(struct bench_children *children, const struct bench_row *row)
{
	uint32_t i = children->count;

	if (i == children->room) {
		children->room = i ? i * 2 : 1024;
		children->rows = realloc(children->rows,
			children->room * sizeof(*children->rows));
		if (children->rows == NULL) {
			fputs("generate: out of memory\n", stderr);
			exit(2);
		}
	}
	children->count++;
	while (i > 0 && children->rows[(i - 1) / 2].opened > row->opened) {
		children->rows[i] = children->rows[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	children->rows[i] = *row;
}

static void
pop(struct bench_children *children, struct bench_row *row)
{
	struct bench_row *rows = children->rows, *last;
	uint32_t i = 0, count = --children->count;

	*row = rows[0];
	last = &rows[count];
	for (uint32_t next; (next = 2 * i + 1) < count; i = next) {
		if (next + 1 < count && rows[next + 1].opened < rows[next].opened)
			next++;
		if (rows[next].opened >= last->opened)
			break;
		rows[i] = rows[next];
	}
	rows[i] = *last;
}

static void
expect(struct bench_children *children, const struct bench_row *parent,
	enum bench_kind kind, int64_t opened, struct random *r)
{
	struct bench_row child = *parent;

	child.kind = (uint8_t)kind;
	child.ref = parent->number;
	child.opened = opened;
	child.due = 0;
	child.closed = opened + 60 + random_below(r, 900);
	child.status = BENCH_CLOSED;
	child.amount = 0;
	child.note = (uint8_t)random_below(r, 256);
	if (kind == BENCH_CALLBACK || kind == BENCH_SURVEY)
		child.score = (uint8_t)(5 - random_low(r, 5));
	if (kind == BENCH_PART || kind == BENCH_HOLD)
		child.closed = opened + random_between(r, 1, 96) * MOMENT_HOUR;
	push(children, &child);
}

void
bench_children_expect(struct bench_children *children,
	const struct bench_row *parent, struct random *r)
{
	int64_t closed = parent->closed, opened = parent->opened;

	if (parent->ref != 0 || parent->status != BENCH_CLOSED)
		return;
	if (is_service(parent->kind) && !random_chance(r, 4)) {
		expect(children, parent, BENCH_CALLBACK,
			closed + random_low(r, 80) * MOMENT_HOUR, r);
		if (random_chance(r, 250))
			expect(children, parent, BENCH_SURVEY,
				closed + 81 * MOMENT_HOUR, r);
	}
	if (parent->kind == BENCH_GUIDE && !random_chance(r, 4))
		expect(children, parent, BENCH_CALLBACK,
			closed + random_low(r, 2400), r);
	if ((parent->kind == BENCH_COMPLAINT || parent->kind == BENCH_SUGGEST) &&
	    !random_chance(r, 4))
		expect(children, parent, BENCH_REPLY,
			opened + random_low(r, 26 * MOMENT_HOUR), r);
	if (parent->kind == BENCH_REPAIR && random_chance(r, 100)) {
		expect(children, parent, BENCH_PART, opened + MOMENT_HOUR, r);
		expect(children, parent, BENCH_HOLD, opened + MOMENT_HOUR, r);
	}
}

bool
bench_children_next(struct bench_children *children, int64_t now,
	struct bench_row *row)
{
	uint32_t number = row->number;
	int64_t late;

	if (children->count == 0 || children->rows[0].opened > now)
		return false;
	pop(children, row);
	late = now - row->opened;
	row->opened = now;
	row->closed += late;
	row->number = number;
	return true;
}
