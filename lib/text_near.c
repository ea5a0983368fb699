#include "text.h"

#include <stdlib.h>

#include "mem.h"

#define SHORT 128 /* bytes whose rows fit the stack */

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Cuts off what both begin and end with. */
static void
strip_common(struct slice *a, struct slice *b)
{
	while (a->n && b->n && *a->p == *b->p) {
		a->p++, a->n--;
		b->p++, b->n--;
	}
	while (a->n && b->n && a->p[a->n - 1] == b->p[b->n - 1]) {
		a->n--;
		b->n--;
	}
}

/* Row i of the matrix: edits from the first i bytes of a to the first 0 .. b.n
 * of b. rows: those of i - 2, i - 1 and i. Returns the least of it. */
static size_t
fill_row(struct slice a, struct slice b, size_t i, size_t *const rows[3])
{
	size_t *before = rows[1], *row = rows[2], best = i;

	row[0] = i;
	for (size_t j = 1; j <= b.n; j++) {
		size_t edits = before[j - 1] + (a.p[i - 1] != b.p[j - 1]);

		edits = least(edits, least(before[j], row[j - 1]) + 1);
		if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			a.p[i - 2] == b.p[j - 1])
			edits = least(edits, rows[0][j - 2] + 1);
		row[j] = edits;
		best = least(best, edits);
	}
	return best;
}

static size_t
distance(struct slice a, struct slice b, size_t limit, size_t *memory)
{
	size_t *rows[3] = {memory, memory + b.n + 1, memory + 2 * (b.n + 1)};

	for (size_t j = 0; j <= b.n; j++)
		rows[2][j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *oldest = rows[0];

		rows[0] = rows[1];
		rows[1] = rows[2];
		rows[2] = oldest;
		/* No way around a row: a swap over it costs as much. */
		if (fill_row(a, b, i, rows) > limit)
			return limit + 1;
	}
	return least(rows[2][b.n], limit + 1);
}

size_t
text_distance(struct slice a, struct slice b, size_t limit)
{
	size_t stack[3 * (SHORT + 1)], *memory = stack, edits;

	strip_common(&a, &b);
	/* b is the shorter. */
	if (a.n < b.n) {
		struct slice other = a;

		a = b;
		b = other;
	}
	limit = least(limit, a.n);
	if (a.n - b.n > limit)
		return limit + 1;
	if (b.n > SHORT)
		memory = mem_alloc(3 * (b.n + 1), sizeof *memory);
	edits = distance(a, b, limit, memory);
	if (memory != stack)
		free(memory);
	return edits;
}

const struct slice *
text_suggest(struct slice word, const struct slice *names, size_t n)
{
	const struct slice *nearest = NULL;
	struct buf lower = {0}, name = {0};
	size_t limit = word.n < 3 ? 1 : word.n / 3;

	text_lower(&lower, word);
	for (size_t i = 0; i < n; i++) {
		size_t edits;

		buf_clear(&name);
		text_lower(&name, names[i]);
		edits = text_distance(buf_slice(&lower), buf_slice(&name), limit);
		if (edits > limit)
			continue;
		nearest = &names[i];
		if (edits == 0)
			break;
		limit = edits - 1;
	}
	buf_free(&lower);
	buf_free(&name);
	return nearest;
}
