#include "lookup.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

struct row {
	const char *text; /* the wanted fields, joined by TAB */
	size_t n;
};

struct lookup {
	const struct record_source *source;
	size_t key;
	size_t *columns;
	size_t count;
	struct hash *rows;
	struct mem_pool pool;
	struct buf scratch;
};

/* How a chunk hands a record to its turn: this, the raw key, the fields. */
struct note {
	uint32_t line;
	size_t key, fields; /* bytes */
};

struct lookup *
lookup_open(const struct record_source *source, size_t key, const bool *wanted)
{
	struct lookup *l = mem_zero(1, sizeof(*l));

	l->source = source;
	l->key = key;
	l->columns = mem_alloc(source->columns, sizeof(*l->columns));
	for (size_t i = 0; i < source->columns; i++)
		if (wanted[i])
			l->columns[l->count++] = i;
	l->rows = hash_open(sizeof(struct row));
	return l;
}

void
lookup_close(struct lookup *l)
{
	if (!l)
		return;
	hash_close(l->rows);
	mem_pool_free(&l->pool);
	buf_free(&l->scratch);
	free(l->columns);
	free(l);
}

void
lookup_reserve(struct lookup *l, size_t n)
{
	hash_reserve(l->rows, n);
}

void
lookup_note(const struct lookup *l, struct chunk *c, const struct record *r)
{
	struct slice key = record_field(r, l->key);
	struct note note = {r->line, key.n, 0};
	size_t at = c->bytes.n;

	buf_add(&c->bytes, (struct slice){(const char *)&note, sizeof(note)});
	buf_add(&c->bytes, key);
	for (size_t i = 0; i < l->count; i++) {
		if (i)
			buf_byte(&c->bytes, '\t');
		buf_add(&c->bytes, record_field(r, l->columns[i]));
	}
	note.fields = c->bytes.n - at - sizeof(note) - key.n;
	memcpy(c->bytes.p + at, &note, sizeof(note));
}

static struct slice
decode(struct slice s, struct buf *scratch)
{
	if (!text_escaped(s))
		return s;
	buf_clear(scratch);
	text_unescape(scratch, s);
	return buf_slice(scratch);
}

void
lookup_turn(struct lookup *l, struct chunk *c, struct gate *gate)
{
	for (size_t at = 0; at < c->bytes.n;) {
		struct note note;
		struct slice raw, key, fields;
		struct row *row;
		bool is_new;

		memcpy(&note, c->bytes.p + at, sizeof(note));
		raw = (struct slice){c->bytes.p + at + sizeof(note), note.key};
		fields = (struct slice){raw.p + raw.n, note.fields};
		at += sizeof(note) + note.key + note.fields;
		key = decode(raw, &l->scratch);
		row = hash_payload(l->rows, hash_put(l->rows, key,
			hash_code(key), &is_new));
		if (!is_new) {
			msg_bad(&c->bad, note.line,
				l->source->names[l->key].p, raw,
				"stands twice; the first one counts");
			gate_refuse(gate, c->number, note.line);
			continue;
		}
		fields = mem_pool_copy(&l->pool, fields);
		*row = (struct row){fields.p, fields.n};
	}
}

struct everything {
	struct lookup *lookup;
	struct gate *gate;
};

static void
note_all(struct chunk *c, void *context)
{
	struct everything *e = context;
	struct record r;

	while (chunk_next(c, &r))
		if (gate_pass(c, &r, e->gate))
			lookup_note(e->lookup, c, &r);
}

static void
turn_all(struct chunk *c, void *context)
{
	struct everything *e = context;

	lookup_turn(e->lookup, c, e->gate);
}

void
lookup_all(struct lookup *l, struct gate *gate, unsigned jobs, bool progress)
{
	struct everything e = {l, gate};
	struct chunk_job job = {.source = l->source, .jobs = jobs,
		.work = note_all, .context = &e, .turn = turn_all,
		.again = gate_again(gate), .progress = progress};

	chunk_run(&job);
	gate_end(gate);
}

void
lookup_prefetch(const struct lookup *l, struct slice key)
{
	hash_prefetch(l->rows, hash_code(key));
}

void
lookup_prefetch_record(const struct lookup *l, struct slice key)
{
	hash_prefetch_payload(l->rows, hash_code(key));
}

bool
lookup_fill(const struct lookup *l, struct slice key, struct slice *cells)
{
	uint32_t at = key.n ? hash_find(l->rows, key, hash_code(key))
		: HASH_NONE;
	const struct row *row;
	const char *p, *end;

	if (at == HASH_NONE)
		return false;
	row = hash_payload(l->rows, at);
	p = row->text;
	end = p + row->n;
	for (size_t i = 0; i < l->count; i++) {
		const char *tab = p < end ? memchr(p, '\t', (size_t)(end - p))
			: NULL;
		const char *to = tab ? tab : end;

		cells[l->columns[i]] = (struct slice){p, (size_t)(to - p)};
		p = tab ? tab + 1 : end;
	}
	return true;
}
