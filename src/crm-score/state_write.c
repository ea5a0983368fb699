#include "state.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "state_columns.h"
#include "text.h"

static void
write_field(struct buf *b, const struct state_column *c, const void *from)
{
	const char *p = (const char *)from + c->offset;
	num_wide sum;
	int64_t n;

	buf_byte(b, '\t');
	if (c->kind == STATE_SUM) {
		memcpy(&sum, p, sizeof(sum));
		if (sum)
			b->n += num_write(buf_reserve(b, NUM_SIZE), sum);
		return;
	}
	memcpy(&n, p, sizeof(n));
	if (c->kind == STATE_TIME)
		out_time(b, n);
	else if (n)
		out_count(b, (uint64_t)n);
}

static void
write_entry(struct buf *b, const struct tally_what *what,
	const struct tally_entry *e, struct expr_cell *cell)
{
	size_t relations = what->scope->relation_count;

	for (size_t i = 0; i < STATE_COLUMNS; i++) {
		if (!state_asked(what, &state_columns[i]))
			continue;
		if (state_columns[i].kind == STATE_TIME && e->orders == 0)
			buf_byte(b, '\t');
		else
			write_field(b, &state_columns[i], e);
	}
	related_fill(&e->related, cell, relations);
	for (size_t i = 0; i < relations * STATE_CELLS; i++) {
		if (cell[i / STATE_CELLS].count == 0)
			buf_byte(b, '\t');
		else
			write_field(b, &state_cells[i % STATE_CELLS], &cell[i / STATE_CELLS]);
	}
}

/* The days of purchases: DATE=AMOUNT,... */
static void
write_days(struct buf *b, const struct histories *h, uint32_t subject)
{
	buf_byte(b, '\t');
	for (uint32_t i = h->starts[subject]; i < h->starts[subject + 1]; i++) {
		const struct history_item *item = &h->items[i];

		if (i > h->starts[subject])
			buf_byte(b, ',');
		out_day(b, item->day * DATE_DAY);
		buf_byte(b, '=');
		b->n += num_write(buf_reserve(b, NUM_SIZE), item->amount);
	}
}

static void
write_header(struct buf *b, const struct tally_what *what)
{
	char name[STATE_NAME];

	buf_text(b, what->key);
	buf_text(b, "\t.run");
	for (size_t i = 0; i < STATE_COLUMNS; i++) {
		if (!state_asked(what, &state_columns[i]))
			continue;
		buf_byte(b, '\t');
		buf_text(b, state_columns[i].name);
	}
	for (size_t i = 0; i < what->scope->relation_count * STATE_CELLS; i++) {
		state_name_cell(name, i / STATE_CELLS, i % STATE_CELLS);
		buf_byte(b, '\t');
		buf_text(b, name);
	}
	buf_text(b, what->days ? "\t.days\n" : "\n");
}

void
state_write(struct tally *t, const struct tally_what *what, const char *run,
	bool header, struct out *out)
{
	struct expr_cell *cell = mem_alloc(what->scope->relation_count + 1,
		sizeof(*cell));
	uint32_t *sorted = tally_sorted(t);
	struct histories days = {0};
	struct buf b = {0};

	if (what->days)
		history_join(&days, tally_days(t), 1, tally_count(t));
	if (header)
		write_header(&b, what);
	for (size_t i = 0; i < tally_count(t); i++) {
		text_escape(&b, tally_key(t, sorted[i]));
		buf_byte(&b, '\t');
		buf_text(&b, run);
		write_entry(&b, what, tally_entry(t, sorted[i]), cell);
		if (what->days)
			write_days(&b, &days, sorted[i]);
		buf_byte(&b, '\n');
		out_write(out, buf_slice(&b));
		buf_clear(&b);
	}
	out_write(out, buf_slice(&b));
	buf_free(&b);
	history_free(&days);
	free(sorted);
	free(cell);
}
