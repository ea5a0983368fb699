#ifndef RELATE_TABLE_H
#define RELATE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calendar.h"
#include "expr.h"
#include "relate.h"
#include "relate_rows.h"
#include "slice.h"

/**
 * relate_table: what the relations come to, for every subject. For relate.c and
 * relate_pass.c alone.
 *
 * Of each relation a subject keeps only the parts that the rules ask for: a
 * bit for has(), 8 bytes for count(), first() and last(), 24 for sum().
 * Subjects are spread over parts by the code of their key. Rows wait, up to so
 * many bytes, until those of a part can be worked on together. Nothing depends
 * on the order in which they come.
 */
struct relate_table;

/** relate_table_open(job): all rules are compiled. */
struct relate_table *relate_table_open(const struct relate_job *job);
void relate_table_close(struct relate_table *t); /* null is allowed */

/** relate_table_add(t, worker, row): each worker (0 .. job->jobs - 1) is one
 * thread. */
void relate_table_add(struct relate_table *t, unsigned worker,
	const struct relate_row *row);

/** relate_table_end(t): no more rows. */
void relate_table_end(struct relate_table *t);

/* After relate_table_end, from any thread; as relate.h says. */
void relate_table_prefetch(const struct relate_table *t, uint64_t code);
void relate_table_prefetch_subject(const struct relate_table *t,
	uint64_t code);
const struct relate_subject *relate_table_find(const struct relate_table *t,
	struct slice key, uint64_t code);
void relate_table_cell(const struct relate_table *t,
	const struct relate_subject *s, size_t relation,
	struct expr_cell *cell);
const struct calendar_span *relate_table_holds(const struct relate_table *t,
	const struct relate_subject *s, size_t *n);
size_t relate_table_parts(const struct relate_table *t);
void relate_table_notes(struct relate_table *t, unsigned worker, size_t part,
	relate_noted *take, void *context);

#endif
