#include "summary.h"

#include <inttypes.h>
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

/* The first of its form among all files. */
static bool
is_first(const struct summary_of *of, size_t i)
{
	size_t k = 0;

	while (k < i && !same_form(&of->sources[k], &of->sources[i]))
		k++;
	return k == i;
}

static void
say_run(const struct journal *journal)
{
	uint64_t n = journal_count(journal);

	if (n > 0)
		msg_summary("run %s: %" PRIu64 " record%s in the journal",
			journal_run(journal), n, n == 1 ? "" : "s");
}

static void
say_text(const struct summary *s, const struct summary_of *of)
{
	struct buf removed = {0}, about = {0};

	if (of->what)
		buf_printf(&about, ", %s", of->what);
	if (of->what || s->removed)
		buf_printf(&removed, " + %" PRIu64 " removed", s->removed);
	for (size_t i = 0; i < of->source_count; i++)
		if (is_first(of, i))
			buf_printf(&about, "%s %s, %s", i ? ";" : ",",
				encode_name(of->sources[i].encode),
				name_of(of->sources[i].form.delimiter));
	msg_summary("%" PRIu64 " read = %" PRIu64 " created + %" PRIu64
		" updated + %" PRIu64 " unchanged + %" PRIu64 " rejected%.*s"
		" (%s%.*s)", s->read, s->created, s->updated, s->unchanged,
		s->rejected, (int)removed.n, removed.p, summary_kind(of->kind),
		(int)about.n, about.p);
	buf_free(&removed);
	buf_free(&about);
}

static void
say_tsv(const struct summary *s, const struct summary_of *of)
{
	const uint64_t counts[] = {s->read, s->created, s->updated,
		s->unchanged, s->rejected, s->removed};
	struct buf b = {0}, delimiters = {0};

	buf_text(&b, "read\tcreated\tupdated\tunchanged\trejected\tremoved\t"
		"kind\tencoding\tdelimiter\trun\n");
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		buf_printf(&b, "%" PRIu64 "\t", counts[i]);
	buf_printf(&b, "%s\t", summary_kind(of->kind));
	for (size_t i = 0; i < of->source_count; i++)
		if (is_first(of, i)) {
			buf_printf(&b, "%s%s", i ? "," : "",
				encode_name(of->sources[i].encode));
			buf_printf(&delimiters, "%s%s", i ? "," : "",
				name_of(of->sources[i].form.delimiter));
		}
	buf_printf(&b, "\t%.*s\t%s\n", (int)delimiters.n, delimiters.p,
		of->journal && journal_count(of->journal) > 0
			? journal_run(of->journal) : "");
	msg_summary_as(buf_slice(&b));
	buf_free(&b);
	buf_free(&delimiters);
}

void
summary_say(const struct summary *s, const struct summary_of *of)
{
	if (of->tsv) {
		say_tsv(s, of);
		return;
	}
	if (of->journal)
		say_run(of->journal);
	say_text(s, of);
}
