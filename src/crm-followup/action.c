#define _GNU_SOURCE /* qsort_r */
#include "action.h"

#include <stdlib.h>

#include "buf.h"
#include "out.h"
#include "team.h"

#include "plan.h"

enum { FEW = 1024 }; /* actions that one thread sorts alone */

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

/* What is being sorted: each thread sorts a stretch, then they are merged. */
struct sorting {
	struct action **actions;
	struct place *places, *merged;
	size_t n;
	const struct plan *plan;
	uint32_t *ranks; /* of each rule */
	unsigned jobs;
};

static size_t
stretch(const struct sorting *s, unsigned i)
{
	return s->n * i / s->jobs;
}

static int
compare_in(const struct sorting *s, const struct place *a,
	const struct place *b)
{
	union {
		const struct plan *from;
		void *to;
	} context = {s->plan};

	return compare(a, b, context.to);
}

static void
sort_stretch(unsigned i, void *context)
{
	const struct sorting *s = context;
	size_t from = stretch(s, i), to = stretch(s, i + 1);
	union {
		const struct plan *from;
		void *to;
	} plan = {s->plan};

	for (size_t k = from; k < to; k++) {
		struct action *a = s->actions[k];

		s->places[k] = (struct place){a->due, a->priority,
			first_bytes(a->customer_id), s->ranks[a->rule], a};
	}
	if (to > from)
		qsort_r(s->places + from, to - from, sizeof(*s->places),
			compare, plan.to);
}

/* Two neighbours, [from, middle) and [middle, to), into one. */
static void
merge(const struct sorting *s, size_t from, size_t middle, size_t to)
{
	size_t a = from, b = middle;

	for (size_t i = from; i < to; i++) {
		bool first = b == to || (a < middle &&
			compare_in(s, &s->places[a], &s->places[b]) <= 0);

		s->merged[i] = s->places[first ? a++ : b++];
	}
	for (size_t i = from; i < to; i++)
		s->places[i] = s->merged[i];
}

static void
merge_all(const struct sorting *s)
{
	for (unsigned width = 1; width < s->jobs; width *= 2)
		for (unsigned i = 0; i + width < s->jobs; i += 2 * width) {
			unsigned end = s->jobs - i < 2 * width ? s->jobs
				: i + 2 * width;

			merge(s, stretch(s, i), stretch(s, i + width),
				stretch(s, end));
		}
}

void
action_sort(struct action **actions, size_t n, const struct plan *plan,
	unsigned jobs)
{
	struct sorting s = {.actions = actions, .n = n, .plan = plan,
		.places = mem_alloc(n, sizeof(*s.places)),
		.merged = mem_alloc(n, sizeof(*s.merged)),
		.ranks = mem_alloc(plan->count, sizeof(*s.ranks)),
		.jobs = n < FEW ? 1 : jobs};

	for (size_t i = 0; i < plan->count; i++)
		s.ranks[i] = rank_of(plan, i);
	team_run(s.jobs, sort_stretch, &s);
	merge_all(&s);
	for (size_t i = 0; i < n; i++)
		actions[i] = s.places[i].action;
	free(s.places);
	free(s.merged);
	free(s.ranks);
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
