#ifndef ROW_H
#define ROW_H

#include <stdbool.h>

#include "buf.h"
#include "slice.h"

#include "find.h"
#include "list.h"

/**
 * row: an action as it is printed. Cells are fields of crm(5), escapes and
 * all; they live until the row is filled again. Start from all zero.
 */
struct row {
	struct slice cells[LIST_COLUMNS];
	struct slice line;       /* all of them, joined by TAB */
	struct slice no_contact; /* of the customer; decoded */
	/* private */
	struct buf bytes;
};

/** What rows are filled from; one for each thread. */
struct row_source {
	const struct plan *plan;
	const struct finding *found;
	int64_t as_of;
	size_t columns[LIST_COLUMNS];    /* of the customers, or RECORD_NONE */
	size_t no_contact;
	struct slice *cells[PLAN_FILES]; /* room for a customer, a product */
	struct buf text, scratch;
};

void row_source_init(struct row_source *s, const struct plan *plan,
	const struct finding *found, int64_t as_of);
void row_source_free(struct row_source *s);

/** row_fill(r, s, a, mask): mask: names and phones are masked. */
void row_fill(struct row *r, struct row_source *s, const struct action *a,
	bool mask);
void row_free(struct row *r);

/** row_fill_all(rows, sources, actions, n, mask, jobs): row i from action i,
 * by so many threads, each with its source. */
void row_fill_all(struct row *rows, struct row_source *sources,
	struct action *const *actions, size_t n, bool mask, unsigned jobs);

#endif
