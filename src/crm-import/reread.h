#ifndef REREAD_H
#define REREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clean.h"
#include "csv.h"
#include "slice.h"
#include "source.h"

/**
 * reread: rows that were read before, cleaned once more from where they lie.
 *
 * A dry run keeps no lines: a new record is the place of its row in the input,
 * and the few whose line is asked for, because a later row means them, are
 * read again.
 */
struct reread;

/** reread_open(layout, sources, to): to: of each source, as in clean_batch. All
 * stay with the caller. */
struct reread *reread_open(const struct clean_layout *layout,
	struct source *sources, uint32_t *const *to);
void reread_close(struct reread *r); /* null is allowed */

/** reread_can(source): its rows can be read again. */
bool reread_can(const struct source *source);

/** reread_place(source, batch, row): where a row lies; 0 where that cannot be
 * said, as the row is very long, or far away. A place is one number: source,
 * offset and length, and is never 0, as no row that became a record is empty. */
enum { REREAD_SOURCE_BITS = 8, REREAD_LENGTH_BITS = 16, REREAD_OFFSET_BITS = 40 };

#define REREAD_LENGTHS (UINT64_C(1) << REREAD_LENGTH_BITS)
#define REREAD_OFFSETS (UINT64_C(1) << REREAD_OFFSET_BITS)
#define REREAD_SOURCES (UINT64_C(1) << REREAD_SOURCE_BITS)

static inline uint64_t
reread_place(size_t source, const struct csv_batch *batch,
	const struct csv_row *row)
{
	const struct csv_field *first = batch->fields + row->first;
	const struct csv_field *last = first + row->fields - 1;
	uint64_t from = first->from - (first->flags & CSV_QUOTED ? 1 : 0);
	uint64_t to = last->to + (last->flags & CSV_QUOTED ? 1 : 0);
	uint64_t offset = batch->offset + from, length = to - from;

	if (source >= REREAD_SOURCES || offset >= REREAD_OFFSETS ||
		length >= REREAD_LENGTHS)
		return 0;
	return source << (REREAD_OFFSET_BITS + REREAD_LENGTH_BITS) |
		offset << REREAD_LENGTH_BITS | length;
}

/** reread_line(r, place): the cleaned line, without its end; valid until the
 * next call. reread_count(r): how many there were. */
struct slice reread_line(struct reread *r, uint64_t place);
uint64_t reread_count(const struct reread *r);

#endif
