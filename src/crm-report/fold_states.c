#include "fold_states.h"

#include <stdlib.h>

#include "mem.h"

#define STATES ((size_t)FOLD_STATES_KINDS * FOLD_STATES_STATUSES)
#define WORTH 4 /* expressions that name the columns */

/* A condition that is counted. */
static struct expr *
condition_at(const struct report *report, size_t i)
{
	const struct expr_aggregate *a =
		&report->aggregates[report->folded[i]];

	return a->function == EXPR_COUNT ? a->argument : NULL;
}

static bool
names_any(const struct expr *e, const size_t *columns, size_t n)
{
	size_t i;

	for (i = 0; e && i < n; i++) {
		if (expr_names(e, 0, columns[i]))
			return true;
	}
	return false;
}

bool
fold_states_worth(const struct report *reports, size_t count,
	const size_t *columns, size_t n)
{
	size_t named = 0, i, k;

	for (i = 0; i < count; i++) {
		named += names_any(reports[i].where, columns, n);
		for (k = 0; k < reports[i].folded_count; k++)
			named += names_any(condition_at(&reports[i], k),
				columns, n);
	}
	return named >= WORTH;
}

void
fold_states_open(struct fold_states *s, size_t reports)
{
	s->answers = mem_zero(reports * STATES + 1, sizeof *s->answers);
}

void
fold_states_close(struct fold_states *s)
{
	free(s->answers);
}

static inline uint16_t
number(const struct fold_ids *ids, size_t i, uint16_t most)
{
	if (ids == NULL)
		return 0;
	return ids->of[i] < most ? ids->of[i] : FOLD_IDS_NONE;
}

void
fold_states_read(struct fold_states *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		uint16_t kind = number(s->ids[0], i, FOLD_STATES_KINDS);
		uint16_t status = number(s->ids[1], i, FOLD_STATES_STATUSES);

		s->of[i] = FOLD_IDS_NONE;
		if (kind != FOLD_IDS_NONE && status != FOLD_IDS_NONE)
			s->of[i] = (uint16_t)(kind * FOLD_STATES_STATUSES +
				status);
	}
}

static void
ask(const struct fold_states *s, const struct report *report,
	struct fold_answer *a, struct expr_env *env)
{
	size_t i;
	int known;

	*a = (struct fold_answer){.known = true, .where = 1};
	if (report->where)
		a->where = (signed char)expr_known_first(report->where, env,
			s->columns, s->count);
	for (i = 0; i < report->folded_count && i < FOLD_STATES_MASK; i++) {
		struct expr *e = condition_at(report, i);

		known = e && expr_type(e) == EXPR_BOOL ? expr_known_first(e,
			env, s->columns, s->count) : -1;
		a->open |= (uint64_t)(known < 0) << i;
		a->holds |= (uint64_t)(known > 0) << i;
	}
}

const struct fold_answer *
fold_states_answer(struct fold_states *s, const struct report *report,
	size_t at, size_t i, struct expr_env *env)
{
	struct fold_answer *a;

	if (s->count == 0 || s->of[i] == FOLD_IDS_NONE)
		return NULL;
	a = &s->answers[at * STATES + s->of[i]];
	if (!a->known)
		ask(s, report, a, env);
	return a;
}
