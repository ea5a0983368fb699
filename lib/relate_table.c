#include "relate_table.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "mem.h"
#include "relate_layout.h"
#include "relate_part.h"
#include "team.h"

enum {
	PARTS = 256,
	AHEAD = 16, /* rows whose slots are asked for before they are used */
};

/* Rows that wait, of all threads together. */
#define MOST_WAITING ((size_t)256 << 20)

/* A second note on a subject. */
struct more {
	struct more *next;
	size_t entry;
	struct relate_note note;
};

struct part {
	struct relate_part subjects;
	pthread_mutex_t lock;
	struct more *more;
};

struct relate_table {
	struct relate_layout layout;
	struct part parts[PARTS];
	struct relate_rows **waiting; /* of each worker */
	struct relate_part *spare;    /* the same: memory for its next part */
	unsigned workers;
	size_t most_waiting; /* bytes, of one worker */
	bool notes;
};

struct relate_table *
relate_table_open(const struct relate_job *job)
{
	struct relate_table *t = mem_zero(1, sizeof(*t));

	relate_layout_init(&t->layout, job);
	for (size_t i = 0; i < PARTS; i++) {
		relate_part_init(&t->parts[i].subjects, t->layout.words);
		pthread_mutex_init(&t->parts[i].lock, NULL);
	}
	t->workers = job->jobs;
	t->most_waiting = (job->waiting ? job->waiting : MOST_WAITING) /
		t->workers;
	t->waiting = mem_alloc(t->workers, sizeof(*t->waiting));
	for (unsigned i = 0; i < t->workers; i++)
		t->waiting[i] = relate_rows_open(PARTS);
	t->notes = job->notes;
	t->spare = mem_alloc(t->workers, sizeof(*t->spare));
	for (unsigned i = 0; i < t->workers; i++)
		relate_part_init(&t->spare[i], t->layout.words);
	return t;
}

static void
close_waiting(struct relate_table *t)
{
	for (unsigned i = 0; t->waiting && i < t->workers; i++)
		relate_rows_close(t->waiting[i]);
	free(t->waiting);
	t->waiting = NULL;
}

void
relate_table_close(struct relate_table *t)
{
	if (!t)
		return;
	close_waiting(t);
	for (size_t i = 0; i < PARTS; i++) {
		pthread_mutex_destroy(&t->parts[i].lock);
		relate_part_free(&t->parts[i].subjects);
	}
	for (unsigned i = 0; i < t->workers; i++)
		relate_part_free(&t->spare[i]);
	free(t->spare);
	relate_layout_free(&t->layout);
	free(t);
}

/* ---- rows ---- */

/* The low bits choose the part, the high ones the slot. */
static inline size_t
part_of(uint64_t code)
{
	return (size_t)code & (PARTS - 1);
}

static void
add_note(const struct relate_table *t, struct part *part, size_t entry,
	const struct relate_row *row)
{
	uint64_t *words = relate_part_words(&part->subjects, entry) +
		t->layout.note;
	struct more *more;

	if (!words[0]) {
		words[0] = row->holds;
		words[1] = (uint64_t)row->opened;
		return;
	}
	more = mem_pool_get(&part->subjects.pool, sizeof(*more));
	*more = (struct more){part->more, entry,
		{(uint64_t)row->opened, row->holds}};
	part->more = more;
}

static void
add_row(const struct relate_table *t, struct part *part,
	const struct relate_row *row, uint64_t code)
{
	size_t entry = relate_part_put(&part->subjects, row->key, code);

	if (row->flags & RELATE_NOTE)
		add_note(t, part, entry, row);
	else
		relate_layout_row(&t->layout, &part->subjects.pool,
			relate_part_words(&part->subjects, entry), row);
}

/* Those of one worker that wait for a part. */
static void
add_rows(struct relate_table *t, size_t number, const struct relate_rows *rows)
{
	struct part *part = &t->parts[number];
	struct relate_rows_at at = {0};
	struct relate_row batch[AHEAD];
	uint64_t codes[AHEAD];
	size_t n;

	if (!relate_rows_count(rows, number))
		return;
	relate_part_reserve(&part->subjects,
		part->subjects.count + relate_rows_count(rows, number));
	do {
		for (n = 0; n < AHEAD && relate_rows_next(rows, number, &at,
			&batch[n]); n++) {
			codes[n] = hash_code(batch[n].key);
			relate_part_prefetch(&part->subjects, codes[n]);
		}
		for (size_t i = 0; i < n; i++)
			relate_part_prefetch_entry(&part->subjects, codes[i]);
		for (size_t i = 0; i < n; i++)
			add_row(t, part, &batch[i], codes[i]);
	} while (n == AHEAD);
}

