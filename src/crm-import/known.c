#include "known.h"

#include <stdlib.h>

#include "chunk.h"
#include "mem.h"
#include "record.h"

struct known {
	struct hash *ids;
	size_t column;
};

static void
collect(struct chunk *c, void *context)
{
	const struct known *known = context;
	struct record r;

	while (chunk_next(c, &r)) {
		struct slice id = record_field(&r, known->column);

		if (id.n == 0)
			chunk_bad(c, &r, known->column, "missing");
		else
			hash_put(known->ids, id, hash_code(id), NULL);
	}
}

struct hash *
known_customers(const char *const *files, size_t n)
{
	struct known known = {.ids = hash_open(0)};

	for (size_t i = 0; i < n; i++) {
		char *name = mem_copy(slice_of(files[i]));
		struct record_source *source = record_open(&name, 1, NULL, 0);
		struct chunk_job job = {.source = source, .jobs = 1,
			.work = collect, .context = &known};

		known.column = record_need(source, "customer_id");
		chunk_run(&job);
		record_close(source);
		free(name);
	}
	return known.ids;
}
