#include "ids.h"

#include "hash.h"
#include "word.h"

void
ids_open(struct ids *ids)
{
	*ids = (struct ids){.table = hash_open(0)};
}

void
ids_close(struct ids *ids)
{
	hash_close(ids->table);
}

void
ids_expect(struct ids *ids, size_t n)
{
	hash_reserve(ids->table, n);
}

void
ids_prefetch(const struct ids *ids, uint64_t code)
{
	if (!ids->waiting)
		hash_prefetch(ids->table, code);
}

/* Of n >= 8 bytes each: by words, the last of which may overlap. */
static inline bool
is_greater(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i + 8 < n; i += 8)
		if (word_rank(a + i) != word_rank(b + i))
			return word_rank(a + i) > word_rank(b + i);
	return word_rank(a + n - 8) > word_rank(b + n - 8);
}

static inline bool
is_greatest(const struct ids *ids, struct slice id)
{
	struct slice last = ids->greatest;

	return id.n == last.n && id.n >= 8 ? is_greater(id.p, last.p, id.n)
		: slice_compare(id, last) > 0;
}

static void
fill(struct ids *ids)
{
	if (ids->waiting)
		hash_fill(ids->table);
	ids->waiting = false;
}

uint32_t
ids_find(struct ids *ids, struct slice id, uint64_t code)
{
	if (is_greatest(ids, id))
		return IDS_NONE;
	fill(ids);
	return hash_find(ids->table, id, code);
}

bool
ids_add(struct ids *ids, struct slice id, uint64_t code)
{
	bool is_new;

	if (is_greatest(ids, id)) {
		ids->greatest = hash_key(ids->table,
			hash_append(ids->table, id));
		return ids->waiting = true;
	}
	fill(ids);
	hash_put(ids->table, id, code, &is_new);
	return is_new;
}

struct slice
ids_get(const struct ids *ids, uint32_t number)
{
	return hash_key(ids->table, number);
}
