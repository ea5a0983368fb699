#ifndef SPLIT_H
#define SPLIT_H

#include "buf.h"
#include "segments.h"

/**
 * split: DIR/SEGMENT.tsv for every segment of the rules, DIR/_none.tsv for the
 * records without one; each whole or not at all, all of them or none.
 */
struct split;

/** split_open(folder, segments, header): makes the folder where it is missing.
 * Ends the program where a name is no plain file name. */
struct split *split_open(const char *folder, const struct segments *segments,
	struct slice header);

/** split_add(b, segment, line): appends a record of the segment, a number of
 * the rules or split_none, to what a chunk hands over; split_turn(split, b)
 * takes it in the order of the input. */
void split_add(struct buf *b, size_t segment, struct slice line);
void split_turn(struct split *split, struct slice handed);

/** split_none(split): the number of the file for records without a segment. */
size_t split_none(const struct segments *segments);

/** split_commit(split): makes all files so; split is gone. */
void split_commit(struct split *split);

#endif
