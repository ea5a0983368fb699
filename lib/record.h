#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "input.h"
#include "schema.h"
#include "slice.h"

/**
 * record: the records of one or several files with the columns of the first.
 *
 * Columns are found by name when the files are opened; afterwards a column is
 * its number in the first file, and a field costs two loads. Fields are raw:
 * escapes are decoded by text_unescape, by whoever needs the value.
 */
#define RECORD_NONE SIZE_MAX

struct record_file {
	struct input *in;
	const char *name;      /* for messages */
	char *start;           /* streams: bytes read beyond the header */
	size_t started;
	uint64_t offset;       /* seekable: of the first record */
	uint64_t first_line;   /* number of the first record's line */
	const uint32_t *order; /* field of this file for each column; null: the
	                          same order as the first file */
	bool crlf;             /* every line of this file ends CR LF */
};

struct record_source {
	struct record_file *files;
	size_t file_count;
	struct slice *names; /* of the columns, as written */
	size_t columns;
	bool headless;       /* opened with given columns */
	struct mem_pool *pool;
};

enum record_flag {
	RECORD_TWICE = 1, /* will be read more than once: streams are spooled */
};

/**
 * record_open(names, n, columns, flags): opens the operands (n == 0: standard
 * input) and reads their headers. columns: null, or "a,b,c" where the input has
 * no header. Ends the program (exit 2) on what input refuses, zero bytes, a
 * column twice, files whose columns differ. record_close releases it all.
 */
struct record_source *record_open(char *const *names, size_t n,
	const char *columns, unsigned flags);
void record_close(struct record_source *source); /* null is allowed */

/** record_find(source, name): the column's number, or RECORD_NONE. */
size_t record_find(const struct record_source *source, struct slice name);

/** record_need(source, name): as record_find; ends the program where the column
 * is missing, naming file and column, with "did you mean". */
size_t record_need(const struct record_source *source, const char *name);

/** One record: a view into a chunk, gone with the chunk. */
struct record {
	const char *text;          /* of the chunk */
	const uint32_t *separators; /* [-1] ends the line before, [0] field 0 */
	const uint32_t *order;     /* of the file */
	uint32_t fields;
	uint32_t line;             /* in the chunk, from 0 */
	bool crlf;
	bool backslash;            /* false: no backslash in the whole chunk */
};

/** record_field(r, column): the raw bytes; n == 0 where missing ("\N" too). */
static inline struct slice
record_field(const struct record *r, size_t column)
{
	size_t k = r->order ? r->order[column] : column;
	uint32_t from = r->separators[(ptrdiff_t)k - 1] + 1;
	uint32_t to = r->separators[k];
	struct slice s = {r->text + from, to - from};

	if (r->crlf && k + 1 == r->fields)
		s.n--;
	if (s.n == 2 && s.p[0] == '\\' && s.p[1] == 'N')
		s.n = 0;
	return s;
}

/** record_line(r): the whole record without its line end. */
static inline struct slice
record_line(const struct record *r)
{
	uint32_t from = r->separators[-1] + 1;

	return (struct slice){r->text + from,
		r->separators[r->fields - 1] - from - r->crlf};
}

/** record_text(r, column, scratch, text): the decoded field: as it stands where
 * it has no escape, else in scratch, which is cleared. False on a bad escape. */
bool record_text(const struct record *r, size_t column, struct buf *scratch,
	struct slice *text);

/**
 * record_layout: what a filter writes: the columns of its input, in their
 * order, byte for byte, and its own. An own column that the input has already
 * is replaced in place, the others are appended in the order given.
 */
struct record_layout;

struct record_layout *record_layout_open(const struct record_source *source,
	const char *const *own, size_t n);
void record_layout_close(struct record_layout *layout); /* null is allowed */

/** record_layout_header(layout, b): the header line. */
void record_layout_header(const struct record_layout *layout, struct buf *b);

/** record_layout_write(layout, b, r, values): one line; values[i] belongs to
 * own[i], already fit for a field (escaped where needed). r->line is not
 * used. */
void record_layout_write(const struct record_layout *layout, struct buf *b,
	const struct record *r, const struct slice *values);

/** record_layout_only(layout, b, column, value, values): a line of which only
 * one column of the input is not missing; value is fit for a field. */
void record_layout_only(const struct record_layout *layout, struct buf *b,
	size_t column, struct slice value, const struct slice *values);

#endif
