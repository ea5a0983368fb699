#include "undo.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "journal.h"
#include "mem.h"
#include "msg.h"
#include "text.h"

#define REVERT "--revert="

struct undo_record *
undo_record(const struct undo *u, uint32_t i)
{
	return hash_payload(u->keys, i);
}

static struct slice
plain(struct undo *u, struct slice s)
{
	struct buf b = {0};
	struct slice copy;

	text_unescape(&b, s);
	copy = mem_pool_copy(&u->pool, buf_slice(&b));
	buf_free(&b);
	return copy;
}

static void
add_field(struct undo *u, const struct journal_entry *e, uint64_t number)
{
	bool is_new;
	uint32_t i = hash_put(u->keys, e->key, hash_code(e->key), &is_new);
	struct undo_record *r = undo_record(u, i);
	uint32_t field = (uint32_t)u->field_count;

	if (u->field_count == u->field_room) {
		u->field_room = 2 * u->field_room + 256;
		u->fields = mem_resize(u->fields, u->field_room,
			sizeof *u->fields);
	}
	u->fields[u->field_count++] = (struct undo_field){
		mem_pool_copy(&u->pool, e->column),
		mem_pool_copy(&u->pool, e->old),
		mem_pool_copy(&u->pool, e->new), number, UNDO_NONE};
	if (is_new)
		r->first = field;
	else
		u->fields[r->last].next = field;
	r->last = field;
	if (!slice_equal(e->column, u->key_column))
		return;
	r->made |= e->old.n == 0;
	r->gone |= e->new.n == 0;
	if (r->gone)
		r->line = e->line;
}

static bool
touches(const struct undo *u, const struct journal_entry *e)
{
	uint32_t i = hash_find(u->keys, e->key, hash_code(e->key));
	const struct undo_record *r;

	if (i == HASH_NONE)
		return false;
	r = undo_record(u, i);
	if (r->made || r->gone)
		return true;
	for (uint32_t k = r->first; k != UNDO_NONE; k = u->fields[k].next)
		if (slice_equal(u->fields[k].column, e->column))
			return true;
	return false;
}

static void
add_conflict(struct undo *u, const struct journal_entry *e, uint32_t run,
	uint64_t number)
{
	if (u->conflict_count == u->conflict_room) {
		u->conflict_room = 2 * u->conflict_room + 64;
		u->conflicts = mem_resize(u->conflicts, u->conflict_room,
			sizeof *u->conflicts);
	}
	u->conflicts[u->conflict_count++] = (struct undo_conflict){
		mem_pool_copy(&u->pool, e->key),
		mem_pool_copy(&u->pool, e->column),
		mem_pool_copy(&u->pool, e->new), run, number};
}

static void
add_head(struct undo *u, const struct journal_entry *e, uint32_t run)
{
	if (u->head_count == u->head_room) {
		u->head_room = 2 * u->head_room + 16;
		u->heads = mem_resize(u->heads, u->head_room,
			sizeof *u->heads);
	}
	u->heads[u->head_count++] = (struct undo_head){plain(u, e->old),
		plain(u, e->new), run};
	if (slice_equal(e->run, u->run))
		u->target = run;
}

/* The number of the run, + 1, that a run reverted. */
static uint32_t
reverted_by(const struct undo *u, const struct journal_entry *e)
{
	size_t n = strlen(REVERT);
	struct slice run;
	uint32_t i;

	if (e->file.n <= n || memcmp(e->file.p, REVERT, n) != 0)
		return 0;
	run = (struct slice){e->file.p + n, e->file.n - n};
	i = hash_find(u->runs, run, hash_code(run));
	return i == HASH_NONE ? 0 : i + 1;
}

static void
take_entry(void *context, const struct journal_entry *e, uint64_t number)
{
	struct undo *u = context;
	bool is_new;
	uint32_t run = hash_put(u->runs, e->run, hash_code(e->run), &is_new);

	if (is_new)
		*(uint32_t *)hash_payload(u->runs, run) = reverted_by(u, e);
	if (e->key.n == 0) {
		add_head(u, e, run);
		return;
	}
	if (slice_equal(e->run, u->run)) {
		u->target = run;
		add_field(u, e, number);
	} else if (u->target != UNDO_NONE && touches(u, e)) {
		add_conflict(u, e, run, number);
	}
}

