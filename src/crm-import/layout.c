#include "layout.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "date.h"
#include "msg.h"
#include "schema.h"
#include "text.h"
#include "value.h"

static const char *
key_of(unsigned kind)
{
	return kind == SCHEMA_TICKETS ? "ticket_id" : "customer_id";
}

size_t
layout_find(const struct layout *l, struct slice name)
{
	for (size_t i = 0; i < l->clean.count; i++)
		if (slice_equal(l->clean.columns[i].name, name))
			return i;
	return SIZE_MAX;
}

/* The message about a word that is none of the column's. */
static const char *
name_words(struct layout *l, const struct schema_column *column)
{
	struct buf b = {0};
	const char *text;

	buf_text(&b, "not one of ");
	for (size_t i = 0; column->words[i]; i++) {
		buf_text(&b, i ? ", " : "");
		buf_text(&b, column->words[i]);
	}
	buf_byte(&b, '\0');
	text = mem_pool_copy(&l->pool, buf_slice(&b)).p;
	buf_free(&b);
	return text;
}

static void
add_column(struct layout *l, struct slice name, unsigned kind)
{
	const struct schema_column *column = schema_find(name);
	struct clean_column *to;

	if (l->clean.count == l->room) {
		l->room = l->room ? 2 * l->room : 64;
		l->clean.columns = mem_resize(l->clean.columns, l->room,
			sizeof *l->clean.columns);
	}
	to = &l->clean.columns[l->clean.count++];
	*to = (struct clean_column){.name = name,
		.type = source_type(name, kind)};
	to->key = slice_is(name, "customer_id") || slice_is(name, "ticket_id") ||
		slice_is(name, "ref") || slice_is(name, "email");
	to->digits = slice_is(name, "serial") || slice_is(name, "barcode");
	if (column && (column->kinds & kind))
		to->words = words_of(l->words, name);
	if (to->type == SCHEMA_ENUM) {
		to->strict = true;
		to->not_a_word = name_words(l, column);
	}
}

static bool
anywhere(struct slice name, const struct source *sources, size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < sources[k].column_count; i++)
			if (slice_equal(sources[k].columns[i].name, name))
				return true;
	return false;
}

static void
map_source(struct layout *l, const struct source *s, size_t k)
{
	l->to[k] = mem_alloc(l->clean.count, sizeof **l->to);
	for (size_t i = 0; i < l->clean.count; i++)
		l->to[k][i] = CLEAN_NONE;
	for (uint32_t i = 0; i < s->column_count; i++)
		l->to[k][layout_find(l, s->columns[i].name)] = i;
}

/* A column that no record has is only mentioned. */
static void
find_required(struct layout *l, unsigned kind)
{
	size_t n, found = 0;
	const struct schema_column *columns = schema_columns(&n);

	l->required = mem_alloc(n + 1, sizeof *l->required);
	for (size_t i = 0; i < n; i++) {
		size_t c = layout_find(l, slice_of(columns[i].name));

		if (!columns[i].required || !(columns[i].kinds & kind))
			continue;
		if (c != SIZE_MAX && c != l->id)
			l->required[found++] = c;
		if (c == SIZE_MAX)
			msg_warn("no column is %s, which every ticket should"
				" have; --map=%s=HEADER names one%s",
				columns[i].name, columns[i].name,
				strcmp(columns[i].name, "kind") == 0
				? ", --set=kind=WORD is that of all" : "");
	}
	l->required[found] = SIZE_MAX;
}

/* The value as a field; ends the program where it is none. */
static struct slice
set_value(struct layout *l, const struct clean_column *column,
	struct slice value)
{
	struct buf line = {0}, scratch = {0};
	struct value_place place = {&l->clean, column, NULL, 0, &scratch};
	const char *why = "not a time in the form 2026-11-21T08:30:00";
	enum value_status status = VALUE_BAD;
	struct slice kept;

	if ((column->type != SCHEMA_TIME && column->type != SCHEMA_DAY) ||
		date_check(value) == DATE_OK)
		status = value_clean(&place, value, &line, &why);
	if (status != VALUE_GOOD)
		msg_usage("--set: %.*s: %s: %.*s", (int)column->name.n,
			column->name.p, why, (int)value.n, value.p);
	kept = mem_pool_copy(&l->pool, buf_slice(&line));
	buf_free(&line);
	buf_free(&scratch);
	return kept;
}

/* COLUMN=VALUE */
static void
set_column(struct layout *l, const char *argument, unsigned kind)
{
	const char *sign = strchr(argument, '=');
	struct slice name = {argument, sign ? (size_t)(sign - argument) : 0};
	size_t c;

	name = text_trim(name);
	if (name.n == 0)
		msg_usage("--set: not COLUMN=VALUE: %s", argument);
	if (slice_is(name, key_of(kind)))
		msg_usage("--set: %s tells one row from another", key_of(kind));
	c = layout_find(l, name);
	if (c == SIZE_MAX) {
		add_column(l, name, kind);
		c = l->clean.count - 1;
	}
	if (l->clean.columns[c].instead.n > 0)
		msg_usage("--set: %.*s twice", (int)name.n, name.p);
	l->clean.columns[c].instead = set_value(l, &l->clean.columns[c],
		text_trim(slice_of(sign + 1)));
}

