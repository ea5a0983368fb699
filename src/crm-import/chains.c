#include "chains.h"

#include <stdlib.h>

#include "mem.h"

static int
by_records(const void *a, const void *b)
{
	const struct chains_pair *x = a, *y = b;

	if (x->left != y->left)
		return x->left < y->left ? -1 : 1;
	if (x->right != y->right)
		return x->right < y->right ? -1 : 1;
	if (x->renamed != y->renamed)
		return x->renamed ? 1 : -1;
	return (x->line > y->line) - (x->line < y->line);
}

static int
by_chain(const void *a, const void *b)
{
	const struct chains_member *x = a, *y = b;

	if (x->chain != y->chain)
		return x->chain < y->chain ? -1 : 1;
	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static int
by_line(const void *a, const void *b)
{
	const struct chains_chain *x = a, *y = b;

	return (x->line > y->line) - (x->line < y->line);
}

/* The first record of the chain that a record is in. */
static uint32_t
root_of(uint32_t *parents, uint32_t record)
{
	while (parents[record] != record) {
		parents[record] = parents[parents[record]];
		record = parents[record];
	}
	return record;
}

static void
join(struct chains *c, uint32_t *parents)
{
	for (size_t i = 0; i < c->same_count; i++) {
		uint32_t a = root_of(parents, c->same[i].left);
		uint32_t b = root_of(parents, c->same[i].right);

		parents[a < b ? b : a] = a < b ? a : b;
	}
}

/* Each record that a pair names, once, with the first line that does. */
static void
list_members(struct chains *c, uint32_t *parents)
{
	size_t n = 0;

	c->members = mem_alloc(2 * c->same_count + 1, sizeof *c->members);
	for (size_t i = 0; i < c->same_count; i++) {
		const struct chains_pair *p = &c->same[i];
		uint32_t chain = root_of(parents, p->left);

		c->members[n++] = (struct chains_member){p->left, chain,
			p->line, false};
		c->members[n++] = (struct chains_member){p->right, chain,
			p->line, true};
	}
	qsort(c->members, n, sizeof *c->members, by_chain);
	for (size_t i = 0; i < n; i++) {
		struct chains_member *last = &c->members[c->member_count];

		if (c->member_count > 0 &&
			last[-1].record == c->members[i].record) {
			last[-1].right |= c->members[i].right;
			continue;
		}
		*last = c->members[i];
		c->member_count++;
	}
}

/* The earliest of those that are never right, else the earliest. */
static uint32_t
survivor_of(const struct chains *c, const struct chains_chain *chain)
{
	for (size_t i = chain->from; i < chain->to; i++)
		if (!c->members[i].right)
			return c->members[i].record;
	return c->members[chain->from].record;
}

static void
list_chains(struct chains *c)
{
	c->chains = mem_alloc(c->member_count + 1, sizeof *c->chains);
	for (size_t from = 0, to; from < c->member_count; from = to) {
		struct chains_chain *chain = &c->chains[c->count++];

		*chain = (struct chains_chain){.from = from,
			.line = c->members[from].line};
		for (to = from; to < c->member_count &&
			c->members[to].chain == c->members[from].chain; to++)
			if (c->members[to].line < chain->line)
				chain->line = c->members[to].line;
		chain->to = to;
		chain->survivor = survivor_of(c, chain);
	}
}

/* Is there a pair of the two, either way round? */
static bool
is_same(const struct chains *c, uint32_t a, uint32_t b)
{
	for (int turn = 0; turn < 2; turn++) {
		struct chains_pair key = {turn ? b : a, turn ? a : b, 0, false};
		size_t from = 0, to = c->same_count;

		while (from < to) {
			size_t middle = from + (to - from) / 2;

			if (by_records(&c->same[middle], &key) < 0)
				from = middle + 1;
			else
				to = middle;
		}
		if (from < c->same_count && c->same[from].left == key.left &&
			c->same[from].right == key.right &&
			!c->same[from].renamed)
			return true;
	}
	return false;
}

static void
check_sources(struct chains *c, struct chains_chain *chain)
{
	for (size_t i = chain->from; i < chain->to && !chain->refused; i++) {
		uint32_t one = c->members[i].record;
		struct slice source = c->source_of(c->context, one);

		for (size_t k = i + 1; source.n > 0 && k < chain->to; k++) {
			uint32_t other = c->members[k].record;

			if (!slice_equal(source,
				c->source_of(c->context, other)) ||
				is_same(c, one, other))
				continue;
			chain->refused = true;
			chain->one = one;
			chain->other = other;
			break;
		}
	}
}

/* The number of the chain whose root is given: members are sorted by it. */
static struct chains_chain *
chain_of(const struct chains *c, uint32_t root)
{
	size_t from = 0, to = c->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (c->members[c->chains[middle].from].chain < root)
			from = middle + 1;
		else
			to = middle;
	}
	return from < c->count &&
		c->members[c->chains[from].from].chain == root
		? &c->chains[from] : NULL;
}

static void
check_different(struct chains *c, uint32_t *parents)
{
	for (size_t i = 0; i < c->different_count; i++) {
		const struct chains_pair *p = &c->different[i];
		uint32_t root = root_of(parents, p->left);
		struct chains_chain *chain = chain_of(c, root);

		if (!chain || root_of(parents, p->right) != root ||
			(chain->refused && chain->because <= p->line))
			continue;
		chain->refused = chain->different = true;
		chain->one = p->left;
		chain->other = p->right;
		chain->because = p->line;
	}
}

void
chains_find(struct chains *c, size_t records)
{
	uint32_t *parents = mem_alloc(records, sizeof *parents);

	for (uint32_t i = 0; i < records; i++)
		parents[i] = i;
	qsort(c->same, c->same_count, sizeof *c->same, by_records);
	join(c, parents);
	list_members(c, parents);
	list_chains(c);
	for (size_t i = 0; i < c->same_count; i++)
		chain_of(c, root_of(parents, c->same[i].left))->pairs++;
	check_different(c, parents);
	for (size_t i = 0; i < c->count; i++)
		if (!c->chains[i].refused)
			check_sources(c, &c->chains[i]);
	qsort(c->chains, c->count, sizeof *c->chains, by_line);
	free(parents);
}

void
chains_free(struct chains *c)
{
	free(c->same);
	free(c->different);
	free(c->members);
	free(c->chains);
}
