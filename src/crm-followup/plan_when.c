#include "plan_read.h"

#include <stdlib.h>

#include "words.h"

bool
plan_read_related(struct slice text)
{
	static const char *const calls[] = {"has", "count", "first", "last",
		"sum", "work", "worktime", NULL};

	return words_calls(text, calls);
}

void
plan_read_relations(struct plan_reading *in, const struct expr *e,
	struct plan_relations *relations)
{
	size_t all = in->scope->relation_count, n = relations->count;
	size_t *numbers = mem_pool_get(&in->plan->source->pool,
		(all + 1) * sizeof(*numbers));

	for (size_t i = 0; i < n; i++)
		numbers[i] = relations->numbers[i];
	for (size_t i = 0; i < all; i++) {
		bool known = !expr_relates(e, i);

		for (size_t k = 0; k < n && !known; k++)
			known = numbers[k] == i;
		if (!known)
			numbers[n++] = i;
	}
	*relations = (struct plan_relations){numbers, n};
}

static bool
names_nothing(const struct expr_scope *scope)
{
	for (size_t t = 0; t < scope->table_count; t++)
		for (size_t c = 0; c < scope->tables[t].count; c++)
			if (scope->uses[t][c])
				return false;
	return true;
}

static void
sort_parts(struct plan_rule *rule)
{
	/* by insertion: those of one cost stay in the author's order */
	for (size_t i = 1; i < rule->part_count; i++) {
		struct plan_part part = rule->parts[i];
		size_t k = i;

		for (; k && rule->parts[k - 1].cost > part.cost; k--)
			rule->parts[k] = rule->parts[k - 1];
		rule->parts[k] = part;
	}
}

void
plan_read_when(struct plan_reading *in)
{
	struct plan_rule *rule = in->rule;
	struct slice text = rule->when_text, part;
	size_t at = 0, n = 0;

	while (words_part(text, &at, &part))
		n++;
	rule->parts = mem_pool_get(&in->plan->source->pool,
		(n + 1) * sizeof(*rule->parts));
	for (at = 0; words_part(text, &at, &part);) {
		struct expr_error error;
		struct plan_part made = {.test = expr_compile(in->scope, part,
			&error)};

		if (!made.test) { /* cut where it should not be: whole then */
			made = (struct plan_part){.test = rule->when,
				.cost = PLAN_RELATED};
			rule->part_count = 0;
			at = text.n;
		} else {
			made.cost = plan_read_related(part) ? PLAN_RELATED
				: PLAN_PLAIN;
			made.alone = names_nothing(in->scope);
		}
		plan_read_uses(in);
		plan_read_relations(in, made.test, &made.relations);
		rule->parts[rule->part_count++] = made;
	}
	sort_parts(rule);
}
