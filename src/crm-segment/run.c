#include "run.h"

#include <stdlib.h>

#include "mill.h"
#include "split.h"
#include "text.h"

enum { MOST_OWN = 4 };

struct work {
	const struct run *run;
	struct record_layout *layout;
	struct mill *mills;
	struct split *split; /* null: not asked for */
};

/* The names of the own columns; how many. */
static size_t
own_columns(const struct run *run, const char **own)
{
	size_t n = 0;

	if (!run->segments)
		return 0;
	own[n++] = "segment";
	if (run->was) {
		own[n++] = "was";
		own[n++] = "move";
	}
	if (run->explain)
		own[n++] = "why";
	return n;
}

/* Their values, for what the mill found. */
static void
own_values(const struct run *run, const struct mill *mill, struct slice *own)
{
	*own++ = buf_slice(&mill->names);
	if (run->was) {
		*own++ = mill->was.segment;
		*own++ = mill->move;
	}
	*own = buf_slice(&mill->why);
}

static void
split(const struct work *work, struct buf *b, const struct record *r,
	struct mill *mill, const struct slice *own)
{
	buf_clear(&mill->line);
	record_layout_write(work->layout, &mill->line, r, own);
	for (size_t i = 0; i < mill->found_count; i++)
		split_add(b, mill->found[i], buf_slice(&mill->line));
	if (mill->found_count == 0)
		split_add(b, split_none(work->run->segments),
			buf_slice(&mill->line));
}

static void
segment_chunk(struct chunk *c, void *context)
{
	const struct work *work = context;
	struct mill *mill = &work->mills[c->worker];
	struct slice own[MOST_OWN] = {{0}};
	struct buf *to = work->run->was ? &mill->handed : &c->bytes;
	struct record r;

	while (chunk_next(c, &r)) {
		if (mill_take(work->run, c, &r, mill) <= 0)
			continue;
		own_values(work->run, mill, own);
		buf_clear(&mill->handed);
		if (work->split)
			split(work, to, &r, mill, own);
		else
			record_layout_write(work->layout, to, &r, own);
		if (work->run->was)
			was_hand(&c->bytes, &r, &mill->was,
				buf_slice(&mill->handed));
	}
}

/* The records of the earlier result that are gone. */
static void
write_vanished(const struct work *work)
{
	const struct run *run = work->run;
	struct buf key_field = {0}, line = {0}, handed = {0};
	struct slice key;
	size_t position = 0, segment;

	while (was_next(run->was, &position, &key, &segment)) {
		struct slice own[MOST_OWN] = {{0}};

		own[1] = was_name(run->was, segment);
		own[2] = was_move(own[1], own[0]);
		buf_clear(&key_field);
		text_escape(&key_field, key);
		buf_clear(&line);
		record_layout_only(work->layout, &line, was_key(run->was),
			buf_slice(&key_field), own);
		if (!work->split) {
			out_write(run->out, buf_slice(&line));
			continue;
		}
		buf_clear(&handed);
		split_add(&handed, split_none(run->segments), buf_slice(&line));
		split_turn(work->split, buf_slice(&handed));
	}
	buf_free(&key_field);
	buf_free(&line);
	buf_free(&handed);
}

void
run_write_header(const struct run *run, const struct record_layout *layout)
{
	struct buf b = {0};

	if (run->common->no_header)
		return;
	record_layout_header(layout, &b);
	out_write(run->out, buf_slice(&b));
	buf_free(&b);
}

static void
take_turn(struct chunk *c, void *context)
{
	const struct work *work = context;

	if (work->run->was)
		was_turn(work->run->was, c);
	if (work->split)
		split_turn(work->split, buf_slice(&c->bytes));
}

static void
open_split(struct work *work)
{
	struct buf header = {0};

	if (!work->run->common->no_header)
		record_layout_header(work->layout, &header);
	work->split = split_open(work->run->split, work->run->segments,
		buf_slice(&header));
	buf_free(&header);
}

void
run_segments(const struct run *run)
{
	const char *own[MOST_OWN];
	size_t n = own_columns(run, own);
	struct work work = {.run = run, .mills = mill_open(run),
		.layout = record_layout_open(run->source, own, n)};
	struct chunk_job job = {.source = run->source,
		.jobs = run->common->jobs, .work = segment_chunk,
		.turn = run->was || run->split ? take_turn : NULL,
		.context = &work, .progress = !run->common->quiet};

	if (run->split) {
		open_split(&work);
	} else {
		run_write_header(run, work.layout);
		job.out = run->out;
	}
	chunk_run(&job);
	if (run->was)
		write_vanished(&work);
	if (run->split)
		split_commit(work.split);
	mill_close(run, work.mills);
	record_layout_close(work.layout);
}
