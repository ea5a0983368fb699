#ifndef ENTRIES_H
#define ENTRIES_H

#include "base.h"
#include "journal.h"
#include "source.h"

/** entries_write(journal, base, layout, id, sources): what the rows of the
 * sources did to the records of base, field by field in the order of FILE: for
 * the journal. id: column of the key. */
void entries_write(struct journal *journal, const struct base *base,
	const struct clean_layout *layout, size_t id,
	const struct source *sources);

#endif
