#ifndef WAS_H
#define WAS_H

#include <stdint.h>

#include "chunk.h"

/**
 * was: the segments of an earlier result, by customer_id, or by the first
 * column where the input has none; and what became of each record since.
 */
struct was;

/** was_open(path, input, jobs): reads the earlier result. A key that is missing
 * or comes twice in it makes a bad record, reported. Ends the program where it
 * lacks the key or `segment`. */
struct was *was_open(const char *path, const struct record_source *input,
	unsigned jobs);
void was_close(struct was *w); /* null is allowed */

/** was_key(w): the key's column in the input. */
size_t was_key(const struct was *w);

/** What the earlier result says of an input record. */
struct was_found {
	size_t number;        /* of the earlier segment; was_none(w) */
	struct slice segment; /* its name as a field */
	struct slice key;     /* borrowed from the record or from scratch */
	uint32_t entry;       /* private */
};

/** was_find(w, r, scratch, found). The record counts as seen. From any
 * thread. */
void was_find(struct was *w, const struct record *r, struct buf *scratch,
	struct was_found *found);

/** was_hand(b, r, found, bytes): appends what the work has made of the record
 * r to what its chunk hands over; was_turn(w, c), in the order of the input,
 * leaves in c->bytes the bytes of the records whose key had not come before.
 * The others are bad records, and reported. */
void was_hand(struct buf *b, const struct record *r,
	const struct was_found *found, struct slice bytes);
void was_turn(struct was *w, struct chunk *c);

/** was_count(w): earlier segments, by name; was_none(w) is the number behind
 * them. was_name(w, i): as a field. */
size_t was_count(const struct was *w);
size_t was_none(const struct was *w);
struct slice was_name(const struct was *w, size_t i);

/** was_next(w, position, key, segment): the records that were not seen, in the
 * order of the earlier result. Start with *position = 0; false at the end. key
 * is decoded; segment a number. */
bool was_next(const struct was *w, size_t *position, struct slice *key,
	size_t *segment);

/** was_move(before, after): entered, left, stayed, moved; missing where both
 * are. */
struct slice was_move(struct slice before, struct slice after);

#endif