static _Noreturn void
no_such_run(const struct undo *u, const char *journal)
{
	size_t n = hash_count(u->runs);
	struct slice *names = mem_alloc(n + 1, sizeof *names);
	const struct slice *near;

	for (uint32_t i = 0; i < n; i++)
		names[i] = hash_key(u->runs, i);
	near = text_suggest(u->run, names, n);
	if (near)
		msg_die("%s: no run \"%s\" (did you mean \"%.*s\"?)", journal,
			u->run.p, (int)near->n, near->p);
	msg_die("%s: no run \"%s\"", journal, u->run.p);
}

static uint32_t
reverted(const struct undo *u, uint32_t run)
{
	return *(uint32_t *)hash_payload(u->runs, run);
}

/* Runs after the one to be undone that cancel out: their conflicts are none. */
static void
drop_cancelled(struct undo *u)
{
	size_t n = hash_count(u->runs), kept = 0;
	bool *cancelled = mem_zero(n, sizeof *cancelled);

	for (uint32_t i = (uint32_t)n; i-- > u->target + 1;) {
		uint32_t of = reverted(u, i);

		if (!cancelled[i] && of > u->target + 1)
			cancelled[i] = cancelled[of - 1] = true;
	}
	for (size_t i = 0; i < u->conflict_count; i++)
		if (!cancelled[u->conflicts[i].run])
			u->conflicts[kept++] = u->conflicts[i];
	u->conflict_count = kept;
	free(cancelled);
}

/* The first run since which all is undone with this one; past the last where
 * something stays. */
static uint32_t
first_undone(const struct undo *u)
{
	uint32_t n = (uint32_t)hash_count(u->runs), first = n;
	uint32_t least = u->target; /* the earliest that was undone so far */
	bool *undone = mem_zero(n, sizeof *undone);

	undone[u->target] = true;
	for (uint32_t i = n; i-- > 0;) {
		uint32_t of = reverted(u, i);

		if (of > 0 && !undone[i]) {
			undone[of - 1] = true;
			least = of - 1 < least ? of - 1 : least;
		} else if (!undone[i]) {
			break;
		}
		if (i <= least)
			first = i;
	}
	free(undone);
	return first;
}

/* The first line as it is to be: that before the run, or before all that is
 * undone with it. */
static void
find_head(struct undo *u)
{
	uint32_t from = first_undone(u), to = (uint32_t)hash_count(u->runs);
	struct buf names = {0};

	u->rest = from <= u->target;
	if (!u->rest) {
		from = u->target;
		to = from + 1;
	}
	for (size_t i = 0; i < u->head_count; i++) {
		const struct undo_head *head = &u->heads[i];

		if (head->run < from || head->run >= to)
			continue;
		if (!u->head)
			u->head_old = head->old;
		else
			buf_byte(&names, '\t');
		u->head = true;
		u->head_now = head->new;
		buf_add(&names, head->new);
	}
	u->head_new = mem_pool_copy(&u->pool, buf_slice(&names));
	buf_free(&names);
}

void
undo_open(struct undo *u, const char *journal, const char *run,
	const char *key_column)
{
	*u = (struct undo){.run = slice_of(run),
		.key_column = slice_of(key_column), .target = UNDO_NONE};
	u->keys = hash_open(sizeof(struct undo_record));
	u->runs = hash_open(sizeof(uint32_t));
	journal_read(journal, take_entry, u);
	if (u->target == UNDO_NONE)
		no_such_run(u, journal);
	drop_cancelled(u);
	find_head(u);
}

void
undo_close(struct undo *u)
{
	hash_close(u->keys);
	hash_close(u->runs);
	free(u->fields);
	free(u->conflicts);
	free(u->heads);
	mem_pool_free(&u->pool);
}
