#include "fold_add.h"

#include "aggregate.h"

void
fold_add_show(struct fold_worker *w, struct fold_record *one)
{
	struct expr_env *env = &w->env;
	size_t i;

	env->row = &one->r;
	env->known_time = one->opened;
	env->given = one->givens;
	env->relations = one->relations;
	env->holds = one->holds;
	env->hold_count = one->hold_count;
	for (i = 0; i < SUBJECT_LOOKUPS; i++)
		env->cells[1 + i] = one->cells[i];
	if (w->shared)
		env->shared = w->shared +
			(size_t)(one - w->batch) * w->shared_count;
}

void
fold_add_bad(struct fold_worker *w, struct fold_record *one)
{
	if (one->bad_why)
		return;
	one->bad_why = w->env.bad_why;
	one->bad_table = w->env.bad_table;
	one->bad_column = w->env.bad_column;
}

/* ---- which records ---- */

static inline const struct fold_answer *
answer_of(const struct fold_worker *w, size_t report,
	const struct fold_record *one)
{
	return fold_states_answer(&w->states, report,
		(size_t)(one - w->batch));
}

static inline int
is_of(struct fold_worker *w, size_t report, struct fold_record *one,
	const struct fold_answer *answer)
{
	if (answer->where >= 0)
		return answer->where;
	fold_add_show(w, one);
	return expr_true(w->groups[report].report->where, &w->env);
}

int
fold_add_where(struct fold_worker *w, size_t report, struct fold_record *one)
{
	return is_of(w, report, one, answer_of(w, report, one));
}

/* Those of the list that are of the report go to places; how many. It is left
 * to chance whether one is: so there is no branch. */
static size_t
choose(struct fold_worker *w, size_t report, struct fold_record *const *list,
	size_t n)
{
	struct fold_place *places = w->places;
	size_t count = 0, i;
	int yes;

	for (i = 0; i < n; i++) {
		places[count].one = list[i];
		places[count].answer = answer_of(w, report, list[i]);
		yes = is_of(w, report, list[i], places[count].answer);
		if (yes < 0)
			fold_add_bad(w, list[i]);
		count += yes > 0;
	}
	return count;
}

/* Of n places those whose keys are good, and their groups as far as they are
 * known; how many. */
static size_t
locate(struct fold_worker *w, size_t report, size_t n)
{
	struct fold_place *places = w->places;
	size_t count = 0, i;

	for (i = 0; i < n; i++) {
		if (!fold_place_look(w, report, &places[i]))
			fold_add_bad(w, places[i].one);
		else if (count++ < i)
			places[count - 1] = places[i];
	}
	for (i = 0; i < count; i++)
		fold_place_find(w, report, &places[i]);
	return count;
}

/* ---- the values ---- */

/* Texts are kept, as the next evaluation takes them away. */
static bool
evaluate(struct fold_worker *w, const struct expr *e, struct fold_argument *to)
{
	struct expr_value *v = &to->value;
	int yes;

	if (expr_type(e) == EXPR_BOOL) {
		yes = expr_true(e, &w->env);
		to->holds = yes > 0;
		to->met_missing = w->env.met_missing;
		return yes >= 0;
	}
	if (expr_eval(e, &w->env, v) != EXPR_OK)
		return false;
	if (v->type == EXPR_TEXT && !v->missing) {
		buf_add(&w->texts, v->s);
		v->i = (int64_t)(w->texts.n - v->s.n);
	}
	return true;
}

/* The arguments of a record that its state has not decided, as share `at`. */
static bool
evaluate_all(struct fold_worker *w, const struct report *report,
	const struct fold_answer *answer, size_t at)
{
	uint64_t open = answer->open;
	size_t i;

	for (; open; open &= open - 1) {
		i = (size_t)__builtin_ctzll(open);
		if (!evaluate(w, answer->rest[i],
			&w->arguments[i * FOLD_BATCH + at]))
			return false;
	}
	for (i = FOLD_STATES_MASK; i < report->folded_count; i++) {
		if (!evaluate(w, answer->rest[i],
			&w->arguments[i * FOLD_BATCH + at]))
			return false;
	}
	return true;
}

/* Of n places the shares of those that are good; how many. All arguments come
 * before anything is added: a bad one leaves no trace. */
static size_t
share(struct fold_worker *w, size_t report, size_t n)
{
	const struct report *definition = w->groups[report].report;
	struct fold_place *place = w->places, *end = place + n;
	struct fold_share *shares = w->shares;
	size_t count = 0;

	buf_clear(&w->texts);
	for (; place < end; place++) {
		if (place->answer->open || place->group == NULL)
			fold_add_show(w, place->one);
		if (!evaluate_all(w, definition, place->answer, count) ||
			(place->group == NULL &&
			!fold_place_make(w, report, place))) {
			fold_add_bad(w, place->one);
			continue;
		}
		shares[count++] = (struct fold_share){place->group,
			place->answer, place->index};
	}
	return count;
}

/* ---- what they add ---- */

/* A condition: of aggregate i, whose number in the report is k. */
static void
add_conditions(struct fold_worker *w, const struct groups *g, size_t i,
	size_t k, size_t n)
{
	const struct fold_argument *values = w->arguments + i * FOLD_BATCH;
	const struct fold_share *shares = w->shares;
	void *cells[FOLD_BATCH];
	bool holds[FOLD_BATCH], met_missing[FOLD_BATCH];
	size_t at;

	for (at = 0; at < n; at++) {
		const struct fold_answer *a = shares[at].answer;

		cells[at] = groups_cell(g, shares[at].group, k);
		if (fold_states_open_at(a, i)) {
			holds[at] = values[at].holds;
			met_missing[at] = values[at].met_missing;
		} else {
			holds[at] = a->holds >> i & 1;
			met_missing[at] = a->met_missing >> i & 1;
		}
	}
	aggregate_add_conditions(&g->report->aggregates[k], cells, holds,
		met_missing, n);
}

static void
add_values(struct fold_worker *w, const struct groups *g, size_t i, size_t k,
	size_t n)
{
	struct fold_argument *values = w->arguments + i * FOLD_BATCH;
	const struct fold_share *shares = w->shares;
	size_t at;

	for (at = 0; at < n; at++) {
		struct expr_value *v = &values[at].value;

		if (v->missing)
			continue;
		if (v->type == EXPR_TEXT)
			v->s.p = w->texts.p + v->i;
		aggregate_add(&g->report->aggregates[k],
			groups_cell(g, shares[at].group, k), v, g->sets[k],
			shares[at].index);
	}
}

static void
add(struct fold_worker *w, size_t report, size_t n)
{
	const struct groups *g = &w->groups[report];
	const struct report *definition = g->report;
	size_t i, k;

	for (i = 0; i < n; i++)
		w->shares[i].group->records++;
	for (i = 0; i < definition->folded_count; i++) {
		k = definition->folded[i];
		if (aggregate_is_condition(&definition->aggregates[k]))
			add_conditions(w, g, i, k, n);
		else
			add_values(w, g, i, k, n);
	}
}

void
fold_add_all(struct fold_worker *w, size_t report,
	struct fold_record *const *list, size_t n)
{
	const struct report *definition = w->groups[report].report;
	struct fold_record *rest[FOLD_BATCH];

	if (definition->where == NULL && definition->folded_count == 0) {
		n = fold_place_count(w, report, list, n, rest);
		list = rest;
	}
	n = choose(w, report, list, n);
	n = locate(w, report, n);
	n = share(w, report, n);
	add(w, report, n);
}
