#include "fold_states.h"

#include <stdlib.h>

#include "aggregate.h"
#include "mem.h"

#define WORTH 4 /* expressions that name the columns */

static const struct expr_aggregate *
aggregate_at(const struct report *report, size_t i)
{
	return &report->aggregates[report->folded[i]];
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
		for (k = 0; k < reports[i].folded_count; k++) {
			const struct expr_aggregate *a =
				aggregate_at(&reports[i], k);

			named += aggregate_is_condition(a) &&
				names_any(a->argument, columns, n);
		}
	}
	return named >= WORTH;
}

static const struct expr **
arguments_of(struct fold_states *s, const struct report *report)
{
	const struct expr **list = mem_pool_get(&s->pool,
		(report->folded_count + 1) * sizeof(const struct expr *));
	size_t i;

	for (i = 0; i < report->folded_count; i++)
		list[i] = aggregate_at(report, i)->argument;
	return list;
}

/* Of a record that has no state, or where there are none. */
static struct fold_answer
no_answer(const struct report *report, const struct expr **arguments)
{
	const size_t n = report->folded_count;

	return (struct fold_answer){
		.rest = arguments,
		.open = n < FOLD_STATES_MASK ? (UINT64_C(1) << n) - 1 :
			UINT64_MAX,
		.where = report->where ? -1 : 1,
	};
}

void
fold_states_open(struct fold_states *s, const struct report *reports,
	size_t count)
{
	size_t i;

	s->reports = reports;
	s->report_count = count;
	s->states = s->count > 0 ?
		(size_t)FOLD_STATES_KINDS * FOLD_STATES_STATUSES : 0;
	s->known = mem_zero(s->states + 1, sizeof *s->known);
	s->answers = mem_alloc(count * (s->states + 1), sizeof *s->answers);
	for (i = 0; i < count; i++)
		s->answers[i * (s->states + 1) + s->states] =
			no_answer(&reports[i], arguments_of(s, &reports[i]));
}

void
fold_states_close(struct fold_states *s)
{
	free(s->answers);
	free(s->known);
	mem_pool_free(&s->pool);
}

/* ---- the answers of a state ---- */

/* No other column of the record and nothing else has a part in it. */
static bool
names_only(const struct fold_states *s, const struct report *report,
	const struct expr *e)
{
	const size_t n = report->subject->tables[0].count;
	size_t i, k;

	if ((expr_needs(e) & ~1U) != 0)
		return false;
	for (i = 0; i < n; i++) {
		for (k = 0; k < s->count && s->columns[k] != i; k++)
			;
		if (k == s->count && expr_names(e, 0, i))
			return false;
	}
	return true;
}

/* What rate() makes of a missing value is part of the answer. */
static int
ask_rate(const struct fold_states *s, const struct report *report,
	const struct expr *e, struct expr_env *env)
{
	return names_only(s, report, e) ? expr_true(e, env) : -1;
}

/* Of argument i, which is a condition. */
static void
ask_condition(struct fold_states *s, const struct report *report, size_t i,
	struct fold_answer *a, const struct expr **rest, struct expr_env *env)
{
	const bool rate = aggregate_at(report, i)->function == EXPR_RATE;
	const uint64_t bit = UINT64_C(1) << i;
	int known = rate ? ask_rate(s, report, rest[i], env) :
		expr_known_first(rest[i], env, s->columns, s->count);

	if (known < 0) {
		rest[i] = expr_known_rest(rest[i], env, s->columns, s->count,
			&s->pool);
		return;
	}
	a->open &= ~bit;
	a->holds |= known ? bit : 0;
	a->met_missing |= rate && env->met_missing ? bit : 0;
}

static void
ask(struct fold_states *s, const struct report *report, struct fold_answer *a,
	struct expr_env *env)
{
	const struct expr **rest = arguments_of(s, report);
	size_t i;

	*a = no_answer(report, rest);
	if (report->where)
		a->where = (signed char)expr_known_first(report->where, env,
			s->columns, s->count);
	for (i = 0; i < report->folded_count && i < FOLD_STATES_MASK; i++) {
		if (aggregate_is_condition(aggregate_at(report, i)))
			ask_condition(s, report, i, a, rest, env);
	}
}

static void
ask_all(struct fold_states *s, size_t state, struct expr_env *env)
{
	size_t i;

	for (i = 0; i < s->report_count; i++)
		ask(s, &s->reports[i], &s->answers[i * (s->states + 1) + state],
			env);
	s->known[state] = true;
}

/* ---- the states of a batch ---- */

static inline uint16_t
number(const struct fold_ids *ids, size_t i, uint16_t most)
{
	if (ids == NULL)
		return 0;
	return ids->of[i] < most ? ids->of[i] : FOLD_IDS_NONE;
}

void
fold_states_read(struct fold_states *s, const struct record **batch, size_t n,
	struct expr_env *env)
{
	size_t i;

	for (i = 0; s->count > 0 && i < n; i++) {
		uint16_t kind = number(s->ids[0], i, FOLD_STATES_KINDS);
		uint16_t status = number(s->ids[1], i, FOLD_STATES_STATUSES);

		s->of[i] = (uint16_t)s->states;
		if (batch[i] == NULL || kind == FOLD_IDS_NONE ||
			status == FOLD_IDS_NONE)
			continue;
		s->of[i] = (uint16_t)(kind * FOLD_STATES_STATUSES + status);
		if (s->known[s->of[i]])
			continue;
		env->row = batch[i];
		ask_all(s, s->of[i], env);
	}
}
