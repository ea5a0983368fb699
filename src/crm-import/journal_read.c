#include "journal.h"

#include <stdlib.h>

#include "chunk.h"
#include "mem.h"
#include "msg.h"
#include "record.h"

enum { AT, RUN, KEY, COLUMN, OLD, NEW, OF_FILE, LINE, COLUMNS };

struct reading {
	void (*take)(void *context, const struct journal_entry *entry,
		uint64_t number);
	void *context;
	size_t columns[COLUMNS];
	uint64_t number; /* of the line */
};

/* As it stands: \N, which is what a field was before, counts. */
static struct slice
raw(const struct record *r, size_t column)
{
	size_t k = r->order ? r->order[column] : column;
	uint32_t from = r->separators[(ptrdiff_t)k - 1] + 1;
	struct slice s = {r->text + from, r->separators[k] - from};

	s.n -= r->crlf && k + 1 == r->fields;
	return s;
}

static bool
read_count(struct slice s, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < s.n && i < 18; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*out = *out * 10 + (uint64_t)(s.p[i] - '0');
	}
	return s.n > 0 && s.n <= 18;
}

static void
take_chunk(struct chunk *c, void *context)
{
	struct reading *reading = context;
	const size_t *columns = reading->columns;
	struct record r;

	while (chunk_next(c, &r)) {
		struct slice line = record_field(&r, columns[LINE]);
		struct journal_entry e = {
			record_field(&r, columns[AT]),
			record_field(&r, columns[RUN]),
			record_field(&r, columns[KEY]),
			record_field(&r, columns[COLUMN]),
			raw(&r, columns[OLD]), raw(&r, columns[NEW]),
			record_field(&r, columns[OF_FILE]), 0};

		reading->number++;
		if (!read_count(line, &e.line))
			chunk_bad(c, &r, columns[LINE], "not a line number");
		reading->take(reading->context, &e, reading->number);
	}
}

void
journal_read(const char *path, void (*take)(void *context,
	const struct journal_entry *entry, uint64_t number), void *context)
{
	static const char *const names[COLUMNS] = {"at", "run", "key",
		"column", "old", "new", "file", "line"};
	struct reading reading = {.take = take, .context = context,
		.number = 1};
	uint64_t bad = msg_bad_count();
	char *name = mem_copy(slice_of(path));
	struct record_source *source = record_open(&name, 1, NULL, 0);

	for (size_t i = 0; i < COLUMNS; i++)
		reading.columns[i] = record_need(source, names[i]);
	chunk_run(&(struct chunk_job){.source = source, .jobs = 1,
		.work = take_chunk, .context = &reading});
	record_close(source);
	free(name);
	if (msg_bad_count() > bad)
		msg_die("%s: a journal with bad records; nothing was done",
			path);
}
