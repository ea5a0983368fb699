#include "columns.h"

#include <stdlib.h>
#include <string.h>

#include "alias.h"
#include "buf.h"
#include "hash.h"
#include "kind.h"
#include "msg.h"
#include "own_name.h"
#include "schema.h"
#include "text.h"

#define NOT_TAKEN SIZE_MAX

/* The matching of one file's header. */
struct matching {
	struct alias_table *table;
	unsigned kind;
	const char *file;
	const struct slice *headers;
	struct alias_key *keys;   /* of the headers */
	size_t n;
	bool *used;               /* cells */
	struct columns_match *matches;
	size_t count;
};

struct columns {
	struct alias_table *aliases;
};

struct columns *
columns_open(const char *const *maps, size_t n)
{
	struct columns *c = mem_alloc(1, sizeof *c);

	c->aliases = alias_open(maps, n);
	return c;
}

void
columns_close(struct columns *c)
{
	alias_close(c->aliases);
	free(c);
}

void
columns_print(const struct columns *c, struct out *out)
{
	alias_print(c->aliases, out);
}

/* Names of crm(5) of the other kind are not meant; other names may be. */
static bool
belongs(struct slice name, unsigned kind)
{
	const struct schema_column *column = schema_find(name);

	return !column || (column->kinds & kind);
}

bool
columns_known(const struct columns *c, struct slice header)
{
	struct alias_key key = alias_key_of(header);
	bool known = false;

	for (size_t i = 0; i < c->aliases->count && !known; i++)
		for (size_t k = 0; k < c->aliases->entries[i].count; k++)
			known |= alias_meets(&c->aliases->entries[i].parts[k],
				&key);
	alias_key_free(&key);
	return known;
}

unsigned
columns_kind(const struct columns *c, const struct slice *headers, size_t n)
{
	return kind_of_headers(c->aliases, headers, n);
}

static size_t
taken(const struct matching *m, struct slice name)
{
	for (size_t i = 0; i < m->count; i++)
		if (slice_equal(m->matches[i].name, name))
			return i;
	return NOT_TAKEN;
}

/* The header of a status speaks of orders: what is closed there was not sold. */
static bool
of_orders(const struct alias_key *key)
{
	static const char *const words[] = {
		"\xe8\xae\xa2\xe5\x8d\x95", "\xe4\xba\xa4\xe6\x98\x93"};

	for (size_t i = 0; i + 6 <= key->n; i++)
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			if (memcmp(key->text + i, words[k], 6) == 0)
				return true;
	return false;
}

static void
add(struct matching *m, struct slice name, const uint32_t *parts,
	unsigned count)
{
	struct columns_match *match = &m->matches[m->count++];

	*match = (struct columns_match){.name = name, .count = count};
	for (unsigned i = 0; i < count; i++) {
		match->parts[i] = parts[i];
		m->used[parts[i]] = true;
	}
	match->of_orders = slice_is(name, "status") &&
		of_orders(&m->keys[parts[0]]);
}

/* A cell gives the name; a second phone is phone2. */
static void
add_cell(struct matching *m, struct slice name, size_t cell)
{
	size_t other = taken(m, name);
	uint32_t part = (uint32_t)cell;

	if (other != NOT_TAKEN && m->matches[other].count == 1 &&
		m->matches[other].parts[0] == part)
		return;
	if (other != NOT_TAKEN && slice_is(name, "phone")) {
		name = slice_of("phone2");
		other = taken(m, name);
		if (other != NOT_TAKEN && m->matches[other].mapped)
			return;
	}
	if (other != NOT_TAKEN) {
		struct slice first = m->headers[m->matches[other].parts[0]];
		char a[160], b[160];

		msg_die("%s: two columns for %.*s: %s and %s; --map=%.*s=HEADER"
			" decides%s", m->file, (int)name.n, name.p,
			msg_quote(a, sizeof a, first),
			msg_quote(b, sizeof b, m->headers[cell]),
			(int)name.n, name.p, slice_is(name, "ticket_id")
			? ", --map=ref=HEADER is the one it belongs to" : "");
	}
	add(m, name, &part, 1);
}

/* The cell with that header, rather without brackets at its end. */
static size_t
find_cell(const struct matching *m, const struct alias_key *key, bool shared)
{
	size_t brief = m->n;

	for (size_t i = 0; i < m->n; i++) {
		if ((m->used[i] && !shared) || !alias_meets(key, &m->keys[i]))
			continue;
		if (key->n == m->keys[i].n)
			return i;
		if (brief == m->n)
			brief = i;
	}
	return brief;
}

/* All parts of a joined header, if each is in a cell that is free, or may be
 * shared. */
static bool
find_parts(const struct matching *m, const struct alias *a, bool shared,
	uint32_t *parts)
{
	for (size_t k = 0; k < a->count; k++) {
		size_t i = find_cell(m, &a->parts[k], shared);

		if (i == m->n)
			return false;
		parts[k] = (uint32_t)i;
	}
	return true;
}

/* What --map=name=header says: any name, and one cell may give several. */
static void
match_inline(struct matching *m)
{
	uint32_t parts[COLUMNS_PARTS];

	for (size_t k = 0; k < m->table->inlines; k++) {
		struct alias *a = &m->table->entries[k];

		for (size_t i = 0; i < m->n; i++)
			if (alias_meets(&a->whole, &m->keys[i])) {
				a->used = true;
				add_cell(m, a->name, i);
			}
		if (a->count > 1 && find_parts(m, a, true, parts)) {
			a->used = true;
			if (taken(m, a->name) == NOT_TAKEN)
				add(m, a->name, parts, (unsigned)a->count);
		}
	}
	for (size_t i = 0; i < m->count; i++)
		m->matches[i].mapped = true;
}

