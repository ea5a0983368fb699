#ifndef SOURCE_H
#define SOURCE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "csv.h"
#include "encode.h"
#include "input.h"
#include "mem.h"
#include "schema.h"
#include "slice.h"
#include "when.h"

/**
 * source: one file to be imported: its encoding, delimiter, header, and what
 * its columns as a whole say.
 */
struct source_form {
	const char *encoding; /* null: find out */
	char delimiter;       /* NUL: find out */
	bool quote;           /* tab: quoted all the same */
	long header_line;     /* 0: find out */
	const char *columns;  /* names, where the input has no header; or null */
	enum when_order date_order;
	unsigned jobs;        /* threads */
	bool presumed;        /* encode_presume it */
};

/** The evidence of a whole column about day and month. */
struct source_evidence {
	bool any;     /* nameless columns: a value */
	bool dmy, mdy, both;        /* values that fit only so, or both ways */
	bool dot_dmy, dot_mdy;      /* the same with dots between */
};

struct source {
	const char *name;
	struct input *in;
	struct encode *encode;
	struct csv_form form;
	uint64_t header_line;
	struct slice *headers;   /* as written */
	struct slice *titles;    /* the same, trimmed */
	size_t header_count;
	struct columns_match *columns;
	size_t column_count;
	enum schema_type *types; /* of the columns */
	struct mem_pool pool;
	/* private */
	atomic_bool broken;
	enum when_order asked;
	pthread_mutex_t lock;
	bool surveyed;
	struct source_evidence *evidence;
};

/** source_open(s, name, form, columns): opens it and reads the header. Ends
 * the program (exit 2) where there is no header. source_close releases it. */
void source_open(struct source *s, const char *name,
	const struct source_form *form, const struct columns *columns);
void source_close(struct source *s);

/** source_match(s, columns, kind): finds its columns. Nameless columns without
 * any value are dropped. */
void source_match(struct source *s, struct columns *columns, unsigned kind);

/** source_check(s, text, replaced): false where text, which is of this file and
 * cuts no character, is not UTF-8 though it was presumed to be: the source is
 * broken then, source_broken(s), and whatever came of it void. *replaced:
 * whether U+FFFD may be in it. Safe from many threads. */
bool source_check(struct source *s, struct slice text, bool *replaced);
bool source_broken(const struct source *s);

/** source_value(s, column, batch, row, scratch, out): what a row has in one of
 * the columns, trimmed: quotes and escapes decoded, joined cells joined, with a
 * blank but between Chinese, lists with a comma; scratch is overwritten. False where an escape is
 * none. */
bool source_value(const struct source *s, size_t column,
	const struct csv_batch *batch, const struct csv_row *row,
	struct buf *scratch, struct slice *out);

/** source_cell(s, batch, field, scratch, out): the same of one cell, not
 * trimmed. */
bool source_cell(const struct source *s, const struct csv_batch *batch,
	const struct csv_field *field, struct buf *scratch, struct slice *out);

/** source_order(s, column, w): the order of an open date in this column, by
 * what was asked for, or the evidence of all of it; WHEN_UNKNOWN where it is not
 * clear: then source_refuse(s), which ends the program, is for who takes the
 * rows in their order. Dots that show day first stay so. Safe from many
 * threads. */
enum when_order source_order(struct source *s, size_t column,
	const struct when *w);
_Noreturn void source_refuse(const struct source *s);

/** source_type(name, kind): as what the values of a column are cleaned. */
enum schema_type source_type(struct slice name, unsigned kind);

#endif
