#include "partial.h"

#include <stdlib.h>

#include "chunk.h"
#include "expr.h"
#include "groups_state.h"
#include "hash.h"
#include "mem.h"
#include "partial_mark.h"
#include "text.h"

/* ---- rows ---- */

struct writer {
	struct out *out;
	struct buf end;   /* of each row: its report and definition */
	struct buf row;
	uint64_t rows;
};

static void
open_writer(struct writer *w, const struct partial_job *job, struct out *out)
{
	size_t i;

	*w = (struct writer){.out = out};
	for (i = 0; i < PARTIAL_COLUMNS; i++) {
		buf_text(&w->row, partial_mark_columns[i]);
		buf_byte(&w->row, i + 1 < PARTIAL_COLUMNS ? '\t' : '\n');
	}
	out_write(out, buf_slice(&w->row));
	buf_byte(&w->end, '\t');
	text_escape(&w->end, job->definition->name);
	buf_byte(&w->end, '\t');
	partial_mark_definition(job, &w->end);
	buf_byte(&w->end, '\n');
}

static void
put(void *context, const struct groups_row *row)
{
	struct writer *w = context;

	buf_clear(&w->row);
	text_escape(&w->row, row->key);
	buf_byte(&w->row, '\t');
	text_escape(&w->row, row->figure);
	buf_byte(&w->row, '\t');
	text_escape(&w->row, row->value);
	buf_byte(&w->row, '\t');
	if (row->times > 0)
		out_count(&w->row, row->times);
	buf_add(&w->row, buf_slice(&w->end));
	out_write(w->out, buf_slice(&w->row));
	w->rows++;
}

static void
put_fact(struct writer *w, const char *figure, struct slice value)
{
	struct groups_row row = {{"", 0}, slice_of(figure), value, 0};

	put(w, &row);
	w->rows--;
}

static void
close_writer(struct writer *w)
{
	struct buf count = {0};

	out_count(&count, w->rows);
	put_fact(w, PARTIAL_ROWS, buf_slice(&count));
	buf_free(&count);
	buf_free(&w->end);
	buf_free(&w->row);
}

static int
compare_names(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a,
		*(const struct slice *)b);
}

/* Names in one order, so that parts whose columns stand otherwise agree. */
static void
put_columns(struct writer *w, const char *figure, const struct slice *names,
	size_t n)
{
	struct slice *sorted = mem_alloc(n + 1, sizeof *sorted);
	struct buf list = {0};
	size_t i;

	for (i = 0; i < n; i++)
		sorted[i] = names[i];
	qsort(sorted, n, sizeof *sorted, compare_names);
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(&list, '\t');
		text_escape(&list, sorted[i]);
	}
	put_fact(w, figure, buf_slice(&list));
	buf_free(&list);
	free(sorted);
}

static void
put_made(struct writer *w, const struct partial_job *job)
{
	struct buf made = {0};

	put_fact(w, PARTIAL_STATE, slice_of(job->keeps ? "tickets" : "groups"));
	partial_mark_made(job, &made);
	put_fact(w, PARTIAL_MADE, buf_slice(&made));
	buf_free(&made);
}

void
partial_write_groups(const struct partial_job *job,
	const struct subject_sources *sources, const struct groups *groups,
	struct out *out)
{
	const struct record_source *tables[PARTIAL_TABLES] = {
		sources->tickets, sources->customers, sources->serials,
	};
	struct writer w;
	size_t i;

	open_writer(&w, job, out);
	put_made(&w, job);
	for (i = 0; i < PARTIAL_TABLES; i++) {
		if (tables[i])
			put_columns(&w, partial_mark_tables[i],
				tables[i]->names, tables[i]->columns);
	}
	groups_save(groups, put, &w);
	close_writer(&w);
}

/* ---- tickets ---- */

struct keeping {
	const struct partial_job *job;
	const struct record_source *tickets;
	size_t *columns; /* that are kept, by their names upwards */
	size_t count;
	size_t key, opened_at;
	struct buf end;
	struct counter {
		uint64_t rows;
		struct buf row;
		struct date_days days;
		char apart[128];
	} *counters; /* of each thread */
};

