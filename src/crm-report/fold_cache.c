#include "fold_cache.h"

#include <stdlib.h>

#include "mem.h"

void
fold_cache_open(struct fold_cache *c, size_t parts)
{
	*c = (struct fold_cache){0};
	if (parts == 0 || parts > FOLD_CACHE_PARTS)
		return;
	c->parts = parts;
	c->places = mem_zero(FOLD_CACHE_PLACES * FOLD_CACHE_WAYS *
		(FOLD_CACHE_HEAD + 2 * parts), sizeof *c->places);
}

void
fold_cache_close(struct fold_cache *c)
{
	free(c->places);
}

void
fold_cache_keep(struct fold_cache *c, const struct fold_signature *s,
	struct group *group, uint32_t index)
{
	size_t stride = FOLD_CACHE_HEAD + 2 * c->parts;
	uint64_t *p = fold_cache_place(c, s);

	if (p[0] != 0)
		memcpy(p + stride, p, stride * sizeof *p);
	p[0] = (uint64_t)(uintptr_t)group;
	p[1] = (uint64_t)s->lengths << 32 | index;
	memcpy(p + FOLD_CACHE_HEAD, s->words, 2 * c->parts * sizeof *p);
}
