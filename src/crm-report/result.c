#include "result.h"

#include <stdlib.h>

#include "result_step.h"

struct slice
result_part(struct slice key, size_t i)
{
	const char *tab;

	for (; i > 0; i--) {
		tab = memchr(key.p, '\t', key.n);
		key.n -= (size_t)(tab + 1 - key.p);
		key.p = tab + 1;
	}
	tab = key.n ? memchr(key.p, '\t', key.n) : NULL;
	if (tab)
		key.n = (size_t)(tab - key.p);
	return key;
}

static bool
depends_on_order(const struct report *report)
{
	size_t i;

	for (i = 0; i < report->aggregate_count; i++) {
		switch (report->aggregates[i].function) {
		case EXPR_CUMSHARE:
		case EXPR_CHANGE:
		case EXPR_RUNNING:
			return true;
		default:
			break;
		}
	}
	return false;
}

static bool
kept(const struct result *r, const struct result_row *row)
{
	const struct report *report = r->groups->report;
	struct expr_env env = {0};
	bool any = false;
	size_t k;

	for (k = 0; k < r->side_count && !any; k++) {
		env.given = row->spots[k].givens;
		env.aggregates = row->spots[k].aggregates;
		any = expr_true(report->having.e, &env) > 0;
	}
	buf_free(&env.scratch);
	return any;
}

static void
choose(struct result *r)
{
	const struct report *report = r->groups->report;
	size_t n = 0, i;

	for (i = 0; report->having.e && i < r->row_count; i++) {
		if (kept(r, &r->rows[i]))
			r->rows[n++] = r->rows[i];
	}
	if (report->having.e)
		r->row_count = n;
	if (r->row_count > report->limit)
		r->row_count = report->limit;
}

/* First by the keys: what depends on the order of rows then never depends on
 * the order of groups. */
void
result_open(struct result *r, const struct groups *groups)
{
	*r = (struct result){.groups = groups};
	result_pivot(r);
	result_fill(r);
	result_prepare(r);
	result_sort(r, true);
	result_measure(r);
	result_sort(r, false);
	if (depends_on_order(groups->report))
		result_measure(r);
	choose(r);
}

void
result_close(struct result *r)
{
	free(r->rows);
	free(r->sides);
	groups_close(&r->sums);
	mem_pool_free(&r->pool);
	*r = (struct result){0};
}
