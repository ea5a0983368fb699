#ifndef EXPRESS_H
#define EXPRESS_H

#include <stddef.h>
#include <stdint.h>

#include "clean.h"
#include "csv.h"
#include "date_days.h"

/**
 * express: cells that need little or nothing done to be a field of crm(5), which
 * are most of a file: text as it stands, times and amounts in the form that is
 * written, words met before. Everything else is left to value_clean, and what
 * is done here is what value_clean would do.
 */
enum { EXPRESS_WORD = 16 }; /* bytes of a word that is remembered */

/** A word as it was written, and as it is written now. */
struct express_word {
	uint64_t written[2], clean[2];
	uint8_t n, to; /* their lengths; n is 0 in an empty place */
};

enum { EXPRESS_WORDS = 64 };

/** A column of the result. */
struct express_column {
	uint32_t cell;  /* of the row */
	uint32_t place; /* where its csv_field is among those of the row: bytes */
	uint32_t way;
	struct express_word *words; /* EXPRESS_WORDS; or null */
	struct date_days *days;     /* or null */
};

/** express_open(layout, source, to): the columns, as in clean_batch. */
struct express_column *express_open(const struct clean_layout *layout,
	const struct source *source, const uint32_t *to);
void express_close(struct express_column *columns, size_t n);

/** What express_rows works by. */
struct express_job {
	const struct express_column *columns;
	size_t count;
	uint32_t fields; /* of a row */
	char title;      /* a row that begins with it may be the header once
	                    more; or NUL */
};

/** express_rows(job, batch, i, result, cell): cleans rows from i on, of a batch
 * without dirt and without the header, as long as they are complete and all
 * their cells are for it; returns the first that is not, or how many rows there
 * are. *cell: of that row's fields so many are written, with where they start. */
size_t express_rows(const struct express_job *job, const struct csv_batch *batch,
	size_t i, struct clean_batch *result, size_t *cell);

/** express_row(columns, n, i, batch, row, result): appends the fields from i on,
 * each with where it starts and a TAB behind it; returns the first that is left
 * to others, or n. There is room for n more starts. */
size_t express_row(const struct express_column *columns, size_t n, size_t i,
	const struct csv_batch *batch, const struct csv_row *row,
	struct clean_batch *result);

/** express_learn(column, written, clean): what value_clean made of a cell. */
void express_learn(struct express_column *column, struct slice written,
	struct slice clean);

#endif