static void
add_waiting(struct relate_table *t, unsigned worker)
{
	for (size_t i = 0; i < PARTS; i++) {
		pthread_mutex_lock(&t->parts[i].lock);
		add_rows(t, i, t->waiting[worker]);
		pthread_mutex_unlock(&t->parts[i].lock);
	}
	relate_rows_clear(t->waiting[worker]);
}

void
relate_table_add(struct relate_table *t, unsigned worker,
	const struct relate_row *row)
{
	struct relate_rows *waiting = t->waiting[worker];

	relate_rows_add(waiting, part_of(hash_code(row->key)), row);
	if (relate_rows_bytes(waiting) > t->most_waiting)
		add_waiting(t, worker);
}

/* All that waits for a part; nobody else is at it. */
static void
finish_part(struct relate_table *t, size_t number)
{
	struct part *part = &t->parts[number];

	for (unsigned i = 0; i < t->workers; i++)
		add_rows(t, number, t->waiting[i]);
	for (size_t i = 0; t->layout.pauses != RELATE_NO_WORD &&
		i < part->subjects.count; i++)
		relate_layout_unite(&t->layout,
			relate_part_words(&part->subjects, i));
}

static void
finish_parts(unsigned i, void *context)
{
	struct relate_table *t = context;

	for (size_t part = i; part < PARTS; part += t->workers)
		finish_part(t, part);
}

void
relate_table_end(struct relate_table *t)
{
	if (t->notes) /* the parts are finished one by one, as they are used */
		return;
	team_run(t->workers, finish_parts, t);
	close_waiting(t);
}

/* ---- looking up ---- */

void
relate_table_prefetch(const struct relate_table *t, uint64_t code)
{
	relate_part_prefetch(&t->parts[part_of(code)].subjects, code);
}

void
relate_table_prefetch_subject(const struct relate_table *t, uint64_t code)
{
	relate_part_prefetch_entry(&t->parts[part_of(code)].subjects, code);
}

const struct relate_subject *
relate_table_find(const struct relate_table *t, struct slice key,
	uint64_t code)
{
	const struct relate_part *part = &t->parts[part_of(code)].subjects;
	size_t entry = relate_part_find(part, key, code);

	return entry == RELATE_NO_ENTRY ? NULL
		: (const struct relate_subject *)(const void *)
		relate_part_words(part, entry);
}

void
relate_table_cell(const struct relate_table *t, const struct relate_subject *s,
	size_t relation, struct expr_cell *cell)
{
	relate_layout_cell(&t->layout, (const uint64_t *)(const void *)s,
		relation, cell);
}

const struct calendar_span *
relate_table_holds(const struct relate_table *t,
	const struct relate_subject *s, size_t *n)
{
	return relate_layout_holds(&t->layout,
		(const uint64_t *)(const void *)s, n);
}

size_t
relate_table_parts(const struct relate_table *t)
{
	(void)t;
	return PARTS;
}

static void
hand_out(const struct part *part, size_t entry, const struct relate_note *note,
	relate_noted *take, void *context)
{
	take((const struct relate_subject *)(const void *)
		relate_part_words(&part->subjects, entry), note, context);
}

void
relate_table_notes(struct relate_table *t, unsigned worker, size_t number,
	relate_noted *take, void *context)
{
	struct part *part = &t->parts[number];

	if (!part->subjects.count)
		relate_part_move(&part->subjects, &t->spare[worker]);
	finish_part(t, number);
	for (size_t i = 0; i < part->subjects.count; i++) {
		const uint64_t *words = relate_part_words(&part->subjects, i) +
			t->layout.note;
		struct relate_note note = {words[1], words[0]};

		if (note.marks)
			hand_out(part, i, &note, take, context);
	}
	for (const struct more *m = part->more; m; m = m->next)
		hand_out(part, m->entry, &m->note, take, context);
	relate_part_move(&t->spare[worker], &part->subjects);
	part->more = NULL;
}
