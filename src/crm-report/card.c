#include "card.h"

#include <stdlib.h>

#include "card_find.h"
#include "card_table.h"
#include "date.h"
#include "mem.h"
#include "msg.h"

bool
card_is(const struct definition *d)
{
	return slice_is(definition_get(d, DEFINITION_OF), "card");
}

/* ---- the tickets ---- */

static int
compare_entries(const void *a, const void *b)
{
	const struct card_entry *x = a, *y = b;

	if (x->known != y->known)
		return y->known - x->known;
	if (x->opened != y->opened)
		return x->opened < y->opened ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* A time that cannot be read leaves a ticket in: nothing is lost. */
static void
choose_tickets(struct card *c)
{
	struct date_days days = {0};
	size_t i;

	c->entries = mem_alloc(c->tickets.count + 1, sizeof *c->entries);
	for (i = 0; i < c->tickets.count; i++) {
		struct card_entry e = {.row = i};
		struct slice opened = card_table_field(&c->tickets, i, "opened_at");

		switch (period_check(c->period, &days, opened, &e.opened)) {
		case PERIOD_OUT:
			continue;
		case PERIOD_IN:
			e.known = true;
			break;
		case PERIOD_BAD:
			e.opened = 0;
			msg_warn("opened_at: %s: \"%.*s\"", period_why(opened),
				(int)opened.n, opened.p);
			msg_fail();
		}
		c->entries[c->count++] = e;
	}
	if (c->count > 0)
		qsort(c->entries, c->count, sizeof *c->entries,
			compare_entries);
}

static bool
is_purchase(struct slice kind)
{
	return slice_is(kind, "order") || slice_is(kind, "sale");
}

static void
add_trade(struct card_figures *f, const struct card_rows *rows, size_t row)
{
	struct slice kind = card_table_field(rows, row, "kind");
	struct slice opened = card_table_field(rows, row, "opened_at");
	int64_t amount = 0;

	if (slice_is(card_table_field(rows, row, "status"), "cancelled") ||
		(!is_purchase(kind) && !slice_is(kind, "return")))
		return;
	if (num_read(card_table_field(rows, row, "amount"), &amount) != NUM_OK)
		amount = 0;
	f->sales += is_purchase(kind) ? amount : -amount;
	if (!is_purchase(kind))
		return;
	if (f->purchases++ == 0)
		f->first = opened;
	f->last = opened;
}

static void
add_up(struct card *c)
{
	struct card_figures *f = &c->figures;
	struct slice status;
	int64_t score;
	size_t i, row;

	for (i = 0; i < c->count; i++) {
		row = c->entries[i].row;
		status = card_table_field(&c->tickets, row, "status");
		f->tickets++;
		f->open += slice_is(status, "open") ||
			slice_is(status, "waiting");
		f->contact = card_table_field(&c->tickets, row, "opened_at");
		if (num_read(card_table_field(&c->tickets, row, "score"), &score) ==
			NUM_OK) {
			f->scores++;
			f->score += score;
		}
		add_trade(f, &c->tickets, row);
	}
}

/* ---- all ---- */

static struct record_source *
find(const struct card *c, char *const *files, size_t n, struct card_rows *rows)
{
	const struct run_options *o = c->options;
	struct card_query query = {
		.source = record_open(files, n, o->common.columns, 0),
		.key = "customer_id",
		.id = slice_of(o->id),
		.sorted = o->sorted,
		.jobs = o->common.jobs,
		.progress = !o->common.quiet,
	};

	card_find(&query, rows);
	return (struct record_source *)query.source;
}

static void
check_found(const struct card *c)
{
	char id[200];

	msg_quote(id, sizeof id, slice_of(c->options->id));
	if (c->customer.count > 1) {
		msg_warn("%s: customer_id: comes %zu times: %s",
			c->options->customers, c->customer.count, id);
		msg_fail();
	}
	if (c->customer.count > 0 || (!c->options->customers && c->count > 0))
		return;
	msg_warn("no customer %s%s", id, c->options->sorted ? " (--sorted: the "
		"files have to be sorted by the bytes of customer_id)" : "");
	msg_fail();
}

size_t
card_make(const struct run_options *o, const struct definition *d,
	const struct period *period, struct table *tables)
{
	struct card c = {.options = o, .period = period};
	struct record_source *customers = NULL, *tickets = NULL;
	size_t count = 1;

	if (o->customers)
		customers = find(&c, &o->customers, 1, &c.customer);
	if (o->ticket_count > 0 || !o->customers)
		tickets = find(&c, o->tickets, o->ticket_count, &c.tickets);
	choose_tickets(&c);
	add_up(&c);
	check_found(&c);
	if (o->format == RUN_TSV) {
		card_table_values(&c, d, &tables[0]);
	} else {
		card_table_customer(&c, d, &tables[0]);
		if (tickets && c.count > 0)
			card_table_tickets(&c, &tables[count++]);
	}
	card_find_free(&c.customer);
	card_find_free(&c.tickets);
	free(c.entries);
	record_close(customers);
	record_close(tickets);
	return count;
}
