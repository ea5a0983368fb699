#include "fold_add.h"

#include "aggregate.h"

void
fold_add_show(struct fold_worker *w, struct fold_record *one)
{
	w->env.row = &one->r;
	w->env.known_time = one->opened;
	w->env.given = one->givens;
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

static inline const struct fold_answer *
answer_of(struct fold_worker *w, size_t report, const struct fold_record *one)
{
	return fold_states_answer(&w->states, w->groups[report].report, report,
		(size_t)(one - w->batch), &w->env);
}

static inline int
is_of(struct fold_worker *w, size_t report, const struct fold_answer *answer)
{
	const struct report *definition = w->groups[report].report;

	if (definition->where == NULL)
		return 1;
	if (answer && answer->where >= 0)
		return answer->where;
	return expr_true(definition->where, &w->env);
}

int
fold_add_where(struct fold_worker *w, size_t report,
	const struct fold_record *one)
{
	return is_of(w, report, answer_of(w, report, one));
}

/* ---- the group ---- */

static bool
computed_group(struct fold_worker *w, const struct groups *g, uint32_t *index)
{
	const struct report *report = g->report;
	struct expr_value value;
	size_t i;

	buf_clear(&w->key);
	for (i = 0; i < report->key_count; i++) {
		if (i > 0)
			buf_byte(&w->key, '\t');
		if (expr_eval(report->keys[i].e, &w->env, &value) != EXPR_OK)
			return false;
		expr_write(&w->key, report->keys[i].e, &value);
	}
	*index = groups_put(g, buf_slice(&w->key));
	return true;
}

/* A computed key; 1 it fits, 0 it is too long, -1 it is bad. */
static int
sign_value(struct fold_worker *w, const struct report_key *key, size_t i,
	struct fold_signature *s)
{
	struct expr_value value;

	if (expr_eval(key->e, &w->env, &value) != EXPR_OK)
		return -1;
	if (value.missing)
		fold_cache_number(s, i, 0, 1);
	else if (value.type != EXPR_TEXT)
		fold_cache_number(s, i, (uint64_t)value.i, 0);
	else
		return fold_cache_field(s, i, value.s, value.s.p + value.s.n);
	return 1;
}

/* What the keys are in the record, without writing them; as sign_value. */
static inline int
sign(struct fold_worker *w, const struct record *r,
	const struct report *report, struct fold_signature *s)
{
	const char *end = r->text + r->separators[r->fields - 1] + 1;
	size_t i;
	int fits = 1;

	s->hash = 0;
	s->lengths = 0;
	for (i = 0; i < report->key_count && fits > 0; i++) {
		const struct report_key *key = &report->keys[i];

		if (key->table == 0)
			fits = fold_cache_field(s, i,
				record_field(r, key->column), end);
		else if (key->table == RECORD_NONE)
			fits = sign_value(w, key, i, s);
		else if (w->env.cells[key->table])
			fold_cache_number(s, i,
				w->numbers[key->table][key->column], 0);
		else
			fold_cache_number(s, i, 0, 1);
	}
	return fits;
}

/* ---- the aggregates ---- */

/* All arguments before anything is added: a bad one leaves no trace. Texts are
 * kept, as the next evaluation takes them away. */
static bool
evaluate(struct fold_worker *w, const struct report *report,
	const struct fold_answer *answer)
{
	const struct expr_aggregate *a;
	struct expr_value *v;
	size_t i;

	buf_clear(&w->texts);
	for (i = 0; i < report->folded_count; i++) {
		if (fold_states_of(answer, i) >= 0)
			continue;
		a = &report->aggregates[report->folded[i]];
		v = &w->arguments[i].value;
		if (expr_eval(a->argument, &w->env, v) != EXPR_OK)
			return false;
		w->arguments[i].met_missing = w->env.met_missing;
		if (v->type == EXPR_TEXT && !v->missing) {
			buf_add(&w->texts, v->s);
			v->i = (int64_t)(w->texts.n - v->s.n);
		}
	}
	return true;
}

/* ---- the steps of a record: of several, the memory is asked in between ---- */

static void
seek(struct fold_worker *w, size_t report, struct fold_place *place)
{
	const struct fold_tuple *tuple;

	place->group = NULL;
	if (place->numbered) {
		tuple = fold_tuples_find(&w->numbered[report].tuples,
			place->ids);
		if (tuple) {
			place->group = tuple->group;
			place->index = tuple->index;
		}
	} else if (place->known) {
		place->group = fold_cache_find(&w->caches[report],
			&place->signature, &place->index);
	}
	if (place->group)
		__builtin_prefetch(place->group, 1);
}

/* False where the record is bad: then there is no new group either. */
static bool
make_group(struct fold_worker *w, size_t report, struct fold_place *place)
{
	const struct groups *g = &w->groups[report];

	if (!computed_group(w, g, &place->index))
		return false;
	place->group = groups_at(g, place->index);
	if (place->numbered)
		fold_tuples_keep(&w->numbered[report].tuples, place->ids,
			place->group, place->index);
	else if (place->known)
		fold_cache_keep(&w->caches[report], &place->signature,
			place->group, place->index);
	return true;
}

static void
add(struct fold_worker *w, size_t report, const struct fold_place *place)
{
	const struct groups *g = &w->groups[report];
	const struct report *definition = g->report;
	struct expr_value *v;
	size_t i, k;
	int holds;

	place->group->records++;
	for (i = 0; i < definition->folded_count; i++) {
		holds = fold_states_of(place->answer, i);
		if (holds == 0)
			continue;
		k = definition->folded[i];
		v = &w->arguments[i].value;
		if (holds > 0)
			*v = (struct expr_value){.type = EXPR_BOOL, .i = 1};
		if (v->type == EXPR_TEXT && !v->missing)
			v->s.p = w->texts.p + v->i;
		aggregate_add(&definition->aggregates[k],
			groups_cell(g, place->group, k), v,
			w->arguments[i].met_missing, g->sets[k], place->index);
	}
}

/* Of the record in hand, whose place was sought. */
static void
finish(struct fold_worker *w, size_t report, struct fold_place *place)
{
	const struct report *definition = w->groups[report].report;

	if ((definition->folded_count > 0 && !evaluate(w, definition,
		place->answer)) ||
		(place->group == NULL && !make_group(w, report, place))) {
		fold_add_bad(w, place->one);
		return;
	}
	add(w, report, place);
}

/* The numbers of the keys; false where one has none. */
static inline bool
number(const struct fold_worker *w, const struct fold_numbered *keys,
	struct fold_place *place)
{
	size_t at = (size_t)(place->one - w->batch), k;
	uint64_t ids = 0, id;
	bool all = keys->count > 0;

	for (k = 0; k < keys->count; k++) {
		id = keys->ids[k]->of[at];
		all = all && id != FOLD_IDS_NONE;
		ids = ids << 16 | id;
	}
	place->ids = ids;
	return all;
}

/* Where the record in hand belongs; false where it is bad. */
static bool
locate(struct fold_worker *w, size_t report, struct fold_place *place)
{
	int known = 0;

	place->known = false;
	place->numbered = number(w, &w->numbered[report], place);
	if (place->numbered) {
		__builtin_prefetch(fold_tuples_at(&w->numbered[report].tuples,
			place->ids));
		return true;
	}
	if (w->caches[report].parts > 0)
		known = sign(w, &place->one->r, w->groups[report].report,
			&place->signature);
	place->known = known > 0;
	if (known > 0)
		fold_cache_prefetch(&w->caches[report], &place->signature);
	return known >= 0;
}

/* Whether the record in hand is of the report, and then where it belongs. */
static bool
start(struct fold_worker *w, size_t report, struct fold_place *place)
{
	int yes;

	place->answer = answer_of(w, report, place->one);
	yes = is_of(w, report, place->answer);
	if (yes < 0 || (yes > 0 && !locate(w, report, place))) {
		fold_add_bad(w, place->one);
		return false;
	}
	return yes > 0;
}

/* All that counts is how many there are: no value is looked at. */
static void
count_all(struct fold_worker *w, size_t report, struct fold_record **list,
	size_t n)
{
	const struct fold_tuples *tuples = &w->numbered[report].tuples;
	const struct fold_tuple *tuple;
	struct fold_place *places = w->places;
	struct group *known[FOLD_BATCH];
	size_t count = 0, rest = 0, i;

	for (i = 0; i < n; i++) {
		places[rest].one = list[i];
		if (number(w, &w->numbered[report], &places[rest]) &&
			(tuple = fold_tuples_find(tuples, places[rest].ids))) {
			known[count++] = tuple->group;
			__builtin_prefetch(tuple->group, 1);
		} else {
			rest++;
		}
	}
	for (i = 0; i < count; i++)
		known[i]->records++;
	for (i = 0; i < rest; i++) {
		places[i].answer = NULL;
		fold_add_show(w, places[i].one);
		if (locate(w, report, &places[i])) {
			seek(w, report, &places[i]);
			finish(w, report, &places[i]);
		} else {
			fold_add_bad(w, places[i].one);
		}
	}
}

void
fold_add_all(struct fold_worker *w, size_t report, struct fold_record **list,
	size_t n)
{
	const struct report *definition = w->groups[report].report;
	struct fold_place *places = w->places;
	size_t count = 0, i;

	if (definition->where == NULL && definition->folded_count == 0 &&
		w->numbered[report].count > 0) {
		count_all(w, report, list, n);
		return;
	}
	for (i = 0; i < n; i++) {
		places[count].one = list[i];
		fold_add_show(w, list[i]);
		count += start(w, report, &places[count]);
	}
	for (i = 0; i < count; i++)
		seek(w, report, &places[i]);
	for (i = 0; i < count; i++) {
		fold_add_show(w, places[i].one);
		finish(w, report, &places[i]);
	}
}

void
fold_add_one(struct fold_worker *w, size_t report, struct fold_record *one)
{
	struct fold_place *place = w->places;

	place->one = one;
	if (!start(w, report, place))
		return;
	seek(w, report, place);
	finish(w, report, place);
}
