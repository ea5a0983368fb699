#include "own_name.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "text.h"

/* The name, or the first free one that ends in a number. Each in names knows
 * which number was tried last: many columns may have one header. */
static struct slice
free_name(struct hash *names, struct buf *b)
{
	bool is_new;
	uint32_t first = hash_put(names, buf_slice(b), hash_code(buf_slice(b)),
		&is_new), i = first;
	uint32_t *tried = hash_payload(names, first);
	size_t n = b->n;

	while (!is_new) {
		b->n = n;
		buf_printf(b, "_%" PRIu32, ++*tried + 1);
		i = hash_put(names, buf_slice(b), hash_code(buf_slice(b)),
			&is_new);
	}
	return hash_key(names, i);
}

struct slice
own_name(struct hash *names, struct slice header, size_t number,
	struct mem_pool *pool)
{
	struct buf b = {0};
	struct slice name;

	if (header.n == 0)
		buf_printf(&b, "column_%zu", number);
	text_lower(&b, header);
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] == ' ' || b.p[i] == '\n' || b.p[i] == '\t' ||
			b.p[i] == '\r')
			b.p[i] = '_';
	name = mem_pool_copy(pool, free_name(names, &b));
	buf_free(&b);
	return name;
}
