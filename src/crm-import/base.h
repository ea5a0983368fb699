#ifndef BASE_H
#define BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "clean.h"
#include "out.h"
#include "slice.h"

/**
 * base: the records known so far, those of FILE and those of the input, and
 * who is who among them.
 *
 * A record is a line; lines stay in the order in which they came. A column that
 * identifies has a table from its values to the records that hold them, chained
 * in the order of the records.
 */
enum { BASE_KEYS = 8 };

enum base_on_match { BASE_UPDATE, BASE_FILL, BASE_SKIP, BASE_ERROR };

/** The rules by which rows meet records. */
struct base_rules {
	unsigned kind;               /* schema_kind */
	const struct clean_layout *layout;
	size_t id;                   /* column of the key */
	bool id_decides;             /* the key is among the match columns */
	size_t keys[BASE_KEYS];      /* the other match columns */
	size_t key_count;
	enum base_on_match on_match;
	bool consent_replaced;
	const struct hash *customers; /* tickets: those that are known; or null */
};

enum base_fate {
	BASE_CREATED,
	BASE_UPDATED,
	BASE_UNCHANGED,
	BASE_REJECTED,
};

/** A cleaned row. */
struct base_row {
	struct slice line;          /* all fields, between TABs */
	const struct slice *fields;
	const bool *required;       /* columns that a new record must fill */
};

struct base;

struct base *base_open(const struct base_rules *rules);
void base_close(struct base *b);

/** base_load(b, path): the records of FILE, whose columns are the first ones
 * of the layout. A bad record or a key twice ends the program (exit 2). */
void base_load(struct base *b, const char *path);

/** base_expect(b, rows): that many rows will come, by a guess. */
void base_expect(struct base *b, uint64_t rows);

/** base_put(b, row, column, why): a row meets the records. BASE_REJECTED: *why
 * (appended) says the reason, *column is the one it is about, or SIZE_MAX. */
enum base_fate base_put(struct base *b, const struct base_row *row,
	size_t *column, struct buf *why);

/** base_settle(b): after the last row: how many updates came to nothing,
 * because later rows of the same run took them back: FILE is then as it was.
 */
uint64_t base_settle(struct base *b);

/** base_write(b, out, header): all records, in their order. */
void base_write(const struct base *b, struct out *out, bool header);

#endif
