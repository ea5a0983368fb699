#include "fold_place.h"

#include "fold_add.h"

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
static int
sign(struct fold_worker *w, struct fold_record *one,
	const struct report *report, struct fold_signature *s)
{
	const struct record *r = &one->r;
	const char *end = r->text + r->separators[r->fields - 1] + 1;
	size_t i;
	int fits = 1;

	fold_add_show(w, one);
	s->hash = 0;
	s->lengths = 0;
	for (i = 0; i < report->key_count && fits > 0; i++) {
		const struct report_key *key = &report->keys[i];

		if (key->table == 0)
			fits = fold_cache_field(s, i,
				record_field(r, key->column), end);
		else if (key->table == RECORD_NONE)
			fits = sign_value(w, key, i, s);
		else if (one->cells[key->table - 1])
			fold_cache_number(s, i,
				one->numbers[key->table - 1][key->column], 0);
		else
			fold_cache_number(s, i, 0, 1);
	}
	return fits;
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

bool
fold_place_look(struct fold_worker *w, size_t report, struct fold_place *place)
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
		known = sign(w, place->one, w->groups[report].report,
			&place->signature);
	place->known = known > 0;
	if (known > 0)
		fold_cache_prefetch(&w->caches[report], &place->signature);
	return known >= 0;
}

void
fold_place_find(const struct fold_worker *w, size_t report,
	struct fold_place *place)
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

size_t
fold_place_count(struct fold_worker *w, size_t report,
	struct fold_record *const *list, size_t n, struct fold_record **rest)
{
	const struct fold_numbered *keys = &w->numbered[report];
	struct group *known[FOLD_BATCH];
	const struct fold_tuple *tuple;
	struct fold_place place;
	size_t count = 0, left = 0, i;

	for (i = 0; i < n; i++) {
		place.one = list[i];
		if (number(w, keys, &place) &&
			(tuple = fold_tuples_find(&keys->tuples, place.ids))) {
			known[count++] = tuple->group;
			__builtin_prefetch(tuple->group, 1);
		} else {
			rest[left++] = list[i];
		}
	}
	for (i = 0; i < count; i++)
		known[i]->records++;
	return left;
}

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

bool
fold_place_make(struct fold_worker *w, size_t report, struct fold_place *place)
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
