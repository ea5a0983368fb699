#ifndef RECORD_AT_H
#define RECORD_AT_H

#include <stdint.h>

#include "buf.h"
#include "record.h"
#include "scan.h"

/**
 * record_at: single records of a source, by where they stand: for what a pass
 * over it (chunk.h) found worth a second look. Start from all zero; one for
 * each thread.
 */
struct record_at {
	struct buf text;
	struct scan scan;
};

/** record_at_read(a, source, file, offset, r): the record that begins at the
 * offset (chunk_offset) in source->files[file], and was well-formed. The source
 * was opened with RECORD_TWICE. *r lives until the next. */
void record_at_read(struct record_at *a, const struct record_source *source,
	size_t file, uint64_t offset, struct record *r);
void record_at_free(struct record_at *a);

#endif