static bool
is_word_part(char c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		(c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool
has_name(struct slice text, struct slice name)
{
	size_t i;

	for (i = 0; i + name.n <= text.n; i++) {
		if (memcmp(text.p + i, name.p, name.n) == 0 &&
			(i == 0 || !is_word_part(text.p[i - 1])) &&
			(i + name.n == text.n ||
			!is_word_part(text.p[i + name.n])))
			return true;
	}
	return false;
}

/* What every report may look at, and what this one names. */
static bool
is_used(const struct partial_job *job, struct slice name)
{
	static const char *const always[] = {"ticket_id", "ref", "customer_id",
		"kind", "opened_at", "closed_at", "status", "amount"};
	enum definition_field field;
	size_t i;

	for (i = 0; i < sizeof always / sizeof *always; i++) {
		if (slice_is(name, always[i]))
			return true;
	}
	for (field = DEFINITION_WHERE; field < DEFINITION_FIELDS; field++) {
		if (has_name(definition_get(job->definition, field), name))
			return true;
	}
	return false;
}

static void
choose_columns(struct keeping *k)
{
	const struct record_source *source = k->tickets;
	struct slice *names = mem_alloc(source->columns + 1, sizeof *names);
	size_t i;

	k->columns = mem_alloc(source->columns + 1, sizeof *k->columns);
	for (i = 0; i < source->columns; i++) {
		if (is_used(k->job, source->names[i]))
			names[k->count++] = source->names[i];
	}
	qsort(names, k->count, sizeof *names, compare_names);
	for (i = 0; i < k->count; i++)
		k->columns[i] = record_find(source, names[i]);
	free(names);
	k->key = record_find(source, slice_of("customer_id"));
	k->opened_at = record_need(source, "opened_at");
}

/* A ticket that there is by now; false where it is bad, or later. */
static bool
is_kept(const struct keeping *k, struct counter *counter, struct chunk *c,
	const struct record *r)
{
	struct slice opened = record_field(r, k->opened_at);
	int64_t t;

	if (date_days_read(&counter->days, opened, &t) != DATE_OK) {
		chunk_bad(c, r, k->opened_at, period_why(opened));
		return false;
	}
	return t <= k->job->as_of;
}

static void
keep(struct chunk *c, void *context)
{
	struct keeping *k = context;
	struct counter *counter = &k->counters[c->worker];
	struct record r;
	size_t i;

	while (chunk_next(c, &r)) {
		if (!is_kept(k, counter, c, &r))
			continue;
		buf_clear(&counter->row);
		for (i = 0; i < k->count; i++) {
			if (i > 0)
				buf_byte(&counter->row, '\t');
			buf_add(&counter->row,
				record_field(&r, k->columns[i]));
		}
		if (k->key != RECORD_NONE)
			buf_add(&c->bytes, record_field(&r, k->key));
		if (k->key == RECORD_NONE ||
			record_field(&r, k->key).n == 0)
			buf_byte(&c->bytes, '-');
		buf_text(&c->bytes, "\tticket\t");
		text_escape(&c->bytes, buf_slice(&counter->row));
		buf_byte(&c->bytes, '\t');
		buf_add(&c->bytes, buf_slice(&k->end));
		counter->rows++;
	}
}

void
partial_write_tickets(const struct partial_job *job,
	const struct record_source *tickets, unsigned jobs, struct out *out)
{
	struct keeping k = {.job = job, .tickets = tickets};
	struct chunk_job chunks = {.source = tickets, .jobs = jobs,
		.work = keep, .context = &k, .out = out};
	struct slice *names;
	struct writer w;
	size_t i;

	choose_columns(&k);
	names = mem_alloc(k.count + 1, sizeof *names);
	for (i = 0; i < k.count; i++)
		names[i] = tickets->names[k.columns[i]];
	open_writer(&w, job, out);
	put_made(&w, job);
	put_columns(&w, partial_mark_tables[0], names, k.count);
	buf_add(&k.end, buf_slice(&w.end));
	k.counters = mem_zero(jobs, sizeof *k.counters);
	chunk_run(&chunks);
	for (i = 0; i < jobs; i++) {
		w.rows += k.counters[i].rows;
		buf_free(&k.counters[i].row);
	}
	close_writer(&w);
	buf_free(&k.end);
	free(k.counters);
	free(k.columns);
	free(names);
}
