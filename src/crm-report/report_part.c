#include "report_part.h"

#include <stdio.h>

#include "aggregate.h"
#include "msg.h"
#include "num.h"
#include "text.h"

/* What a name stands for: a key of the rows, `across`, or a measure. */
struct named {
	bool measure;
	size_t number;
};

static struct named
find(const struct report *r, enum definition_field field, struct slice name,
	size_t at)
{
	size_t n = r->key_count + r->measure_count, i;
	struct slice *names = mem_pool_get(&r->subject->scope.pool,
		(n + 1) * sizeof *names);
	const struct slice *near;
	char why[300], shown[100];

	for (i = 0; i < n; i++) {
		names[i] = i < r->key_count ? r->keys[i].name :
			r->measures[i - r->key_count].name;
		if (slice_equal(names[i], name))
			return (struct named){i >= r->key_count,
				i < r->key_count ? i : i - r->key_count};
	}
	near = text_suggest(name, names, n);
	msg_quote(shown, sizeof shown, name);
	snprintf(why, sizeof why, "neither a key nor a measure: %s", shown);
	if (near) {
		msg_quote(shown, sizeof shown, *near);
		snprintf(why + strlen(why), sizeof why - strlen(why),
			" (did you mean %s?)", shown);
	}
	definition_die_at(r->definition, field, at, why);
}

/* The next item of a list with commas, and where it stands. */
static bool
next_item(struct slice list, size_t *from, struct slice *item, size_t *at)
{
	const char *comma;
	size_t to;

	if (*from >= list.n)
		return false;
	comma = memchr(list.p + *from, ',', list.n - *from);
	to = comma ? (size_t)(comma - list.p) : list.n;
	*item = text_trim((struct slice){list.p + *from, to - *from});
	*at = item->n ? (size_t)(item->p - list.p) : *from;
	*from = to + 1;
	return true;
}

/* "-n, kind". */
void
report_part_sort(struct report *r)
{
	struct slice list = definition_get(r->definition, DEFINITION_SORT), item;
	struct report_sort sort;
	struct named named;
	size_t from = 0, at;

	while (next_item(list, &from, &item, &at)) {
		sort.down = item.n > 0 && *item.p == '-';
		if (sort.down) {
			item = text_trim((struct slice){item.p + 1,
				item.n - 1});
			at++;
		}
		named = find(r, DEFINITION_SORT, item, at);
		if (!named.measure && named.number >= report_rows_by(r))
			definition_die_at(r->definition, DEFINITION_SORT, at,
				"columns stand by their value, upwards");
		sort.measure = named.measure;
		sort.number = named.number;
		r->sorts = mem_resize(r->sorts, r->sort_count + 1,
			sizeof *r->sorts);
		r->sorts[r->sort_count++] = sort;
	}
}

/* "1 to 12" */
static bool
read_bounds(struct slice text, struct report_key *key)
{
	struct slice word[3];
	size_t count = 0, from = 0, to;

	while (from < text.n && count < 3) {
		for (to = from; to < text.n && text.p[to] != ' '; to++)
			continue;
		if (to > from)
			word[count++] = (struct slice){text.p + from,
				to - from};
		from = to + 1;
	}
	return count == 3 && slice_is(word[1], "to") && from > text.n &&
		num_read(word[0], &key->least) == NUM_OK &&
		num_read(word[2], &key->most) == NUM_OK &&
		key->least % NUM_ONE == 0 && key->most % NUM_ONE == 0 &&
		key->least <= key->most &&
		key->most - key->least < 10000 * NUM_ONE;
}

/* "month", or "month = 1 to 12". */
void
report_part_every(struct report *r)
{
	struct slice list = definition_get(r->definition, DEFINITION_EVERY);
	struct slice name, text;
	struct report_key *key;
	struct named named;
	size_t position = 0, at;

	while (expr_item(list, &position, &name, &text, &at)) {
		named = find(r, DEFINITION_EVERY, name.n ? name : text,
			(size_t)((name.n ? name.p : text.p) - list.p));
		if (named.measure)
			definition_die_at(r->definition, DEFINITION_EVERY, at,
				"a measure, not a key");
		key = &r->keys[named.number];
		if (expr_type(key->e) != EXPR_NUMBER &&
			expr_type(key->e) != EXPR_TEXT)
			definition_die_at(r->definition, DEFINITION_EVERY, at,
				"neither a number nor a text like 2026-11");
		key->every = true;
		key->bounded = name.n > 0;
		if (key->bounded && (!read_bounds(text, key) ||
			expr_type(key->e) != EXPR_NUMBER))
			definition_die_at(r->definition, DEFINITION_EVERY, at,
				"not two whole numbers, as in \"1 to 12\"");
	}
}

void
report_part_check(const struct report *r)
{
	struct slice list = definition_get(r->definition, DEFINITION_UNITS);
	struct slice name, unit;
	struct named named;
	size_t position = 0, from = 0, at;

	while (expr_item(list, &position, &name, &unit, &at)) {
		if (name.n == 0)
			definition_die_at(r->definition, DEFINITION_UNITS, at,
				"not \"name = unit\"");
		find(r, DEFINITION_UNITS, name, (size_t)(name.p - list.p));
	}
	list = definition_get(r->definition, DEFINITION_DRAW);
	while (next_item(list, &from, &name, &at)) {
		named = find(r, DEFINITION_DRAW, name, at);
		if (!named.measure)
			definition_die_at(r->definition, DEFINITION_DRAW, at,
				"a key, not a measure");
	}
}

static const char *
unit_of_measure(const struct report *r, const struct report_measure *m)
{
	bool customers = r->subject->customers;

	if (expr_type(m->e) == EXPR_DURATION)
		return "hours";
	if (expr_type(m->e) != EXPR_NUMBER)
		return "";
	if (expr_money(m->e))
		return "yuan";
	if (m->whole == RECORD_NONE)
		return !m->divisor ? "" :
			definition_is_built_in(r->definition) ? "rate" :
			"ratio";
	switch (r->aggregates[m->whole].function) {
	case EXPR_COUNT:
		return customers ? "customers" : "tickets";
	case EXPR_SHARE:
	case EXPR_CUMSHARE:
		return "%";
	case EXPR_RATE:
		return "rate";
	default:
		return "";
	}
}

struct slice
report_unit(const struct report *r, bool key, size_t i)
{
	struct slice list = definition_get(r->definition, DEFINITION_UNITS);
	struct slice mine = key ? r->keys[i].name : r->measures[i].name;
	struct slice name, unit;
	size_t position = 0, at;

	while (expr_item(list, &position, &name, &unit, &at)) {
		if (slice_equal(name, mine))
			return unit;
	}
	if (key)
		return slice_of(expr_type(r->keys[i].e) == EXPR_DURATION ?
			"hours" : "");
	return slice_of(unit_of_measure(r, &r->measures[i]));
}

bool
report_drawn(const struct report *r, size_t i)
{
	struct slice list = definition_get(r->definition, DEFINITION_DRAW), item;
	size_t from = 0, at;

	while (next_item(list, &from, &item, &at)) {
		if (slice_equal(item, r->measures[i].name))
			return true;
	}
	return false;
}

bool
report_samples(const struct report *r)
{
	size_t i;

	for (i = 0; i < r->measure_count; i++) {
		if (r->measures[i].divisor)
			return true;
	}
	for (i = 0; i < r->aggregate_count; i++) {
		switch (r->aggregates[i].function) {
		case EXPR_MEAN:
		case EXPR_MEDIAN:
		case EXPR_PERCENTILE:
		case EXPR_RATE:
			return true;
		default:
			break;
		}
	}
	return false;
}
