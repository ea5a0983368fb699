#include "take.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "mem.h"
#include "msg.h"
#include "pipeline.h"

enum {
	AHEAD = 16, /* rows whose keys are looked for in advance */
	RARE = 1000, /* rows that may well be read again */
};

struct take {
	const struct take_job *job;
	struct summary *summary;
	struct source *source;
	const uint32_t *to;
	uint32_t *starts; /* of a line that is made anew */
	struct buf why, line;
	size_t customer;  /* the column whose ids are renamed; SIZE_MAX: none */
	struct msg_list messages;
	bool expected; /* how many rows there will be */
	atomic_bool keeps; /* most rows are new: their lines will stay */
	atomic_bool codes; /* the keys are not in order: their codes are used */
	bool rereads;      /* they are where their rows are */
	/* dirt that is kept: rows, and the first line */
	uint64_t stray, stray_line, lost, lost_line;
};

/* The header and the text of a cell, for messages. */
struct place {
	struct slice title, value;
};

static struct place
place_of(const struct take *t, const struct csv_batch *rows,
	const struct csv_row *row, uint32_t cell)
{
	struct place at = {{NULL, 0}, {NULL, 0}};

	if (cell == CLEAN_NONE)
		return at;
	at.title = t->source->titles[cell];
	at.value = csv_raw(rows, &rows->fields[row->first + cell]);
	return at;
}

static void
say(struct take *t, const struct csv_row *row, const struct place *at,
	struct slice why, bool bad)
{
	char *column = at->title.p ? mem_copy(at->title) : NULL;

	if (bad)
		msg_bad(&t->messages, row->line, column, at->value, "%.*s",
			(int)why.n, why.p);
	else
		msg_mention(&t->messages, row->line, column, at->value, "%.*s",
			(int)why.n, why.p);
	free(column);
}

static void
refuse(struct take *t, const struct csv_batch *rows,
	const struct csv_row *row, const struct place *at)
{
	say(t, row, at, buf_slice(&t->why), true);
	rejects_add(t->job->rejects, t->job->source, rows, row, at->title,
		buf_slice(&t->why));
	t->summary->rejected++;
}

static void
refuse_unclean(struct take *t, const struct csv_batch *rows,
	const struct clean_problem *problem)
{
	const struct csv_row *row = &rows->rows[problem->row];
	struct place at = place_of(t, rows, row, problem->cell);

	buf_clear(&t->why);
	if (problem->why)
		buf_text(&t->why, problem->why);
	else
		buf_printf(&t->why, "%" PRIu32 " fields, not %zu",
			problem->fields, t->source->header_count);
	refuse(t, rows, row, &at);
}

/* The cell that became the column of the result. */
static struct place
place_met(const struct take *t, const struct csv_batch *rows,
	const struct csv_row *row, size_t column)
{
	uint32_t from = column == SIZE_MAX ? CLEAN_NONE : t->to[column];
	struct place at = place_of(t, rows, row, from == CLEAN_NONE ? CLEAN_NONE
		: t->source->columns[from].parts[0]);

	if (column != SIZE_MAX && from == CLEAN_NONE)
		at.title = t->job->layout->clean.columns[column].name;
	return at;
}

/* An id that is a customer's is not renamed, whatever it was before. */
static bool
is_known(const struct take *t, struct slice id)
{
	const struct take_job *job = t->job;

	if (t->customer == job->layout->id)
		return base_find(job->base, id) != BASE_NONE;
	return job->customers && hash_find(job->customers, id, hash_code(id))
		!= HASH_NONE;
}

static void
rename_customer(struct take *t, struct base_row *row)
{
	size_t n = t->job->layout->clean.count;
	struct slice id, new;

	id = base_row_field(row, t->customer);
	if (id.n == 0 || is_known(t, id))
		return;
	new = renames_find(t->job->renames, id);
	if (new.n == 0)
		return;
	if (t->customer == t->job->layout->id)
		row->code = hash_code(new);
	buf_clear(&t->line);
	for (size_t i = 0; i < n; i++) {
		t->starts[i] = (uint32_t)t->line.n;
		buf_add(&t->line, i == t->customer ? new
			: base_row_field(row, i));
		buf_byte(&t->line, '\t');
	}
	t->starts[n] = (uint32_t)t->line.n--;
	row->starts = t->starts;
	row->line = buf_slice(&t->line);
	row->kept = false;
	row->place = 0;
}

static void
put(struct take *t, const struct csv_batch *rows, const struct csv_row *row,
	const struct clean_batch *cleaned, const struct clean_row *from)
{
	const uint32_t *starts = cleaned->starts + from->starts;
	size_t n = t->job->layout->clean.count, column;
	struct base_row clean = {.starts = starts, .required = t->job->layout->required,
		.line = {clean_field(cleaned, from, 0).p, starts[n] - starts[0] - 1},
		.kept = cleaned->kept != NULL,
		.place = t->rereads ? reread_place(t->job->source, rows, row)
			: 0,
		.code = from->code,
		.from = {(uint32_t)t->job->source, row->line}};
	struct place at = {{NULL, 0}, {NULL, 0}};
	enum base_fate fate;

	if (t->customer != SIZE_MAX)
		rename_customer(t, &clean);
	buf_clear(&t->why);
	fate = base_put(t->job->base, &clean, &column, &t->why);
	if (t->why.n > 0)
		at = place_met(t, rows, row, column);
	switch (fate) {
	case BASE_CREATED: t->summary->created++; break;
	case BASE_UPDATED: t->summary->updated++; break;
	case BASE_UNCHANGED: t->summary->unchanged++; break;
	case BASE_REJECTED: refuse(t, rows, row, &at); return;
	}
	if (t->why.n > 0)
		say(t, row, &at, buf_slice(&t->why), false);
}

