#include <stdio.h>
#include <stdlib.h>

#include "demo_world.h"

struct demo_ticket *
demo_world_ticket(struct demo_world *w, enum demo_kind kind, uint32_t customer,
	int64_t opened)
{
	struct demo_ticket *t;

	if (w->ticket_count == DEMO_TICKETS) {
		fputs("generate: too many tickets\n", stderr);
		exit(2);
	}
	t = &w->tickets[w->ticket_count++];
	*t = (struct demo_ticket){
		.parent = DEMO_NONE,
		.customer = customer,
		.product = DEMO_NONE,
		.kind = kind,
		.channel = "电话", .fault = "", .item = "", .status = "已完成",
		.stage = "", .owner = "", .station = "", .note = "",
		.opened = opened,
		.closed = opened + MOMENT_HOUR,
	};
	return t;
}

struct demo_ticket *
demo_world_child(struct demo_world *w, const struct demo_ticket *parent,
	enum demo_kind kind, int64_t opened)
{
	struct demo_ticket *t = demo_world_ticket(w, kind, parent->customer, opened);

	t->parent = (uint32_t)(parent - w->tickets);
	t->product = parent->product;
	t->owner = parent->owner;
	t->station = parent->station;
	return t;
}

int64_t
demo_world_daytime(int64_t t)
{
	int64_t midnight = t / MOMENT_DAY * MOMENT_DAY;

	if (t - midnight >= 20 * MOMENT_HOUR)
		midnight += MOMENT_DAY;
	else if (t - midnight >= 8 * MOMENT_HOUR)
		return t;
	return midnight + 8 * MOMENT_HOUR + t / 60 % 100 * MOMENT_MINUTE;
}

static struct demo_ticket *sorting;

static int
by_opened(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	if (sorting[left].opened != sorting[right].opened)
		return sorting[left].opened < sorting[right].opened ? -1 : 1;
	return (left > right) - (left < right);
}

uint32_t
demo_world_settle(struct demo_world *w, uint32_t *order)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < w->ticket_count; i++) {
		struct demo_ticket *t = &w->tickets[i];

		if (t->opened > w->now)
			continue;
		if (t->closed > w->now) {
			t->closed = 0;
			t->status = "处理中";
			t->score = 0;
		}
		order[count++] = i;
	}
	sorting = w->tickets;
	qsort(order, count, sizeof(*order), by_opened);
	for (uint32_t i = 0; i < count; i++)
		w->tickets[order[i]].number = i + 1;
	return count;
}
