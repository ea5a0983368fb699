#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "encode.h"
#include "scan.h"
#include "slice.h"

/**
 * csv: rows of delimited text, in batches.
 *
 * With quotes: RFC 4180. A field whose first byte (blanks aside) is a quote
 * runs to the next single quote, over delimiters and line ends. A quote
 * elsewhere is an ordinary byte, and what follows a closing quote is kept as
 * it is: both are stray and flagged. A quote that is never closed spoils its
 * own line only. Without quotes: the record format of crm(5), only the
 * delimiter and LF count. A CR before an LF belongs to the line end. The last
 * line may lack its end.
 */
enum { CSV_PAD = 64 };

struct csv_form {
	char delimiter;
	bool quote;
};

enum csv_flag {
	CSV_QUOTED = 1,  /* the quotes around it are not part of the field */
	CSV_DOUBLED = 2, /* "" stands for one quote in it */
	CSV_STRAY = 4,   /* holds quotes where none belong */
	CSV_NEWLINE = 8, /* holds a line end */
};

struct csv_field {
	uint32_t from, to; /* in the text of the batch */
	uint32_t flags;    /* csv_flag bits */
};

struct csv_row {
	uint64_t line;   /* number of its first line in the file, from 1 */
	uint32_t first;  /* its first field */
	uint32_t fields;
	bool unclosed;   /* a quote in it is never closed */
};

/** Whole rows and their text. Starts from all zero and is used again; what
 * points into it is valid until then. */
struct csv_batch {
	struct buf text;     /* CSV_PAD bytes behind it may be read */
	struct csv_field *fields;
	size_t field_count, field_room;
	struct csv_row *rows;
	size_t row_count, row_room;
	bool nul, backslash; /* such a byte is somewhere in the text */
	bool stray;          /* a CSV_STRAY is in the fields */
	bool replaced;       /* U+FFFD may be in the text; set by the caller */
	size_t used;         /* bytes of text that are whole rows */
	uint64_t offset;     /* of the text in what the source gives */
	uint64_t lines;      /* line ends in them */
	bool piece;          /* its lines are numbered from 1 */
	bool last;           /* piece: the end of the file */
	struct scan marks;   /* private */
};

/** csv_odd(batch, row, odd): where there is next, from the row on, a backslash or
 * a control character but line ends, or the byte behind a CR that is no line end:
 * fields that end before it surely hold none. odd: what it was for a row before;
 * 0 at first. */
static inline size_t
csv_odd(const struct csv_batch *batch, const struct csv_row *row, size_t odd)
{
	uint32_t from = batch->fields[row->first].from;

	return odd > from ? odd
		: scan_next_odd(&batch->marks, from, batch->text.n);
}

struct csv;

/** csv_open(source, form): reads what is left of source, which stays with the
 * caller. The environment variable CRM_CHUNK sets the size of the batches in
 * bytes, for tests. */
struct csv *csv_open(struct encode *source, struct csv_form form);
void csv_close(struct csv *c);

/** csv_next(c, batch): the next rows, at least one; false at the end. */
bool csv_next(struct csv *c, struct csv_batch *batch);

/** csv_line(c): of the next row. */
uint64_t csv_line(const struct csv *c);

/** Or in two steps, of which the second may be done by any thread:
 * csv_piece(c, batch): the next text, up to where a row seems to end; false at
 * the end. csv_split_piece(form, batch): its rows. Where they are not all of it
 * (batch->used < batch->text.n), a row does not end there, and what was got
 * since is cut in the wrong place: csv_return(c, batches, n, line) gives the
 * rest of the first and all of the others back; line: of the next row. */
bool csv_piece(struct csv *c, struct csv_batch *batch);
void csv_split_piece(struct csv_form form, struct csv_batch *batch);
void csv_return(struct csv *c, const struct csv_batch *const *batches, size_t n,
	uint64_t line);

/** csv_split(form, text, batch): the rows of text, which is the start of a
 * file and may be cut anywhere unless `whole`. */
void csv_split(struct csv_form form, struct slice text, bool whole,
	struct csv_batch *batch);

void csv_rows(struct csv_form form, uint64_t line, bool whole,
	struct csv_batch *batch);

void csv_batch_free(struct csv_batch *batch);

/** csv_raw(batch, field): the bytes between delimiters, or between quotes.
 * csv_value(batch, field, b): what they mean: doubled quotes as one; appended
 * to b where they had to be changed, else where they lie. */
struct slice csv_raw(const struct csv_batch *batch, const struct csv_field *field);
struct slice csv_value(const struct csv_batch *batch,
	const struct csv_field *field, struct buf *b);

#endif
