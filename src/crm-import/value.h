#ifndef VALUE_H
#define VALUE_H

#include <stdbool.h>

#include "buf.h"
#include "clean.h"
#include "slice.h"
#include "source.h"

/**
 * value: one value brought to the form of crm(5).
 */
struct value_place {
	const struct clean_layout *layout;
	const struct clean_column *column;
	struct source *source;
	size_t source_column;
	struct buf *scratch;  /* overwritten */
};

enum value_status {
	VALUE_GOOD,
	VALUE_BAD,
	VALUE_KEPT, /* a phone that is none: written as it was */
	VALUE_UNCLEAR, /* a date whose column does not say which order it has:
	                  source_refuse */
};

/** value_clean(place, s, lines, why): appends s, trimmed, as a field. Unless
 * VALUE_GOOD, *why says what is wrong; a bad value may leave bytes behind. */
enum value_status value_clean(const struct value_place *place, struct slice s,
	struct buf *lines, const char **why);

#endif
