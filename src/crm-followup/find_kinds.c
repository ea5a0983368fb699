#include "find_pass.h"

enum {
	MOST_KINDS = 4096, /* kinds and statuses that are remembered; then it
	                      begins anew */
	MOST_STATES = 64,  /* of one kind; the same */
};

static bool
kind_fits(const struct find_pass *pass, struct find_worker *w,
	const struct plan_rule *rule, uint64_t *open)
{
	*open = rule->plain;
	for (size_t i = 0; i < rule->part_count; i++) {
		int known = expr_known(rule->parts[i].test, &w->env,
			pass->cells, 2);

		if (known == 0)
			return false;
		if (known > 0)
			*open &= ~(UINT64_C(1) << i);
	}
	return true;
}

static struct find_kind_rules *
fit_rules(const struct find_pass *pass, struct find_worker *w, struct slice kind,
	struct slice status)
{
	const struct plan *plan = pass->find->job->plan;
	struct find_kind_rules *of = mem_pool_get(&w->pool, sizeof(*of));
	struct find_fitting *fitting = mem_pool_get(&w->pool,
		(plan->count + 1) * sizeof(*fitting));

	*of = (struct find_kind_rules){.status = mem_pool_copy(&w->pool, status),
		.rules = fitting};
	w->env.row = NULL;
	w->cells[PLAN_TICKETS][pass->cells[0]] = kind;
	w->cells[PLAN_TICKETS][pass->cells[1]] = status;
	w->env.cells[PLAN_TICKETS] = w->cells[PLAN_TICKETS];
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_rule *rule = &plan->rules[i];
		uint64_t open;

		if (rule->on == PLAN_TICKET && !rule->not_tried &&
			kind_fits(pass, w, rule, &open))
			fitting[of->count++] = (struct find_fitting){(uint32_t)i,
				open};
	}
	w->kinds_known++;
	return of;
}

static void
forget_kinds(struct find_worker *w)
{
	vocabulary_close(w->kinds);
	mem_pool_free(&w->pool);
	w->kinds = vocabulary_open(sizeof(struct find_kind));
	w->kinds_known = 0;
}

struct find_kind *
find_kind(const struct find_pass *pass, struct find_worker *w, struct slice name)
{
	struct find_kind *kind;

	if (w->kinds_known >= MOST_KINDS)
		forget_kinds(w);
	kind = vocabulary_payload(w->kinds, name);
	if (!kind->known) {
		kind->known = true;
		w->kinds_known++;
		if (pass->relate)
			kind->related = relate_kind(pass->relate,
				find_decode(&w->text, name));
	}
	return kind;
}

const struct find_kind_rules *
find_kind_rules(const struct find_pass *pass, struct find_worker *w,
	struct find_kind *kind, const struct record *r)
{
	struct slice status = find_cell(r, pass->columns.status);
	struct find_kind_rules **of = &kind->rules;
	size_t n = 0;

	for (; *of; of = &(*of)->next, n++)
		if (vocabulary_same((*of)->status, status))
			return *of;
	if (n >= MOST_STATES) {
		kind->rules = NULL;
		of = &kind->rules;
	}
	*of = fit_rules(pass, w, record_field(r, pass->columns.kind), status);
	return *of;
}
