#include "profiles.h"

#include <math.h>
#include <stdlib.h>

#include "block.h"
#include "crew.h"
#include "hash.h"
#include "judge.h"
#include "mem.h"

enum { PIECE = 4096 }; /* records */

struct reading {
	struct profiles *profiles;
	const struct base_lines *lines;
	struct profile_columns columns;
	size_t id;
	struct slice **fields; /* of each worker */
};

static void
read_piece(void *context, size_t piece, unsigned worker)
{
	struct reading *r = context;
	struct profiles *p = r->profiles;
	size_t end = (piece + 1) * PIECE;

	for (size_t i = piece * PIECE; i < end && i < p->count; i++) {
		struct slice line = base_lines_get(r->lines, (uint32_t)i);

		p->all[i] = (struct profile){.word_count = 0};
		if (!line.p)
			continue;
		base_lines_split(r->lines, line, r->fields[worker]);
		profile_read(&p->readers[worker], &r->columns,
			r->fields[worker], &p->all[i]);
		p->all[i].id = r->fields[worker][r->id];
	}
}

static void
read_all(struct profiles *p, const struct base_lines *lines,
	const struct slice *names, size_t n, size_t id)
{
	struct reading r = {.profiles = p, .lines = lines, .id = id};

	profile_columns_find(&r.columns, names, n);
	r.fields = mem_alloc(p->jobs, sizeof *r.fields);
	for (unsigned i = 0; i < p->jobs; i++)
		r.fields[i] = mem_alloc(n + 1, sizeof **r.fields);
	crew_run(p->jobs, (p->count + PIECE - 1) / PIECE, read_piece, &r);
	for (unsigned i = 0; i < p->jobs; i++)
		free(r.fields[i]);
	free(r.fields);
}

/* The value that entry.record, of this field or the next, holds. */
static int8_t *
bonus_of(struct profiles *p, enum profile_field field,
	const struct block_entry *entry)
{
	struct profile *profile = &p->all[entry->record];

	if (profile->codes[field] != entry->key)
		field++;
	return &profile->bonus[field];
}

static void
give_bonus(struct profiles *p, enum profile_field field,
	const struct block_entry *entries, size_t n)
{
	for (size_t from = 0, to; from < n; from = to) {
		double quarters;

		to = from + 1;
		while (to < n && entries[to].key == entries[from].key)
			to++;
		quarters = floor(4 * judge_bonus(p->count, to - from));
		for (size_t i = from; i < to; i++)
			*bonus_of(p, field, &entries[i]) = (int8_t)quarters;
	}
}

/* Two telephone numbers of one customer count alike. */
static void
count_holders(struct profiles *p)
{
	struct block_entry *entries = mem_alloc(2 * p->count + 1,
		sizeof *entries);
	struct block_entry *spare = mem_alloc(2 * p->count + 1, sizeof *spare);

	for (int field = 0; field < PROFILE_FIELDS; field++) {
		int last = field == PROFILE_PHONE ? PROFILE_PHONE2 : field;
		size_t n = 0;

		for (size_t i = 0; i < p->count; i++)
			for (int k = field; k <= last; k++)
				if (p->all[i].codes[k])
					entries[n++] = (struct block_entry){
						p->all[i].codes[k], (uint32_t)i};
		block_sort(entries, spare, n);
		give_bonus(p, (enum profile_field)field, entries, n);
		field = last;
	}
	free(entries);
	free(spare);
}

static struct slice
key_of(const uint32_t *code)
{
	return (struct slice){(const char *)code, sizeof *code};
}

static void
weigh_words(struct profiles *p)
{
	struct hash *holders = hash_open(sizeof(uint32_t));
	double placed = 0;

	for (size_t i = 0; i < p->count; i++) {
		placed += p->all[i].word_count > 0;
		for (uint32_t k = 0; k < p->all[i].word_count; k++) {
			struct slice key = key_of(&p->all[i].words[k].code);
			uint32_t *count = hash_payload(holders,
				hash_put(holders, key, hash_code(key), NULL));

			++*count;
		}
	}
	for (size_t i = 0; i < p->count; i++)
		for (uint32_t k = 0; k < p->all[i].word_count; k++) {
			struct profile_word *word = &p->all[i].words[k];
			struct slice key = key_of(&word->code);
			const uint32_t *count = hash_payload(holders,
				hash_find(holders, key, hash_code(key)));

			word->weight = (uint16_t)(4.5 +
				4 * log2(placed / (double)*count));
		}
	hash_close(holders);
}

/* The beginning of the name, so that most comparisons need no more. */
struct place {
	uint64_t beginning;
	const struct profile *profile;
};

static int
by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->beginning != y->beginning)
		return x->beginning < y->beginning ? -1 : 1;
	return profile_order(x->profile, y->profile);
}

static uint64_t
beginning_of(const struct profile *p)
{
	uint64_t beginning = 0;

	for (size_t i = 0; i < 3; i++)
		beginning = beginning << 21 |
			(i < p->chinese.n ? p->chinese.p[i] : 0);
	return beginning;
}

static void
put_in_order(struct profiles *p)
{
	struct place *places = mem_alloc(p->count + 1, sizeof *places);

	for (size_t i = 0; i < p->count; i++)
		places[i] = (struct place){beginning_of(&p->all[i]), &p->all[i]};
	qsort(places, p->count, sizeof *places, by_place);
	p->order = mem_alloc(p->count + 1, sizeof *p->order);
	for (size_t i = 0; i < p->count; i++)
		p->order[i] = places[i].profile;
	free(places);
}

void
profiles_open(struct profiles *p, const struct base_lines *lines,
	const struct slice *names, size_t n, size_t id, unsigned jobs)
{
	*p = (struct profiles){.count = lines->count, .jobs = jobs};
	p->all = mem_alloc(p->count + 1, sizeof *p->all);
	p->readers = mem_zero(jobs, sizeof *p->readers);
	read_all(p, lines, names, n, id);
	count_holders(p);
	weigh_words(p);
	put_in_order(p);
}

void
profiles_close(struct profiles *p)
{
	for (unsigned i = 0; i < p->jobs; i++)
		profile_reader_free(&p->readers[i]);
	free(p->readers);
	free(p->all);
	free(p->order);
}
