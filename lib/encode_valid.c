#include "encode_valid.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "mem.h"
#include "team.h"
#include "text.h"

enum { BLOCK = 1024 * 1024 };

uint64_t
encode_invalid(struct input *in, uint64_t from)
{
	char *block = mem_alloc(BLOCK, 1);
	uint64_t size = input_size(in), bad = UINT64_MAX;
	bool replaced = false; /* is of no interest */

	while (from < size && bad == UINT64_MAX) {
		size_t n = size - from < BLOCK ? (size_t)(size - from) : BLOCK;
		size_t good;

		input_at(in, block, n, from);
		good = text_valid((struct slice){block, n}, &replaced);
		/* a character may be cut by the end of the block */
		if (good < n && (n - good > 3 || from + n == size))
			bad = from + good;
		from += good;
	}
	free(block);
	return bad;
}

size_t
encode_valid_first(void)
{
	const char *chunk = getenv("CRM_CHUNK");
	size_t n = chunk ? strtoul(chunk, NULL, 10) : 0;

	return n < 4 ? (size_t)BLOCK : n;
}

bool
encode_valid_start(struct input *in, uint64_t from)
{
	uint64_t left = input_size(in) - from;
	size_t n = left < encode_valid_first() ? (size_t)left
		: encode_valid_first();
	char *block = mem_alloc(n + 1, 1);
	bool replaced = false; /* is of no interest */
	size_t good;

	input_at(in, block, n, from);
	good = text_valid((struct slice){block, n}, &replaced);
	free(block);
	return good == n || (n < left && n - good <= 3);
}

/* Blocks of a file, looked at by many threads. */
struct survey {
	struct input *in;
	uint64_t from, size;
	size_t block; /* bytes */
	atomic_uint_fast64_t next; /* block */
	atomic_bool invalid, replaced;
};

static bool
continues(char c)
{
	return (c & 0xC0) == 0x80;
}

/* A block ends where the last character ends that begins in it. */
static bool
block_valid(const struct survey *s, uint64_t number, char *block,
	bool *replaced)
{
	uint64_t at = s->from + number * s->block, left = s->size - at;
	size_t n = left < s->block ? (size_t)left : s->block;
	size_t over = left - n < 3 ? (size_t)(left - n) : 3;
	size_t start = 0, end = n, good;

	input_at(s->in, block, n + over, at);
	while (number > 0 && start < n && start < 3 && continues(block[start]))
		start++;
	while (end < n + over && continues(block[end]))
		end++;
	good = start + text_valid((struct slice){block + start, n + over - start},
		replaced);
	return good >= end;
}

static void
survey_blocks(unsigned i, void *context)
{
	struct survey *s = context;
	char *block = mem_alloc(s->block + 3, 1);
	bool replaced = false;
	uint64_t count = (s->size - s->from + s->block - 1) / s->block;

	(void)i;
	while (!atomic_load(&s->invalid)) {
		uint64_t number = atomic_fetch_add(&s->next, 1);

		if (number >= count)
			break;
		if (!block_valid(s, number, block, &replaced))
			atomic_store(&s->invalid, true);
	}
	if (replaced)
		atomic_store(&s->replaced, true);
	free(block);
}

bool
encode_valid(struct input *in, uint64_t from, unsigned jobs, bool *replaced)
{
	struct survey s = {.in = in, .from = from, .size = input_size(in),
		.block = encode_valid_first()};

	team_run(s.size > 4 * s.block && jobs > 1 ? jobs : 1, survey_blocks, &s);
	*replaced |= atomic_load(&s.replaced);
	return !atomic_load(&s.invalid);
}
