#include "fold_plan.h"

#include <stdlib.h>

#include "mem.h"

/* What expr_needs says of an expression that looks at what a record adds to the
 * sales. */
static const unsigned sold = (unsigned)EXPR_NEEDS_GIVEN << SUBJECT_PURCHASES |
	(unsigned)EXPR_NEEDS_GIVEN << SUBJECT_SALES |
	(unsigned)EXPR_NEEDS_GIVEN << SUBJECT_YEAR;

/* Whether an expression looks at more than the record. */
static bool
refers(const struct subject *s, const struct expr *e)
{
	const unsigned mine = 1 | sold;
	unsigned needs = expr_needs(e);

	return (needs & ~mine) != 0 || (s->customers && needs != 1 && needs);
}

/* What a report computes of a record: so many expressions, and number i of
 * them; null: there is no where. */
static size_t
computed_count(const struct report *r)
{
	return 1 + r->key_count + r->folded_count;
}

static struct expr *
computed(const struct report *r, size_t i)
{
	if (i == 0)
		return r->where;
	if (i <= r->key_count)
		return r->keys[i - 1].e;
	return r->aggregates[r->folded[i - 1 - r->key_count]].argument;
}

static bool
report_refers(const struct report *r)
{
	size_t i;

	for (i = 0; i < computed_count(r); i++) {
		if (computed(r, i) && refers(r->subject, computed(r, i)))
			return true;
	}
	return false;
}

static bool
report_sells(const struct report *r)
{
	size_t i;

	for (i = 0; i < computed_count(r); i++) {
		if (computed(r, i) && (expr_needs(computed(r, i)) & sold))
			return true;
	}
	return false;
}

/* What several of them compute is computed once. */
static void
share(const struct fold_job *job)
{
	struct expr **list;
	size_t most = 0, n = 0, i, k;

	for (i = 0; i < job->count; i++)
		most += computed_count(&job->reports[i]);
	list = mem_alloc(most, sizeof(struct expr *));
	for (i = 0; i < job->count; i++) {
		for (k = 0; k < computed_count(&job->reports[i]); k++) {
			if (computed(&job->reports[i], k))
				list[n++] = computed(&job->reports[i], k);
		}
	}
	expr_share(&job->subject->scope, list, n,
		subject_known(job->subject));
	free(list);
}

void
fold_plan_open(struct fold_plan *p, const struct fold_job *job)
{
	const struct report *report;
	size_t i;

	*p = (struct fold_plan){0};
	p->referring = mem_zero(job->count, sizeof *p->referring);
	p->relating = mem_zero(job->count, sizeof *p->relating);
	p->at_once = mem_zero(job->count, sizeof *p->at_once);
	p->selling = mem_zero(job->count, sizeof *p->selling);
	for (i = 0; i < job->count; i++) {
		report = &job->reports[i];
		p->relating[i] = report_refers(report);
		p->referring[i] = p->relating[i];
		p->selling[i] = report_sells(report);
		p->refers = p->refers || p->referring[i];
		p->at_once[i] = report->where &&
			!refers(job->subject, report->where);
	}
	/* of a customer nothing is known before its tickets are */
	for (i = 0; job->subject->customers && i < job->count; i++) {
		p->referring[i] = p->refers;
		p->at_once[i] = false;
	}
	share(job);
}

void
fold_plan_close(struct fold_plan *p)
{
	free(p->referring);
	free(p->relating);
	free(p->at_once);
	free(p->selling);
}
