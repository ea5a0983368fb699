#ifndef DECISIONS_H
#define DECISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "mem.h"
#include "slice.h"
#include "words.h"

/**
 * decisions: a file of pairs, as --pairs writes it and people fill it in, in any
 * form that a spreadsheet saves it in.
 */
enum decisions_kind {
	DECISIONS_OPEN,
	DECISIONS_SAME,
	DECISIONS_DIFFERENT,
	DECISIONS_WRONG, /* no such word */
};

struct decisions_row {
	struct slice left, right; /* escaped, as in crm(5) */
	struct slice written;     /* the decision */
	enum decisions_kind kind;
	uint64_t line;
};

struct decisions {
	const char *name; /* of the file, for messages */
	struct decisions_row *rows;
	size_t count, room;
	struct mem_pool pool;
};

/** decisions_read(d, path, columns, words): ends the program (exit 2) where the
 * file cannot be read or has no columns left, right and decision. */
void decisions_read(struct decisions *d, const char *path,
	const struct columns *columns, const struct words *words);

/** decisions_read_old(d, path, columns, words): the same of a file that is to
 * be replaced; false where it is no plain file of pairs. */
bool decisions_read_old(struct decisions *d, const char *path,
	const struct columns *columns, const struct words *words);
void decisions_free(struct decisions *d);

#endif
