#ifndef ACTION_H
#define ACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mem.h"
#include "slice.h"

/**
 * action: what has to be done because a rule matched a subject. Texts are
 * decoded; they live in the pool of the list.
 */
struct action {
	int64_t due;
	int64_t priority;     /* 1/10000; INT64_MAX: none */
	struct slice customer_id, ticket_id, product, station, owner;
	struct slice *extras; /* as the rule's extras */
	struct slice why;     /* n == 0: not asked for */
	struct slice assignee;
	uint64_t number;      /* of a customer: where its record stands */
	uint32_t line;
	uint32_t rule;        /* number in the plan */
};

struct action_list {
	struct action *items;
	size_t n, room;
	struct mem_pool pool;
};

/** action_add(list): one more, all zero; valid until the next. */
struct action *action_add(struct action_list *list);
void action_list_free(struct action_list *list);

struct buf;
struct plan;

/** action_sort(actions, n, plan): due, priority, rule, customer, ticket; what
 * is left is told apart by the other fields, so that the order of the input
 * never matters. */
void action_sort(struct action **actions, size_t n, const struct plan *plan,
	unsigned jobs);

/** action_key(b, a, plan): what the log knows it by: rule, subject, due. */
void action_key(struct buf *b, const struct action *a,
	const struct plan *plan);

#endif
