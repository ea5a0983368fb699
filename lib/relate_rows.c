#include "relate_rows.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

enum { BLOCK = 8192 };

#define SLAB ((size_t)4 << 20) /* blocks are cut from */

struct relate_block {
	struct relate_block *next;
	const char *end; /* of what is used; of the last one of a part: see it */
	size_t room;
	char bytes[];
};

/*
 * A row: words of 8 bytes, then its key. The words: what it is, opened, and
 * amount, until, holds and the key's length as far as it has them, or as they
 * do not fit into the first.
 */
enum { WORD = 8, KEY_SHIFT = 8, GROUP_SHIFT = 16, HOLDS_SHIFT = 32 };
enum { FLAGS = 0x3f, WIDE = 0x40, LONG_KEY = 0x80, MOST_KEY = 0xff };

/* at, end: where the next row goes, and where the last block ends. */
struct part {
	char *at, *end;
	size_t count;
	struct relate_block *first, *last;
};

struct slab {
	struct slab *next;
	void *bytes;
	size_t size;
};

struct relate_rows {
	struct part *parts;
	size_t part_count;
	size_t bytes;
	struct relate_block *unused;
	struct slab *slabs;
	char *cut;       /* what is left of the first slab */
	size_t cut_size;
};

struct relate_rows *
relate_rows_open(size_t parts)
{
	struct relate_rows *r = mem_zero(1, sizeof(*r));

	r->parts = mem_zero(parts, sizeof(*r->parts));
	r->part_count = parts;
	return r;
}

void
relate_rows_close(struct relate_rows *r)
{
	if (!r)
		return;
	while (r->slabs) {
		struct slab *slab = r->slabs;

		r->slabs = slab->next;
		mem_huge_free(slab->bytes, slab->size);
		free(slab);
	}
	free(r->parts);
	free(r);
}

static char *
cut(struct relate_rows *r, size_t n)
{
	if (n > r->cut_size) {
		struct slab *slab = mem_alloc(1, sizeof(*slab));
		size_t size = n > SLAB ? n : SLAB;

		*slab = (struct slab){r->slabs, mem_huge(size), size};
		r->slabs = slab;
		r->cut = slab->bytes;
		r->cut_size = size;
	}
	r->cut += n;
	r->cut_size -= n;
	return r->cut - n;
}

static void
add_block(struct relate_rows *r, struct part *part, size_t need)
{
	size_t size = sizeof(struct relate_block) + need;
	struct relate_block *block = r->unused;

	if (size <= BLOCK && block) {
		r->unused = block->next;
	} else {
		size = size < BLOCK ? BLOCK : (size + 63) / 64 * 64;
		block = (struct relate_block *)(void *)cut(r, size);
		block->room = size - sizeof(*block);
	}
	block->next = NULL;
	if (part->last) {
		part->last->end = part->at;
		part->last->next = block;
	} else {
		part->first = block;
	}
	part->last = block;
	part->at = block->bytes;
	part->end = block->bytes + block->room;
}

static unsigned
flags_of(const struct relate_row *row)
{
	return row->flags | (row->holds > UINT32_MAX ? WIDE : 0u) |
		(row->key.n > MOST_KEY ? LONG_KEY : 0u);
}

static size_t
head_size(unsigned flags)
{
	return WORD * (2u + (flags & RELATE_AMOUNT ? 1u : 0u) +
		(flags & RELATE_PAUSE ? 1u : 0u) + (flags & WIDE ? 1u : 0u) +
		(flags & LONG_KEY ? 1u : 0u));
}

static inline char *
put_word(char *to, uint64_t word)
{
	memcpy(to, &word, WORD);
	return to + WORD;
}

static inline uint64_t
get_word(const char **from)
{
	uint64_t word;

	memcpy(&word, *from, WORD);
	*from += WORD;
	return word;
}

static inline void
put_key(char *to, struct slice key)
{
	if (key.n >= WORD && key.n <= 2 * WORD) {
		memcpy(to, key.p, WORD);
		memcpy(to + key.n - WORD, key.p + key.n - WORD, WORD);
	} else {
		memcpy(to, key.p, key.n);
	}
}

void
relate_rows_add(struct relate_rows *r, size_t part, const struct relate_row *row)
{
	struct part *p = &r->parts[part];
	unsigned flags = flags_of(row);
	size_t size = head_size(flags) + row->key.n;
	char *to;

	if ((size_t)(p->end - p->at) < size)
		add_block(r, p, size);
	to = put_word(p->at, row->holds << HOLDS_SHIFT |
		(uint64_t)row->group << GROUP_SHIFT |
		(row->key.n & MOST_KEY) << KEY_SHIFT | flags);
	to = put_word(to, (uint64_t)row->opened);
	if (flags & RELATE_AMOUNT)
		to = put_word(to, (uint64_t)row->amount);
	if (flags & RELATE_PAUSE)
		to = put_word(to, (uint64_t)row->until);
	if (flags & WIDE)
		to = put_word(to, row->holds);
	if (flags & LONG_KEY)
		to = put_word(to, row->key.n);
	put_key(to, row->key);
	p->at += size;
	r->bytes += size;
	p->count++;
}

size_t
relate_rows_bytes(const struct relate_rows *r)
{
	return r->bytes;
}

size_t
relate_rows_count(const struct relate_rows *r, size_t part)
{
	return r->parts[part].count;
}

int
relate_rows_next(const struct relate_rows *r, size_t part,
	struct relate_rows_at *at, struct relate_row *row)
{
	const struct part *p = &r->parts[part];
	const char *from;
	uint64_t what;

	if (!at->begun) {
		at->block = p->first;
		at->from = p->first ? p->first->bytes : NULL;
		at->begun = 1;
	}
	while (at->block && at->from == (at->block == p->last ? p->at
		: at->block->end)) {
		at->block = at->block->next;
		at->from = at->block ? at->block->bytes : NULL;
	}
	if (!at->block)
		return 0;
	from = at->from;
	what = get_word(&from);
	row->flags = what & FLAGS;
	row->group = (uint16_t)(what >> GROUP_SHIFT);
	row->opened = (int64_t)get_word(&from);
	if (what & RELATE_AMOUNT)
		row->amount = (int64_t)get_word(&from);
	if (what & RELATE_PAUSE)
		row->until = (int64_t)get_word(&from);
	row->holds = what & WIDE ? get_word(&from) : what >> HOLDS_SHIFT;
	row->key.n = what & LONG_KEY ? get_word(&from)
		: what >> KEY_SHIFT & MOST_KEY;
	row->key.p = from;
	at->from = from + row->key.n;
	return 1;
}

void
relate_rows_clear(struct relate_rows *r)
{
	for (size_t i = 0; i < r->part_count; i++) {
		struct part *p = &r->parts[i];

		while (p->first) {
			struct relate_block *block = p->first;

			p->first = block->next;
			if (block->room != BLOCK - sizeof(*block))
				continue; /* of one long key: not again */
			block->next = r->unused;
			r->unused = block;
		}
		*p = (struct part){0};
	}
	r->bytes = 0;
}
