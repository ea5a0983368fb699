#include "state.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "msg.h"
#include "state_columns.h"

enum { DAY_SIZE = 10 }; /* bytes of 2026-11-21 */

struct reading {
	const struct state_job *job;
	const struct record_source *partials;
	size_t key, run, days, at[STATE_COLUMNS];
	size_t *cells; /* of each relation */
};

static size_t
find(const struct record_source *partials, const char *name)
{
	size_t column = record_find(partials, slice_of(name));

	if (column == RECORD_NONE)
		msg_die("%s: no partial of these options: no column \"%s\"",
			partials->files[0].name, name);
	return column;
}

/* Null, or what is wrong. */
static const char *
read_field(struct slice field, const struct state_column *c, void *to)
{
	char *p = (char *)to + c->offset;
	num_wide sum = 0;
	int64_t n = 0;

	if (c->kind == STATE_TIME) {
		enum date_status date = field.n ? date_read(field, &n)
			: DATE_OK;

		memcpy(p, &n, sizeof(n));
		return date == DATE_OK ? NULL : date_why(date);
	}
	if (field.n) {
		enum num_status num = num_read_wide(field, &sum);

		if (num != NUM_OK)
			return num_why(num);
	}
	if (c->kind == STATE_SUM) {
		memcpy(p, &sum, sizeof(sum));
		return NULL;
	}
	if (sum < 0 || sum % NUM_ONE || sum / NUM_ONE > UINT32_MAX)
		return "not a count";
	n = (int64_t)(sum / NUM_ONE);
	memcpy(p, &n, sizeof(n));
	return NULL;
}

/* False where a value is bad, which is reported. */
static bool
read_columns(const struct reading *in, struct chunk *c, const struct record *r,
	struct tally_entry *e, struct expr_cell *related)
{
	const struct tally_what *what = in->job->what;

	for (size_t i = 0; i < STATE_COLUMNS; i++) {
		const char *why = state_asked(what, &state_columns[i]) ? read_field(
			record_field(r, in->at[i]), &state_columns[i], e) : NULL;

		if (why) {
			chunk_bad(c, r, in->at[i], why);
			return false;
		}
	}
	for (size_t i = 0; i < what->scope->relation_count * STATE_CELLS; i++) {
		const char *why = read_field(record_field(r, in->cells[i]),
			&state_cells[i % STATE_CELLS], &related[i / STATE_CELLS]);

		if (why) {
			chunk_bad(c, r, in->cells[i], why);
			return false;
		}
	}
	return true;
}

/* The next day of a list, cut off; false where it is none. */
static bool
read_day(struct slice *list, int64_t *day, num_wide *amount)
{
	const char *comma = memchr(list->p, ',', list->n);
	struct slice item = {list->p, comma ? (size_t)(comma - list->p)
		: list->n};
	size_t cut = item.n + (comma != NULL);

	list->p += cut;
	list->n -= cut;
	return item.n > DAY_SIZE && item.p[DAY_SIZE] == '=' &&
		date_read((struct slice){item.p, DAY_SIZE}, day) ==
		DATE_OK && num_read_wide((struct slice){
		item.p + DAY_SIZE + 1, item.n - DAY_SIZE - 1},
		amount) == NUM_OK && *amount <= INT64_MAX &&
		*amount >= INT64_MIN;
}

/* False where the list is bad, which is reported. */
static bool
check_days(const struct reading *in, struct chunk *c, const struct record *r)
{
	struct slice list = record_field(r, in->days);
	int64_t day;
	num_wide amount;

	while (list.n)
		if (!read_day(&list, &day, &amount)) {
			chunk_bad(c, r, in->days, "not days of purchases");
			return false;
		}
	return true;
}

static void
add_days(const struct reading *in, struct chunk *c, const struct record *r,
	uint32_t subject)
{
	struct slice list = record_field(r, in->days);
	int64_t day;
	num_wide amount;

	while (list.n && read_day(&list, &day, &amount))
		tally_day(in->job->tally, c->worker, subject, day,
			(int64_t)amount);
}

static void
read_chunk(struct chunk *c, void *context)
{
	const struct reading *in = context;
	size_t relations = in->job->what->scope->relation_count;
	struct expr_cell *related = mem_alloc(relations + 1, sizeof(*related));
	struct buf scratch = {0};
	struct record r;

	while (chunk_next(c, &r)) {
		struct tally_entry e = {0};
		struct slice key;
		uint32_t to;

		if (!slice_is(record_field(&r, in->run), in->job->run))
			msg_die("%s: a partial of other options, or of another "
				"as-of", c->source->files[c->file].name);
		if (!record_text(&r, in->key, &scratch, &key)) {
			chunk_bad(c, &r, in->key, "unknown escape");
			continue;
		}
		if (!read_columns(in, c, &r, &e, related) ||
			(in->job->what->days && !check_days(in, c, &r)))
			continue;
		to = tally_add(in->job->tally, c->worker, key, &e);
		for (size_t i = 0; i < relations; i++)
			if (related[i].count)
				tally_relate(in->job->tally, c->worker, to, i,
					&related[i]);
		if (in->job->what->days)
			add_days(in, c, &r, to);
	}
	buf_free(&scratch);
	free(related);
}

void
state_read(const struct state_job *job, const struct record_source *partials)
{
	size_t relations = job->what->scope->relation_count;
	struct reading in = {.job = job, .partials = partials,
		.key = find(partials, job->what->key),
		.run = find(partials, ".run"),
		.cells = mem_alloc(relations * STATE_CELLS + 1, sizeof(*in.cells))};
	const struct chunk_job run = {.source = partials, .jobs = job->jobs,
		.work = read_chunk, .context = &in, .progress = job->progress};
	char name[STATE_NAME];

	for (size_t i = 0; i < STATE_COLUMNS; i++)
		if (state_asked(job->what, &state_columns[i]))
			in.at[i] = find(partials, state_columns[i].name);
	for (size_t i = 0; i < relations * STATE_CELLS; i++) {
		state_name_cell(name, i / STATE_CELLS, i % STATE_CELLS);
		in.cells[i] = find(partials, name);
	}
	if (job->what->days)
		in.days = find(partials, ".days");
	chunk_run(&run);
	free(in.cells);
}
