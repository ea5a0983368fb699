#include "work.h"

#include <stdlib.h>

#include "base_lines.h"
#include "known.h"
#include "msg.h"

/* FILE is worked on, and nothing is read but it. */
static bool
reads_nothing(const struct import *import, size_t files)
{
	return files == 0 && import->into && (import->apply || import->pairs);
}

static void
open_sources(struct work *w, char *const *files, size_t n, bool presumed)
{
	struct source_form form = w->import->form;

	form.presumed = presumed;
	w->source_count = n || reads_nothing(w->import, n) ? n : 1;
	w->sources = mem_zero(w->source_count + 1, sizeof *w->sources);
	/* the journal names the file of decisions as one more source */
	w->sources[w->source_count].name = w->import->apply;
	for (size_t i = 0; i < w->source_count; i++)
		source_open(&w->sources[i], n ? files[i] : NULL, &form,
			w->columns);
}

/* What the files hold: -k, or what their headers, or that of FILE, tell. */
static unsigned
find_kind(const struct work *w)
{
	unsigned kind = w->import->kind;

	for (size_t i = 0; i < w->source_count && !w->import->kind; i++) {
		const struct source *s = &w->sources[i];
		unsigned found = columns_kind(w->columns, s->titles,
			s->header_count);

		if (kind && found && found != kind)
			msg_die("%s: holds %s, not %s as the files before; -k"
				" decides", s->name, summary_kind(found),
				summary_kind(kind));
		kind = found ? found : kind;
	}
	if (!kind && w->own)
		kind = columns_kind(w->columns, w->own, w->own_count);
	if (!kind)
		msg_die("%s: customers or tickets? the header does not tell;"
			" -k decides", w->source_count ? w->sources[0].name
			: w->import->into);
	if (kind != SCHEMA_CUSTOMERS && (w->import->pairs || w->import->apply))
		msg_usage("--%s goes with customers",
			w->import->pairs ? "pairs" : "apply");
	return kind;
}

/* Customers are not merged into a file of tickets. */
static void
check_file(const struct work *w)
{
	bool tickets = false;

	for (size_t i = 0; i < w->own_count; i++)
		tickets |= slice_is(w->own[i], "ticket_id");
	if (tickets && w->kind == SCHEMA_CUSTOMERS)
		msg_die("%s: has a ticket_id: it holds tickets, not customers",
			w->import->into);
}

static void
match_columns(struct work *w)
{
	const struct source *last = w->sources +
		(w->source_count ? w->source_count - 1 : 0);

	for (size_t i = 0; i < w->source_count; i++)
		source_match(&w->sources[i], w->columns, w->kind);
	if (w->source_count > 0)
		columns_check(w->columns, last->titles, last->header_count);
	layout_open(&w->layout, w->import, w->kind, w->sources,
		w->source_count, w->own, w->own_count);
	for (size_t i = 0; i < w->import->check_count; i++)
		layout_check(&w->layout, w->import->checks[i]);
}

/* FILE is locked from here to the end of the program. */
static void
open_file(struct work *w)
{
	const struct import *import = w->import;

	if (!import->into)
		return;
	if (!import->dry_run &&
		!store_lock(import->into, !import->no_wait, &w->lock))
		msg_die("%s: another import is at work", import->into);
	if (import->journal && !import->dry_run) {
		w->journal = journal_open(import->journal, import->into,
			import->as_of, !import->no_wait);
		if (!w->journal)
			msg_die("%s: another import is at work",
				import->journal);
	}
	w->own = base_lines_columns(import->into, &w->pool,
		&w->own_count);
	if (!w->own && w->source_count == 0)
		msg_die("%s: No such file or directory", import->into);
}

/* The renames are locked likewise, where they are to grow. */
static void
open_renames(struct work *w)
{
	const struct import *import = w->import;

	if (!import->aliases)
		return;
	if (import->apply && !import->dry_run &&
		!store_lock(import->aliases, !import->no_wait,
			&w->renames_lock))
		msg_die("%s: another import is at work", import->aliases);
	w->renames = renames_open(import->aliases, !import->apply);
}

static void
open_base(struct work *w)
{
	const struct import *import = w->import;
	struct base_rules *rules = &w->rules;

	layout_rules(&w->layout, import, w->kind, rules);
	if (import->customer_count > 0 && w->kind != SCHEMA_TICKETS)
		msg_usage("-c goes with tickets");
	if (import->customer_count > 0)
		w->customers = known_customers(import->customers,
			import->customer_count);
	rules->customers = import->orphans_kept ? NULL : w->customers;
	rules->traced = w->journal != NULL;
	if (import->dry_run && !import->apply && !import->pairs)
		w->reread = reread_open(&w->layout.clean, w->sources,
			w->layout.to);
	rules->reread = w->reread;
	w->base = base_open(rules);
	if (w->own)
		base_load(w->base, import->into);
}

void
work_open(struct work *w, const struct import *import, char *const *files,
	size_t n, bool presumed)
{
	*w = (struct work){.import = import};
	w->columns = columns_open(import->maps, import->map_count);
	open_sources(w, files, n, presumed);
	open_file(w);
	open_renames(w);
	w->kind = find_kind(w);
	check_file(w);
	match_columns(w);
	open_base(w);
}

bool
work_presumes(const struct work *w)
{
	bool any = false;

	for (size_t i = 0; i < w->source_count; i++)
		any |= encode_presumed(w->sources[i].encode);
	return any;
}

void
work_close(struct work *w)
{
	journal_close(w->journal);
	if (w->lock)
		store_unlock(w->lock);
	if (w->renames_lock)
		store_unlock(w->renames_lock);
	renames_close(w->renames);
	reread_close(w->reread);
	base_close(w->base);
	hash_close(w->customers);
	layout_close(&w->layout, w->source_count);
	for (size_t i = 0; i < w->source_count; i++)
		source_close(&w->sources[i]);
	free(w->sources);
	columns_close(w->columns);
	mem_pool_free(&w->pool);
}
