#include "partial.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "chunk.h"
#include "groups_state.h"
#include "mem.h"
#include "msg.h"
#include "num.h"
#include "partial_mark.h"
#include "text.h"

/* What all parts have to say alike. */
struct fact {
	bool said;
	struct buf value;
};

struct partial {
	const struct partial_job *job;
	struct record_source *source;
	size_t columns[PARTIAL_COLUMNS];
	struct slice field[PARTIAL_COLUMNS]; /* of the record in hand, decoded */
	struct buf decoded[PARTIAL_COLUMNS];
	struct buf definition, made;         /* as they have to be */
	struct fact state, tables[PARTIAL_TABLES];
	uint64_t rows, said;                 /* that there are, and should be */
	struct record_source sources[PARTIAL_TABLES];
	struct record_file none;             /* their file, which has no records */
	struct mem_pool pool;
	struct groups_loader *loader;        /* of the groups, while they load */
	struct out *spool;                   /* of the tickets */
};

static const char *
file_of(const struct chunk *c)
{
	return c->source->files[c->file].name;
}

static void
read_row(struct partial *p, const struct chunk *c, const struct record *r)
{
	size_t i;

	for (i = 0; i < PARTIAL_COLUMNS; i++) {
		if (!record_text(r, p->columns[i], &p->decoded[i], &p->field[i]))
			msg_die("%s: not what --partial writes", file_of(c));
	}
}

/* Parts that come one after the other through a pipe bring each a header. */
static bool
is_header(const struct partial *p)
{
	size_t i;

	for (i = 0; i < PARTIAL_COLUMNS; i++) {
		if (!slice_is(p->field[i], partial_mark_columns[i]))
			return false;
	}
	return true;
}

/* ---- first: how they were made ---- */

static void
check_names(const struct partial *p, const struct chunk *c)
{
	struct slice name = p->job->definition->name;
	char shown[200];

	if (!slice_equal(p->field[PARTIAL_REPORT], name))
		msg_die("%s: a part of another report: %s", file_of(c),
			msg_quote(shown, sizeof shown,
			p->field[PARTIAL_REPORT]));
	if (!slice_equal(p->field[PARTIAL_DEFINITION],
		buf_slice(&p->definition)))
		msg_die("%s: made by another definition of %.*s", file_of(c),
			(int)name.n, name.p);
}

static void
agree(struct fact *fact, const struct chunk *c, struct slice value,
	const char *what)
{
	if (fact->said && !slice_equal(buf_slice(&fact->value), value))
		msg_die("%s: the parts differ in their %s", file_of(c), what);
	if (!fact->said)
		buf_add(&fact->value, value);
	fact->said = true;
}

static void
note_fact(struct partial *p, const struct chunk *c)
{
	struct slice figure = p->field[PARTIAL_FIGURE];
	struct slice value = p->field[PARTIAL_VALUE];
	uint64_t rows;
	size_t i;

	if (slice_is(figure, PARTIAL_STATE))
		agree(&p->state, c, value, "state");
	if (slice_is(figure, PARTIAL_MADE) &&
		!slice_equal(value, buf_slice(&p->made)))
		msg_die("%s: made with %.*s, not with %.*s", file_of(c),
			(int)value.n, value.p, (int)p->made.n, p->made.p);
	if (slice_is(figure, PARTIAL_ROWS) && num_read_count(value, &rows))
		p->said += rows;
	for (i = 0; i < PARTIAL_TABLES; i++) {
		if (slice_is(figure, partial_mark_tables[i]))
			agree(&p->tables[i], c, value, partial_mark_tables[i]);
	}
}

/* A record of a group may have an empty key too: its figure tells. */
static bool
is_fact(const struct partial *p)
{
	struct slice figure = p->field[PARTIAL_FIGURE];
	size_t i;

	if (p->field[PARTIAL_KEY].n > 0)
		return false;
	for (i = 0; i < PARTIAL_TABLES; i++) {
		if (slice_is(figure, partial_mark_tables[i]))
			return true;
	}
	return slice_is(figure, PARTIAL_STATE) ||
		slice_is(figure, PARTIAL_MADE) || slice_is(figure, PARTIAL_ROWS);
}

static void
look(struct chunk *c, void *context)
{
	struct partial *p = context;
	struct record r;

	while (chunk_next(c, &r)) {
		read_row(p, c, &r);
		if (is_header(p))
			continue;
		check_names(p, c);
		if (is_fact(p))
			note_fact(p, c);
		else
			p->rows++;
	}
}

