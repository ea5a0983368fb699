#ifndef LAYOUT_H
#define LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clean.h"
#include "import.h"
#include "mem.h"
#include "source.h"
#include "words.h"

/**
 * layout: the columns of the result: those of FILE, then those that each file
 * adds; the key comes first where nobody has it.
 */
struct layout {
	struct clean_layout clean;
	size_t room;
	size_t id;
	uint32_t **to;    /* of each source: as in clean_batch */
	size_t *required; /* columns a new record must fill, but the key; ends
	                     with SIZE_MAX */
	struct words *words;
	struct mem_pool pool;
};

/** layout_open(l, import, kind, sources, n, own, own_count): own: the columns
 * of FILE. layout_close releases it. */
void layout_open(struct layout *l, const struct import *import, unsigned kind,
	const struct source *sources, size_t n, const struct slice *own,
	size_t own_count);
void layout_close(struct layout *l, size_t n);

/** layout_find(l, name): the column, or SIZE_MAX. */
size_t layout_find(const struct layout *l, struct slice name);

/** layout_rules(l, import, kind, rules): who is who, by --match. */
void layout_rules(struct layout *l, const struct import *import,
	unsigned kind, struct base_rules *rules);

/** layout_check(l, argument): what --check=COLUMN:KIND asks. */
void layout_check(struct layout *l, const char *argument);

#endif
