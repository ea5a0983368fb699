#include "relate_layout.h"

#include <stdlib.h>
#include <string.h>

#include "num.h"

#define NONE RELATE_NO_WORD
/* Times are kept so that the larger is the one that counts, and none is 0. */
#define BIAS (INT64_C(1) << 62)

enum { BITS = 64 };

/* Where a relation lies in the words of a subject; NONE: not kept. */
struct relate_slot {
	uint32_t bit_word;
	uint32_t count, first, last;
	uint32_t sum;      /* two words, and in the third how many amounts */
	uint64_t bit;
};

struct pauses {
	struct calendar_span *spans;
	size_t n, room;
};

static uint32_t
take_words(struct relate_layout *l, uint32_t n)
{
	uint32_t at = l->words;

	l->words += n;
	return at;
}

static void
lay_out(struct relate_layout *l, const struct expr_scope *scope)
{
	unsigned used = BITS; /* of the last word of bits */
	uint32_t word = NONE;

	for (size_t i = 0; i < scope->relation_count; i++) {
		unsigned parts = scope->relations[i].parts;
		struct relate_slot *s = &l->slots[i];

		*s = (struct relate_slot){NONE, NONE, NONE, NONE, NONE, 0};
		if (parts & EXPR_PART_COUNT)
			s->count = take_words(l, 1);
		if (parts & EXPR_PART_FIRST)
			s->first = take_words(l, 1);
		if (parts & EXPR_PART_LAST)
			s->last = take_words(l, 1);
		if (parts & EXPR_PART_SUM)
			s->sum = take_words(l, 3);
		if (s->count != NONE || s->first != NONE || s->last != NONE)
			continue;
		if (used == BITS) {
			word = take_words(l, 1);
			used = 0;
		}
		s->bit_word = word;
		s->bit = UINT64_C(1) << used++;
	}
}

void
relate_layout_init(struct relate_layout *l, const struct relate_job *job)
{
	*l = (struct relate_layout){.slots = mem_zero(
		job->scope->relation_count, sizeof(*l->slots))};
	l->note = job->notes ? take_words(l, 2) : NONE;
	lay_out(l, job->scope);
	l->pauses = job->holds ? take_words(l, 1) : NONE;
}

void
relate_layout_free(struct relate_layout *l)
{
	free(l->slots);
}

/* ---- rows ---- */

static void
raise_to(uint64_t *word, int64_t value)
{
	if ((uint64_t)value > *word)
		*word = (uint64_t)value;
}

static void
add_amount(uint64_t *words, int64_t amount)
{
	num_wide sum;

	memcpy(&sum, words, sizeof(sum));
	sum += amount;
	memcpy(words, &sum, sizeof(sum));
	words[2]++;
}

static void
add_relation(const struct relate_slot *slot, uint64_t *words,
	const struct relate_row *row)
{
	if (slot->bit)
		words[slot->bit_word] |= slot->bit;
	if (slot->count != NONE)
		words[slot->count]++;
	if (slot->first != NONE)
		raise_to(&words[slot->first], BIAS - row->opened);
	if (slot->last != NONE)
		raise_to(&words[slot->last], BIAS + row->opened);
	if (slot->sum != NONE && row->flags & RELATE_AMOUNT)
		add_amount(&words[slot->sum], row->amount);
}

static struct pauses *
pauses_of(const struct relate_layout *l, const uint64_t *words)
{
	return l->pauses == NONE ? NULL
		: (struct pauses *)(uintptr_t)words[l->pauses];
}

static void
add_pause(const struct relate_layout *l, struct mem_pool *pool,
	uint64_t *words, struct calendar_span span)
{
	struct pauses *p = pauses_of(l, words);

	if (!p) {
		p = mem_pool_get(pool, sizeof(*p));
		*p = (struct pauses){0};
		words[l->pauses] = (uintptr_t)p;
	}
	if (p->n == p->room) {
		size_t room = p->room ? 2 * p->room : 2;
		struct calendar_span *spans = mem_pool_get(pool,
			room * sizeof(*spans));

		if (p->n)
			memcpy(spans, p->spans, p->n * sizeof(*spans));
		p->spans = spans;
		p->room = room;
	}
	p->spans[p->n++] = span;
}

void
relate_layout_row(const struct relate_layout *l, struct mem_pool *pool,
	uint64_t *words, const struct relate_row *row)
{
	for (uint64_t bits = row->holds; bits; bits &= bits - 1)
		add_relation(&l->slots[(size_t)row->group * BITS +
			(size_t)__builtin_ctzll(bits)], words, row);
	if (row->flags & RELATE_PAUSE)
		add_pause(l, pool, words,
			(struct calendar_span){row->opened, row->until});
}

void
relate_layout_unite(const struct relate_layout *l, uint64_t *words)
{
	struct pauses *p = pauses_of(l, words);

	if (p)
		p->n = calendar_unite(p->spans, p->n);
}

/* ---- what they come to ---- */

void
relate_layout_cell(const struct relate_layout *l, const uint64_t *words,
	size_t relation, struct expr_cell *cell)
{
	const struct relate_slot *slot = &l->slots[relation];

	*cell = (struct expr_cell){0};
	if (slot->bit)
		cell->count = (words[slot->bit_word] & slot->bit) != 0;
	if (slot->first != NONE && words[slot->first]) {
		cell->first = BIAS - (int64_t)words[slot->first];
		cell->count = 1;
	}
	if (slot->last != NONE && words[slot->last]) {
		cell->last = (int64_t)words[slot->last] - BIAS;
		cell->count = 1;
	}
	if (slot->count != NONE)
		cell->count = (int64_t)words[slot->count];
	if (slot->sum != NONE) {
		memcpy(&cell->sum, &words[slot->sum], sizeof(cell->sum));
		cell->amounts = (int64_t)words[slot->sum + 2];
	}
}

const struct calendar_span *
relate_layout_holds(const struct relate_layout *l, const uint64_t *words,
	size_t *n)
{
	const struct pauses *p = pauses_of(l, words);

	*n = p ? p->n : 0;
	return p ? p->spans : NULL;
}
