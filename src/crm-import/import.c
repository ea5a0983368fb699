#include "import.h"

#include <stdlib.h>
#include <unistd.h>

#include "base_lines.h"
#include "columns.h"
#include "known.h"
#include "layout.h"
#include "mem.h"
#include "msg.h"
#include "out.h"
#include "progress.h"
#include "store.h"
#include "summary.h"
#include "take.h"

/* Everything that is open during an import. */
struct work {
	const struct import *import;
	struct columns *columns;
	struct source *sources;
	size_t source_count;
	unsigned kind;
	struct slice *own;     /* columns of FILE; null: no such file */
	size_t own_count;
	struct mem_pool pool;
	struct layout layout;
	struct base *base;
	struct hash *customers;
	struct store_lock *lock;
};

static void
open_sources(struct work *w, char *const *files, size_t n)
{
	w->source_count = n ? n : 1;
	w->sources = mem_alloc(w->source_count, sizeof *w->sources);
	for (size_t i = 0; i < w->source_count; i++)
		source_open(&w->sources[i], n ? files[i] : NULL,
			&w->import->form, w->columns);
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
			" -k decides", w->sources[0].name);
	return kind;
}

static void
match_columns(struct work *w)
{
	const struct source *last = &w->sources[w->source_count - 1];

	for (size_t i = 0; i < w->source_count; i++)
		source_match(&w->sources[i], w->columns, w->kind);
	columns_check(w->columns, last->titles, last->header_count);
	layout_open(&w->layout, w->import, w->kind, w->sources,
		w->source_count, w->own, w->own_count);
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
	w->own = base_lines_columns(import->into, &w->pool,
		&w->own_count);
}

static void
open_base(struct work *w)
{
	struct base_rules rules;

	layout_rules(&w->layout, w->import, w->kind, &rules);
	if (w->import->customer_count > 0 && w->kind != SCHEMA_TICKETS)
		msg_usage("-c goes with tickets");
	if (w->import->customer_count > 0)
		w->customers = known_customers(w->import->customers,
			w->import->customer_count);
	rules.customers = w->import->orphans_kept ? NULL : w->customers;
	w->base = base_open(&rules);
	if (w->own)
		base_load(w->base, w->import->into);
}

static uint64_t
bytes_of(const struct work *w)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < w->source_count; i++)
		bytes += input_size(w->sources[i].in);
	return bytes;
}

static void
take_sources(struct work *w, struct rejects *rejects,
	struct summary *summary)
{
	struct progress *progress = progress_open(!w->import->common.quiet,
		bytes_of(w));

	for (size_t i = 0; i < w->source_count; i++)
		take_source(&(struct take_job){.layout = &w->layout,
			.sources = w->sources, .source = i, .base = w->base,
			.rejects = rejects, .progress = progress,
			.jobs = w->import->common.jobs}, summary);
	progress_close(progress);
}

static void
settle(const struct work *w, struct summary *s)
{
	uint64_t nothing = base_settle(w->base);

	s->updated -= nothing;
	s->unchanged += nothing;
}

/* FILE, or the output; FILE stays untouched where nothing changed. */
static void
write_result(const struct work *w, const struct summary *s)
{
	const struct import *import = w->import;
	const char *path = import->into ? import->into : import->common.output;
	struct store *store;

	if (import->dry_run || (w->own && s->created + s->updated == 0))
		return;
	store = store_open(path);
	base_write(w->base, store_out(store),
		import->into || !import->common.no_header);
	store_commit(store);
}

static void
close_work(struct work *w)
{
	if (w->lock)
		store_unlock(w->lock);
	base_close(w->base);
	hash_close(w->customers);
	layout_close(&w->layout, w->source_count);
	for (size_t i = 0; i < w->source_count; i++)
		source_close(&w->sources[i]);
	free(w->sources);
	columns_close(w->columns);
	mem_pool_free(&w->pool);
}

void
import_run(const struct import *import, char *const *files, size_t n)
{
	struct work w = {.import = import};
	struct summary summary = {0};
	struct rejects *rejects;

	w.columns = columns_open(import->maps, import->map_count);
	open_sources(&w, files, n);
	open_file(&w);
	w.kind = find_kind(&w);
	match_columns(&w);
	open_base(&w);
	rejects = rejects_open(import->dry_run ? NULL : import->rejects,
		w.sources, w.source_count);
	take_sources(&w, rejects, &summary);
	settle(&w, &summary);
	/* the rejects last: an input may be their file, and is then not lost
	 * before what was good in it is safe */
	write_result(&w, &summary);
	rejects_commit(rejects);
	if (!import->common.quiet)
		summary_say(&summary, w.kind, w.sources, w.source_count);
	close_work(&w);
}

void
import_print_columns(const struct import *import)
{
	struct columns *columns = columns_open(import->maps,
		import->map_count);
	struct store *store = store_open(import->common.output);

	columns_print(columns, store_out(store));
	store_commit(store);
	columns_close(columns);
}
