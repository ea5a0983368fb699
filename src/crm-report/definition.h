#ifndef DEFINITION_H
#define DEFINITION_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "rules.h"
#include "slice.h"
#include "table.h"

/**
 * definition: the records that say what a report is (crm-report(1)): the
 * built-in ones and those of the files given with -f, of which the last one
 * with a name wins.
 */
enum definition_field {
	DEFINITION_REPORT,
	DEFINITION_TITLE,
	DEFINITION_OF,
	DEFINITION_WHERE,
	DEFINITION_BY,
	DEFINITION_ACROSS,
	DEFINITION_SHOW,
	DEFINITION_SORT,
	DEFINITION_LIMIT,
	DEFINITION_CHART,
	DEFINITION_NOTE,
	DEFINITION_HAVING,
	DEFINITION_EVERY,
	DEFINITION_UNITS,
	DEFINITION_DRAW,
	DEFINITION_FIELDS,
};

struct definition {
	struct rules *file;
	size_t record;
	size_t columns[DEFINITION_FIELDS];
	struct slice name;
	bool built_in;
};

struct definitions {
	struct rules **files;
	size_t file_count;
	struct definition *items; /* in the order they came; names differ */
	size_t count;
};

/** definition_read_all(d, paths, n): ends the program where a file is wrong.
 * (Starts from all zero.) */
void definition_read_all(struct definitions *d, char *const *paths, size_t n);
void definition_free_all(struct definitions *d);

/** definition_find: ends the program where there is none, with "did you
 * mean". */
const struct definition *definition_find(const struct definitions *d,
	struct slice name);

struct slice definition_get(const struct definition *d,
	enum definition_field field);

/** definition_is_built_in(d): it comes with the program. */
bool definition_is_built_in(const struct definition *d);

/** definition_list, definition_print: records: every name, kind and title; or
 * the whole definition, to be edited and given to -f. */
void definition_list(const struct definitions *d, enum table_lang lang,
	struct buf *b);
void definition_print(const struct definition *d, bool header, struct buf *b);

/** definition_die, definition_die_at: ends the program: file, line, column, and
 * the place in the expression. */
_Noreturn void definition_die(const struct definition *d,
	enum definition_field field, const char *why);
_Noreturn void definition_die_at(const struct definition *d,
	enum definition_field field, size_t position, const char *why);

#endif
