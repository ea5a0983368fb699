#include "revert.h"

#include <stdlib.h>
#include <unistd.h>

#include "columns.h"
#include "journal.h"
#include "mem.h"
#include "msg.h"
#include "revert_file.h"
#include "summary.h"
#include "undo.h"

struct revert {
	const struct import *import;
	unsigned kind;
	const char *key;
	struct store_lock *lock;
	struct journal *journal;  /* null: nothing is written */
	struct undo undo;
	struct revert_file file;
	struct slice *fields;     /* of one record */
	struct summary summary;
	struct msg_list messages;
	struct buf source;        /* --revert=RUN */
};

static void
find_kind(struct revert *r)
{
	const struct import *import = r->import;
	struct columns *columns = columns_open(NULL, 0);
	struct mem_pool pool = {0};
	size_t n;
	struct slice *own = base_lines_columns(import->into, &pool, &n);

	if (!own)
		msg_die("%s: No such file or directory", import->into);
	r->kind = import->kind ? import->kind : columns_kind(columns, own, n);
	if (!r->kind)
		msg_die("%s: customers or tickets? the header does not tell;"
			" -k decides", import->into);
	r->key = r->kind == SCHEMA_TICKETS ? "ticket_id" : "customer_id";
	mem_pool_free(&pool);
	columns_close(columns);
}

static void
open_all(struct revert *r)
{
	const struct import *import = r->import;
	bool wait = !import->no_wait;

	if (access(import->journal, R_OK))
		msg_die_errno("%s", import->journal);
	if (!import->dry_run && !store_lock(import->into, wait, &r->lock))
		msg_die("%s: another import is at work", import->into);
	if (!import->dry_run) {
		r->journal = journal_open(import->journal, import->into,
			import->as_of, wait);
		if (!r->journal)
			msg_die("%s: another import is at work",
				import->journal);
	}
	find_kind(r);
	undo_open(&r->undo, import->journal, import->revert, r->key);
	revert_file_open(&r->file, import->into, r->key, &r->undo);
	r->fields = mem_alloc(r->file.count, sizeof *r->fields);
	buf_printf(&r->source, "--revert=%s", import->revert);
}

static void
refuse(struct revert *r, uint64_t number, struct slice column,
	struct slice value, const char *why)
{
	char *name = mem_copy(column);

	msg_bad(&r->messages, number, name, value, "%s", why);
	free(name);
}

/* Later runs that touched the same. */
static void
check_journal(struct revert *r)
{
	for (size_t i = 0; i < r->undo.conflict_count; i++) {
		const struct undo_conflict *c = &r->undo.conflicts[i];
		struct slice run = hash_key(r->undo.runs, c->run);
		char *name = mem_copy(c->column);

		msg_bad(&r->messages, c->number, name, c->new,
			"changed again by run %.*s, for %.*s", (int)run.n,
			run.p, (int)c->key.n, c->key.p);
		free(name);
	}
}

/* A record that the run made: nothing may have come to it since. */
static void
check_made(struct revert *r, const struct undo_record *record)
{
	const struct undo_field *first = &r->undo.fields[record->first];
	size_t filled = 0, known = 0;

	for (size_t i = 0; i < r->file.own; i++)
		filled += !base_lines_missing(r->fields[i]);
	for (uint32_t k = record->first; k != UNDO_NONE;
		k = r->undo.fields[k].next)
		known++;
	if (filled > known)
		refuse(r, first->number, r->file.names[r->file.id],
			r->fields[r->file.id],
			"got other fields since, by no run of this journal");
}

/* Every field is what the run left there. */
static void
check_record(struct revert *r, uint32_t i)
{
	const struct undo_record *record = undo_record(&r->undo, i);
	struct slice key = hash_key(r->undo.keys, i);
	uint32_t at = revert_file_find(&r->file, key);
	const struct undo_field *field = &r->undo.fields[record->first];

	if (record->gone != (at == HASH_NONE)) {
		refuse(r, field->number, r->file.names[r->file.id], key,
			record->gone ? "is there again" : "is not there");
		return;
	}
	if (record->gone)
		return;
	base_lines_raw(&r->file.lines, base_lines_get(&r->file.lines, at),
		r->fields);
	for (uint32_t k = record->first; k != UNDO_NONE; k = field->next) {
		size_t column = revert_file_column(&r->file,
			r->undo.fields[k].column);

		field = &r->undo.fields[k];
		if (column == SIZE_MAX)
			refuse(r, field->number, field->column, key,
				"no such column any more");
		else if (!slice_equal(r->fields[column], field->new))
			refuse(r, field->number, field->column,
				r->fields[column], "is not what the run left,"
				" and no run of this journal changed it");
	}
	if (record->made)
		check_made(r, record);
}

