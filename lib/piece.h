#ifndef PIECE_H
#define PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "record.h"

/**
 * piece: cuts the files of a source into pieces that end at the end of a
 * record. Only chunk.c uses it.
 *
 * Of a file a piece is the records that begin in a range of offsets, so that
 * pieces can be read by many threads; of a stream it is what was read up to the
 * last line end.
 */
struct piece_cutter {
	const struct record_source *source;
	size_t size;        /* of a piece, about */
	/* private; start as zero */
	size_t file;
	uint64_t offset;    /* in a file that is seekable */
	struct buf carry;   /* of a stream: what follows the last line end */
	bool stream_ended;
};

struct piece {
	size_t file;
	uint64_t from, to;  /* offsets */
	uint64_t at;        /* of the text in the file, if that is seekable */
	bool read;          /* a stream's: the text is there already */
	size_t start;       /* of the first record in the text */
	bool unfinished;    /* the text ends without a line end */
};

/** piece_next(cutter, text, piece): the next piece in the order of the input;
 * one thread at a time. Reads streams into text. False at the end. */
bool piece_next(struct piece_cutter *cutter, struct buf *text,
	struct piece *piece);

/** piece_read(cutter, text, piece): reads a piece of a file into text; any
 * number of threads. Nothing is done for a stream's. The records are text from
 * piece->start on. Ends the program at a line of 4 GiB. */
void piece_read(const struct piece_cutter *cutter, struct buf *text,
	struct piece *piece);

/** piece_total(source): bytes to be read in all, 0 if a stream is among them. */
uint64_t piece_total(const struct record_source *source);

#endif
