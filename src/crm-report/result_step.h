#ifndef RESULT_STEP_H
#define RESULT_STEP_H

#include "result.h"

/** result_step: the steps from groups to rows; for result*.c alone. */

/** result_pivot(r): makes rows, sides, the total and the whole, with their
 * groups. */
void result_pivot(struct result *r);
void result_add_row(struct result *r, struct slice key);

/** result_fill(r): adds the rows that `every` asks for. result_fill_sides(r,
 * found): puts the values of `across` that it asks for into the set. */
void result_fill(struct result *r);
void result_fill_sides(const struct result *r, struct hash *found);

/** result_prepare(r): room for the values of all spots, and what is known
 * without looking at other rows. result_measure: all measures, and having. */
void result_prepare(struct result *r);
void result_measure(struct result *r);

/** result_windows(r, side, m): the aggregates over rows that m was first to
 * name, in the order of r->rows. Of the whole and the total: result_lone. */
void result_windows(struct result *r, size_t side,
	const struct report_measure *m);
void result_lone(const struct result *r, struct result_spot *spot,
	const struct result_spot *first, const struct report_measure *m);

/** result_sort(r, by_keys): by the keys alone, or as the definition wants. */
void result_sort(struct result *r, bool by_keys);

/** result_rules(t, report, style, b): every figure's rule as a note: its
 * expression, and what its aggregates mean. result_has_denominator(report, m):
 * it is worth telling how many records the measure is of: not all the group. */
void result_rules(struct table *t, const struct report *report,
	const struct result_style *style, struct buf *b);
bool result_has_denominator(const struct report *report,
	const struct report_measure *m);

#endif
