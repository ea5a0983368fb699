#include "abc.h"

#include <stdio.h>
#include <stdlib.h>

#define PERCENT (100 * NUM_ONE)

bool
abc_limits(struct slice text, int64_t limits[2])
{
	int64_t parts[3];
	size_t n = 0, from = 0;

	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != ',')
			continue;
		if (n == 3 || num_read((struct slice){text.p + from, i - from},
			&parts[n]) != NUM_OK || parts[n] < 0)
			return false;
		n++;
		from = i + 1;
	}
	limits[0] = parts[0];
	limits[1] = n == 3 ? parts[0] + parts[1] : 0;
	return n == 3 && limits[1] + parts[2] == PERCENT;
}

static int
by_rank(const void *a, const void *b)
{
	const struct abc_item *x = *(struct abc_item *const *)a;
	const struct abc_item *y = *(struct abc_item *const *)b;
	int d;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->value != y->value)
		return x->value > y->value ? -1 : 1;
	d = slice_compare(x->key, y->key);
	return d ? d : x < y ? -1 : x > y;
}

static char
class_of(num_wide before, num_wide total, const int64_t limits[2])
{
	if (before * PERCENT < limits[0] * total)
		return 'A';
	return before * PERCENT < limits[1] * total ? 'B' : 'C';
}

void
abc_classify(struct abc *abc, const int64_t limits[2])
{
	struct abc_item **sorted = mem_alloc(abc->count, sizeof(*sorted));
	num_wide cumulated = 0, before = 0;

	abc->totals = mem_zero(abc->groups, sizeof(*abc->totals));
	for (size_t i = 0; i < abc->count; i++) {
		sorted[i] = &abc->items[i];
		abc->totals[sorted[i]->group] += sorted[i]->value;
	}
	qsort(sorted, abc->count, sizeof(*sorted), by_rank);
	for (size_t i = 0; i < abc->count; i++) {
		struct abc_item *item = sorted[i];
		bool first = i == 0 || item->group != sorted[i - 1]->group;

		if (first)
			cumulated = 0;
		if (first || item->value != sorted[i - 1]->value)
			before = cumulated;
		cumulated += item->value;
		item->cumulated = cumulated;
		item->class = item->value == 0 ? 'C'
			: class_of(before, abc->totals[item->group], limits);
	}
	free(sorted);
}

void
abc_free(struct abc *abc)
{
	free(abc->items);
	free(abc->totals);
	mem_pool_free(&abc->pool);
}

void
abc_share(struct buf *b, num_wide part, num_wide whole)
{
	num_wide share = whole ? num_divide(part * PERCENT, whole) : 0;

	buf_printf(b, "%d.%04d", (int)(share / NUM_ONE), (int)(share % NUM_ONE));
}
