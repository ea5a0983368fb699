#include "keys.h"

#include <stdlib.h>

#include "mem.h"
#include "phone.h"
#include "schema.h"
#include "text.h"

struct keys_chain {
	uint32_t first, last; /* record + 1; 0: none */
};

void
keys_open(struct keys *k, enum keys_form form)
{
	*k = (struct keys){.form = form,
		.values = hash_open(sizeof(struct keys_chain))};
}

void
keys_close(struct keys *k)
{
	hash_close(k->values);
	free(k->next);
}

enum keys_form
keys_form_of(struct slice name)
{
	if (schema_type_of(name) == SCHEMA_PHONE)
		return KEYS_PHONE;
	return slice_is(name, "email") ? KEYS_EMAIL : KEYS_TEXT;
}

static bool
is_lower(struct slice s)
{
	bool lower = true;

	for (size_t i = 0; i < s.n; i++)
		lower &= (unsigned char)s.p[i] < 0x80 &&
			!(s.p[i] >= 'A' && s.p[i] <= 'Z');
	return lower;
}

struct slice
keys_value(const struct keys *k, struct slice value, struct buf *scratch)
{
	size_t n = 0;

	if (slice_is(value, "\\N"))
		return (struct slice){value.p, 0};
	if (value.n == 0 || k->form == KEYS_TEXT ||
		(k->form == KEYS_EMAIL && is_lower(value)))
		return value;
	buf_clear(scratch);
	if (k->form == KEYS_EMAIL) {
		text_lower(scratch, value);
		return buf_slice(scratch);
	}
	if (!phone_read(value, buf_reserve(scratch, PHONE_SIZE), &n))
		n = 0;
	return (struct slice){scratch->p, n};
}

uint32_t
keys_first(const struct keys *k, struct slice key)
{
	uint32_t i = hash_find(k->values, key, hash_code(key));
	const struct keys_chain *chain;

	if (i == HASH_NONE)
		return KEYS_NONE;
	chain = hash_payload(k->values, i);
	return chain->first - 1;
}

uint32_t
keys_next(const struct keys *k, uint32_t record)
{
	return k->next[record];
}

void
keys_add(struct keys *k, struct slice key, uint32_t record)
{
	struct keys_chain *chain = hash_payload(k->values,
		hash_put(k->values, key, hash_code(key), NULL));

	if (record >= k->room) {
		k->room = record + record / 2 + 1024;
		k->next = mem_resize(k->next, k->room, sizeof *k->next);
	}
	k->next[record] = KEYS_NONE;
	if (chain->first == 0)
		chain->first = record + 1;
	else
		k->next[chain->last - 1] = record;
	chain->last = record + 1;
}

void
keys_remove(struct keys *k, struct slice key, uint32_t record)
{
	uint32_t i = hash_find(k->values, key, hash_code(key));
	struct keys_chain *chain;
	uint32_t at, before = KEYS_NONE;

	if (i == HASH_NONE)
		return;
	chain = hash_payload(k->values, i);
	for (at = chain->first - 1; at != KEYS_NONE && at != record;
		at = k->next[at])
		before = at;
	if (at == KEYS_NONE)
		return;
	if (before == KEYS_NONE)
		chain->first = k->next[at] + 1;
	else
		k->next[before] = k->next[at];
	if (chain->last == at + 1)
		chain->last = before + 1;
}

void
keys_id(struct slice key, char *out)
{
	static const char hex[] = "0123456789abcdef";
	uint64_t code = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < key.n; i++)
		code = (code ^ (unsigned char)key.p[i]) *
			UINT64_C(0x100000001b3);
	out[0] = 'c';
	out[1] = '-';
	for (size_t i = 0; i < 16; i++)
		out[2 + i] = hex[code >> (60 - 4 * i) & 15];
}