static bool
allowed(struct revert *r)
{
	uint32_t n = (uint32_t)hash_count(r->undo.keys);

	r->summary.read = n;
	check_journal(r);
	if (r->messages.bad == 0)
		for (uint32_t i = 0; i < n; i++)
			check_record(r, i);
	if (r->messages.bad == 0)
		return true;
	msg_list_show(&r->messages, r->import->journal, 0);
	r->summary.rejected = n;
	return false;
}

static void
set_fields(struct revert *r, const struct undo_record *record)
{
	for (uint32_t k = record->first; k != UNDO_NONE;
		k = r->undo.fields[k].next) {
		size_t column = revert_file_column(&r->file,
			r->undo.fields[k].column);

		if (column != SIZE_MAX)
			r->fields[column] = r->undo.fields[k].old;
	}
}

static void
undo_one(struct revert *r, uint32_t i)
{
	const struct undo_record *record = undo_record(&r->undo, i);
	uint32_t at = revert_file_find(&r->file, hash_key(r->undo.keys, i));

	if (record->made) {
		revert_file_remove(&r->file, at);
		r->summary.removed++;
		return;
	}
	for (size_t k = 0; k < r->file.count; k++)
		r->fields[k] = (struct slice){NULL, 0};
	if (!record->gone)
		base_lines_raw(&r->file.lines,
			base_lines_get(&r->file.lines, at), r->fields);
	set_fields(r, record);
	if (record->gone) {
		revert_file_restore(&r->file, record->line, r->fields);
		r->summary.created++;
	} else {
		revert_file_set(&r->file, at, r->fields);
		r->summary.updated++;
	}
}

/* The revert is a run, too. */
static void
journal_one(struct revert *r, uint32_t i)
{
	const struct undo_record *record = undo_record(&r->undo, i);
	struct slice key = hash_key(r->undo.keys, i);
	uint32_t at = revert_file_find(&r->file, key);

	for (uint32_t k = record->first; k != UNDO_NONE;
		k = r->undo.fields[k].next) {
		const struct undo_field *field = &r->undo.fields[k];

		journal_add(r->journal, &(struct journal_entry){.key = key,
			.column = field->column, .old = field->new,
			.new = field->old, .file = buf_slice(&r->source),
			.line = record->gone ? record->line : at + UINT64_C(2)});
	}
}

static void
journal_head(struct revert *r, const struct buf *head)
{
	struct slice old = {r->file.lines.head, r->file.lines.head_size};
	struct buf before = {0}, after = {0};

	if (slice_equal(old, buf_slice(head)))
		return;
	out_text(&before, old);
	out_text(&after, buf_slice(head));
	journal_add(r->journal, &(struct journal_entry){
		.old = buf_slice(&before), .new = buf_slice(&after),
		.file = buf_slice(&r->source), .line = 1});
	buf_free(&before);
	buf_free(&after);
}

static void
write_all(struct revert *r)
{
	uint32_t n = (uint32_t)hash_count(r->undo.keys);
	struct store *store;
	struct buf head = {0};

	for (uint32_t i = 0; i < n; i++)
		undo_one(r, i);
	if (!r->journal)
		return;
	store = store_open(r->import->into);
	revert_file_write(&r->file, &r->undo, store_out(store), &head);
	journal_begin(r->journal, store);
	journal_head(r, &head);
	for (uint32_t i = 0; i < n; i++)
		journal_one(r, i);
	journal_commit(r->journal, store);
	buf_free(&head);
}

static void
close_all(struct revert *r)
{
	undo_close(&r->undo);
	revert_file_close(&r->file);
	journal_close(r->journal);
	if (r->lock)
		store_unlock(r->lock);
	free(r->fields);
	buf_free(&r->source);
}

void
revert_run(const struct import *import, size_t files)
{
	struct revert r = {.import = import};
	struct buf what = {0};

	if (files > 0)
		msg_usage("--revert takes no files to import");
	open_all(&r);
	if (allowed(&r))
		write_all(&r);
	buf_printf(&what, "revert of %s", import->revert);
	buf_byte(&what, '\0');
	if (!import->common.quiet)
		summary_say(&r.summary, &(struct summary_of){.kind = r.kind,
			.what = what.p, .journal = r.journal,
			.tsv = import->summary_tsv});
	buf_free(&what);
	close_all(&r);
}
