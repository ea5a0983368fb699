#ifndef BASE_H
#define BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base_lines.h"
#include "buf.h"
#include "changes.h"
#include "clean.h"
#include "out.h"
#include "reread.h"
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
	bool traced;                 /* which row gave what is kept: a journal */
	const struct hash *customers; /* tickets: those that are known; or null */
	struct reread *reread;       /* lines of new records need not be kept;
	                                or null */
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
	bool kept;                  /* it lies in base_room, with LF */
	uint64_t place;             /* reread_place: or this will do; or 0 */
	const uint32_t *starts;     /* of each field, and one more; the first is
	                               where the line is */
	uint64_t code;              /* hash_code of the key; 0: not known yet */
	const size_t *required;     /* columns that a new record must fill;
	                               SIZE_MAX behind them */
	struct changes_row from;
};

/** Cleaned rows, one behind the other. */
struct base_rows {
	const struct csv_batch *rows;
	const struct clean_batch *cleaned;
	const size_t *required;     /* as in base_row */
	size_t source;
	bool rereads;               /* their places will do: reread_place */
};

static inline struct slice
base_row_field(const struct base_row *row, size_t i)
{
	return (struct slice){row->line.p + (row->starts[i] - row->starts[0]),
		row->starts[i + 1] - row->starts[i] - 1};
}

/** What this run did to a record; the lines are those of FILE, or in the columns
 * of the layout. */
struct base_change {
	uint32_t record;
	struct slice before;        /* p null: it is new */
	struct slice after;         /* p null: it is gone */
};

struct base;

struct base *base_open(const struct base_rules *rules);
void base_close(struct base *b);

/** base_load(b, path): the records of FILE, whose columns are the first ones
 * of the layout. A bad record or a key twice ends the program (exit 2). */
void base_load(struct base *b, const char *path);

/** base_expect(b, rows): that many rows will come, by a guess. */
void base_expect(struct base *b, uint64_t rows);

/** base_room(b, n): room for n bytes of lines, for any thread. */
char *base_room(struct base *b, size_t n);

/** base_ordered(b): the keys of the rows came in their order so far: their codes
 * are of no use. base_prefetch(b, code): a row with that key comes soon. */
bool base_ordered(const struct base *b);
void base_prefetch(const struct base *b, uint64_t code);

/** base_put_new(b, rows, i): takes in rows from i on as long as each is surely a
 * new record, of which nothing is to be said; returns the first that is not, or
 * how many rows there are. */
size_t base_put_new(struct base *b, const struct base_rows *rows, size_t i);

/** base_put(b, row, column, why): a row meets the records. BASE_REJECTED: *why
 * (appended) says the reason, *column is the one it is about, or SIZE_MAX. So
 * they do where a row that is not rejected is worth a word. */
enum base_fate base_put(struct base *b, const struct base_row *row,
	size_t *column, struct buf *why);

/** base_each_change(b, take, context): hands out every record that this run
 * changed, made or removed, in their order. base_row_of(b, record, column): the row that
 * gave the field (rules.traced). base_lines_of(b): the lines. */
void base_each_change(const struct base *b,
	void (*take)(void *context, const struct base_change *change),
	void *context);
struct changes_row base_row_of(const struct base *b, uint32_t record,
	uint32_t column);
const struct base_lines *base_lines_of(const struct base *b);

/** base_find(b, id): the record, or BASE_NONE. base_replace, base_remove: after
 * the last row: a record gets other fields, or goes; its place stays, with a
 * line whose p is null. from: where that is said. */
#define BASE_NONE UINT32_MAX
uint32_t base_find(struct base *b, struct slice id);
void base_replace(struct base *b, uint32_t record, const struct slice *fields,
	struct changes_row from);
void base_remove(struct base *b, uint32_t record, struct changes_row from);

/** base_settle(b): after the last row: how many updates came to nothing,
 * because later rows of the same run took them back: FILE is then as it was.
 */
uint64_t base_settle(struct base *b);

/** base_header(b, names): appends the line of names, without its end. */
void base_header(const struct base *b, struct buf *names);

/** base_write(b, out, header): all records, in their order. */
void base_write(const struct base *b, struct out *out, bool header);

#endif
