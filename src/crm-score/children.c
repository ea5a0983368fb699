#include "children.h"

#include <stdlib.h>

#include "mem.h"
#include "vocabulary.h"

/* What one thread needs. */
struct hand {
	_Alignas(MEM_APART) struct vocabulary *kinds;
	struct buf scratch;
	uint64_t *refused;
	size_t count, room;
};

/* What a thread knows of a kind. */
struct known {
	const struct relate_kind *kind;
	bool asked;
};

struct pass {
	const struct relate_job *job;
	struct relate_pass *relations;
	size_t kind; /* column */
	struct hand *hands;
};

/* The same in every run over the tickets. */
static uint64_t
place_of(const struct chunk *c, const struct record *r)
{
	return c->number << 32 | r->line;
}

static const struct relate_kind *
kind_of(const struct pass *pass, struct hand *hand, const struct record *r)
{
	struct slice name;
	struct known *known;

	/* what has a bad escape is no kind that anybody asks for */
	if (!record_text(r, pass->kind, &hand->scratch, &name))
		return NULL;
	known = vocabulary_payload(hand->kinds, name);
	if (!known->asked)
		*known = (struct known){relate_kind(pass->relations, name),
			true};
	return known->kind;
}

static void
refuse(struct hand *hand, uint64_t place)
{
	if (hand->count == hand->room) {
		hand->room = hand->room ? 2 * hand->room : 64;
		hand->refused = mem_resize(hand->refused, hand->room,
			sizeof(*hand->refused));
	}
	hand->refused[hand->count++] = place;
}

static void
work(struct chunk *c, void *context)
{
	const struct pass *pass = context;
	struct hand *hand = &pass->hands[c->worker];
	struct record r;

	while (chunk_next(c, &r)) {
		const struct relate_kind *kind;

		chunk_settle(c, &r);
		if (!pass->job->accept(c, &r, pass->job->context))
			continue;
		kind = kind_of(pass, hand, &r);
		if (kind && !relate_take(pass->relations, c, &r, kind, NULL))
			refuse(hand, place_of(c, &r));
	}
}

static int
compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The lists of all threads become one, and the threads have no more to do. */
static void
finish(struct children *children, const struct pass *pass)
{
	size_t n = 0;

	for (unsigned i = 0; i < pass->job->jobs; i++)
		n += pass->hands[i].count;
	children->refused = mem_alloc(n, sizeof(*children->refused));
	for (unsigned i = 0; i < pass->job->jobs; i++) {
		struct hand *hand = &pass->hands[i];

		for (size_t k = 0; k < hand->count; k++)
			children->refused[children->refused_count++] =
				hand->refused[k];
		vocabulary_close(hand->kinds);
		buf_free(&hand->scratch);
		free(hand->refused);
	}
	qsort(children->refused, n, sizeof(*children->refused), compare);
	free(pass->hands);
}

void
children_open(struct children *children, const struct relate_job *job)
{
	const struct pass pass = {.job = job,
		.relations = relate_begin(job, 1),
		.kind = record_need(job->tickets, "kind"),
		.hands = mem_apart(job->jobs, sizeof(*pass.hands))};
	const struct chunk_job run = {.source = job->tickets,
		.jobs = job->jobs, .work = work, .context = (void *)&pass,
		.progress = job->progress};

	*children = (struct children){0};
	for (unsigned i = 0; i < job->jobs; i++)
		pass.hands[i].kinds = vocabulary_open(sizeof(struct known));
	if (record_find(job->tickets, slice_of(job->key)) != RECORD_NONE)
		chunk_run(&run);
	finish(children, &pass);
	relate_end(pass.relations, &children->relate);
}

void
children_close(struct children *children)
{
	relate_close(children->relate);
	free(children->refused);
}

bool
children_refused(const struct children *children, const struct chunk *c,
	const struct record *r)
{
	uint64_t place = place_of(c, r);

	return children->refused_count && bsearch(&place, children->refused,
		children->refused_count, sizeof(place), compare);
}
