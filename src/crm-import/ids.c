#include "ids.h"

void
ids_open(struct ids *ids)
{
	*ids = (struct ids){.table = hash_open(0), .greatest = IDS_NONE};
}

void
ids_close(struct ids *ids)
{
	hash_close(ids->table);
}

void
ids_expect(struct ids *ids, size_t n)
{
	ids->expected = n;
	if (!ids->waiting)
		hash_reserve(ids->table, n);
}

void
ids_prefetch(const struct ids *ids, uint64_t code)
{
	if (!ids->waiting)
		hash_prefetch(ids->table, code);
}

static void
fill(struct ids *ids)
{
	if (!ids->waiting)
		return;
	hash_reserve(ids->table, ids->expected);
	hash_fill(ids->table);
	ids->waiting = false;
}

uint32_t
ids_find(struct ids *ids, struct slice id, uint64_t code)
{
	if (ids_follows(ids, id))
		return IDS_NONE;
	fill(ids);
	return hash_find(ids->table, id, code);
}

bool
ids_add(struct ids *ids, struct slice id, uint64_t code)
{
	bool is_new;

	if (ids_follows(ids, id)) {
		ids_append(ids, id);
		return true;
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
