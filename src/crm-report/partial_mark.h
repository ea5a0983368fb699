#ifndef PARTIAL_MARK_H
#define PARTIAL_MARK_H

#include "buf.h"
#include "partial.h"

/** partial_mark: what both sides of a partial agree on. */
enum partial_column {
	PARTIAL_KEY,
	PARTIAL_FIGURE,
	PARTIAL_VALUE,
	PARTIAL_TIMES,
	PARTIAL_REPORT,
	PARTIAL_DEFINITION,
	PARTIAL_COLUMNS,
};

extern const char *const partial_mark_columns[PARTIAL_COLUMNS];

/** Figures of the records without a key; those of tables by their place in
 * partial_mark_tables. */
#define PARTIAL_STATE "state"
#define PARTIAL_MADE "made"
#define PARTIAL_ROWS "rows"
enum { PARTIAL_TABLES = 3 };
extern const char *const partial_mark_tables[PARTIAL_TABLES];

/** partial_mark_definition(job, b): the mark of a definition: what decides
 * which records count, and how. partial_mark_made(job, b): when and over what
 * time. */
void partial_mark_definition(const struct partial_job *job, struct buf *b);
void partial_mark_made(const struct partial_job *job, struct buf *b);

#endif
