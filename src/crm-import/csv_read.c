#include "csv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

enum {
	/* with its fields and the cleaned lines it lies in the near cache */
	BATCH = 128 * 1024,
	PATIENCE = 32, /* batches in which the end of a row should be seen */
};

struct csv {
	struct encode *source;
	struct csv_form form;
	struct buf rest;  /* read, but no whole row yet */
	uint64_t read;    /* bytes */
	size_t batch;
	uint64_t line;
	bool ended;
	bool mistaken;    /* the end of a line was not that of a row */
};

struct csv *
csv_open(struct encode *source, struct csv_form form)
{
	const char *size = getenv("CRM_CHUNK");
	struct csv *c = mem_zero(1, sizeof *c);

	c->source = source;
	c->form = form;
	c->batch = size ? strtoul(size, NULL, 10) : 0;
	if (c->batch == 0)
		c->batch = BATCH;
	c->line = 1;
	return c;
}

void
csv_close(struct csv *c)
{
	buf_free(&c->rest);
	free(c);
}

uint64_t
csv_line(const struct csv *c)
{
	return c->line;
}

static void
read_more(struct csv *c, struct buf *text, size_t want)
{
	while (want > 0 && !c->ended) {
		size_t n = encode_read(c->source, buf_reserve(text, want), want);

		c->ended = n == 0;
		text->n += n;
		c->read += n;
		want -= n;
	}
}

/* The batch begins with what was left of the last one. False at the end. */
static bool
begin(struct csv *c, struct csv_batch *batch, bool piece)
{
	size_t more = c->rest.n < c->batch ? c->batch : 0;

	batch->offset = c->read - c->rest.n;
	buf_clear(&batch->text);
	buf_add(&batch->text, buf_slice(&c->rest));
	buf_clear(&c->rest);
	batch->row_count = 0;
	batch->piece = piece;
	read_more(c, &batch->text, more);
	return batch->text.n > 0;
}

static size_t
twice(const struct csv *c, const struct csv_batch *batch)
{
	return batch->text.n > c->batch ? batch->text.n : c->batch;
}

/* The batch ends there, what lies behind is for the next one. */
static void
end(struct csv *c, struct csv_batch *batch, size_t at)
{
	buf_add(&c->rest, (struct slice){batch->text.p + at,
		batch->text.n - at});
	batch->text.n = at;
}

bool
csv_next(struct csv *c, struct csv_batch *batch)
{
	if (!begin(c, batch, false))
		return false;
	for (;;) {
		csv_rows(c->form, c->line, c->ended, batch);
		if (batch->row_count > 0)
			break;
		read_more(c, &batch->text, twice(c, batch));
	}
	c->line += batch->lines;
	end(c, batch, batch->used);
	return true;
}

/* In lanes of a byte each, which are added up before one of them overflows. */
static size_t
count(const char *p, size_t n, char c)
{
	enum { LANES = 32, STEPS = 255 };
	size_t total = 0, i = 0;

	while (n - i >= LANES) {
		unsigned char lanes[LANES] = {0};
		size_t steps = (n - i) / LANES < STEPS ? (n - i) / LANES : STEPS;

		for (; steps > 0; steps--, i += LANES)
			for (size_t k = 0; k < LANES; k++)
				lanes[k] = (unsigned char)(lanes[k] +
					(p[i + k] == c));
		for (size_t k = 0; k < LANES; k++)
			total += lanes[k];
	}
	for (; i < n; i++)
		total += p[i] == c;
	return total;
}

static size_t
last_line(struct slice text)
{
	size_t i = text.n;

	while (i > 0 && text.p[i - 1] != '\n')
		i--;
	return i;
}

/* Behind the last line end that seems to be the end of a row; 0: none is. Once
 * one was not, the quotes before it must come in pairs. */
static size_t
likely_end(const struct csv *c, struct slice text)
{
	size_t quotes;

	if (!c->mistaken || !c->form.quote)
		return last_line(text);
	quotes = count(text.p, text.n, '"');
	for (size_t i = text.n; i > 0; i--) {
		if (text.p[i - 1] == '\n' && quotes % 2 == 0)
			return i;
		quotes -= text.p[i - 1] == '"';
	}
	return 0;
}

bool
csv_piece(struct csv *c, struct csv_batch *batch)
{
	size_t at;

	if (!begin(c, batch, true))
		return false;
	for (;;) {
		batch->last = c->ended;
		at = c->ended ? batch->text.n
			: likely_end(c, buf_slice(&batch->text));
		if (at == 0 && batch->text.n / PATIENCE >= c->batch)
			at = last_line(buf_slice(&batch->text));
		if (at > 0)
			break;
		read_more(c, &batch->text, twice(c, batch));
	}
	end(c, batch, at);
	return true;
}

void
csv_return(struct csv *c, const struct csv_batch *const *batches, size_t n,
	uint64_t line)
{
	struct buf all = {0};

	for (size_t i = 0; i < n; i++) {
		size_t from = i == 0 ? batches[i]->used : 0;

		buf_add(&all, (struct slice){batches[i]->text.p + from,
			batches[i]->text.n - from});
	}
	buf_add(&all, buf_slice(&c->rest));
	buf_free(&c->rest);
	c->rest = all;
	c->line = line;
	c->mistaken = true;
}
