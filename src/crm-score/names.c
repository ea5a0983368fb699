#include "names.h"

void
names_add(struct names *names, struct slice name)
{
	for (size_t i = 0; i < names->count; i++)
		if (slice_equal(names->items[i], name))
			return;
	if (names->count == names->room) {
		size_t room = names->room ? 2 * names->room : 16;
		struct slice *items = mem_pool_get(names->pool,
			room * sizeof(*items));

		if (names->count)
			memcpy(items, names->items,
				names->count * sizeof(*items));
		names->items = items;
		names->room = room;
	}
	names->items[names->count++] = mem_pool_copy(names->pool, name);
}

static bool
in_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		(c >= 'a' && c <= 'z') || c == '_' || (c & 0x80);
}

void
names_add_words(struct names *names, struct slice s)
{
	for (size_t i = 0; i < s.n; ) {
		size_t from = i;

		while (i < s.n && in_word(s.p[i]))
			i++;
		if (i > from)
			names_add(names, (struct slice){s.p + from, i - from});
		else
			i++;
	}
}
