#ifndef MERGE_H
#define MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base.h"
#include "buf.h"
#include "slice.h"

/**
 * merge: what becomes of a record that a row meets.
 */
struct merge {
	const struct base_rules *rules;
	size_t customer, opened, closed, no_contact; /* columns, or SIZE_MAX */
	struct slice *fields; /* the result */
	struct buf line, list;
};

void merge_open(struct merge *m, const struct base_rules *rules);
void merge_close(struct merge *m);

/** merge_fields(m, old, new): the fields of the record afterwards, valid until
 * the next call; null where nothing changes. Missing never overwrites, the key
 * stays, no_contact grows. */
const struct slice *merge_fields(struct merge *m, const struct slice *old,
	const struct slice *new);

/** merge_none(m, i, new): whether a field of a row says that its customer may be
 * contacted everywhere, where lists may shrink: "no" stands for an empty one. */
bool merge_none(const struct merge *m, size_t i, struct slice new);

/** merge_line(m): the line of the last result. */
struct slice merge_line(struct merge *m);

/** merge_allowed(m, fields, column, why): false where the record would be
 * impossible: a ticket that is closed before it is opened. */
bool merge_allowed(const struct merge *m, const struct slice *fields,
	size_t *column, struct buf *why);

/** merge_span_allowed: the same, of the two times alone. */
bool merge_span_allowed(const struct merge *m, struct slice opened,
	struct slice closed, size_t *column, struct buf *why);

#endif
