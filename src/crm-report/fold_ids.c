#include "fold_ids.h"

#include <stdlib.h>

#include "date.h"
#include "mem.h"

void
fold_ids_open(struct fold_ids *ids, size_t column, const struct expr *e)
{
	*ids = (struct fold_ids){.column = column, .e = e};
	if (e)
		ids->days = mem_zero(FOLD_IDS_DAYS, sizeof *ids->days);
	fold_cache_open(&ids->cache, 1);
}

void
fold_ids_close(struct fold_ids *ids)
{
	fold_cache_close(&ids->cache);
	free(ids->days);
}

static uint16_t
number(struct fold_ids *ids, const struct fold_signature *s)
{
	uint32_t id;

	if (fold_cache_find(&ids->cache, s, &id))
		return (uint16_t)id;
	if (ids->count == FOLD_IDS_NONE)
		return FOLD_IDS_NONE;
	/* any pointer but null says that the place is taken */
	fold_cache_keep(&ids->cache, s, (struct group *)ids->cache.places,
		ids->count);
	return (uint16_t)ids->count++;
}

void
fold_ids_read(struct fold_ids *ids, const struct record **batch, size_t n)
{
	struct fold_signature signatures[FOLD_BATCH], *s;
	const struct record *r;
	const char *end;
	size_t i;

	for (i = 0; i < n; i++) {
		r = batch[i];
		s = &signatures[i];
		s->hash = 0;
		s->lengths = 0;
		ids->of[i] = FOLD_IDS_NONE;
		if (r == NULL)
			continue;
		end = r->text + r->separators[r->fields - 1] + 1;
		if (!fold_cache_field(s, 0, record_field(r, ids->column), end))
			continue;
		fold_cache_prefetch(&ids->cache, s);
		ids->of[i] = 0;
	}
	for (i = 0; i < n; i++) {
		if (ids->of[i] != FOLD_IDS_NONE)
			ids->of[i] = number(ids, &signatures[i]);
	}
}

/* Of a value that was computed. */
static uint16_t
number_value(struct fold_ids *ids, const struct expr_value *value)
{
	struct fold_signature s;

	s.hash = 0;
	s.lengths = 0;
	if (value->missing)
		fold_cache_number(&s, 0, 0, 1);
	else if (value->type != EXPR_TEXT)
		fold_cache_number(&s, 0, (uint64_t)value->i, 0);
	else if (!fold_cache_field(&s, 0, value->s, value->s.p + value->s.n))
		return FOLD_IDS_NONE;
	return number(ids, &s);
}

static void
number_day(struct fold_ids *ids, struct fold_ids_day *day,
	const struct record *r, int64_t opened, struct expr_env *env)
{
	struct expr_value value;

	env->row = r;
	env->known_time = opened;
	day->midnight = date_midnight(opened);
	day->known = expr_eval(ids->e, env, &value) == EXPR_OK;
	day->number = day->known ? number_value(ids, &value) : FOLD_IDS_NONE;
}

void
fold_ids_read_days(struct fold_ids *ids, const struct record **batch,
	const int64_t *opened, size_t n, struct expr_env *env)
{
	struct fold_ids_day *day = ids->days;
	size_t i;

	for (i = 0; i < n; i++) {
		ids->of[i] = FOLD_IDS_NONE;
		if (batch[i] == NULL)
			continue;
		/* most often it is the day of the one before */
		if (opened[i] < day->midnight ||
			opened[i] - day->midnight >= DATE_DAY)
			day = &ids->days[(uint64_t)date_midnight(opened[i]) /
				DATE_DAY % FOLD_IDS_DAYS];
		if (!day->known || opened[i] < day->midnight ||
			opened[i] - day->midnight >= DATE_DAY)
			number_day(ids, day, batch[i], opened[i], env);
		ids->of[i] = day->number;
	}
}

void
fold_tuples_open(struct fold_tuples *t, size_t keys)
{
	size_t places = (size_t)2 << FOLD_TUPLES_BITS;

	t->single = keys == 1;
	t->places = mem_zero(t->single ? FOLD_IDS_NONE + 1 : places,
		sizeof *t->places);
}

void
fold_tuples_close(struct fold_tuples *t)
{
	free(t->places);
}

void
fold_tuples_keep(struct fold_tuples *t, uint64_t ids, struct group *group,
	uint32_t index)
{
	struct fold_tuple *p = fold_tuples_at(t, ids);

	if (!t->single && p[0].group)
		p[1] = p[0];
	p[0] = (struct fold_tuple){ids, group, index};
}
