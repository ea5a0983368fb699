#include "relate_pass.h"

#include "hash.h"
#include "mem.h"
#include "vocabulary.h"

enum { MOST_STATES = 256 }; /* that a thread remembers */

/* ---- which kinds concern whom ---- */

static void
note_kinds(struct relate_pass *pass)
{
	static const struct slice hold = {"hold", 4};

	for (size_t i = 0; i < pass->job_count; i++) {
		const struct relate_job *job = &pass->jobs[i].given;

		if (pass->jobs[i].key == RECORD_NONE)
			continue;
		for (size_t k = 0; k < job->scope->relation_count; k++)
			hash_put(pass->kinds, job->scope->relations[k].kind,
				hash_code(job->scope->relations[k].kind), NULL);
		if (job->holds)
			hash_put(pass->kinds, hold, hash_code(hold), NULL);
	}
}

static void
add_concern(struct relate_kind *kind, struct relate_concern concern)
{
	if (!concern.kinds && !concern.pause)
		return;
	kind->concerns = mem_resize(kind->concerns, kind->count + 1,
		sizeof(*kind->concerns));
	kind->concerns[kind->count++] = concern;
}

static void
add_concerns(struct relate_pass *pass, size_t i, struct slice name,
	struct relate_kind *kind)
{
	const struct relate_job *job = &pass->jobs[i].given;
	struct relate_concern concern = {.job = i,
		.pause = job->holds && slice_is(name, "hold")};

	if (pass->jobs[i].key == RECORD_NONE)
		return;
	for (size_t k = 0; k < job->scope->relation_count; k++) {
		if (k && k % RELATE_MASK == 0) {
			add_concern(kind, concern);
			concern = (struct relate_concern){.job = i,
				.group = k / RELATE_MASK};
		}
		if (slice_equal(job->scope->relations[k].kind, name))
			concern.kinds |= UINT64_C(1) << k % RELATE_MASK;
	}
	add_concern(kind, concern);
}

void
relate_pass_kinds(struct relate_pass *pass)
{
	pass->kinds = hash_open(sizeof(struct relate_kind));
	note_kinds(pass);
	for (size_t i = 0; i < hash_count(pass->kinds); i++) {
		struct relate_kind *kind = hash_payload(pass->kinds,
			(uint32_t)i);

		kind->number = i;
		for (size_t k = 0; k < pass->job_count; k++)
			add_concerns(pass, k, hash_key(pass->kinds,
				(uint32_t)i), kind);
		if (kind->count > pass->most)
			pass->most = kind->count;
	}
}

const struct relate_kind *
relate_kind(const struct relate_pass *pass, struct slice name)
{
	uint32_t at = hash_find(pass->kinds, name, hash_code(name));

	return at == HASH_NONE ? NULL : hash_payload(pass->kinds, at);
}

/* ---- what the status decides ---- */

const struct expr_relation *
relate_pass_relations(const struct relate_pass *pass, const struct relate_concern *concern)
{
	const struct expr_scope *scope =
		pass->jobs[concern->job].given.scope;

	return &scope->relations[concern->group * RELATE_MASK];
}

void
relate_pass_show(const struct relate_pass *pass, const struct relate_pass_job *job,
	struct relate_worker *w, const struct record *r)
{
	w->env.row = r;
	if (!job->wider)
		return;
	for (size_t i = 0; i < pass->tickets->columns; i++)
		w->cells[i] = record_field(r, i);
	w->env.row = NULL;
	w->env.cells[0] = w->cells;
}

/* What the status alone decides. */
static struct relate_answer
answer(const struct relate_pass *pass, struct relate_worker *w,
	const struct record *r, const struct relate_concern *concern)
{
	const struct expr_relation *relations = relate_pass_relations(pass, concern);
	struct relate_answer a = {concern->kinds, 0};

	relate_pass_show(pass, &pass->jobs[concern->job], w, r);
	for (uint64_t bits = concern->kinds; bits; bits &= bits - 1) {
		unsigned i = (unsigned)__builtin_ctzll(bits);
		int known = relations[i].where ? expr_known(relations[i].where,
			&w->env, &pass->status, 1) : 1;

		if (known < 0)
			a.open |= UINT64_C(1) << i;
		if (known == 0)
			a.holds &= ~(UINT64_C(1) << i);
	}
	return a;
}

const struct relate_state *
relate_pass_state(const struct relate_pass *pass, struct relate_worker *w,
	const struct record *r, const struct relate_kind *kind)
{
	struct slice status = pass->status == RECORD_NONE
		? (struct slice){NULL, 0} : record_field(r, pass->status);
	struct relate_state **at = &w->states[kind->number], *made;

	for (; *at; at = &(*at)->next)
		if (vocabulary_same((*at)->status, status))
			return *at;
	if (w->state_count >= MOST_STATES) {
		for (size_t i = 0; i < hash_count(pass->kinds); i++)
			w->states[i] = NULL;
		mem_pool_free(&w->pool);
		w->state_count = 0;
		at = &w->states[kind->number];
	}
	made = mem_pool_get(&w->pool, sizeof(*made) +
		kind->count * sizeof(*made->answers));
	made->next = NULL;
	made->status = mem_pool_copy(&w->pool, status);
	for (size_t i = 0; i < kind->count; i++)
		made->answers[i] = answer(pass, w, r, &kind->concerns[i]);
	*at = made;
	w->state_count++;
	return made;
}
