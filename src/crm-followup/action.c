#define _GNU_SOURCE /* qsort_r */
#include "action.h"

#include <stdlib.h>

#include "buf.h"
#include "out.h"

#include "plan.h"

struct action *
action_add(struct action_list *list)
{
	if (list->n == list->room) {
		list->room = list->room ? 2 * list->room : 64;
		list->items = mem_resize(list->items, list->room,
			sizeof(*list->items));
	}
	list->items[list->n] = (struct action){0};
	return &list->items[list->n++];
}

void
action_list_free(struct action_list *list)
{
	free(list->items);
	mem_pool_free(&list->pool);
}

/* What mostly decides lies side by side. */
struct place {
	int64_t due, priority;
	uint64_t customer; /* its first bytes, so that they compare as numbers */
	uint32_t rank;     /* of the rule, by name */
	struct action *action;
};

static int
compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
compare_rest(const struct action *a, const struct action *b, size_t extras)
{
	int d = slice_compare(a->customer_id, b->customer_id);

	if (!d)
		d = slice_compare(a->ticket_id, b->ticket_id);
	if (!d)
		d = slice_compare(a->owner, b->owner);
	if (!d)
		d = slice_compare(a->product, b->product);
	if (!d)
		d = slice_compare(a->station, b->station);
	if (!d)
		d = slice_compare(a->why, b->why);
	for (size_t i = 0; !d && i < extras; i++)
		d = slice_compare(a->extras[i], b->extras[i]);
	return d;
}

static int
compare(const void *x, const void *y, void *context)
{
	const struct place *a = x, *b = y;
	const struct plan *plan = context;
	int d = compare_numbers(a->due, b->due);

	if (!d)
		d = compare_numbers(a->priority, b->priority);
	if (!d)
		d = (a->rank > b->rank) - (a->rank < b->rank);
	if (!d)
		d = (a->customer > b->customer) - (a->customer < b->customer);
	return d ? d : compare_rest(a->action, b->action,
		plan->rules[a->action->rule].extra_count);
}

static uint64_t
first_bytes(struct slice s)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < 8; i++)
		bytes = bytes << 8 | (i < s.n ? (unsigned char)s.p[i] : 0);
	return bytes;
}

static uint32_t
rank_of(const struct plan *plan, size_t rule)
{
	uint32_t rank = 0;

	for (size_t i = 0; i < plan->count; i++)
		rank += slice_compare(plan->rules[i].name,
			plan->rules[rule].name) < 0;
	return rank;
}

void
action_sort(struct action **actions, size_t n, const struct plan *plan)
{
	struct place *places = mem_alloc(n, sizeof(*places));
	uint32_t *ranks = mem_alloc(plan->count, sizeof(*ranks));
	union {
		const struct plan *from;
		void *to;
	} context = {plan};

	for (size_t i = 0; i < plan->count; i++)
		ranks[i] = rank_of(plan, i);
	for (size_t i = 0; i < n; i++)
		places[i] = (struct place){actions[i]->due,
			actions[i]->priority,
			first_bytes(actions[i]->customer_id),
			ranks[actions[i]->rule], actions[i]};
	if (n)
		qsort_r(places, n, sizeof(*places), compare, context.to);
	for (size_t i = 0; i < n; i++)
		actions[i] = places[i].action;
	free(places);
	free(ranks);
}

void
action_key(struct buf *b, const struct action *a, const struct plan *plan)
{
	const struct plan_rule *rule = &plan->rules[a->rule];

	out_text(b, rule->name);
	buf_byte(b, '\t');
	out_text(b, rule->on == PLAN_TICKET ? a->ticket_id
		: rule->on == PLAN_CUSTOMER ? a->customer_id : a->owner);
	buf_byte(b, '\t');
	out_time(b, a->due);
}
