#include "expr_node.h"

#include <stdio.h>
#include <stdlib.h>

#include "text.h"

/* The tables whose columns a word can be. */
static size_t
tables(const struct expr_parser *p, const struct expr_table **first)
{
	if (p->place != PLACE_RELATED) {
		*first = p->scope->tables;
		return p->scope->table_count;
	}
	*first = p->scope->related;
	return p->scope->related != NULL;
}

static bool
bare(const struct expr_parser *p, const struct expr_table *table)
{
	return table->prefix == NULL || p->place == PLACE_RELATED;
}

/* The given values that a word can be here: from *first to what is returned. */
static size_t
givens_seen(const struct expr_parser *p, size_t *first)
{
	const struct expr_scope *scope = p->scope;

	*first = p->place == PLACE_SHOW ? scope->row_given_count : 0;
	if (p->place == PLACE_RELATED)
		return 0;
	return p->place == PLACE_ROW && scope->aggregates ?
		scope->row_given_count : scope->given_count;
}

static size_t
find_column(const struct expr_table *table, struct slice name)
{
	size_t i = 0;

	while (i < table->count && !slice_equal(table->names[i], name))
		i++;
	return i < table->count ? i : RECORD_NONE;
}

static struct expr_node *
column_node(struct expr_parser *p, size_t t, size_t c, struct slice source)
{
	const struct expr_table *first;
	enum schema_type type;
	struct expr_node *n;

	tables(p, &first);
	type = schema_type_of(first[t].names[c]);
	switch (type) {
	case SCHEMA_NUMBER:
	case SCHEMA_MONEY:
		n = expr_node_new(p, NODE_COLUMN_NUMBER, EXPR_NUMBER);
		n->money = type == SCHEMA_MONEY;
		break;
	case SCHEMA_TIME:
		n = expr_node_new(p, NODE_COLUMN_TIME, EXPR_TIME);
		break;
	default:
		n = expr_node_new(p, NODE_COLUMN, EXPR_TEXT);
		n->day = type == SCHEMA_DAY;
	}
	n->table = t;
	n->column = c;
	n->source = source;
	if (p->place != PLACE_RELATED)
		p->scope->uses[t][c] = true;
	expr_node_mention(p, n);
	return n;
}

static struct expr_node *
given_node(struct expr_parser *p, struct slice word)
{
	const struct expr_given *given = p->scope->given;
	struct expr_node *n;
	size_t i, seen = givens_seen(p, &i);

	while (i < seen && !slice_is(word, given[i].name))
		i++;
	if (i >= seen)
		return NULL;
	n = expr_node_new(p, NODE_GIVEN, given[i].type);
	n->column = i;
	n->money = given[i].money;
	n->source = word;
	expr_node_mention(p, n);
	return n;
}

bool
expr_name_symbol(struct expr_parser *p, struct expr_token word)
{
	size_t at = expr_lex_symbol(word.s);
	uint32_t code;
	struct slice sign;

	if (at == word.s.n)
		return false;
	sign = (struct slice){word.s.p + at, word.s.n - at};
	sign.n = text_decode(sign, &code);
	if (code >= 0xff01 && code <= 0xff5e)
		expr_fail(p, word.at + at, "unexpected \"%.*s\" (did you mean "
			"\"%c\"?)", (int)sign.n, sign.p, (int)(code - 0xfee0));
	else if (code >= 0x2018 && code <= 0x201f)
		expr_fail(p, word.at + at, "unexpected \"%.*s\" (texts stand in "
			"\"...\" or '...')", (int)sign.n, sign.p);
	else
		expr_fail(p, word.at + at, "unexpected \"%.*s\"", (int)sign.n,
			sign.p);
	return true;
}

void *
expr_name_suggest(struct expr_parser *p, struct expr_token word,
	const struct slice *names, size_t n, const char *what)
{
	const struct slice *near = text_suggest(word.s, names, n);

	if (near == NULL)
		return expr_fail(p, word.at, "unknown %s \"%.*s\"", what,
			expr_shown(word.s), word.s.p);
	return expr_fail(p, word.at,
		"unknown %s \"%.*s\" (did you mean \"%.*s\"?)", what,
		expr_shown(word.s), word.s.p, expr_shown(*near), near->p);
}

/* Every name that could stand here, as it is written. */
static size_t
candidates(const struct expr_parser *p, struct slice *out, struct mem_pool *pool)
{
	const struct expr_table *first;
	size_t count = tables(p, &first), n = 0, t, c;
	size_t seen = givens_seen(p, &c);
	struct slice name;
	char *text;

	for (; c < seen; c++)
		out[n++] = slice_of(p->scope->given[c].name);
	for (t = 0; p->place != PLACE_SHOW && t < count; t++) {
		for (c = 0; c < first[t].count; c++) {
			name = first[t].names[c];
			if (!bare(p, &first[t])) {
				size_t prefix = strlen(first[t].prefix);

				text = mem_pool_get(pool, prefix + 1 + name.n);
				memcpy(text, first[t].prefix, prefix);
				text[prefix] = '.';
				memcpy(text + prefix + 1, name.p, name.n);
				name = (struct slice){text, prefix + 1 + name.n};
			}
			out[n++] = name;
		}
	}
	out[n++] = slice_of("asof");
	out[n++] = slice_of("true");
	out[n++] = slice_of("false");
	return n;
}

