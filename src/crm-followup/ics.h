#ifndef ICS_H
#define ICS_H

#include <stdint.h>

#include "buf.h"
#include "slice.h"

/**
 * ics: the list as to-dos for a calendar program (RFC 5545: VTODO). Lines end
 * in CRLF and are folded after 75 bytes at a whole character.
 */

void ics_begin(struct buf *b);

/** ics_row(b, cells, why, due, as_of): one to-do, from the cells of a row. */
void ics_row(struct buf *b, const struct slice *cells, struct slice why,
	int64_t due, int64_t as_of);

void ics_end(struct buf *b);

#endif
