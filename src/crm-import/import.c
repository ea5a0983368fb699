#include "import.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apply.h"
#include "base_lines.h"
#include "columns.h"
#include "entries.h"
#include "journal.h"
#include "known.h"
#include "layout.h"
#include "mem.h"
#include "msg.h"
#include "out.h"
#include "pairs.h"
#include "progress.h"
#include "renames.h"
#include "reread.h"
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
	struct journal *journal;
	struct base_rules rules;
	struct renames *renames;        /* --aliases; or null */
	struct store_lock *renames_lock;
	struct reread *reread;          /* --dry-run; or null */
	struct summary applied;         /* what --apply did */
};

/* FILE is worked on, and nothing is read but it. */
static bool
reads_nothing(const struct import *import, size_t files)
{
	return files == 0 && import->into && (import->apply || import->pairs);
}

static void
open_sources(struct work *w, char *const *files, size_t n)
{
	w->source_count = n || reads_nothing(w->import, n) ? n : 1;
	w->sources = mem_zero(w->source_count + 1, sizeof *w->sources);
	/* the journal names the file of decisions as one more source */
	w->sources[w->source_count].name = w->import->apply;
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
			.renames = w->renames, .reread = w->reread,
			.customers = w->customers,
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

/* True where a record changed. */
static bool
apply(struct work *w)
{
	if (!w->import->apply)
		return false;
	return apply_run(&(struct apply_job){.path = w->import->apply,
		.base = w->base, .layout = &w->layout, .rules = &w->rules,
		.columns = w->columns, .renames = w->renames,
		.source = (uint32_t)w->source_count}, &w->applied);
}

static struct store *
write_pairs(const struct work *w)
{
	const struct import *import = w->import;

	if (!import->pairs)
		return NULL;
	return pairs_write(&(struct pairs_job){.path = import->pairs,
		.base = w->base, .layout = &w->layout, .columns = w->columns,
		.threshold = import->threshold,
		.jobs = import->common.jobs, .dry_run = import->dry_run,
		.quiet = import->common.quiet});
}

/* Before FILE is replaced: an id that is in neither would be lost, one that is
 * in both is still a customer. */
static void
write_renames(const struct work *w)
{
	if (w->renames && w->import->apply && !w->import->dry_run)
		renames_write(w->renames, w->import->aliases);
}

/* FILE, or the output; FILE stays untouched where nothing changed. */
static void
write_result(const struct work *w, const struct summary *s, bool applied)
{
	const struct import *import = w->import;
	const char *path = import->into ? import->into : import->common.output;
	struct store *store;
	struct stat made;

	if (import->dry_run)
		return;
	if (w->own && s->created + s->updated == 0 && !applied) {
		write_renames(w);
		return;
	}
	store = store_open(path);
	base_write(w->base, store_out(store),
		import->into || !import->common.no_header);
	if (w->renames && import->apply)
		store_prepare(store, &made);
	write_renames(w);
	if (!w->journal) {
		store_commit(store);
		return;
	}
	journal_begin(w->journal, store);
	entries_write(w->journal, w->base, &w->layout.clean, w->layout.id,
		w->sources);
	journal_commit(w->journal, store);
}

static void
close_work(struct work *w)
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

static void
add_up(struct summary *s, const struct summary *other)
{
	s->read += other->read;
	s->created += other->created;
	s->updated += other->updated;
	s->unchanged += other->unchanged;
	s->rejected += other->rejected;
	s->removed += other->removed;
}

/* What the rows did, then what --apply did; as TSV it is one record. */
static void
say(const struct work *w, struct summary *summary)
{
	const struct import *import = w->import;
	struct summary_of of = {.kind = w->kind, .sources = w->sources,
		.source_count = w->source_count, .journal = w->journal,
		.tsv = import->summary_tsv};
	struct buf what = {0};

	if (of.tsv)
		add_up(summary, &w->applied);
	if (of.tsv || w->source_count > 0)
		summary_say(summary, &of);
	if (of.tsv || !import->apply)
		return;
	buf_printf(&what, "apply of %s", import->apply);
	buf_byte(&what, '\0');
	of.what = what.p;
	if (w->source_count > 0)
		of.journal = NULL;
	of.source_count = 0;
	summary_say(&w->applied, &of);
	buf_free(&what);
}

void
import_run(const struct import *import, char *const *files, size_t n)
{
	struct work w = {.import = import};
	struct summary summary = {0};
	struct rejects *rejects;
	struct store *pairs;
	bool applied;

	w.columns = columns_open(import->maps, import->map_count);
	open_sources(&w, files, n);
	open_file(&w);
	open_renames(&w);
	w.kind = find_kind(&w);
	check_file(&w);
	match_columns(&w);
	open_base(&w);
	rejects = rejects_open(import->dry_run ? NULL : import->rejects,
		w.sources, w.source_count);
	take_sources(&w, rejects, &summary);
	settle(&w, &summary);
	applied = apply(&w);
	/* what can fail fails before any file has changed; then the rejects
	 * last: an input may be their file, and is then not lost before what
	 * was good in it is safe */
	rejects_prepare(rejects);
	pairs = write_pairs(&w);
	write_result(&w, &summary, applied);
	rejects_commit(rejects);
	if (pairs)
		store_commit(pairs);
	if (!import->common.quiet)
		say(&w, &summary);
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
