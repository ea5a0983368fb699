#ifndef BASE_PART_H
#define BASE_PART_H

#include "base.h"
#include "base_lines.h"
#include "changes.h"
#include "ids.h"
#include "keys.h"
#include "merge.h"

/**
 * base_part: what base.c, base_put.c and base_change.c share.
 */
struct base {
	struct base_rules rules;
	bool plain;                 /* a new id makes a new record, and its line
	                               is that of the row */
	struct base_lines lines;
	struct ids ids;             /* their numbers are those of the records */
	struct keys keys[BASE_KEYS];
	struct merge merge;
	struct slice *old;          /* fields of one record */
	struct slice *fields;       /* of the row */
	struct slice *values;       /* match values of the row */
	struct buf scratch[BASE_KEYS];
	struct buf line;
	struct changes changes;
};

/** base_says_none(b, row): merge_none of the row. */
bool base_says_none(const struct base *b, const struct base_row *row);

/** base_line(b, from, id): the line of fields, with another id, and nothing in
 * place of merge_none; valid until the next call. */
struct slice base_line(struct base *b, const struct slice *from,
	struct slice id);

/** base_note(b, record, merged, from): keeps what the record was, whose fields
 * are in b->old, and where its new fields come from. */
void base_note(struct base *b, uint32_t record, const struct slice *merged,
	struct changes_row from);

#endif
