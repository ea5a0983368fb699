#include "base_part.h"

#include <string.h>

bool
base_says_none(const struct base *b, const struct base_row *row)
{
	size_t i = b->merge.no_contact;

	return i != SIZE_MAX && merge_none(&b->merge, i, base_row_field(row, i));
}

struct slice
base_line(struct base *b, const struct slice *from, struct slice id)
{
	struct slice *fields = b->old;
	size_t n = b->rules.layout->count, none = b->merge.no_contact;

	memmove(fields, from, n * sizeof *fields);
	fields[b->rules.id] = id;
	if (none < n && merge_none(&b->merge, none, fields[none]))
		fields[none].n = 0;
	buf_clear(&b->line);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(&b->line, '\t');
		buf_add(&b->line, fields[i]);
	}
	return buf_slice(&b->line);
}

void
base_note(struct base *b, uint32_t record, const struct slice *merged,
	struct changes_row from)
{
	changes_update(&b->changes, record, base_lines_get(&b->lines, record));
	for (uint32_t i = 0; b->rules.traced && i < b->rules.layout->count; i++)
		if (!slice_equal(b->old[i], merged[i]))
			changes_trace_row(&b->changes, record, i, from);
}

uint64_t
base_settle(struct base *b)
{
	uint64_t nothing = 0;

	for (size_t i = 0; i < b->changes.count; i++) {
		const struct changes_item *change = &b->changes.items[i];

		base_lines_raw(&b->lines, change->before, b->old);
		if (slice_equal(base_line(b, b->old, b->old[b->rules.id]),
			base_lines_get(&b->lines, change->record)))
			nothing += change->updates;
	}
	return nothing;
}

void
base_each_change(const struct base *b,
	void (*take)(void *context, const struct base_change *change),
	void *context)
{
	for (uint32_t i = 0; i < b->lines.count; i++) {
		const struct slice *before = changes_before(&b->changes, i);

		if (before ||
			(i >= b->changes.loaded && b->lines.lines[i].p))
			take(context, &(struct base_change){i, before ? *before
				: (struct slice){NULL, 0},
				base_lines_get(&b->lines, i)});
	}
}

void
base_replace(struct base *b, uint32_t record, const struct slice *fields,
	struct changes_row from)
{
	struct slice line = base_line(b, fields, fields[b->rules.id]);

	line = base_lines_keep(&b->lines, line);
	base_lines_raw(&b->lines, base_lines_get(&b->lines, record), b->old);
	base_note(b, record, fields, from);
	base_lines_replace(&b->lines, record, line);
}

void
base_remove(struct base *b, uint32_t record, struct changes_row from)
{
	changes_update(&b->changes, record, base_lines_get(&b->lines, record));
	changes_trace_row(&b->changes, record, CHANGES_ALL, from);
	base_lines_replace(&b->lines, record, (struct slice){NULL, 0});
}

struct changes_row
base_row_of(const struct base *b, uint32_t record, uint32_t column)
{
	return changes_row_of(&b->changes, record, column);
}
