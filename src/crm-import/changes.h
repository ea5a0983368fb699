#ifndef CHANGES_H
#define CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/**
 * changes: what this run did to the records: what those of FILE were before,
 * and, where a journal is kept, which row of the input gave which field.
 */
struct changes {
	bool traced;       /* rows are noted */
	uint32_t *of;      /* of each record of FILE: its place in items + 1 */
	uint32_t loaded;   /* records of FILE */
	struct changes_item *items;
	size_t count, room;
	uint32_t *newest;  /* of each record: its last trace + 1 */
	size_t newest_room;
	struct changes_trace *traces;
	size_t trace_count, trace_room;
};

/** A record of FILE that rows of this run updated. */
struct changes_item {
	uint32_t record, updates;
	struct slice before;
};

/** A row of the input. */
struct changes_row {
	uint32_t source;
	uint64_t line;
};

/** A row gave a field, or (CHANGES_ALL) all of a new record. */
#define CHANGES_ALL UINT32_MAX
struct changes_trace {
	struct changes_row row;
	uint32_t column;
	uint32_t before; /* the trace of the same record before this, + 1 */
};

/** changes_open(c, loaded, traced): after FILE is loaded, before the first
 * row. */
void changes_open(struct changes *c, uint32_t loaded, bool traced);
void changes_close(struct changes *c);

/** changes_update(c, record, before): a row changes a record whose line is
 * `before`, which must live as long as c. */
void changes_update(struct changes *c, uint32_t record, struct slice before);

/** changes_trace_row(c, record, column, row): where a field comes from. */
void changes_trace_row(struct changes *c, uint32_t record, uint32_t column,
	struct changes_row row);

/** changes_row_of(c, record, column): the last row that gave the field. */
struct changes_row changes_row_of(const struct changes *c, uint32_t record,
	uint32_t column);

/** changes_before(c, record): null where the record is as it was, or new. */
const struct slice *changes_before(const struct changes *c, uint32_t record);

#endif