struct partial *
partial_open(const struct partial_job *job, char *const *files, size_t n)
{
	struct partial *p = mem_zero(1, sizeof *p);
	struct chunk_job chunks = {.jobs = 1, .work = look, .context = p};
	size_t i;

	p->job = job;
	p->source = record_open(files, n, NULL, RECORD_TWICE);
	for (i = 0; i < PARTIAL_COLUMNS; i++)
		p->columns[i] = record_need(p->source, partial_mark_columns[i]);
	partial_mark_definition(job, &p->definition);
	partial_mark_made(job, &p->made);
	chunks.source = p->source;
	chunk_run(&chunks);
	if (!p->state.said || !p->tables[0].said || p->rows != p->said)
		msg_die("%s: cut short, or changed: %llu records of %llu",
			p->source->files[0].name, (unsigned long long)p->rows,
			(unsigned long long)p->said);
	return p;
}

void
partial_close(struct partial *p)
{
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; i < PARTIAL_COLUMNS; i++)
		buf_free(&p->decoded[i]);
	for (i = 0; i < PARTIAL_TABLES; i++)
		buf_free(&p->tables[i].value);
	buf_free(&p->state.value);
	buf_free(&p->definition);
	buf_free(&p->made);
	mem_pool_free(&p->pool);
	record_close(p->source);
	free(p);
}

bool
partial_keeps(const struct partial *p)
{
	return slice_is(buf_slice(&p->state.value), "tickets");
}

/* ---- then: what they hold ---- */

static void
take(struct chunk *c, void *context)
{
	struct partial *p = context;
	struct groups_row row;
	struct record r;

	while (chunk_next(c, &r)) {
		read_row(p, c, &r);
		if (is_fact(p) || is_header(p))
			continue;
		if (p->spool) {
			out_write(p->spool, p->field[PARTIAL_VALUE]);
			out_write(p->spool, slice_of("\n"));
			continue;
		}
		row = (struct groups_row){p->field[PARTIAL_KEY],
			p->field[PARTIAL_FIGURE], p->field[PARTIAL_VALUE], 0};
		if ((p->field[PARTIAL_TIMES].n > 0 && !num_read_count(
			p->field[PARTIAL_TIMES], &row.times)) ||
			!groups_load(p->loader, &row))
			msg_die("%s: not what --partial writes", file_of(c));
	}
}

static void
take_all(struct partial *p)
{
	struct chunk_job chunks = {.source = p->source, .jobs = 1,
		.work = take, .context = p, .checked = true};

	chunk_run(&chunks);
}

void
partial_load(struct partial *p, const struct groups *groups)
{
	p->loader = groups_load_open(groups);
	take_all(p);
	groups_load_close(p->loader);
}

static struct record_source *
columns_only(struct partial *p, size_t table)
{
	struct record_source *source = &p->sources[table];
	struct slice list = buf_slice(&p->tables[table].value), name;
	struct buf plain = {0};
	size_t count = 1, i, from = 0, to;

	for (i = 0; i < list.n; i++)
		count += list.p[i] == '\t';
	source->names = mem_pool_get(&p->pool, count * sizeof *source->names);
	for (; from <= list.n && source->columns < count; from = to + 1) {
		for (to = from; to < list.n && list.p[to] != '\t'; to++)
			continue;
		buf_clear(&plain);
		name = (struct slice){list.p + from, to - from};
		text_unescape(&plain, name);
		source->names[source->columns++] =
			mem_pool_copy(&p->pool, buf_slice(&plain));
	}
	buf_free(&plain);
	p->none.name = p->source->files[0].name;
	source->files = &p->none;
	source->file_count = 1;
	return source;
}

void
partial_columns(struct partial *p, struct subject_sources *sources)
{
	sources->tickets = columns_only(p, 0);
	if (sources->customers == NULL && p->tables[1].said)
		sources->customers = columns_only(p, 1);
	if (sources->serials == NULL && p->tables[2].said)
		sources->serials = columns_only(p, 2);
}

bool
partial_owns(const struct partial *p, const struct record_source *source)
{
	return p && source >= p->sources &&
		source < p->sources + PARTIAL_TABLES;
}

struct record_source *
partial_tickets(struct partial *p)
{
	const char *folder = getenv("TMPDIR");
	struct record_source *tickets;
	char *path;
	size_t size;
	int fd;

	if (folder == NULL || *folder == '\0')
		folder = "/tmp";
	size = strlen(folder) + sizeof "/crm-tickets.XXXXXX";
	path = mem_pool_get(&p->pool, size);
	snprintf(path, size, "%s/crm-tickets.XXXXXX", folder);
	fd = mkstemp(path);
	if (fd < 0)
		msg_die_errno("%s", path);
	p->spool = out_open(fd, path);
	out_write(p->spool, buf_slice(&p->tables[0].value));
	out_write(p->spool, slice_of("\n"));
	take_all(p);
	out_close(p->spool);
	p->spool = NULL;
	close(fd);
	tickets = record_open(&path, 1, NULL, 0);
	unlink(path);
	return tickets;
}
