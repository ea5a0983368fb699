#include "chunk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "piece.h"
#include "progress.h"

#define CHUNK_SIZE ((size_t)512 * 1024)
enum { SLOTS_PER_JOB = 4 };

/*
 * Pieces are numbered in the order of the input and kept in a ring of slots
 * until their turn comes to be written; who finishes the piece whose turn it
 * is writes it, and all that wait behind it.
 */
struct run {
	const struct chunk_job *job;

	pthread_mutex_t input; /* whose turn it is to take a piece */
	struct piece_cutter cutter;
	uint64_t taken;        /* pieces */

	pthread_mutex_t lock;  /* of all that follows */
	pthread_cond_t room;   /* a slot became free */
	struct chunk *slots;
	size_t slot_count;
	uint64_t written;      /* pieces */
	bool writing;

	size_t line_file;      /* the writer's: the file and its next line */
	uint64_t line;
	struct progress *progress;
};

/* What a thread works with; pieces come and go. */
struct worker {
	_Alignas(MEM_APART) struct run *run;
	unsigned number;
	struct buf text;
	struct scan scan;
	pthread_t thread;
};

static struct chunk *
wait_for_slot(struct run *run, uint64_t number)
{
	pthread_mutex_lock(&run->lock);
	while (number >= run->written + run->slot_count)
		pthread_cond_wait(&run->room, &run->lock);
	pthread_mutex_unlock(&run->lock);
	return &run->slots[number % run->slot_count];
}

static struct chunk *
take(struct worker *w)
{
	struct run *run = w->run;
	struct piece piece;
	struct chunk *c = NULL;

	pthread_mutex_lock(&run->input);
	if (piece_next(&run->cutter, &w->text, &piece)) {
		c = wait_for_slot(run, run->taken);
		c->number = run->taken++;
	}
	pthread_mutex_unlock(&run->input);
	if (!c)
		return NULL;
	piece_read(&run->cutter, &w->text, &piece);
	if (piece.unfinished)
		buf_byte(&w->text, '\n');
	c->source = run->job->source;
	c->file = piece.file;
	c->worker = w->number;
	c->records = 0;
	c->text = w->text.p + piece.start;
	c->size = w->text.n - (w->text.n ? piece.start : 0);
	c->offset = piece.at + piece.start;
	c->scan = &w->scan;
	c->next = c->lines = c->slash = 0;
	c->unfinished = piece.unfinished;
	c->checked = run->job->checked;
	if (c->size) {
		scan_bytes(c->scan, c->text, c->size);
		c->lines = c->scan->count;
	}
	return c;
}

/* It is this chunk's turn. */
static void
write_chunk(struct run *run, struct chunk *c)
{
	const struct chunk_job *job = run->job;
	const struct record_file *file = &c->source->files[c->file];

	if (run->line == 0 || run->line_file != c->file) {
		run->line_file = c->file;
		run->line = file->first_line;
	}
	if (job->turn)
		job->turn(c, job->context);
	if (job->out)
		out_write(job->out, buf_slice(&c->bytes));
	if (job->again)
		msg_list_drop(&c->bad);
	else
		msg_list_show(&c->bad, file->name, run->line);
	run->line += c->lines;
	buf_clear(&c->bytes);
	progress_add(run->progress, c->size);
}

static void
give_back(struct run *run, struct chunk *c)
{
	pthread_mutex_lock(&run->lock);
	c->done = true;
	while (!run->writing) {
		c = &run->slots[run->written % run->slot_count];
		if (!c->done || c->number != run->written)
			break;
		run->writing = true;
		pthread_mutex_unlock(&run->lock);
		write_chunk(run, c);
		pthread_mutex_lock(&run->lock);
		c->done = false;
		run->writing = false;
		run->written++;
		pthread_cond_broadcast(&run->room);
	}
	pthread_mutex_unlock(&run->lock);
}

static void *
work(void *argument)
{
	struct worker *w = argument;
	const struct chunk_job *job = w->run->job;
	struct chunk *c;

	while ((c = take(w))) {
		job->work(c, job->context);
		/* lines that the work did not ask for are checked all the same */
		for (struct record r; chunk_next(c, &r); )
			continue;
		give_back(w->run, c);
	}
	buf_free(&w->text);
	scan_free(&w->scan);
	return NULL;
}

static size_t
piece_size(void)
{
	const char *given = getenv("CRM_CHUNK");
	long n = given ? strtol(given, NULL, 10) : 0;

	return n > 0 ? (size_t)n : CHUNK_SIZE;
}

