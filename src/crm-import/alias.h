#ifndef ALIAS_H
#define ALIAS_H

#include <stdbool.h>
#include <stddef.h>

#include "mem.h"
#include "out.h"
#include "slice.h"

/**
 * alias: the table of header names, and how they compare (see columns.h).
 */
enum { ALIAS_PARTS = 6 };

/** A header as it compares; alias_key_of, alias_key_free. */
struct alias_key {
	char *text;       /* brief begins the same */
	size_t n;
	size_t brief;     /* length without brackets at the end; n if none */
};

struct alias {
	struct slice name, header;  /* as the table has them */
	struct alias_key whole;     /* all of the header */
	struct alias_key parts[ALIAS_PARTS];
	size_t count;
	bool weak;
	bool used;
};

struct alias_table {
	struct alias *entries;
	size_t count, room;
	size_t inlines;             /* the first ones: --map=name=header */
	size_t mapped;              /* these and those of --map=FILE */
	struct mem_pool pool;
};

struct alias_table *alias_open(const char *const *maps, size_t n);
void alias_close(struct alias_table *t);
void alias_print(const struct alias_table *t, struct out *out);

struct alias_key alias_key_of(struct slice header);
void alias_key_free(struct alias_key *key);

/** alias_meets(known, cell): a header of the table is that of a cell. */
bool alias_meets(const struct alias_key *known, const struct alias_key *cell);

#endif
