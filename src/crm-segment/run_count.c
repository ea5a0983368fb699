#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "mill.h"
#include "run.h"

/*
 * Counts stand in a table: a row for each earlier segment and one for none
 * (just that one without --was), a column for each segment and one for none.
 */
struct work {
	const struct run *run;
	struct mill *mills;
	size_t rows, columns;
};

/* Counts a cell, or hands it over where its key may have come before. */
static void
count(const struct work *work, struct mill *mill, size_t cell)
{
	if (work->run->was)
		buf_add(&mill->handed, (struct slice){(const char *)&cell,
			sizeof(cell)});
	else
		mill->counts[cell]++;
}

static void
count_chunk(struct chunk *c, void *context)
{
	const struct work *work = context;
	struct mill *mill = &work->mills[c->worker];
	struct record r;

	while (chunk_next(c, &r)) {
		size_t row;

		if (mill_take(work->run, c, &r, mill) <= 0)
			continue;
		row = mill->was.number * work->columns;
		buf_clear(&mill->handed);
		for (size_t i = 0; i < mill->found_count; i++)
			count(work, mill, row + mill->found[i]);
		if (mill->found_count == 0)
			count(work, mill, row + work->columns - 1);
		/* with --all the segments of a record are more than one */
		count(work, mill, work->rows * work->columns);
		if (work->run->was)
			was_hand(&c->bytes, &r, &mill->was,
				buf_slice(&mill->handed));
	}
}

static void
take_turn(struct chunk *c, void *context)
{
	const struct work *work = context;

	was_turn(work->run->was, c);
	for (size_t at = 0; at < c->bytes.n; at += sizeof(size_t)) {
		size_t cell;

		memcpy(&cell, c->bytes.p + at, sizeof(cell));
		work->mills[0].counts[cell]++;
	}
}

/* Adds all up in the first mill's table, whose last cell is the total. */
static const uint64_t *
add_up(struct work *work)
{
	size_t cells = work->rows * work->columns + 1;
	uint64_t *sum = work->mills[0].counts;
	const struct was *was = work->run->was;
	struct slice key;
	size_t position = 0, segment;

	for (unsigned i = 1; i < work->run->common->jobs; i++)
		for (size_t k = 0; k < cells; k++)
			sum[k] += work->mills[i].counts[k];
	while (was && was_next(was, &position, &key, &segment))
		sum[segment * work->columns + work->columns - 1]++;
	return sum;
}

static void
write_list(const struct work *work, const uint64_t *counts, struct buf *b)
{
	const struct segments *s = work->run->segments;
	num_wide total = (num_wide)counts[work->columns];

	if (!work->run->common->no_header)
		buf_text(b, "segment\tcustomers\tshare\n");
	for (size_t i = 0; i <= s->count; i++) {
		if (i < s->count && s->same[i] != i)
			continue;
		if (i < s->count)
			buf_add(b, s->names[i]);
		buf_byte(b, '\t');
		out_count(b, counts[i]);
		buf_byte(b, '\t');
		abc_share(b, (num_wide)counts[i], total);
		buf_byte(b, '\n');
	}
}

static void
write_row(const struct work *work, const uint64_t *row, struct slice name,
	struct buf *b)
{
	const struct segments *s = work->run->segments;

	buf_add(b, name);
	for (size_t i = 0; i <= s->count; i++)
		if (i == s->count || s->same[i] == i) {
			buf_byte(b, '\t');
			out_count(b, row ? row[i] : 0);
		}
	buf_byte(b, '\n');
}

static int
by_name(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a,
		*(const struct slice *)b);
}

static const uint64_t *
row_of(const struct work *work, const uint64_t *counts, struct slice name)
{
	for (size_t i = 0; i < was_count(work->run->was); i++)
		if (slice_equal(was_name(work->run->was, i), name))
			return counts + i * work->columns;
	return NULL;
}

/* Rows: the segments of the rules, the earlier ones that are no longer among
 * them by name, none. */
static void
write_matrix(const struct work *work, const uint64_t *counts, struct buf *b)
{
	const struct segments *s = work->run->segments;
	const struct was *was = work->run->was;
	struct slice *gone = mem_alloc(was_count(was), sizeof(*gone));
	size_t gone_count = 0;

	if (!work->run->common->no_header) {
		buf_text(b, "was");
		for (size_t i = 0; i < s->count; i++)
			if (s->same[i] == i) {
				buf_byte(b, '\t');
				buf_add(b, s->names[i]);
			}
		buf_text(b, "\t(none)\n");
	}
	for (size_t i = 0; i < s->count; i++)
		if (s->same[i] == i)
			write_row(work, row_of(work, counts, s->names[i]),
				s->names[i], b);
	for (size_t i = 0; i < was_count(was); i++) {
		size_t k = 0;

		while (k < s->count &&
			!slice_equal(s->names[k], was_name(was, i)))
			k++;
		if (k == s->count)
			gone[gone_count++] = was_name(was, i);
	}
	qsort(gone, gone_count, sizeof(*gone), by_name);
	for (size_t i = 0; i < gone_count; i++)
		write_row(work, row_of(work, counts, gone[i]), gone[i], b);
	write_row(work, counts + was_none(was) * work->columns,
		(struct slice){0}, b);
	free(gone);
}

void
run_count(const struct run *run)
{
	struct work work = {.run = run, .mills = mill_open(run),
		.rows = run->was ? was_count(run->was) + 1 : 1,
		.columns = run->segments->count + 1};
	const struct chunk_job job = {.source = run->source,
		.jobs = run->common->jobs, .work = count_chunk,
		.turn = run->was ? take_turn : NULL,
		.context = &work, .progress = !run->common->quiet};
	struct buf b = {0};

	for (unsigned i = 0; i < run->common->jobs; i++)
		work.mills[i].counts = mem_zero(work.rows * work.columns + 1,
			sizeof(uint64_t));
	chunk_run(&job);
	if (run->was)
		write_matrix(&work, add_up(&work), &b);
	else
		write_list(&work, add_up(&work), &b);
	out_write(run->out, buf_slice(&b));
	buf_free(&b);
	mill_close(run, work.mills);
}
