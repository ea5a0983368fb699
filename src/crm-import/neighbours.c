#include "neighbours.h"

#include <stdlib.h>
#include <string.h>

#include "crew.h"
#include "judge.h"
#include "mem.h"

enum { PIECE = 4096 }; /* records, or entries */

/* What a worker finds. */
struct finding {
	struct neighbours_pair *pairs;
	size_t count, room;
	uint64_t judged, crowded, most;
};

struct search {
	const struct profiles *profiles;
	double start, enough; /* points */
	enum block_kind kind;
	struct block_entry *entries, *spare;
	size_t count, room;
	size_t *starts;            /* of each piece of records: in entries */
	struct finding *findings;  /* of each worker */
};

static void
count_keys(void *context, size_t piece, unsigned worker)
{
	struct search *s = context;
	uint64_t keys[BLOCK_MOST_KEYS];
	size_t end = (piece + 1) * PIECE, n = 0;

	(void)worker;
	for (size_t i = piece * PIECE; i < end && i < s->profiles->count; i++)
		n += block_keys(s->kind, s->profiles->order[i], keys);
	s->starts[piece + 1] = n;
}

static void
put_keys(void *context, size_t piece, unsigned worker)
{
	struct search *s = context;
	const struct profiles *p = s->profiles;
	struct block_entry *to = s->entries + s->starts[piece];
	size_t end = (piece + 1) * PIECE;

	(void)worker;
	for (size_t i = piece * PIECE; i < end && i < p->count; i++) {
		uint64_t keys[BLOCK_MOST_KEYS];
		size_t n = block_keys(s->kind, p->order[i], keys);

		for (size_t k = 0; k < n; k++)
			*to++ = (struct block_entry){keys[k],
				(uint32_t)(p->order[i] - p->all)};
	}
}

/* The entries of one kind, by key, then in the order of the profiles. */
static void
make_entries(struct search *s)
{
	size_t pieces = (s->profiles->count + PIECE - 1) / PIECE;

	s->starts[0] = 0;
	crew_run(s->profiles->jobs, pieces, count_keys, s);
	for (size_t i = 0; i < pieces; i++)
		s->starts[i + 1] += s->starts[i];
	s->count = s->starts[pieces];
	if (s->count > s->room) {
		free(s->entries);
		free(s->spare);
		s->room = s->count;
		s->entries = mem_alloc(s->room, sizeof *s->entries);
		s->spare = mem_alloc(s->room, sizeof *s->spare);
	}
	crew_run(s->profiles->jobs, pieces, put_keys, s);
	block_sort(s->entries, s->spare, s->count);
}

static void
keep(struct finding *f, uint32_t a, uint32_t b)
{
	if (f->count == f->room) {
		f->room = 2 * f->room + 1024;
		f->pairs = mem_resize(f->pairs, f->room, sizeof *f->pairs);
	}
	f->pairs[f->count++] = (struct neighbours_pair){a < b ? a : b,
		a < b ? b : a};
}

static void
compare_block(const struct search *s, size_t from, size_t to,
	struct finding *f)
{
	const struct profile *all = s->profiles->all;
	size_t reach = to - from;

	if (reach > NEIGHBOURS_WHOLE) {
		f->crowded++;
		f->most = reach > f->most ? reach : f->most;
		reach = NEIGHBOURS_WINDOW + 1;
	}
	for (size_t i = from; i < to; i++)
		for (size_t k = i + 1; k < to && k < i + reach; k++) {
			uint32_t a = s->entries[i].record;
			uint32_t b = s->entries[k].record;
			struct judgement j;

			f->judged++;
			if (judge(&all[a], &all[b], s->start, s->enough,
				&j))
				keep(f, a, b);
		}
}

/* The blocks that begin in a piece of the entries. */
static void
compare_piece(void *context, size_t piece, unsigned worker)
{
	struct search *s = context;
	size_t end = (piece + 1) * PIECE, from = piece * PIECE, to;

	while (from > 0 && from < s->count &&
		s->entries[from].key == s->entries[from - 1].key)
		from++;
	for (; from < end && from < s->count; from = to) {
		to = from + 1;
		while (to < s->count &&
			s->entries[to].key == s->entries[from].key)
			to++;
		if (to - from > 1)
			compare_block(s, from, to, &s->findings[worker]);
	}
}

static int
by_record(const void *a, const void *b)
{
	const struct neighbours_pair *x = a, *y = b;

	if (x->left != y->left)
		return x->left < y->left ? -1 : 1;
	return (x->right > y->right) - (x->right < y->right);
}

static void
drop_repeated(struct neighbours *found)
{
	size_t n = 0;

	if (found->count > 1)
		qsort(found->pairs, found->count, sizeof *found->pairs,
			by_record);
	for (size_t i = 0; i < found->count; i++)
		if (n == 0 || by_record(&found->pairs[n - 1],
			&found->pairs[i]) != 0)
			found->pairs[n++] = found->pairs[i];
	found->count = n;
}

static void
append(struct neighbours *found, const struct neighbours_pair *pairs, size_t n)
{
	found->pairs = mem_resize(found->pairs, found->count + n + 1,
		sizeof *found->pairs);
	if (n > 0)
		memcpy(found->pairs + found->count, pairs, n * sizeof *pairs);
	found->count += n;
}

/* What the workers found of one kind is added to the rest. */
static void
collect(struct search *s, struct neighbours *found)
{
	for (unsigned i = 0; i < s->profiles->jobs; i++) {
		struct finding *f = &s->findings[i];

		append(found, f->pairs, f->count);
		found->judged += f->judged;
		found->crowded += f->crowded;
		if (f->most > found->most) {
			found->most = f->most;
			found->most_kind = s->kind;
		}
		f->count = 0;
		f->judged = f->crowded = f->most = 0;
	}
	drop_repeated(found);
}

void
neighbours_find(struct neighbours *found, const struct profiles *profiles,
	double enough)
{
	struct search s = {.profiles = profiles, .enough = enough,
		.start = -judge_excess(profiles->count)};

	*found = (struct neighbours){.count = 0};
	s.starts = mem_alloc(profiles->count / PIECE + 2, sizeof *s.starts);
	s.findings = mem_zero(profiles->jobs, sizeof *s.findings);
	for (int kind = 0; kind < BLOCK_KINDS; kind++) {
		s.kind = (enum block_kind)kind;
		make_entries(&s);
		crew_run(profiles->jobs, (s.count + PIECE - 1) / PIECE,
			compare_piece, &s);
		collect(&s, found);
	}
	for (unsigned i = 0; i < profiles->jobs; i++)
		free(s.findings[i].pairs);
	free(s.findings);
	free(s.starts);
	free(s.entries);
	free(s.spare);
}

void
neighbours_add(struct neighbours *found, const struct neighbours_pair *pairs,
	size_t n)
{
	append(found, pairs, n);
	drop_repeated(found);
}

void
neighbours_free(struct neighbours *found)
{
	free(found->pairs);
}
