#ifndef REJECTS_H
#define REJECTS_H

#include <stddef.h>
#include <stdint.h>

#include "csv.h"
#include "slice.h"
#include "source.h"

/**
 * rejects: the rows that were refused, as they came, in the columns of their
 * files, and why: _file _line _column _reason. TSV as crm(5), or CSV for Excel
 * (byte order mark, CR LF) where the name ends in .csv.
 */
struct rejects;

/** rejects_open(path, sources, n): path null: the rows are dropped. */
struct rejects *rejects_open(const char *path, const struct source *sources,
	size_t n);

/** rejects_add(r, source, batch, row, column, why): source is its number. Cells
 * beyond the header are joined to the last one, with the delimiter. */
void rejects_add(struct rejects *r, size_t source,
	const struct csv_batch *batch, const struct csv_row *row,
	struct slice column, struct slice why);

/** rejects_prepare(r): all that can fail is done, but the file is as it was.
 * rejects_commit(r): makes the file; r is gone. */
void rejects_prepare(struct rejects *r);
void rejects_commit(struct rejects *r);

/** rejects_abandon(r): leaves the file as it was; r is gone. */
void rejects_abandon(struct rejects *r);

#endif
