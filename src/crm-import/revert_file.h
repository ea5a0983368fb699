#ifndef REVERT_FILE_H
#define REVERT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base_lines.h"
#include "buf.h"
#include "hash.h"
#include "mem.h"
#include "out.h"
#include "slice.h"
#include "undo.h"

/**
 * revert_file: FILE while a run is undone in it.
 *
 * Its columns are those it has, and behind them those that the run took away.
 */
struct revert_file {
	struct slice *names;      /* of the columns, escaped */
	size_t count, own;        /* of them, those of FILE */
	size_t id;                /* column of the key */
	struct base_lines lines;
	struct hash *ids;         /* index = record */
	bool *removed;            /* records */
	struct revert_restored *restored;
	size_t restored_count;
	struct mem_pool pool;
};

/** A record that comes back. */
struct revert_restored {
	uint64_t line;            /* where it stood in FILE */
	struct slice text;
};

/** revert_file_open(f, path, key, undo): reads FILE; ends the program where it
 * is bad. */
void revert_file_open(struct revert_file *f, const char *path, const char *key,
	const struct undo *undo);
void revert_file_close(struct revert_file *f);

/** revert_file_find(f, key): the record, or HASH_NONE. revert_file_column(f,
 * name): the column, or SIZE_MAX. */
uint32_t revert_file_find(const struct revert_file *f, struct slice key);
size_t revert_file_column(const struct revert_file *f, struct slice name);

/** revert_file_set(f, record, fields), _remove, _restore(f, line, fields): what
 * becomes of a record; fields of all columns. */
void revert_file_set(struct revert_file *f, uint32_t record,
	const struct slice *fields);
void revert_file_remove(struct revert_file *f, uint32_t record);
void revert_file_restore(struct revert_file *f, uint64_t line,
	const struct slice *fields);

/** revert_file_write(f, undo, out, head): all of it, with the first line that it
 * had before the run if nothing else changed that since. head: appended, the
 * new first line without its end. */
void revert_file_write(struct revert_file *f, const struct undo *undo,
	struct out *out, struct buf *head);

#endif
