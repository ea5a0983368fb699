#include "template.h"

#include <string.h>

static void
add_part(struct template *t, struct template_part part)
{
	if (part.table >= 0 || part.literal.n)
		t->parts[t->count++] = part;
}

/* Every part but the last ends at a brace. */
static size_t
most_parts(struct slice text)
{
	size_t n = 1;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '{' ? 2 : 0;
	return n;
}

const char *
template_read(struct mem_pool *pool, struct slice text, template_find *find,
	void *context, struct template *t, size_t *position)
{
	size_t from = 0, at = 0;

	t->parts = mem_pool_get(pool, most_parts(text) * sizeof(*t->parts));
	t->count = 0;
	while (at < text.n) {
		struct template_part part = {.table = -1};
		const char *end;
		struct slice name;

		if (text.p[at] != '{') {
			at++;
			continue;
		}
		part.literal = (struct slice){text.p + from, at - from};
		*position = at;
		if (at + 1 < text.n && text.p[at + 1] == '{') {
			part.literal.n++;
			add_part(t, part);
			from = at += 2;
			continue;
		}
		add_part(t, part);
		end = memchr(text.p + at, '}', text.n - at);
		if (!end)
			return "\"{\" without \"}\" (\"{{\" is a brace)";
		name = (struct slice){text.p + at + 1,
			(size_t)(end - text.p) - at - 1};
		*position = at + 1;
		if (!find(name, &part.table, &part.column, context))
			return "unknown name";
		add_part(t, part);
		from = at = (size_t)(end - text.p) + 1;
	}
	add_part(t, (struct template_part){.table = -1,
		.literal = {text.p + from, text.n - from}});
	return NULL;
}