static void
mention(struct take *t, const struct csv_batch *rows,
	const struct clean_problem *problem)
{
	const struct csv_row *row = &rows->rows[problem->row];
	struct place at = place_of(t, rows, row, problem->cell);

	say(t, row, &at, slice_of(problem->why), false);
}

static void
note_dirt(struct take *t, const struct clean_batch *cleaned)
{
	if (t->stray == 0)
		t->stray_line = cleaned->stray_line;
	if (t->lost == 0)
		t->lost_line = cleaned->lost_line;
	t->stray += cleaned->stray;
	t->lost += cleaned->lost;
}

/* How many records there will be, by those of the first batch. */
static void
expect(struct take *t, const struct csv_batch *rows, uint64_t created)
{
	uint64_t size = input_size(t->source->in);

	if (!t->expected && rows->text.n > 0)
		base_expect(t->job->base, size / rows->text.n * created);
	t->expected = true;
}

/* What becomes of the lines to come. */
static void
choose(struct take *t, uint64_t created, size_t rows)
{
	if (t->rereads)
		t->rereads = reread_count(t->job->reread) <
			RARE + t->summary->read / 8;
	atomic_store(&t->keeps, !t->rereads && created > rows / 2);
	atomic_store(&t->codes, !base_ordered(t->job->base));
}

/* Rows from i on that are new, and nothing else; the first that is more. */
static size_t
take_new(struct take *t, const struct csv_batch *rows,
	const struct clean_batch *cleaned, size_t i)
{
	size_t next = base_put_new(t->job->base, &(struct base_rows){rows,
		cleaned, t->job->layout->required, t->job->source, t->rereads},
		i);

	t->summary->read += next - i;
	t->summary->created += next - i;
	return next;
}

static void
take_row(struct take *t, const struct csv_batch *rows,
	const struct clean_batch *cleaned, size_t i, size_t *problem)
{
	const struct clean_row *from = &cleaned->rows[i];
	const struct clean_problem *problems = cleaned->problems;

	/* what another thread has written lies in its cache */
	__builtin_prefetch(&from[4 * AHEAD]);
	if (i + AHEAD < rows->row_count && from[AHEAD].code)
		base_prefetch(t->job->base, from[AHEAD].code);
	if (from->fate == CLEAN_SKIPPED)
		return;
	if (from->fate == CLEAN_UNCLEAR) {
		msg_list_show(&t->messages, t->source->name, 0);
		source_refuse(t->source);
	}
	t->summary->read++;
	/* the last problem of a bad row is why; others are kept */
	for (; *problem < cleaned->problem_count &&
		problems[*problem].row == i; ++*problem)
		if (from->fate == CLEAN_BAD && from->problem == *problem)
			refuse_unclean(t, rows, &problems[*problem]);
		else
			mention(t, rows, &problems[*problem]);
	if (from->fate == CLEAN_GOOD)
		put(t, rows, &rows->rows[i], cleaned, from);
}

static void
take_batch(void *context, const struct csv_batch *rows,
	const struct clean_batch *cleaned)
{
	struct take *t = context;
	size_t problem = 0;
	uint64_t before = t->summary->created;

	for (size_t i = 0; i < rows->row_count; i++) {
		if (t->customer == SIZE_MAX)
			i = take_new(t, rows, cleaned, i);
		if (i < rows->row_count)
			take_row(t, rows, cleaned, i, &problem);
	}
	expect(t, rows, t->summary->created - before);
	choose(t, t->summary->created - before, rows->row_count);
	note_dirt(t, cleaned);
	msg_list_show(&t->messages, t->source->name, 0);
	progress_add(t->job->progress, rows->used);
}

static bool
want_codes(void *context)
{
	struct take *t = context;

	return atomic_load(&t->codes);
}

static char *
keep_lines(void *context, size_t n)
{
	struct take *t = context;

	return atomic_load(&t->keeps) ? base_room(t->job->base, n) : NULL;
}

static void
say_dirt(const struct take *t)
{
	if (t->stray)
		msg_warn("%s:%" PRIu64 ": stray quotes are kept as text: %"
			PRIu64 " row%s, this is the first", t->source->name,
			t->stray_line, t->stray, t->stray == 1 ? "" : "s");
	if (t->lost)
		msg_warn("%s:%" PRIu64 ": text was already lost (U+FFFD) when"
			" the file was written: %" PRIu64 " row%s, this is the"
			" first", t->source->name, t->lost_line, t->lost,
			t->lost == 1 ? "" : "s");
}

void
take_source(const struct take_job *job, struct summary *summary)
{
	struct take t = {.job = job, .summary = summary,
		.source = &job->sources[job->source],
		.to = job->layout->to[job->source]};
	size_t n = job->layout->clean.count;

	t.rereads = job->reread && reread_can(t.source);
	t.starts = mem_alloc(n + 1, sizeof *t.starts);
	t.customer = job->renames ? layout_find(job->layout,
		slice_of("customer_id")) : SIZE_MAX;
	pipeline_run(&(struct pipeline_job){.layout = &job->layout->clean,
		.source = t.source, .to = t.to, .jobs = job->jobs,
		.take = take_batch, .keep = keep_lines, .coded = want_codes,
		.context = &t});
	say_dirt(&t);
	buf_free(&t.why);
	buf_free(&t.line);
	free(t.starts);
}
