#include "apply.h"

#include <stdlib.h>

#include "chains.h"
#include "decisions.h"
#include "mem.h"
#include "merge.h"
#include "msg.h"

struct apply {
	const struct apply_job *job;
	struct summary *summary;
	struct decisions decisions;
	struct chains chains;
	struct merge merge;
	size_t source;               /* the column; SIZE_MAX: none */
	struct slice *old, *new;     /* fields of a record */
	struct msg_list messages;
	bool changed;
};

static void
fields_of(const struct apply *a, uint32_t record, struct slice *fields)
{
	const struct base_lines *lines = base_lines_of(a->job->base);

	base_lines_split(lines, base_lines_get(lines, record), fields);
}

static struct slice
id_of(const struct apply *a, uint32_t record)
{
	fields_of(a, record, a->old);
	return a->old[a->job->layout->id];
}

static struct slice
source_of(void *context, uint32_t record)
{
	const struct apply *a = context;

	if (a->source == SIZE_MAX)
		return (struct slice){NULL, 0};
	fields_of(a, record, a->old);
	return a->old[a->source];
}

static void
refuse_row(struct apply *a, const struct decisions_row *row,
	const char *column, struct slice value, const char *why)
{
	msg_bad(&a->messages, row->line, column, value, "%s", why);
	a->summary->read++;
	a->summary->rejected++;
}

/* The record with an id, or with the one that it was renamed to. */
static uint32_t
find(const struct apply *a, struct slice id)
{
	uint32_t record = base_find(a->job->base, id);

	if (record == BASE_NONE && a->job->renames && id.n > 0)
		record = base_find(a->job->base,
			renames_find(a->job->renames, id));
	return record;
}

static void
add_same(struct apply *a, const struct decisions_row *row)
{
	uint32_t left = find(a, row->left), right = find(a, row->right);

	if (left == BASE_NONE || right == BASE_NONE) {
		bool is_left = left == BASE_NONE;

		refuse_row(a, row, is_left ? "left" : "right",
			is_left ? row->left : row->right, "no such customer");
	} else if (left == right) {
		a->summary->read++;
		a->summary->unchanged++;
	} else {
		a->chains.same[a->chains.same_count++] =
			(struct chains_pair){left, right, row->line,
			left != base_find(a->job->base, row->left) ||
			right != base_find(a->job->base, row->right)};
	}
}

static void
add_different(struct apply *a, const struct decisions_row *row)
{
	uint32_t left = find(a, row->left), right = find(a, row->right);

	if (left != BASE_NONE && right != BASE_NONE && left != right)
		a->chains.different[a->chains.different_count++] =
			(struct chains_pair){left, right, row->line, false};
}

static void
sort_decisions(struct apply *a)
{
	size_t n = a->decisions.count;

	a->chains.same = mem_alloc(n, sizeof *a->chains.same);
	a->chains.different = mem_alloc(n, sizeof *a->chains.different);
	for (size_t i = 0; i < n; i++) {
		const struct decisions_row *row = &a->decisions.rows[i];

		if (row->kind == DECISIONS_SAME)
			add_same(a, row);
		else if (row->kind == DECISIONS_DIFFERENT)
			add_different(a, row);
		else if (row->kind == DECISIONS_WRONG)
			refuse_row(a, row, "decision", row->written,
				"not one of same, different");
	}
}

static void
refuse_chain(struct apply *a, const struct chains_chain *chain)
{
	struct buf b = {0};
	struct slice id;

	for (size_t i = chain->from; i < chain->to; i++) {
		id = id_of(a, a->chains.members[i].record);
		buf_text(&b, i > chain->from ? " = " : "");
		buf_add(&b, id);
	}
	buf_text(&b, " is refused: ");
	buf_add(&b, id_of(a, chain->one));
	buf_text(&b, " and ");
	buf_add(&b, id_of(a, chain->other));
	if (chain->different) {
		buf_printf(&b, " are decided different in line %llu",
			(unsigned long long)chain->because);
	} else {
		id = source_of(a, chain->one);
		buf_printf(&b, " are both from %.*s, and not decided the same"
			" themselves", (int)id.n, id.p);
	}
	msg_bad(&a->messages, chain->line, NULL, (struct slice){NULL, 0},
		"%.*s", (int)b.n, b.p);
	a->summary->rejected += chain->to - chain->from;
	buf_free(&b);
}

/* What the survivor lacks comes from another. */
static bool
fill(struct apply *a, uint32_t survivor, const struct chains_member *from,
	struct changes_row row)
{
	const struct base_lines *lines = base_lines_of(a->job->base);
	const struct slice *merged;

	base_lines_raw(lines, base_lines_get(lines, survivor), a->old);
	fields_of(a, from->record, a->new);
	merged = merge_fields(&a->merge, a->old, a->new);
	if (merged)
		base_replace(a->job->base, survivor, merged, row);
	return merged != NULL;
}

static void
rename_to(const struct apply *a, uint32_t record, uint32_t survivor)
{
	struct slice old, new;

	if (!a->job->renames)
		return;
	old = id_of(a, record); /* lies in its line, and so does the next */
	new = id_of(a, survivor);
	renames_add(a->job->renames, old, new);
}

static void
merge_chain(struct apply *a, const struct chains_chain *chain)
{
	uint32_t survivor = chain->survivor;
	bool filled = false;

	for (size_t i = chain->from; i < chain->to; i++) {
		const struct chains_member *m = &a->chains.members[i];
		struct changes_row row = {a->job->source, m->line};

		if (m->record == survivor)
			continue;
		filled |= fill(a, survivor, m, row);
		rename_to(a, m->record, survivor);
		base_remove(a->job->base, m->record, row);
		a->summary->removed++;
	}
	*(filled ? &a->summary->updated : &a->summary->unchanged) += 1;
	a->changed = true;
}

static void
open_merge(struct apply *a, struct base_rules *rules)
{
	const struct layout *layout = a->job->layout;

	*rules = *a->job->rules;
	rules->on_match = BASE_FILL;
	rules->consent_replaced = false;
	merge_open(&a->merge, rules);
	a->source = layout_find(layout, slice_of("source"));
	a->old = mem_alloc(layout->clean.count + 1, sizeof *a->old);
	a->new = mem_alloc(layout->clean.count + 1, sizeof *a->new);
}

bool
apply_run(const struct apply_job *job, struct summary *summary)
{
	struct apply a = {.job = job, .summary = summary};
	struct base_rules rules;

	decisions_read(&a.decisions, job->path, job->columns,
		job->layout->words);
	open_merge(&a, &rules);
	sort_decisions(&a);
	a.chains.source_of = source_of;
	a.chains.context = &a;
	chains_find(&a.chains, base_lines_of(job->base)->count);
	for (size_t i = 0; i < a.chains.count; i++) {
		const struct chains_chain *chain = &a.chains.chains[i];

		summary->read += chain->to - chain->from;
		if (chain->refused)
			refuse_chain(&a, chain);
		else
			merge_chain(&a, chain);
	}
	msg_list_show(&a.messages, job->path, 0);
	if (a.changed && !job->renames)
		msg_warn("without --aliases nothing keeps which ids became"
			" which: tickets keep the old ones");
	chains_free(&a.chains);
	decisions_free(&a.decisions);
	merge_close(&a.merge);
	free(a.old);
	free(a.new);
	return a.changed;
}
