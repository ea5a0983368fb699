#ifndef WRITTEN_H
#define WRITTEN_H

#include <stdbool.h>

#include "buf.h"
#include "slice.h"

/**
 * written: what spreadsheets and databases make of a value.
 *
 * written_nothing(s): it stands for a missing value: -, ?, NULL, N/A, a date
 * of zeros and the like. written_destroyed(s): digits are gone: 9.78E+25.
 * written_long(s): the same, of a number too long for a cell: 12 digits or more.
 * written_lost(s): text is gone: question marks only, or U+FFFD.
 * written_unwrap(s): without ="..." or the apostrophe before a figure or a plus.
 * written_half(s, scratch): in half width, without characters that are not
 * seen, trimmed; scratch is overwritten.
 */
bool written_nothing(struct slice s);
bool written_destroyed(struct slice s);
bool written_long(struct slice s);
bool written_lost(struct slice s);
struct slice written_unwrap(struct slice s);
struct slice written_half(struct slice s, struct buf *scratch);

#endif
