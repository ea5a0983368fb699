#include "base_part.h"

#include <stdlib.h>

#include "base_lines.h"
#include "hash.h"
#include "ids.h"
#include "keys.h"
#include "mem.h"
#include "merge.h"

struct base *
base_open(const struct base_rules *rules)
{
	struct base *b = mem_zero(1, sizeof *b);
	size_t n = rules->layout->count;

	b->rules = *rules;
	b->plain = rules->id_decides && rules->key_count == 0 &&
		!rules->customers && !rules->consent_replaced && !rules->traced;
	ids_open(&b->ids);
	b->old = mem_alloc(n + 1, sizeof *b->old);
	b->fields = mem_alloc(n + 1, sizeof *b->fields);
	b->values = mem_alloc(BASE_KEYS, sizeof *b->values);
	for (size_t i = 0; i < rules->key_count; i++)
		keys_open(&b->keys[i], keys_form_of(
			rules->layout->columns[rules->keys[i]].name));
	merge_open(&b->merge, &b->rules);
	base_lines_open(&b->lines, n);
	changes_open(&b->changes, 0, rules->traced);
	return b;
}

void
base_close(struct base *b)
{
	for (size_t i = 0; i < b->rules.key_count; i++)
		keys_close(&b->keys[i]);
	for (size_t i = 0; i < BASE_KEYS; i++)
		buf_free(&b->scratch[i]);
	ids_close(&b->ids);
	base_lines_close(&b->lines);
	merge_close(&b->merge);
	buf_free(&b->line);
	changes_close(&b->changes);
	free(b->old);
	free(b->fields);
	free(b->values);
	free(b);
}

static void
add_keys(struct base *b, const struct slice *fields, uint32_t record)
{
	for (size_t i = 0; i < b->rules.key_count; i++) {
		struct slice key = keys_value(&b->keys[i],
			fields[b->rules.keys[i]], &b->scratch[i]);

		if (key.n > 0)
			keys_add(&b->keys[i], key, record);
	}
}

static const char *
take_record(void *context, struct slice line)
{
	struct base *b = context;
	struct slice id;

	base_lines_split(&b->lines, line, b->old);
	id = b->old[b->rules.id];
	if (id.n == 0)
		return "without its key";
	if (!ids_add(&b->ids, id, hash_code(id)))
		return "the same key again";
	add_keys(b, b->old, base_lines_add(&b->lines, line));
	return NULL;
}

void
base_expect(struct base *b, uint64_t rows)
{
	size_t n = b->lines.count + (size_t)rows;

	if (n >= UINT32_MAX)
		return;
	base_lines_expect(&b->lines, n + n / 16);
	ids_expect(&b->ids, n);
	for (size_t i = 0; i < b->rules.key_count; i++)
		hash_reserve(b->keys[i].values, n);
}

char *
base_room(struct base *b, size_t n)
{
	return base_lines_room(&b->lines, n);
}

void
base_load(struct base *b, const char *path)
{
	base_lines_load(&b->lines, path, take_record, b);
	changes_close(&b->changes);
	changes_open(&b->changes, (uint32_t)b->lines.count, b->rules.traced);
}

bool
base_ordered(const struct base *b)
{
	return ids_ordered(&b->ids);
}

void
base_prefetch(const struct base *b, uint64_t code)
{
	ids_prefetch(&b->ids, code);
}

uint32_t
base_find(struct base *b, struct slice id)
{
	uint32_t record = ids_find(&b->ids, id, hash_code(id));

	return record != IDS_NONE && !base_lines_gone(&b->lines, record)
		? record : BASE_NONE;
}

const struct base_lines *
base_lines_of(const struct base *b)
{
	return &b->lines;
}

void
base_header(const struct base *b, struct buf *names)
{
	for (size_t i = 0; i < b->rules.layout->count; i++) {
		if (i > 0)
			buf_byte(names, '\t');
		out_text(names, b->rules.layout->columns[i].name);
	}
}

void
base_write(const struct base *b, struct out *out, bool header)
{
	struct buf names = {0};

	if (header) {
		base_header(b, &names);
		buf_byte(&names, '\n');
		out_write(out, buf_slice(&names));
	}
	buf_free(&names);
	base_lines_write(&b->lines, out);
}
