#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "hash.h"
#include "slice.h"

/**
 * keys: which records hold a value of one column.
 */
#define KEYS_NONE UINT32_MAX

enum keys_form {
	KEYS_TEXT,
	KEYS_PHONE, /* what is no phone is no key */
	KEYS_EMAIL, /* letter case does not matter */
};

struct keys {
	enum keys_form form;
	struct hash *values;  /* payload: struct keys_chain */
	uint32_t *next;       /* of each record: the next one of its value */
	size_t room;
};

void keys_open(struct keys *k, enum keys_form form);
void keys_close(struct keys *k);

/** keys_form_of(name): how the values of a column compare. */
enum keys_form keys_form_of(struct slice name);

/** keys_value(k, value, scratch): the value as it compares; n == 0 where it is
 * no key. scratch is overwritten. */
struct slice keys_value(const struct keys *k, struct slice value,
	struct buf *scratch);

/** keys_first(k, key), keys_next(k, record): the records that hold it, or
 * KEYS_NONE. */
uint32_t keys_first(const struct keys *k, struct slice key);
uint32_t keys_next(const struct keys *k, uint32_t record);

/** keys_add, keys_remove(k, key, record): record holds key from now on, or no
 * longer. A record holds one key. */
void keys_add(struct keys *k, struct slice key, uint32_t record);
void keys_remove(struct keys *k, struct slice key, uint32_t record);

/** keys_id(key, out): "c-" and 16 hexadecimal digits: FNV-1a, 64 bits, of the
 * key. 18 bytes, not terminated. */
enum { KEYS_ID_SIZE = 18 };
void keys_id(struct slice key, char *out);

#endif
