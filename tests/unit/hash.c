/* The table of keys: indexes in order of arrival, payloads that stay. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "tests/unit/tap.h"

enum { MANY = 200000 };

static uint32_t
put(struct hash *h, const char *key, bool *is_new)
{
	struct slice s = slice_of(key);

	return hash_put(h, s, hash_code(s), is_new);
}

static uint32_t
find(const struct hash *h, const char *key)
{
	struct slice s = slice_of(key);

	return hash_find(h, s, hash_code(s));
}

/* Keys of all lengths around the one that still lies inline. */
static void
check_lengths(void)
{
	struct hash *h = hash_open(8);
	char key[64];
	bool good = true;

	for (size_t n = 0; n < 60; n++) {
		struct slice s = {key, n};
		bool is_new;

		memset(key, 'k', sizeof(key));
		good &= hash_put(h, s, hash_code(s), &is_new) == n && is_new;
		good &= hash_put(h, s, hash_code(s), &is_new) == n && !is_new;
	}
	for (size_t n = 0; n < 60; n++) {
		struct slice s = {key, n};

		good &= hash_find(h, s, hash_code(s)) == n;
		good &= slice_equal(hash_key(h, (uint32_t)n), s);
	}
	tap_ok(good, "keys of 0 to 59 bytes");
	tap_ok(hash_count(h) == 60, "each counted once");
	hash_close(h);
}

static void
check_same_code(void)
{
	struct hash *h = hash_open(0);
	struct slice a = slice_of("a"), b = slice_of("b");

	tap_ok(hash_put(h, a, 7, NULL) == 0 && hash_put(h, b, 7, NULL) == 1 &&
		hash_find(h, a, 7) == 0 && hash_find(h, b, 7) == 1 &&
		hash_find(h, slice_of("c"), 7) == HASH_NONE,
		"different keys with one code");
	hash_close(h);
}

static void
check_many(void)
{
	struct hash *h = hash_open(sizeof(uint64_t));
	uint64_t *first;
	char key[64];
	bool order = true, payload = true, absent = true;

	put(h, "first", NULL);
	first = hash_payload(h, 0);
	tap_ok(*first == 0, "a payload begins as zero");
	*first = 42;
	for (uint32_t i = 1; i < MANY; i++) {
		snprintf(key, sizeof(key), i % 3 ? "c%u" :
			"a-key-of-more-than-23-bytes-%u", i);
		order &= put(h, key, NULL) == i;
		*(uint64_t *)hash_payload(h, i) = i;
	}
	for (uint32_t i = 1; i < MANY; i++) {
		snprintf(key, sizeof(key), i % 3 ? "c%u" :
			"a-key-of-more-than-23-bytes-%u", i);
		payload &= find(h, key) == i &&
			*(uint64_t *)hash_payload(h, i) == i;
		snprintf(key, sizeof(key), "d%u", i);
		absent &= find(h, key) == HASH_NONE;
	}
	tap_ok(order, "indexes in the order of arrival");
	tap_ok(payload, "every key finds its payload after growing");
	tap_ok(absent, "absent keys are not found");
	tap_ok(first == hash_payload(h, 0) && *first == 42,
		"a payload does not move");
	hash_close(h);
}

/* Keys that are appended are found once the table is filled, whatever was put
 * before and is put after. */
static void
check_append(void)
{
	struct hash *h = hash_open(8);
	char key[64];
	bool good = true, is_new;

	for (unsigned i = 0; i < 5000; i++) {
		struct slice s = {key, (size_t)snprintf(key, sizeof key,
			i % 3 ? "%u" : "a key that does not lie inline %u", i)};

		if (i % 1000 < 100) {
			good &= hash_put(h, s, hash_code(s), &is_new) == i &&
				is_new;
			*(uint64_t *)hash_payload(h, i) = i;
			continue;
		}
		good &= hash_append(h, s) == i;
		good &= slice_equal(hash_key(h, i), s);
		good &= *(uint64_t *)hash_payload(h, i) == 0;
		if (i % 1000 == 999) {
			hash_fill(h);
			good &= find(h, "1") == 1 && find(h, "no") == HASH_NONE;
		}
	}
	for (unsigned i = 0; i < 5000; i++) {
		struct slice s = {key, (size_t)snprintf(key, sizeof key,
			i % 3 ? "%u" : "a key that does not lie inline %u", i)};

		good &= hash_find(h, s, hash_code(s)) == i;
		good &= hash_put(h, s, hash_code(s), &is_new) == i && !is_new;
	}
	tap_ok(good, "keys appended and put");
	tap_ok(hash_count(h) == 5000, "are all there");
	hash_close(h);
}

int
main(void)
{
	check_lengths();
	check_same_code();
	check_many();
	check_append();
	return tap_done();
}
