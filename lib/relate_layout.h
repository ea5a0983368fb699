#ifndef RELATE_LAYOUT_H
#define RELATE_LAYOUT_H

#include <stdint.h>

#include "expr.h"
#include "mem.h"
#include "relate.h"
#include "relate_rows.h"

/**
 * relate_layout: the words of 8 bytes that a subject has, and how rows change
 * them. For relate_table.c alone.
 */
struct relate_layout {
	struct relate_slot *slots; /* of each relation */
	uint32_t words;     /* of a subject */
	uint32_t pauses;    /* the word that points to them, or none */
	uint32_t note;      /* two words: marks and where, or none */
};

#define RELATE_NO_WORD UINT32_MAX

void relate_layout_init(struct relate_layout *l, const struct relate_job *job);
void relate_layout_free(struct relate_layout *l);

/** relate_layout_row(l, pool, words, row): one more row, which is no note. */
void relate_layout_row(const struct relate_layout *l, struct mem_pool *pool,
	uint64_t *words, const struct relate_row *row);

/** relate_layout_unite(l, words): no more rows: unites the pauses. */
void relate_layout_unite(const struct relate_layout *l, uint64_t *words);

void relate_layout_cell(const struct relate_layout *l, const uint64_t *words,
	size_t relation, struct expr_cell *cell);
const struct calendar_span *relate_layout_holds(const struct relate_layout *l,
	const uint64_t *words, size_t *n);

#endif
