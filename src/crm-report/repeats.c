#include "repeats.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "mem.h"
#include "msg.h"

struct repeats {
	size_t id; /* the column */
	struct hash *ids;
	uint64_t *places; /* upwards */
	size_t count, room;
};

/* What a chunk hands over for each record, before the bytes of the key. */
struct found {
	uint64_t code;
	uint32_t line;
	uint32_t n;
};

static uint64_t
place_of(const struct chunk *c, uint32_t line)
{
	return c->number << 32 | line;
}

static void
add_place(struct repeats *repeats, uint64_t place)
{
	if (repeats->count == repeats->room) {
		repeats->room = 2 * repeats->room + 16;
		repeats->places = mem_resize(repeats->places, repeats->room,
			sizeof *repeats->places);
	}
	repeats->places[repeats->count++] = place;
}

static void
find_ids(struct chunk *c, void *context)
{
	const struct repeats *repeats = context;
	struct buf scratch = {0};
	struct record r;

	while (chunk_next(c, &r)) {
		struct found found = {.line = r.line};
		struct slice id;

		if (!record_text(&r, repeats->id, &scratch, &id) || id.n == 0)
			continue;
		found.code = hash_code(id);
		found.n = (uint32_t)id.n;
		buf_add(&c->bytes,
			(struct slice){(const char *)&found, sizeof found});
		buf_add(&c->bytes, id);
	}
	buf_free(&scratch);
}

static void
put_ids(struct chunk *c, void *context)
{
	struct repeats *repeats = context;
	struct found found;
	struct slice id;
	bool is_new;
	size_t at = 0;

	while (at < c->bytes.n) {
		memcpy(&found, c->bytes.p + at, sizeof found);
		id = (struct slice){c->bytes.p + at + sizeof found, found.n};
		at += sizeof found + found.n;
		hash_put(repeats->ids, id, found.code, &is_new);
		if (is_new)
			continue;
		msg_bad(&c->bad, found.line, "customer_id", id, "comes twice");
		add_place(repeats, place_of(c, found.line));
	}
}

struct repeats *
repeats_find(const struct record_source *source, unsigned jobs, bool again,
	bool progress)
{
	struct repeats *repeats = mem_zero(1, sizeof *repeats);
	const struct chunk_job job = {
		.source = source,
		.jobs = jobs,
		.work = find_ids,
		.turn = put_ids,
		.context = repeats,
		.again = again,
		.progress = progress,
	};

	repeats->id = record_need(source, "customer_id");
	repeats->ids = hash_open(0);
	chunk_run(&job);
	hash_close(repeats->ids);
	repeats->ids = NULL;
	if (repeats->count > 0)
		return repeats;
	repeats_close(repeats);
	return NULL;
}

void
repeats_close(struct repeats *repeats)
{
	if (repeats == NULL)
		return;
	free(repeats->places);
	free(repeats);
}

bool
repeats_has(const struct repeats *repeats, const struct chunk *c,
	const struct record *r)
{
	uint64_t place = place_of(c, r->line);
	size_t low = 0, high = repeats->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (repeats->places[middle] < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low < repeats->count && repeats->places[low] == place;
}
