#include "definition.h"

#include <stdlib.h>

#include "msg.h"
#include "table.h"
#include "text.h"
#include "words.h"

#include "src/crm-report/reports.tsv.h"

static const char *const fields[DEFINITION_FIELDS] = {
	"report", "title", "of", "where", "by", "across", "show", "sort",
	"limit", "chart", "note", "having", "every", "units", "draw",
};

static const struct slice built_in = {
	(const char *)reports_tsv, sizeof reports_tsv,
};

/* What can be checked without knowing the columns of the data. */
static void
check(const struct definition *d)
{
	struct slice of = definition_get(d, DEFINITION_OF);
	struct slice limit = definition_get(d, DEFINITION_LIMIT);
	enum table_chart chart;
	size_t i;

	if (d->name.n == 0)
		definition_die(d, DEFINITION_REPORT, "a report needs a name");
	if (slice_is(of, "card") && slice_is(d->name, "card"))
		return;
	if (of.n > 0 && !slice_is(of, "tickets") && !slice_is(of, "customers"))
		definition_die(d, DEFINITION_OF, "not tickets or customers");
	if (definition_get(d, DEFINITION_SHOW).n == 0)
		definition_die(d, DEFINITION_SHOW, "a report shows something");
	for (i = 0; i < limit.n; i++) {
		if (limit.p[i] < '0' || limit.p[i] > '9' || i >= 9)
			definition_die(d, DEFINITION_LIMIT,
				"not a whole number");
	}
	if (!table_chart_of(definition_get(d, DEFINITION_CHART), &chart))
		definition_die(d, DEFINITION_CHART, "no such chart (bar, "
			"stacked, line, radar, pareto, heat, or empty)");
}

static size_t
number_of(const struct definitions *d, struct slice name)
{
	size_t i;

	for (i = 0; i < d->count; i++) {
		if (slice_equal(d->items[i].name, name))
			break;
	}
	return i;
}

static void
add_file(struct definitions *d, struct rules *file)
{
	struct definition one = {.file = file, .built_in = !d->file_count};
	size_t i, at;

	d->files = mem_resize(d->files, d->file_count + 1, sizeof *d->files);
	d->files[d->file_count++] = file;
	for (i = 0; i < DEFINITION_FIELDS; i++) {
		one.columns[i] = i == DEFINITION_REPORT ||
			i == DEFINITION_SHOW ? rules_need(file, fields[i]) :
			rules_find(file, fields[i]);
	}
	d->items = mem_resize(d->items, d->count + file->count + 1,
		sizeof *d->items);
	for (i = 0; i < file->count; i++) {
		one.record = i;
		one.name = definition_get(&one, DEFINITION_REPORT);
		check(&one);
		at = number_of(d, one.name);
		if (at == d->count)
			d->count++;
		else if (d->items[at].file == file)
			definition_die(&one, DEFINITION_REPORT,
				"the file has this report already");
		d->items[at] = one;
	}
}

void
definition_read_all(struct definitions *d, char *const *paths, size_t n)
{
	size_t i;

	add_file(d, rules_built_in("built-in reports", built_in));
	for (i = 0; i < n; i++)
		add_file(d, rules_open(paths[i]));
}

void
definition_free_all(struct definitions *d)
{
	size_t i;

	for (i = 0; i < d->file_count; i++)
		rules_close(d->files[i]);
	free(d->files);
	free(d->items);
	*d = (struct definitions){0};
}

const struct definition *
definition_find(const struct definitions *d, struct slice name)
{
	const struct slice *near;
	struct slice *names;
	char shown[200], hint[200];
	size_t i = number_of(d, name);

	if (i < d->count)
		return &d->items[i];
	names = mem_pool_get(&d->files[0]->pool, d->count * sizeof *names);
	for (i = 0; i < d->count; i++)
		names[i] = d->items[i].name;
	msg_quote(shown, sizeof shown, name);
	near = text_suggest(name, names, d->count);
	if (near == NULL)
		msg_die("no report %s (--list lists them)", shown);
	msg_quote(hint, sizeof hint, *near);
	msg_die("no report %s (did you mean %s?)", shown, hint);
}

struct slice
definition_get(const struct definition *d, enum definition_field field)
{
	return rules_cell(d->file, d->record, d->columns[field]);
}

bool
definition_is_built_in(const struct definition *d)
{
	return d->built_in;
}

static struct slice
title_of(const struct definition *d, const struct words *words,
	enum table_lang lang)
{
	struct slice title = definition_get(d, DEFINITION_TITLE);

	return d->built_in ? words_title(words, lang, d->name, title) : title;
}

void
definition_list(const struct definitions *d, enum table_lang lang,
	struct buf *b)
{
	struct words *words = words_open();
	struct slice of;
	size_t i;

	buf_text(b, "report\tof\ttitle\n");
	for (i = 0; i < d->count; i++) {
		of = definition_get(&d->items[i], DEFINITION_OF);
		text_escape(b, d->items[i].name);
		buf_byte(b, '\t');
		text_escape(b, of.n > 0 ? of : slice_of("tickets"));
		buf_byte(b, '\t');
		text_escape(b, title_of(&d->items[i], words, lang));
		buf_byte(b, '\n');
	}
	words_close(words);
}

void
definition_print(const struct definition *d, bool header, struct buf *b)
{
	enum definition_field i;

	for (i = 0; header && i < DEFINITION_FIELDS; i++) {
		buf_text(b, fields[i]);
		buf_byte(b, i + 1 < DEFINITION_FIELDS ? '\t' : '\n');
	}
	for (i = 0; i < DEFINITION_FIELDS; i++) {
		text_escape(b, definition_get(d, i));
		buf_byte(b, i + 1 < DEFINITION_FIELDS ? '\t' : '\n');
	}
}

void
definition_die(const struct definition *d, enum definition_field field,
	const char *why)
{
	rules_die(d->file, d->record, d->columns[field], why);
}

void
definition_die_at(const struct definition *d, enum definition_field field,
	size_t position, const char *why)
{
	rules_die_at(d->file, d->record, d->columns[field], position, why);
}
