#include "issue.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "num.h"

#include "contact.h"
#include "ics.h"
#include "log.h"
#include "roster.h"
#include "row.h"

enum { ROWS = 4096 }; /* that are filled at once */

struct issue {
	struct issue_job job;
	struct row_source *sources; /* of each thread */
	struct row *rows;           /* as they are */
	struct row shown;           /* one as it is printed */
	struct contact *contact;
	struct roster *roster;
	struct log *log;
	struct buf line, why;
	struct issue_count count;
};

struct issue *
issue_open(const struct issue_job *job)
{
	struct issue *i = mem_zero(1, sizeof(*i));

	i->job = *job;
	i->contact = contact_open(job->cap, job->as_of);
	if (job->roster)
		i->roster = roster_open(job->roster, job->calendar,
			job->as_of);
	if (job->log)
		i->log = log_open(job->log, job->plan, i->contact);
	return i;
}

/* ---- printing ---- */

static void
print_header(struct issue *i, struct out *out, bool reason)
{
	buf_clear(&i->line);
	for (size_t k = 0; k < LIST_COLUMNS; k++) {
		if (k)
			buf_byte(&i->line, '\t');
		buf_text(&i->line, list_names[k]);
	}
	if (i->job.explain)
		buf_text(&i->line, "\twhy");
	if (reason)
		buf_text(&i->line, "\treason");
	buf_byte(&i->line, '\n');
	out_write(out, buf_slice(&i->line));
}

static void
print_row(struct issue *i, struct out *out, const struct row *row,
	struct slice why, const char *reason)
{
	buf_clear(&i->line);
	buf_add(&i->line, row->line);
	if (i->job.explain) {
		buf_byte(&i->line, '\t');
		out_text(&i->line, why);
	}
	if (reason) {
		buf_byte(&i->line, '\t');
		buf_text(&i->line, reason);
	}
	buf_byte(&i->line, '\n');
	out_write(out, buf_slice(&i->line));
}

static void
print_ics(struct issue *i, const struct row *row, struct slice why, int64_t due)
{
	struct buf text = {0};

	buf_clear(&i->line);
	out_text(&text, why);
	ics_row(&i->line, row->cells, buf_slice(&text), due, i->job.as_of);
	out_write(i->job.out, buf_slice(&i->line));
	buf_free(&text);
}

static void
print_begin(struct issue *i)
{
	if (i->job.suppressed)
		print_header(i, i->job.suppressed, true);
	if (!i->job.ics) {
		if (i->job.header)
			print_header(i, i->job.out, false);
		return;
	}
	buf_clear(&i->line);
	ics_begin(&i->line);
	out_write(i->job.out, buf_slice(&i->line));
}

static void
print_end(struct issue *i)
{
	if (!i->job.ics)
		return;
	buf_clear(&i->line);
	ics_end(&i->line);
	out_write(i->job.out, buf_slice(&i->line));
}

/* ---- one action ---- */

/* The row as it is printed. */
static const struct row *
show(struct issue *i, const struct action *a, const struct row *row)
{
	if (!i->job.mask && !a->assignee.n)
		return row;
	row_fill(&i->shown, &i->sources[0], a, i->job.mask);
	return &i->shown;
}

static void
suppress(struct issue *i, const struct action *a, const struct row *row,
	const char *reason)
{
	if (strcmp(reason, "cap") == 0)
		i->count.cap++;
	else
		i->count.no_contact++;
	if (i->job.suppressed)
		print_row(i, i->job.suppressed, show(i, a, row), a->why,
			reason);
}

static void
assign(struct issue *i, struct action *a, const struct row *row)
{
	if (!i->roster)
		return;
	a->assignee = roster_assign(i->roster, row->cells);
	i->count.unassigned += a->assignee.n == 0;
}

/* The reasons of the rule, and of the roster. */
static struct slice
reasons(struct issue *i, const struct action *a, const struct row *row,
	const struct row *shown)
{
	if (!i->job.explain || !i->roster)
		return a->why;
	buf_clear(&i->why);
	buf_add(&i->why, a->why);
	roster_explain(i->roster, row->cells, shown->cells, &i->why);
	return buf_slice(&i->why);
}

static void
issue(struct issue *i, struct action *a, const struct row *row)
{
	const struct plan_rule *rule = &i->job.plan->rules[a->rule];
	const struct row *shown;
	const char *reason;

	if (i->log && log_issued(i->log, a, i->job.as_of)) {
		i->count.before++;
		return;
	}
	reason = contact_refuses(i->contact, a->customer_id, rule->channel,
		row->no_contact, a->priority == NUM_ONE);
	if (reason) {
		suppress(i, a, row, reason);
		return;
	}
	assign(i, a, row);
	shown = show(i, a, row);
	if (i->job.ics)
		print_ics(i, shown, reasons(i, a, row, shown), a->due);
	else
		print_row(i, i->job.out, shown, reasons(i, a, row, shown), NULL);
	if (i->log)
		log_add(i->log, shown->cells, i->job.as_of);
	i->count.issued++;
	i->count.late += a->due < i->job.as_of;
}

void
issue_run(struct issue *i, struct issue_count *count)
{
	const struct finding *found = i->job.found;

	i->sources = mem_alloc(i->job.jobs, sizeof(*i->sources));
	for (unsigned k = 0; k < i->job.jobs; k++)
		row_source_init(&i->sources[k], i->job.plan, found,
			i->job.as_of);
	i->rows = mem_zero(found->count < ROWS ? found->count : ROWS,
		sizeof(*i->rows));
	print_begin(i);
	for (size_t from = 0; from < found->count; from += ROWS) {
		size_t n = found->count - from < ROWS ? found->count - from
			: ROWS;

		row_fill_all(i->rows, i->sources, found->actions + from, n,
			false, i->job.jobs);
		for (size_t k = 0; k < n; k++)
			issue(i, found->actions[from + k], &i->rows[k]);
	}
	print_end(i);
	*count = i->count;
}

void
issue_prepare(struct issue *i)
{
	if (i->log)
		log_prepare(i->log);
}

void
issue_close(struct issue *i)
{
	if (i->log)
		log_commit(i->log);
	log_close(i->log);
	roster_close(i->roster);
	contact_close(i->contact);
	for (unsigned k = 0; k < i->job.jobs; k++)
		row_source_free(&i->sources[k]);
	for (size_t k = 0; k < i->job.found->count && k < ROWS; k++)
		row_free(&i->rows[k]);
	row_free(&i->shown);
	free(i->sources);
	free(i->rows);
	buf_free(&i->line);
	buf_free(&i->why);
	free(i);
}
