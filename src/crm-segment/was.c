#include "was.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "mem.h"
#include "msg.h"

struct entry {
	uint32_t segment; /* number + 1; 0: none */
	bool seen;  /* in the input: by any thread */
	bool taken; /* in the input: in the order of its records */
};

struct was {
	struct record_source *source;
	size_t input_key, key, segment; /* columns */
	struct hash *entries;
	struct hash *names; /* of segments, in the order they came */
	struct hash *new_keys; /* of the input, that entries has not */
};

/* What a chunk hands over for each record, before the key and the segment. */
struct found {
	uint32_t line;
	size_t key, segment;
};

/* What stands before the key and the bytes that was_hand hands over. */
struct handed {
	uint32_t line, entry; /* HASH_NONE: a new key */
	size_t key, bytes;
};

static void
find_entries(struct chunk *c, void *context)
{
	const struct was *w = context;
	struct buf scratch = {0};
	struct record r;

	while (chunk_next(c, &r)) {
		struct slice key, segment = record_field(&r, w->segment);
		struct found found = {r.line, 0, segment.n};

		if (!record_text(&r, w->key, &scratch, &key)) {
			chunk_bad(c, &r, w->key, "unknown escape");
			continue;
		}
		if (key.n == 0) {
			chunk_bad(c, &r, w->key, "missing");
			continue;
		}
		found.key = key.n;
		buf_add(&c->bytes,
			(struct slice){(const char *)&found, sizeof(found)});
		buf_add(&c->bytes, key);
		buf_add(&c->bytes, segment);
	}
	buf_free(&scratch);
}

static struct slice
cut(struct slice *rest, size_t n)
{
	struct slice s = {rest->p, n};

	rest->p += n;
	rest->n -= n;
	return s;
}

static void
put_entries(struct chunk *c, void *context)
{
	struct was *w = context;
	struct slice rest = buf_slice(&c->bytes);

	while (rest.n) {
		struct found found;
		struct slice key, segment;
		struct entry *e;
		bool is_new;
		uint32_t i;

		memcpy(&found, cut(&rest, sizeof(found)).p, sizeof(found));
		key = cut(&rest, found.key);
		segment = cut(&rest, found.segment);
		i = hash_put(w->entries, key, hash_code(key), &is_new);
		if (!is_new) {
			msg_bad(&c->bad, found.line,
				w->source->names[w->key].p, key, "comes twice");
			continue;
		}
		e = hash_payload(w->entries, i);
		if (segment.n)
			e->segment = 1 + hash_put(w->names, segment,
				hash_code(segment), NULL);
	}
}

struct was *
was_open(const char *path, const struct record_source *input, unsigned jobs)
{
	struct was *w = mem_zero(1, sizeof(*w));
	char *name = mem_copy(slice_of(path));
	struct chunk_job job = {.jobs = jobs, .work = find_entries,
		.turn = put_entries, .context = w};

	w->source = record_open(&name, 1, NULL, 0);
	w->input_key = record_find(input, slice_of("customer_id"));
	if (w->input_key == RECORD_NONE)
		w->input_key = 0;
	w->key = record_need(w->source, input->names[w->input_key].p);
	w->segment = record_need(w->source, "segment");
	w->entries = hash_open(sizeof(struct entry));
	w->names = hash_open(0);
	w->new_keys = hash_open(0);
	job.source = w->source;
	chunk_run(&job);
	free(name);
	return w;
}

void
was_close(struct was *w)
{
	if (!w)
		return;
	hash_close(w->entries);
	hash_close(w->names);
	hash_close(w->new_keys);
	record_close(w->source);
	free(w);
}

size_t
was_key(const struct was *w)
{
	return w->input_key;
}

size_t
was_count(const struct was *w)
{
	return hash_count(w->names);
}

size_t
was_none(const struct was *w)
{
	return hash_count(w->names);
}

struct slice
was_name(const struct was *w, size_t i)
{
	const struct slice none = {0};

	return i == was_none(w) ? none : hash_key(w->names, (uint32_t)i);
}

static size_t
number(const struct was *w, const struct entry *e)
{
	return e->segment ? e->segment - 1 : was_none(w);
}

void
was_find(struct was *w, const struct record *r, struct buf *scratch,
	struct was_found *found)
{
	struct entry *e;

	*found = (struct was_found){.number = was_none(w), .entry = HASH_NONE};
	/* a key that cannot be decoded is none that was ever stored */
	if (!record_text(r, w->input_key, scratch, &found->key))
		found->key.n = 0;
	if (found->key.n == 0)
		return;
	found->entry = hash_find(w->entries, found->key,
		hash_code(found->key));
	if (found->entry == HASH_NONE)
		return;
	e = hash_payload(w->entries, found->entry);
	__atomic_store_n(&e->seen, true, __ATOMIC_RELAXED);
	found->number = number(w, e);
	found->segment = was_name(w, found->number);
}

void
was_hand(struct buf *b, const struct record *r, const struct was_found *found,
	struct slice bytes)
{
	const struct handed handed = {r->line, found->entry, found->key.n,
		bytes.n};

	buf_add(b, (struct slice){(const char *)&handed, sizeof(handed)});
	buf_add(b, found->key);
	buf_add(b, bytes);
}

/* A record without a key is none that came before. */
static bool
is_first(struct was *w, const struct handed *handed, struct slice key)
{
	bool is_new = true;

	if (handed->entry != HASH_NONE) {
		struct entry *e = hash_payload(w->entries, handed->entry);

		is_new = !e->taken;
		e->taken = true;
	} else if (key.n) {
		hash_put(w->new_keys, key, hash_code(key), &is_new);
	}
	return is_new;
}

void
was_turn(struct was *w, struct chunk *c)
{
	struct slice rest = buf_slice(&c->bytes);
	size_t kept = 0;

	while (rest.n) {
		struct handed handed;
		struct slice key, bytes;

		memcpy(&handed, cut(&rest, sizeof(handed)).p, sizeof(handed));
		key = cut(&rest, handed.key);
		bytes = cut(&rest, handed.bytes);
		if (!is_first(w, &handed, key)) {
			msg_bad(&c->bad, handed.line,
				c->source->names[w->input_key].p, key,
				"comes twice");
			continue;
		}
		memmove(c->bytes.p + kept, bytes.p, bytes.n);
		kept += bytes.n;
	}
	c->bytes.n = kept;
}

bool
was_next(const struct was *w, size_t *position, struct slice *key,
	size_t *segment)
{
	for (; *position < hash_count(w->entries); ++*position) {
		uint32_t i = (uint32_t)*position;
		const struct entry *e = hash_payload(w->entries, i);

		if (e->seen)
			continue;
		*key = hash_key(w->entries, i);
		*segment = number(w, e);
		++*position;
		return true;
	}
	return false;
}

struct slice
was_move(struct slice before, struct slice after)
{
	if (before.n == 0 && after.n == 0)
		return (struct slice){0};
	if (before.n == 0)
		return slice_of("entered");
	if (after.n == 0)
		return slice_of("left");
	return slice_of(slice_equal(before, after) ? "stayed" : "moved");
}