void
layout_open(struct layout *l, const struct import *import, unsigned kind,
	const struct source *sources, size_t n, const struct slice *own,
	size_t own_count)
{
	struct slice key = slice_of(key_of(kind));

	*l = (struct layout){.words = words_open()};
	l->clean.excel = import->excel;
	l->clean.none_said = import->consent_replaced &&
		kind != SCHEMA_TICKETS;
	l->clean.as_of = import->as_of;
	l->clean.channels = words_of(l->words, slice_of("channel"));
	l->clean.orders = words_of(l->words, slice_of("order_status"));
	for (size_t i = 0; i < own_count; i++)
		add_column(l, own[i], kind);
	if (own && layout_find(l, key) == SIZE_MAX)
		msg_die("%s: no column %s", import->into, key.p);
	if (!own && !anywhere(key, sources, n))
		add_column(l, key, kind);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < sources[k].column_count; i++)
			if (layout_find(l, sources[k].columns[i].name) == SIZE_MAX)
				add_column(l, sources[k].columns[i].name, kind);
	for (size_t i = 0; i < import->set_count; i++)
		set_column(l, import->sets[i], kind);
	if (kind == SCHEMA_TICKETS && n > 0 && !import->match &&
		!anywhere(key, sources, n))
		msg_warn("no column is ticket_id, which tells tickets apart;"
			" --map=ticket_id=HEADER names one");
	l->id = l->clean.id = layout_find(l, key);
	l->to = mem_alloc(n, sizeof *l->to);
	for (size_t k = 0; k < n; k++)
		map_source(l, &sources[k], k);
	find_required(l, kind);
}

void
layout_close(struct layout *l, size_t n)
{
	for (size_t k = 0; k < n; k++)
		free(l->to[k]);
	free(l->to);
	free(l->required);
	free(l->clean.columns);
	words_close(l->words);
	mem_pool_free(&l->pool);
}

static _Noreturn void
no_such_column(struct layout *l, const char *option, struct slice name)
{
	struct slice *names = mem_pool_get(&l->pool,
		l->clean.count * sizeof *names);
	const struct slice *near;

	for (size_t i = 0; i < l->clean.count; i++)
		names[i] = l->clean.columns[i].name;
	near = text_suggest(name, names, l->clean.count);
	if (near)
		msg_die("--%s: no column \"%.*s\" (did you mean \"%.*s\"?)",
			option, (int)name.n, name.p, (int)near->n, near->p);
	msg_die("--%s: no column \"%.*s\"", option, (int)name.n, name.p);
}

static void
add_match(struct layout *l, struct slice name, bool asked,
	struct base_rules *rules)
{
	size_t c = layout_find(l, name);

	if (c == SIZE_MAX && asked)
		no_such_column(l, "match", name);
	if (c == SIZE_MAX)
		return;
	if (c == l->id) {
		rules->id_decides = true;
		return;
	}
	for (size_t i = 0; i < rules->key_count; i++)
		if (rules->keys[i] == c)
			msg_usage("--match: %.*s twice", (int)name.n, name.p);
	if (rules->key_count == BASE_KEYS)
		msg_usage("--match: more than %d columns", BASE_KEYS);
	rules->keys[rules->key_count++] = c;
}

void
layout_rules(struct layout *l, const struct import *import,
	unsigned kind, struct base_rules *rules)
{
	const char *list = import->match ? import->match
		: kind == SCHEMA_TICKETS ? "ticket_id"
		: "customer_id,phone,email";

	*rules = (struct base_rules){.kind = kind, .layout = &l->clean,
		.id = l->id, .on_match = import->on_match,
		.consent_replaced = import->consent_replaced};
	while (*list) {
		size_t n = strcspn(list, ",");
		struct slice name = text_trim((struct slice){list, n});

		if (name.n == 0)
			msg_usage("--match: an empty name");
		add_match(l, name, import->match != NULL, rules);
		list += n + (list[n] == ',');
	}
}

/* COLUMN:KIND; a name may hold a colon, a kind does not. */
void
layout_check(struct layout *l, const char *argument)
{
	const char *colon = strrchr(argument, ':');
	struct slice name = {argument, colon ? (size_t)(colon - argument) : 0};
	const struct check *check = colon ? check_find(slice_of(colon + 1))
		: NULL;
	size_t c;

	if (name.n == 0)
		msg_usage("--check: not COLUMN:KIND: %s", argument);
	if (!check)
		msg_usage("--check: %s, not %s", check_kinds(), colon + 1);
	c = layout_find(l, name);
	if (c == SIZE_MAX)
		no_such_column(l, "check", name);
	l->clean.columns[c].check = check;
}
