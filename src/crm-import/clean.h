#ifndef CLEAN_H
#define CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "check.h"
#include "csv.h"
#include "schema.h"
#include "slice.h"
#include "source.h"
#include "words.h"

/**
 * clean: rows of the input become lines of crm(5).
 *
 * It knows one row at a time and nothing of other rows, so that batches can be
 * cleaned on any thread.
 */
#define CLEAN_NONE UINT32_MAX

/** A column of the result. */
struct clean_column {
	struct slice name;
	enum schema_type type;
	const struct words_column *words; /* null: none */
	const char *not_a_word;  /* enums: the message */
	bool strict;             /* what is not in words is bad */
	bool key;                /* an id: a number destroyed by Excel is bad */
	bool digits;             /* a number that Excel may destroy, whatever
	                            its length: mentioned */
	const struct check *check; /* null: none */
	struct slice instead;    /* of nothing: a field as it is written */
};

struct clean_layout {
	struct clean_column *columns;
	size_t count;
	size_t id;                           /* the column of the key */
	const struct words_column *channels; /* of no_contact */
	const struct words_column *orders;   /* of the status of an order */
	bool excel;
	bool none_said;                      /* "no" in no_contact stays, for merge */
	int64_t as_of;
};

/** What became of a row of the batch. */
enum clean_fate {
	CLEAN_GOOD,
	CLEAN_BAD,
	CLEAN_SKIPPED, /* empty, or the header once more */
	CLEAN_UNCLEAR, /* source_refuse */
};

struct clean_problem {
	uint32_t row;      /* of the batch */
	uint32_t cell;     /* of the row; CLEAN_NONE: the whole row */
	const char *why;   /* null: the number of its fields */
	uint32_t fields;
};

struct clean_row {
	enum clean_fate fate;
	uint32_t problem;  /* CLEAN_BAD: in problems; else what to mention, or
	                      CLEAN_NONE */
	uint64_t code;     /* CLEAN_GOOD: hash_code of the key; or 0 */
	size_t starts;     /* in starts: where each field begins in lines, then
	                      where the one after the last would */
};

/** The rows of a csv_batch. Starts from all zero and is used again, for the
 * same layout and source. */
struct clean_batch {
	bool coded;         /* set by the caller: the rows get their code */
	struct buf lines;   /* each with LF */
	const char *kept;   /* where a copy of them lies for good; or null */
	struct clean_row *rows;
	size_t row_room;
	uint32_t *starts;
	size_t start_count, start_room;
	struct clean_problem *problems;
	size_t problem_count, problem_room;
	size_t stray;       /* rows with stray quotes */
	uint64_t stray_line; /* the first */
	size_t lost;        /* rows that hold U+FFFD */
	uint64_t lost_line;
	/* private */
	struct buf scratch, other;
	struct express_column *express; /* of the layout and the source */
	size_t express_count;
	size_t odd; /* of csv_odd */
};

/**
 * clean_batch(layout, source, to, batch, result): cleans all rows of batch.
 * to[c]: the column of source that fills column c of the layout, or CLEAN_NONE.
 * result->rows[i] belongs to batch->rows[i]. Problems are in the order of the
 * rows. A batch that is a piece has nothing of the header.
 */
void clean_batch(const struct clean_layout *layout, struct source *source,
	const uint32_t *to, const struct csv_batch *batch,
	struct clean_batch *result);
void clean_batch_free(struct clean_batch *result);

/** clean_field(result, row, c): field c of the cleaned line. */
static inline struct slice
clean_field(const struct clean_batch *result, const struct clean_row *row,
	size_t c)
{
	const uint32_t *starts = result->starts + row->starts;
	const char *lines = result->kept ? result->kept : result->lines.p;

	return (struct slice){lines + starts[c], starts[c + 1] - starts[c] - 1};
}

#endif
