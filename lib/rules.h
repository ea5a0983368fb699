#ifndef RULES_H
#define RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mem.h"
#include "slice.h"

/**
 * rules: a small TSV file, read whole: rules, calendars, rosters, definitions.
 *
 * The same format and the same reader as for records (crm(5)), but any bad
 * record is an error (exit 2). Cells are decoded (escapes, "\N" as missing).
 */
struct rules {
	const char *name;      /* of the file, for messages */
	struct slice *columns; /* names */
	size_t column_count;
	size_t count;          /* records */
	struct slice *cells;   /* count * column_count */
	uint64_t *lines;       /* line number of each record */
	const char **wrong;    /* of each cell: null, or what is wrong with its
	                          escapes: an error once the cell is asked for */
	struct mem_pool pool;
};

#define RULES_NONE SIZE_MAX

/** rules_open(path): reads a file ("-": standard input). rules_built_in(name,
 * text): reads a set that is compiled in; name is shown in messages. */
struct rules *rules_open(const char *path);
struct rules *rules_built_in(const char *name, struct slice text);
void rules_close(struct rules *r); /* null is allowed */

/** rules_find: the column, or RULES_NONE. rules_need: ends the program where it
 * is missing, with "did you mean". */
size_t rules_find(const struct rules *r, const char *column);
size_t rules_need(const struct rules *r, const char *column);

/** rules_cell(r, i, column): n == 0 where missing, or column is RULES_NONE. */
struct slice rules_cell(const struct rules *r, size_t i, size_t column);

/** rules_die(r, i, column, why): ends the program: file, line, column, value.
 * rules_die_at: the same for an expression, shown with a caret at byte
 * `position` (from 0; the message counts from 1):
 *     crm-segment: my.tsv:3: when: position 10: unknown column "recnecy" (did
 *     you mean "recency"?)
 *       orders > recnecy
 *                ^
 */
_Noreturn void rules_die(const struct rules *r, size_t i, size_t column,
	const char *why);
_Noreturn void rules_die_at(const struct rules *r, size_t i, size_t column,
	size_t position, const char *why);

/** rules_die_option(option, text, position, why): the same for an expression
 * given on the command line. */
_Noreturn void rules_die_option(const char *option, struct slice text,
	size_t position, const char *why);

#endif