static struct expr_node *
unknown(struct expr_parser *p, struct expr_token word)
{
	const struct expr_table *first;
	size_t count = tables(p, &first), room = p->scope->given_count + 3, n, t;
	struct mem_pool pool = {0};
	struct slice *names;

	if (expr_name_symbol(p, word))
		return NULL;
	for (t = 0; t < count; t++) {
		if (!bare(p, &first[t]) && p->place != PLACE_SHOW &&
			find_column(&first[t], word.s) != RECORD_NONE)
			return expr_fail(p, word.at, "unknown column \"%.*s\" "
				"(did you mean \"%s.%.*s\"?)",
				expr_shown(word.s), word.s.p, first[t].prefix,
				expr_shown(word.s), word.s.p);
		if (bare(p, &first[t]) && p->place == PLACE_SHOW &&
			find_column(&first[t], word.s) != RECORD_NONE)
			return expr_fail(p, word.at, "\"%.*s\" is a column: it "
				"can only stand in an aggregate, as in "
				"distinct(%.*s)", expr_shown(word.s), word.s.p,
				expr_shown(word.s), word.s.p);
		room += first[t].count;
	}
	names = mem_alloc(room, sizeof(*names));
	n = candidates(p, names, &pool);
	expr_name_suggest(p, word, names, n,
		p->place == PLACE_SHOW ? "measure" : "column");
	free(names);
	mem_pool_free(&pool);
	return NULL;
}

/* A word with a dot whose table is not there. */
static struct expr_node *
unknown_table(struct expr_parser *p, struct expr_token word, size_t dot)
{
	static const char *const known[] = {"customer", "product"};
	const struct expr_table *first;
	size_t count = tables(p, &first), n = 0, t;
	struct slice names[4];

	if (p->place == PLACE_RELATED)
		return expr_fail(p, word.at, "unknown table \"%.*s\" (the "
			"condition of a relation sees only its own rows)",
			expr_shown((struct slice){word.s.p, dot}), word.s.p);
	word.s.n = dot;
	for (t = 0; t < sizeof(known) / sizeof(*known); t++) {
		if (slice_is(word.s, known[t]))
			return expr_fail(p, word.at, "unknown table \"%s\" "
				"(it stands beside tickets, where a file of "
				"%ss is given)", known[t], known[t]);
	}
	for (t = 0; t < count && n < 4; t++) {
		if (first[t].prefix != NULL)
			names[n++] = slice_of(first[t].prefix);
	}
	return expr_name_suggest(p, word, names, n, "table");
}

static struct expr_node *
dotted(struct expr_parser *p, struct expr_token word, size_t dot)
{
	const struct expr_table *first;
	size_t count = tables(p, &first), t = 0, c;
	struct slice prefix = {word.s.p, dot};
	struct slice name = {word.s.p + dot + 1, word.s.n - dot - 1};

	while (t < count &&
		(bare(p, &first[t]) || !slice_is(prefix, first[t].prefix)))
		t++;
	if (t == count)
		return unknown_table(p, word, dot);
	if (p->place == PLACE_SHOW)
		return expr_fail(p, word.at, "\"%.*s\" is a column: it can only "
			"stand in an aggregate", expr_shown(word.s), word.s.p);
	c = find_column(&first[t], name);
	return c != RECORD_NONE ? column_node(p, t, c, word.s)
				: unknown(p, word);
}

struct expr_node *
expr_name_column(struct expr_parser *p, struct slice name, bool in_data,
	struct slice source)
{
	const struct expr_table *first;
	size_t count = tables(p, &first), t, c;

	for (t = 0; t < count; t++) {
		if (!bare(p, &first[t]))
			continue;
		c = find_column(&first[t], name);
		if (c != RECORD_NONE && !(in_data &&
			c >= first[t].count - first[t].lacked))
			return column_node(p, t, c, source);
	}
	return NULL;
}

struct expr_node *
expr_name(struct expr_parser *p, struct expr_token word)
{
	const char *dot = memchr(word.s.p, '.', word.s.n);
	struct expr_node *n;

	if (dot != NULL)
		return dotted(p, word, (size_t)(dot - word.s.p));
	n = given_node(p, word.s);
	if (n != NULL)
		return n;
	if (p->place != PLACE_SHOW)
		n = expr_name_column(p, word.s, false, word.s);
	return n != NULL ? n : unknown(p, word);
}