static unsigned
useful_jobs(const struct run *run, uint64_t total)
{
	uint64_t pieces = total / run->cutter.size + run->job->source->file_count;

	return total && pieces < run->job->jobs ? (unsigned)pieces
		: run->job->jobs;
}

void
chunk_run(const struct chunk_job *job)
{
	struct run run = {.job = job, .cutter = {.source = job->source, .size = piece_size()},
		.input = PTHREAD_MUTEX_INITIALIZER,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.room = PTHREAD_COND_INITIALIZER};
	uint64_t total = piece_total(job->source);
	unsigned jobs = useful_jobs(&run, total), started = 0;
	struct worker *workers = mem_apart(jobs, sizeof(*workers));

	run.slot_count = (size_t)jobs * SLOTS_PER_JOB;
	run.slots = mem_apart(run.slot_count, sizeof(*run.slots));
	run.progress = progress_open(job->progress, total);
	for (unsigned i = 0; i < jobs; i++) {
		workers[i].run = &run;
		workers[i].number = i;
	}
	/* a thread that cannot be had is done without */
	for (unsigned i = 1; i < jobs; i++, started++)
		if (pthread_create(&workers[i].thread, NULL, work, &workers[i]))
			break;
	work(&workers[0]);
	for (unsigned i = 1; i <= started; i++)
		pthread_join(workers[i].thread, NULL);
	progress_close(run.progress);
	for (size_t i = 0; i < run.slot_count; i++)
		buf_free(&run.slots[i].bytes);
	buf_free(&run.cutter.carry);
	free(run.slots);
	free(workers);
}

static bool
ends_well(const struct chunk *c, const struct record *r)
{
	uint32_t from = r->separators[-1] + 1, to = r->separators[r->fields - 1];
	bool cr = to > from && c->text[to - 1] == '\r';

	return cr == r->crlf;
}

/* Says what is wrong with a line that chunk_next found malformed. */
static void
report(struct chunk *c, const struct record *r)
{
	static const struct slice none = {0};
	size_t columns = c->source->columns;

	if (c->checked)
		return;
	if (c->unfinished && r->line + 1 == c->lines)
		msg_bad(&c->bad, r->line, NULL, none, "the last line has no "
			"line end: cut short?");
	else if (r->fields != columns)
		msg_bad(&c->bad, r->line, NULL, none, "%u field%s, not %zu",
			r->fields, r->fields == 1 ? "" : "s", columns);
	else if (!ends_well(c, r))
		msg_bad(&c->bad, r->line, NULL, none, "the line ends %s, "
			"unlike the header", r->crlf ? "LF" : "CR LF");
	else
		msg_bad(&c->bad, r->line, NULL, none, "a NUL byte");
}

bool
chunk_next(struct chunk *c, struct record *r)
{
	const struct record_file *file = &c->source->files[c->file];

	while (c->next < c->lines) {
		size_t line = c->next++;
		uint32_t first = line ? c->scan->lines[line - 1] + 1 : 1;
		uint32_t last = c->scan->lines[line];

		r->text = c->text;
		r->separators = c->scan->separators + first;
		r->order = file->order;
		r->fields = last - first + 1;
		r->line = (uint32_t)line;
		r->crlf = file->crlf;
		r->backslash = c->scan->backslash;
		if (__builtin_expect(r->fields == c->source->columns &&
			ends_well(c, r), 1)) {
			if (__builtin_expect(!c->scan->nul && !c->unfinished, 1) ||
				((!c->unfinished || line + 1 < c->lines) &&
				!memchr(record_line(r).p, '\0', record_line(r).n))) {
				c->records++;
				return true;
			}
		}
		report(c, r);
	}
	return false;
}

void
chunk_settle(struct chunk *c, struct record *r)
{
	struct slice line;
	size_t start;

	if (!r->backslash)
		return;
	line = record_line(r);
	start = (size_t)(line.p - c->text);
	if (c->slash < start || !c->slash) {
		const char *next = memchr(line.p, '\\', c->size - start);

		c->slash = next ? (size_t)(next - c->text) : c->size;
	}
	r->backslash = c->slash < start + line.n;
}

uint64_t
chunk_offset(const struct chunk *c, const struct record *r)
{
	uint32_t from = r->separators[-1] + 1; /* UINT32_MAX before the first */

	return c->offset + from;
}

void
chunk_bad(struct chunk *c, const struct record *r, size_t column,
	const char *why)
{
	static const struct slice none = {0};

	struct slice value = column == RECORD_NONE ? none
		: record_field(r, column);

	msg_bad(&c->bad, r->line, column == RECORD_NONE ? NULL
		: c->source->names[column].p, value.n ? value : none, "%s", why);
}
