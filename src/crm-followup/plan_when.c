#include "plan_read.h"

#include <string.h>

#include "mem.h"

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

/* The next part; false where it cannot stand by itself. */
static bool
add_part(struct plan_reading *in, struct slice text)
{
	struct plan_rule *rule = in->rule;
	struct plan_part *part = &rule->parts[rule->part_count];
	uint64_t bit = UINT64_C(1) << rule->part_count;
	struct expr_error error;

	part->test = expr_compile(in->scope, text, &error);
	if (!part->test)
		return false;
	if (!plan_read_related(text))
		rule->plain |= bit;
	else if (names_nothing(in->scope))
		rule->alone |= bit;
	plan_read_uses(in);
	plan_read_relations(in, part->test, &part->relations);
	rule->part_count++;
	return true;
}

/* The condition as it is, as one part. */
static void
take_whole(struct plan_reading *in)
{
	struct plan_rule *rule = in->rule;

	rule->part_count = 1;
	rule->plain = rule->alone = 0;
	rule->parts[0] = (struct plan_part){.test = rule->when};
	plan_read_uses(in);
	plan_read_relations(in, rule->when, &rule->parts[0].relations);
}

void
plan_read_when(struct plan_reading *in)
{
	struct plan_rule *rule = in->rule;
	struct slice text = rule->when_text, part;
	bool good = true;
	size_t at = 0;

	rule->parts = mem_pool_get(&in->plan->source->pool,
		PLAN_PARTS * sizeof(*rule->parts));
	memset(rule->parts, 0, PLAN_PARTS * sizeof(*rule->parts));
	while (good && words_part(text, &at, &part))
		good = rule->part_count < PLAN_PARTS && add_part(in, part);
	if (!good)
		take_whole(in);
	for (size_t i = 0; i < rule->part_count; i++)
		rule->rest |= UINT64_C(1) << i;
	rule->rest &= ~rule->plain;
}
