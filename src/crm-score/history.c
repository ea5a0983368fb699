#include "history.h"

#include <stdlib.h>

#include "date.h"
#include "mem.h"
#include "radix.h"

int32_t
history_day(int64_t t)
{
	return (int32_t)(date_midnight(t) / DATE_DAY);
}

void
history_add(struct history_list *list, uint32_t customer, int64_t opened_at,
	int64_t amount)
{
	if (list->count == list->room) {
		list->room = list->room ? 2 * list->room : 4096;
		list->items = mem_resize(list->items, list->room,
			sizeof(*list->items));
	}
	list->items[list->count++] = (struct history_item){customer,
		history_day(opened_at), amount};
}

static struct radix_key
key(const void *item)
{
	const struct history_item *i = item;

	return (struct radix_key){i->customer,
		(uint32_t)i->day ^ (UINT32_C(1) << 31)};
}

static int64_t
add_amounts(int64_t a, int64_t b)
{
	int64_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		return a < 0 ? INT64_MIN : INT64_MAX;
	return sum;
}

/* Purchases of one day become one. */
static size_t
merge_days(struct history_item *items, size_t n)
{
	size_t kept = 0;

	for (size_t i = 1; i < n; i++) {
		struct history_item *last = &items[kept];

		if (items[i].customer == last->customer &&
			items[i].day == last->day)
			last->amount = add_amounts(last->amount,
				items[i].amount);
		else
			items[++kept] = items[i];
	}
	return n ? kept + 1 : 0;
}

static void
find_starts(struct histories *h)
{
	size_t i = 0;

	h->starts = mem_alloc(h->customers + 1, sizeof(*h->starts));
	for (size_t c = 0; c <= h->customers; c++) {
		while (i < h->count && h->items[i].customer < c)
			i++;
		h->starts[c] = (uint32_t)i;
	}
}

void
history_join(struct histories *h, struct history_list *lists, size_t n,
	size_t customers)
{
	size_t all = 0;

	for (size_t i = 0; i < n; i++)
		all += lists[i].count;
	h->items = mem_resize(lists[0].items, all, sizeof(*h->items));
	h->count = lists[0].count;
	for (size_t i = 1; i < n; i++) {
		if (lists[i].count)
			memcpy(h->items + h->count, lists[i].items,
				lists[i].count * sizeof(*h->items));
		h->count += lists[i].count;
		free(lists[i].items);
	}
	for (size_t i = 0; i < n; i++)
		lists[i] = (struct history_list){0};
	h->customers = customers;
	radix_sort(h->items, h->count, sizeof(*h->items), key);
	h->count = merge_days(h->items, h->count);
	find_starts(h);
}

void
history_free(struct histories *h)
{
	free(h->items);
	free(h->starts);
	*h = (struct histories){0};
}

bool
history_of(const struct histories *h, uint32_t customer, int32_t end,
	struct history *out)
{
	const struct history_item *first = h->items + h->starts[customer];
	const struct history_item *last = h->items + h->starts[customer + 1];

	*out = (struct history){0};
	if (first == last || first->day > end)
		return false;
	out->T = (uint32_t)(end - first->day);
	for (const struct history_item *i = first + 1; i < last; i++) {
		if (i->day > end) {
			out->later++;
			continue;
		}
		out->x++;
		out->t_x = (uint32_t)(i->day - first->day);
		out->total = add_amounts(out->total, i->amount);
	}
	return true;
}
