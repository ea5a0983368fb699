#include "import.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apply.h"
#include "entries.h"
#include "msg.h"
#include "pairs.h"
#include "progress.h"
#include "rejects.h"
#include "take.h"
#include "work.h"

static uint64_t
bytes_of(const struct work *w)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < w->source_count; i++)
		bytes += input_size(w->sources[i].in);
	return bytes;
}

/* False where a file is not what it was presumed to be. */
static bool
take_sources(struct work *w, struct rejects *rejects,
	struct summary *summary)
{
	bool good = true;

	struct progress *progress = progress_open(!w->import->common.quiet,
		bytes_of(w));

	for (size_t i = 0; i < w->source_count && good; i++) {
		take_source(&(struct take_job){.layout = &w->layout,
			.sources = w->sources, .source = i, .base = w->base,
			.rejects = rejects, .progress = progress,
			.renames = w->renames, .reread = w->reread,
			.customers = w->customers,
			.jobs = w->import->common.jobs}, summary);
		good = !source_broken(&w->sources[i]);
	}
	progress_close(progress);
	return good;
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

/* One of them can be read only once. */
static bool
any_stream(const char *const *names, size_t n)
{
	struct stat st;
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= (strcmp(names[i], "-") == 0 ? fstat(STDIN_FILENO, &st)
			: stat(names[i], &st)) == 0 && !S_ISREG(st.st_mode);
	return any;
}

/* Nothing is lost where the work is begun anew: all that is read before its end
 * are plain files, and what is written is not there yet. A map may be no file,
 * but what it says. */
static bool
can_begin_anew(const struct import *import, char *const *files, size_t n)
{
	static const char *const input[] = {"-"};
	const char *const *names = n ? (const char *const *)files : input;
	const char *rejects = import->dry_run ? NULL : import->rejects;
	struct stat st;

	return !any_stream(names, n ? n : 1) &&
		!any_stream(import->customers, import->customer_count) &&
		!any_stream(import->maps, import->map_count) &&
		!any_stream(&import->aliases, import->aliases != NULL) &&
		(!rejects || (strcmp(rejects, "-") != 0 &&
		(lstat(rejects, &st) != 0 || S_ISREG(st.st_mode))));
}

/* Presumed: files that begin as UTF-8 are taken for UTF-8, which makes one pass
 * of two; false where one is not, and then nothing has changed. */
static bool
run(const struct import *import, char *const *files, size_t n, bool presumed)
{
	struct work w;
	struct summary summary = {0};
	struct rejects *rejects;
	struct store *pairs;
	bool applied;

	if (presumed)
		msg_hold();
	work_open(&w, import, files, n, presumed);
	if (!work_presumes(&w))
		msg_release();
	rejects = rejects_open(import->dry_run ? NULL : import->rejects,
		w.sources, w.source_count);
	if (!take_sources(&w, rejects, &summary)) {
		rejects_abandon(rejects);
		work_close(&w);
		msg_drop();
		return false;
	}
	msg_release();
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
	work_close(&w);
	return true;
}

void
import_run(const struct import *import, char *const *files, size_t n)
{
	if (!can_begin_anew(import, files, n) || !run(import, files, n, true))
		run(import, files, n, false);
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
