#include "find_pass.h"

#include <string.h>

#include "team.h"

/* A thread at work on them. */
struct sift {
	const struct find_pass *pass;
	struct find_worker *w;
};

/* Rules whose mark is the last one are still to be tried altogether. */
static void
try_unmarked(const struct find_pass *pass, struct find_worker *w,
	const struct record *r, const struct relate_subject *subject)
{
	const struct plan *plan = pass->find->job->plan;
	struct find_kind *kind = find_kind(pass, w,
		record_field(r, pass->columns.kind));
	const struct find_kind_rules *fitting = find_kind_rules(pass, w, kind, r);

	for (size_t i = 0; i < fitting->count; i++) {
		uint32_t number = fitting->rules[i].rule;
		const struct plan_rule *rule = &plan->rules[number];

		if (!rule->related || pass->marks[number] != FIND_LAST_MARK)
			continue;
		find_show(pass->find, w, PLAN_TICKET, r);
		find_files(pass, w, r, rule);
		if (find_plain(pass->find, w, rule, rule->plain))
			find_try(pass, w, r, rule, subject);
	}
}

static void
try_noted(const struct find_pass *pass, struct find_worker *w, uint64_t where,
	uint64_t marks, const struct relate_subject *subject)
{
	const struct find_job *job = pass->find->job;
	struct record r;

	record_at_read(&w->at, job->files[PLAN_TICKETS],
		(size_t)(where >> FIND_FILE_SHIFT), where & FIND_OFFSET, &r);
	if (marks >> FIND_LAST_MARK)
		try_unmarked(pass, w, &r, subject);
	marks &= (UINT64_C(1) << FIND_LAST_MARK) - 1;
	find_show(pass->find, w, PLAN_TICKET, &r);
	for (; marks; marks &= marks - 1) {
		const struct plan_rule *rule = &job->plan->rules[
			pass->marked[__builtin_ctzll(marks)]];

		find_files(pass, w, &r, rule);
		find_try(pass, w, &r, rule, subject);
	}
}

static void
sift_note(const struct relate_subject *subject, const struct relate_note *note,
	void *context)
{
	const struct sift *s = context;
	const struct find_pass *pass = s->pass;
	const struct plan *plan = pass->find->job->plan;
	uint64_t left = note->marks;

	for (uint64_t bits = note->marks; bits; bits &= bits - 1) {
		int mark = __builtin_ctzll(bits);

		if (mark < FIND_LAST_MARK && !find_alone(pass->find, s->w,
			&plan->rules[pass->marked[mark]], subject))
			left &= ~(UINT64_C(1) << mark);
	}
	if (left)
		try_noted(pass, s->w, note->where, left, subject);
}

static void
sift(unsigned i, void *context)
{
	const struct find_pass *pass = context;
	const struct find *f = pass->find;
	struct sift s = {pass, &f->workers[i]};

	s.w->env.row = NULL;
	s.w->env.cells[0] = NULL;
	for (size_t part = i; part < relate_parts(f->relates[PLAN_TICKET]);
		part += f->job->jobs) {
		/* the subjects of one part may lie where another's did */
		memset(s.w->filled, 0, f->job->plan->scopes[PLAN_TICKET]
			.relation_count * sizeof(*s.w->filled));
		relate_notes(f->relates[PLAN_TICKET], i, part, sift_note, &s);
	}
}

void
find_noted(const struct find_pass *pass)
{
	union {
		const struct find_pass *from;
		void *to;
	} context = {pass};

	team_run(pass->find->job->jobs, sift, context.to);
}
