#ifndef CHANNELS_H
#define CHANNELS_H

#include <stdbool.h>

#include "buf.h"
#include "slice.h"
#include "value.h"

/**
 * channels: the list of no_contact.
 *
 * channels_clean(place, s, lines): appends it: the words of no_contact and of
 * channel, each once, between commas; `all` stands alone; "no" is nothing,
 * but stays if it is all there is and the layout asks for it. A word that is
 * neither stays as it is; false then.
 */
bool channels_clean(const struct value_place *place, struct slice s,
	struct buf *lines);

#endif
