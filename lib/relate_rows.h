#ifndef RELATE_ROWS_H
#define RELATE_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/**
 * relate_rows: rows that wait, packed, sorted into parts: those of a part are
 * worked on together, so that what they touch fits into the processor's cache.
 * For relate_table.c alone.
 */
struct relate_rows;

enum relate_row_flag {
	RELATE_AMOUNT = 1, /* it has an amount */
	RELATE_PAUSE = 2,  /* it is one */
	RELATE_NOTE = 4,   /* no row: a note on the subject */
};

/** A row of a subject. */
struct relate_row {
	struct slice key;  /* of the subject; decoded */
	uint64_t holds;    /* bit i: it counts in relation 64 * group + i; or
	                      the marks of a note */
	int64_t opened;    /* or where, of a note */
	int64_t amount;    /* with RELATE_AMOUNT */
	int64_t until;     /* with RELATE_PAUSE */
	uint16_t group;
	uint16_t flags;
};

struct relate_rows *relate_rows_open(size_t parts);
void relate_rows_close(struct relate_rows *r); /* null is allowed */

/** relate_rows_add(r, part, row): copies it. */
void relate_rows_add(struct relate_rows *r, size_t part,
	const struct relate_row *row);

/** relate_rows_bytes(r): what all rows take. */
size_t relate_rows_bytes(const struct relate_rows *r);

/** relate_rows_count(r, part): how many rows it has. */
size_t relate_rows_count(const struct relate_rows *r, size_t part);

/** relate_rows_next(r, part, at, row): the rows of a part; *at starts as all
 * zero. */
struct relate_rows_at {
	const struct relate_block *block;
	const char *from;
	int begun;
};
int relate_rows_next(const struct relate_rows *r, size_t part,
	struct relate_rows_at *at, struct relate_row *row);

/** relate_rows_clear(r): no rows; the memory is kept for more. */
void relate_rows_clear(struct relate_rows *r);

#endif
