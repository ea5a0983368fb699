#include "summary.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "buf.h"
#include "msg.h"

const char *
summary_kind(unsigned kind)
{
	return kind == SCHEMA_TICKETS ? "tickets" : "customers";
}

static const char *
name_of(char delimiter)
{
	switch (delimiter) {
	case ',': return "comma";
	case ';': return "semicolon";
	case '\t': return "tab";
	default: return "bar";
	}
}

static bool
same_form(const struct source *a, const struct source *b)
{
	return a->form.delimiter == b->form.delimiter &&
		strcmp(encode_name(a->encode), encode_name(b->encode)) == 0;
}

void
summary_say(const struct summary *s, unsigned kind,
	const struct source *sources, size_t n)
{
	struct buf forms = {0};

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < i && !same_form(&sources[k], &sources[i]))
			k++;
		if (k < i)
			continue;
		buf_printf(&forms, "%s%s, %s", i ? "; " : "",
			encode_name(sources[i].encode),
			name_of(sources[i].form.delimiter));
	}
	msg_summary("%" PRIu64 " read = %" PRIu64 " created + %" PRIu64
		" updated + %" PRIu64 " unchanged + %" PRIu64
		" rejected (%s, %.*s)", s->read, s->created, s->updated,
		s->unchanged, s->rejected, summary_kind(kind), (int)forms.n,
		forms.p);
	buf_free(&forms);
}
