#include "entries.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "out.h"

struct entries {
	struct journal *journal;
	const struct base *base;
	const struct base_lines *lines;
	const struct source *sources;
	size_t count, id;
	struct slice *names;          /* of the columns, escaped */
	struct slice *before, *after; /* fields of a record */
};

static void
add_change(void *context, const struct base_change *change)
{
	struct entries *e = context;

	bool gone = !change->after.p;

	base_lines_raw(e->lines, change->before, e->before);
	if (gone)
		memset(e->after, 0, e->count * sizeof *e->after);
	else
		base_lines_raw(e->lines, change->after, e->after);
	for (uint32_t i = 0; i < e->count; i++) {
		struct changes_row row;

		if (slice_equal(e->before[i], e->after[i]))
			continue;
		row = base_row_of(e->base, change->record, i);
		if (gone && i == e->id)
			row.line = change->record + UINT64_C(2);
		journal_add(e->journal, &(struct journal_entry){
			.key = gone ? e->before[e->id] : e->after[e->id],
			.column = e->names[i],
			.old = e->before[i], .new = e->after[i],
			.file = slice_of(e->sources[row.source].name),
			.line = row.line});
	}
}

/* The first line of FILE, where it gets another one. */
static void
add_header(const struct entries *e)
{
	struct slice old = {e->lines->head, e->lines->head_size};
	struct buf new = {0}, both = {0};
	size_t middle;

	base_header(e->base, &new);
	if (e->lines->head && !slice_equal(old, buf_slice(&new))) {
		out_text(&both, old);
		middle = both.n;
		out_text(&both, buf_slice(&new));
		journal_add(e->journal, &(struct journal_entry){
			.old = {both.p, middle},
			.new = {both.p + middle, both.n - middle},
			.file = slice_of(e->sources[0].name),
			.line = e->sources[0].header_line});
	}
	buf_free(&new);
	buf_free(&both);
}

void
entries_write(struct journal *journal, const struct base *base,
	const struct clean_layout *layout, size_t id,
	const struct source *sources)
{
	struct entries e = {.journal = journal, .base = base,
		.lines = base_lines_of(base), .sources = sources,
		.count = layout->count, .id = id};
	struct mem_pool pool = {0};
	struct buf name = {0};

	e.names = mem_alloc(e.count, sizeof *e.names);
	e.before = mem_alloc(e.count, sizeof *e.before);
	e.after = mem_alloc(e.count, sizeof *e.after);
	for (size_t i = 0; i < e.count; i++) {
		buf_clear(&name);
		out_text(&name, layout->columns[i].name);
		e.names[i] = mem_pool_copy(&pool, buf_slice(&name));
	}
	add_header(&e);
	base_each_change(base, add_change, &e);
	buf_free(&name);
	free(e.names);
	free(e.before);
	free(e.after);
	mem_pool_free(&pool);
}
