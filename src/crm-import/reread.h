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
 * said, as the row is very long, or far away. */
uint64_t reread_place(size_t source, const struct csv_batch *batch,
	const struct csv_row *row);

/** reread_line(r, place): the cleaned line, without its end; valid until the
 * next call. reread_count(r): how many there were. */
struct slice reread_line(struct reread *r, uint64_t place);
uint64_t reread_count(const struct reread *r);

#endif
