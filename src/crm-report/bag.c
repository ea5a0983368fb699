#include "bag.h"

#include <stdlib.h>

#include "mem.h"
#include "msg.h"

#define FRESH_LEAST 4
#define FRESH_SORTED 256 /* from here on sorting in is tried before growing */

static int
compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
push(struct bag *b, int64_t value, uint64_t times)
{
	struct bag_run *last = b->runs + b->run_count - 1;

	if (b->run_count > 0 && last->value == value)
		last->times += times;
	else
		b->runs[b->run_count++] = (struct bag_run){value, times};
}

/* Room for all that the two merged lists can hold. */
static void
make_room(struct bag *b, uint64_t count)
{
	if (count >= UINT32_MAX)
		msg_die("more than %lu different values in one group",
			(unsigned long)UINT32_MAX);
	b->runs = mem_alloc(count, sizeof *b->runs);
	b->run_room = (uint32_t)count;
	b->run_count = 0;
}

static void
settle(struct bag *b)
{
	struct bag_run *old = b->runs;
	uint32_t count = b->run_count, i = 0, k = 0;

	if (b->fresh_count == 0)
		return;
	qsort(b->fresh, b->fresh_count, sizeof *b->fresh, compare);
	make_room(b, (uint64_t)count + b->fresh_count);
	while (i < count || k < b->fresh_count) {
		if (k == b->fresh_count ||
			(i < count && old[i].value <= b->fresh[k])) {
			push(b, old[i].value, old[i].times);
			i++;
		} else {
			push(b, b->fresh[k++], 1);
		}
	}
	free(old);
	b->runs = mem_resize(b->runs, b->run_count, sizeof *b->runs);
	b->run_room = b->run_count;
	b->fresh_count = 0;
}

void
bag_add(struct bag *b, int64_t value)
{
	if (b->fresh_count == b->fresh_room) {
		if (b->fresh_room >= FRESH_SORTED)
			settle(b);
		/* Fresh room in proportion to the runs: each value is moved a
		 * bounded number of times on average. */
		if (b->fresh_room < FRESH_SORTED ||
			b->fresh_room < b->run_count) {
			if (b->fresh_room > UINT32_MAX / 2)
				msg_die("too many values in one group");
			b->fresh_room = b->fresh_room ? b->fresh_room * 2 :
				FRESH_LEAST;
			b->fresh = mem_resize(b->fresh, b->fresh_room,
				sizeof *b->fresh);
		}
	}
	b->fresh[b->fresh_count++] = value;
}

void
bag_free(struct bag *b)
{
	free(b->runs);
	free(b->fresh);
	*b = (struct bag){0};
}

void
bag_merge(struct bag *to, struct bag *from)
{
	struct bag_run *a = NULL;
	uint32_t count, i = 0, k = 0;

	settle(to);
	settle(from);
	a = to->runs;
	count = to->run_count;
	make_room(to, (uint64_t)count + from->run_count + 1);
	while (i < count || k < from->run_count) {
		if (k == from->run_count || (i < count &&
			a[i].value <= from->runs[k].value)) {
			push(to, a[i].value, a[i].times);
			i++;
		} else {
			push(to, from->runs[k].value, from->runs[k].times);
			k++;
		}
	}
	free(a);
	bag_free(from);
}

uint64_t
bag_settle(struct bag *b)
{
	uint64_t total = 0;
	uint32_t i;

	settle(b);
	for (i = 0; i < b->run_count; i++)
		total += b->runs[i].times;
	return total;
}

int64_t
bag_at(const struct bag *b, uint64_t i)
{
	uint32_t k = 0;

	while (i >= b->runs[k].times)
		i -= b->runs[k++].times;
	return b->runs[k].value;
}
