#ifndef COLUMNS_H
#define COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mem.h"
#include "out.h"
#include "slice.h"

/**
 * columns: which column of crm(5) a header of the input means.
 *
 * The table is columns.tsv: name, header; in front of it stands what the user
 * mapped. Headers compare without letter case, width, blanks and the marks
 * _ - . : *, and also without what stands in brackets at their end. A header
 * "A+B" is both cells joined; a header "+A" is taken only where nothing else
 * gives the name.
 */
enum { COLUMNS_PARTS = 6 };

/** A column that a file has. */
struct columns_match {
	struct slice name;             /* in the result */
	uint32_t parts[COLUMNS_PARTS]; /* cells, joined in this order */
	unsigned count;
	bool nameless;                 /* no header; named after its place */
	bool mapped;                   /* by --map=name=header */
	bool family_last;              /* a name: the last cell is the family's */
	bool of_orders;                /* a status: that of an order */
};

struct columns;

/** columns_open(maps, n): the built-in table and the arguments of --map:
 * "name=header,...", or a file with the columns name and header. */
struct columns *columns_open(const char *const *maps, size_t n);
void columns_close(struct columns *c);

/** columns_print(c, out): the whole table as TSV. */
void columns_print(const struct columns *c, struct out *out);

/** columns_known(c, header): it stands in the table, for any kind. */
bool columns_known(const struct columns *c, struct slice header);

/** columns_kind(c, headers, n): SCHEMA_CUSTOMERS, SCHEMA_TICKETS, or 0 where
 * they do not tell. */
unsigned columns_kind(const struct columns *c, const struct slice *headers,
	size_t n);

/** columns_of(c, header, pool, count): the columns of a file, in the order of
 * its cells. Ends the program (exit 2) where two cells give one name, but for a
 * second phone, which is phone2. Names lie in pool. */
struct columns_header {
	unsigned kind;
	const char *file;
	const struct slice *headers;
	size_t n;
	bool records; /* the file has the form of crm(5): if its key is there by
	                 its name, names of crm(5) mean just themselves, so that
	                 what was written can be read again */
};

struct columns_match *columns_of(struct columns *c,
	const struct columns_header *header, struct mem_pool *pool,
	size_t *count);

/** columns_check(c, headers, n): ends the program where a header given with
 * --map=name=header was in no file; headers are the last file's, for "did you
 * mean". */
void columns_check(const struct columns *c, const struct slice *headers,
	size_t n);

#endif