static const struct alias *
strong_alias(const struct matching *m, size_t cell, size_t from, size_t to)
{
	for (size_t k = from; k < to; k++) {
		const struct alias *a = &m->table->entries[k];

		if (!a->weak && belongs(a->name, m->kind) &&
			alias_meets(&a->whole, &m->keys[cell]))
			return a;
	}
	return NULL;
}

/* Entries from .. to - 1 of the table, for names that were free before. */
static void
match_strong(struct matching *m, size_t from, size_t to)
{
	size_t before = m->count;

	for (size_t i = 0; i < m->n; i++) {
		const struct alias *a = m->used[i] ? NULL
			: strong_alias(m, i, from, to);
		size_t other = a ? taken(m, a->name) : NOT_TAKEN;

		if (a && (other == NOT_TAKEN || other >= before))
			add_cell(m, a->name, i);
	}
}

/* First Name+Last Name; 姓+名 is not meant. */
static bool
family_last(const struct alias *a)
{
	static const char *const words[] = {"lastname", "surname",
		"familyname"};
	const struct alias_key *last = &a->parts[a->count - 1];
	bool family = false;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		family |= slice_is((struct slice){last->text, last->n},
			words[i]);
	return family && a->count == 2 && slice_is(a->name, "name");
}

/* Joined headers, or the weak ones: only for names that are still free. */
static void
match_rest(struct matching *m, size_t from, size_t to, bool weak)
{
	bool shared = to == m->table->mapped && !weak;
	uint32_t parts[COLUMNS_PARTS];

	for (size_t k = from; k < to; k++) {
		const struct alias *a = &m->table->entries[k];

		if (a->weak == weak && (weak || a->count > 1) &&
			belongs(a->name, m->kind) &&
			taken(m, a->name) == NOT_TAKEN &&
			find_parts(m, a, shared, parts)) {
			add(m, a->name, parts, (unsigned)a->count);
			m->matches[m->count - 1].family_last =
				from >= m->table->mapped && family_last(a);
		}
	}
}

static void
match_table(struct matching *m, size_t from, size_t to)
{
	match_strong(m, from, to);
	match_rest(m, from, to, false);
	match_rest(m, from, to, true);
}

static bool
of_rejects(struct slice header)
{
	return slice_is(header, "_file") || slice_is(header, "_line") ||
		slice_is(header, "_column") || slice_is(header, "_reason");
}

static void
match_own(struct matching *m, struct mem_pool *pool)
{
	struct hash *names = hash_open(OWN_NAME_PAYLOAD);

	for (size_t i = 0; i < m->count; i++)
		hash_put(names, m->matches[i].name,
			hash_code(m->matches[i].name), NULL);
	for (size_t i = 0; i < m->n; i++) {
		uint32_t part = (uint32_t)i;

		if (m->used[i] || of_rejects(m->headers[i]))
			continue;
		add(m, own_name(names, m->headers[i], i + 1, pool), &part, 1);
		m->matches[m->count - 1].nameless = m->headers[i].n == 0;
	}
	hash_close(names);
}

static int
by_cell(const void *a, const void *b)
{
	const struct columns_match *x = a, *y = b;

	if (x->parts[0] != y->parts[0])
		return x->parts[0] < y->parts[0] ? -1 : 1;
	if (x->count != y->count)
		return x->count < y->count ? -1 : 1;
	return slice_compare(x->name, y->name);
}

/* Names of crm(5) in a file of records. */
static void
match_exact(struct matching *m)
{
	struct slice key = slice_of(m->kind == SCHEMA_TICKETS ? "ticket_id"
		: "customer_id");
	size_t i = 0;

	while (i < m->n && !slice_equal(m->headers[i], key))
		i++;
	if (i == m->n)
		return;
	for (i = 0; i < m->n; i++) {
		const struct schema_column *column = schema_find(m->headers[i]);

		if (column && (column->kinds & m->kind) && !m->used[i] &&
			taken(m, m->headers[i]) == NOT_TAKEN)
			add_cell(m, slice_of(column->name), i);
	}
}

struct columns_match *
columns_of(struct columns *c, const struct columns_header *header,
	struct mem_pool *pool, size_t *count)
{
	const struct slice *headers = header->headers;
	size_t n = header->n;
	struct matching m = {.table = c->aliases, .kind = header->kind,
		.file = header->file, .headers = headers, .n = n};

	m.used = mem_zero(n + 1, sizeof *m.used);
	m.matches = mem_alloc(n + c->aliases->mapped + 1,
		sizeof *m.matches);
	m.keys = mem_alloc(n + 1, sizeof *m.keys);
	for (size_t i = 0; i < n; i++)
		m.keys[i] = alias_key_of(headers[i]);
	match_inline(&m);
	if (header->records)
		match_exact(&m);
	match_table(&m, c->aliases->inlines, c->aliases->mapped);
	match_table(&m, c->aliases->mapped, c->aliases->count);
	match_own(&m, pool);
	qsort(m.matches, m.count, sizeof *m.matches, by_cell);
	for (size_t i = 0; i < n; i++)
		alias_key_free(&m.keys[i]);
	free(m.keys);
	free(m.used);
	*count = m.count;
	return m.matches;
}

void
columns_check(const struct columns *c, const struct slice *headers, size_t n)
{
	for (size_t k = 0; k < c->aliases->inlines; k++) {
		const struct alias *a = &c->aliases->entries[k];
		const struct slice *near;
		char quoted[160];

		if (a->used)
			continue;
		near = text_suggest(a->header, headers, n);
		msg_quote(quoted, sizeof quoted, a->header);
		if (near)
			msg_die("--map: no column %s (did you mean \"%.*s\"?)",
				quoted, (int)near->n, near->p);
		msg_die("--map: no column %s", quoted);
	}
}
