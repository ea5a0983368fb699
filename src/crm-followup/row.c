#include "row.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "num.h"
#include "out.h"
#include "team.h"
#include "text.h"

#include "mask.h"

enum {
	TENTH_OF_HOUR = 360,
	AHEAD = 8, /* actions */
	FEW = 256, /* that one thread does alone */
};

const char *const list_names[LIST_COLUMNS] = {
	"due_at", "late", "priority", "rule", "action", "channel",
	"customer_id", "name", "phone", "region", "ticket_id", "product",
	"station", "owner", "assignee", "text",
};

/* An action and its surroundings. */
struct view {
	struct row_source *source;
	const struct action *action;
	const struct plan_rule *rule;
	bool customer, product; /* there is one: source->cells */
	bool mask;
};

/* Of the customers; RECORD_NONE where they lack it. */
static size_t
find_column(const struct plan *plan, const char *name)
{
	const struct plan_table *t = &plan->tables[PLAN_CUSTOMERS];

	for (size_t i = 0; i < t->in_file; i++)
		if (slice_is(t->names[i], name))
			return i;
	return RECORD_NONE;
}

void
row_source_init(struct row_source *s, const struct plan *plan,
	const struct finding *found, int64_t as_of)
{
	*s = (struct row_source){.plan = plan, .found = found,
		.as_of = as_of};
	for (size_t i = 0; i < PLAN_FILES; i++)
		s->cells[i] = mem_zero(plan->tables[i].count,
			sizeof(struct slice));
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		s->columns[i] = find_column(plan, list_names[i]);
	s->no_contact = find_column(plan, "no_contact");
}

void
row_source_free(struct row_source *s)
{
	for (size_t i = 0; i < PLAN_FILES; i++)
		free(s->cells[i]);
	buf_free(&s->text);
	buf_free(&s->scratch);
}

/* Hours past due, one decimal. */
static void
add_late(struct buf *b, int64_t seconds)
{
	int64_t tenths = (int64_t)num_divide(seconds, TENTH_OF_HOUR);
	int64_t whole = tenths < 0 ? -tenths : tenths;

	if (tenths < 0)
		buf_byte(b, '-');
	out_count(b, (uint64_t)whole / 10);
	buf_byte(b, '.');
	buf_byte(b, (char)('0' + whole % 10));
}

/* Appends a text as it stands in a field. */
static void
add_masked(struct view *v, struct buf *b, struct slice name, struct slice s)
{
	struct buf *scratch = &v->source->scratch, *masked = &v->source->text;

	if (s.n && memchr(s.p, '\\', s.n)) {
		buf_clear(scratch);
		text_unescape(scratch, s);
		s = buf_slice(scratch);
	}
	buf_clear(masked);
	if (v->mask && mask_column(masked, name, s))
		s = buf_slice(masked);
	out_text(b, s);
}

/* A column of a file's record, masked. */
static void
add_known(struct view *v, struct buf *b, enum plan_file file, size_t column)
{
	const struct plan_table *t = &v->source->plan->tables[file];
	bool known = file == PLAN_CUSTOMERS ? v->customer : v->product;
	struct slice s;

	if (!known || column >= t->in_file)
		return;
	s = v->source->cells[file][column];
	if (s.n && ((v->mask && file == PLAN_CUSTOMERS) ||
		memchr(s.p, '\\', s.n)))
		add_masked(v, b, file == PLAN_CUSTOMERS ? t->names[column]
			: (struct slice){NULL, 0}, s);
	else
		buf_add(b, s);
}

/* A cell but the text. */
static void
add_cell(struct view *v, struct buf *b, enum list_column column)
{
	const struct action *a = v->action;

	switch (column) {
	case LIST_DUE_AT:
		out_time(b, a->due);
		break;
	case LIST_LATE:
		add_late(b, v->source->as_of - a->due);
		break;
	case LIST_PRIORITY:
		if (a->priority != INT64_MAX)
			out_number(b, a->priority);
		break;
	case LIST_RULE:
		out_text(b, v->rule->name);
		break;
	case LIST_ACTION:
		out_text(b, v->rule->action);
		break;
	case LIST_CHANNEL:
		out_text(b, v->rule->channel);
		break;
	case LIST_CUSTOMER_ID:
		out_text(b, a->customer_id);
		break;
	case LIST_TICKET_ID:
		out_text(b, a->ticket_id);
		break;
	case LIST_PRODUCT:
		out_text(b, a->product);
		break;
	case LIST_STATION:
		out_text(b, a->station);
		break;
	case LIST_OWNER:
		out_text(b, a->owner);
		break;
	case LIST_ASSIGNEE:
		out_text(b, a->assignee);
		break;
	default:
		add_known(v, b, PLAN_CUSTOMERS, v->source->columns[column]);
	}
}

/* A column of the ticket that is none of the row, masked. */
static void
add_extra(struct view *v, struct buf *b, size_t number)
{
	const struct plan_table *t = &v->source->plan->tables[PLAN_TICKETS];
	struct buf *masked = &v->source->text;
	struct slice s = v->action->extras[number];

	buf_clear(masked);
	if (v->mask && mask_column(masked, t->names[v->rule->extras[number]],
		s))
		s = buf_slice(masked);
	out_text(b, s);
}

static void
add_text(struct view *v, struct buf *b)
{
	for (size_t i = 0; i < v->rule->text.count; i++) {
		const struct template_part *part = &v->rule->text.parts[i];

		if (part->table < 0)
			out_text(b, part->literal);
		else if (part->table == PLAN_OUTPUT)
			add_cell(v, b, (enum list_column)part->column);
		else if (part->table == PLAN_OF_TICKET)
			add_extra(v, b, part->column);
		else
			add_known(v, b, part->table == PLAN_OF_CUSTOMER
				? PLAN_CUSTOMERS : PLAN_PRODUCTS,
				part->column);
	}
}

/* ---- the row ---- */

static void
find_surroundings(struct view *v)
{
	const struct row_source *s = v->source;

	v->customer = s->found->customers && lookup_fill(s->found->customers,
		v->action->customer_id, s->cells[PLAN_CUSTOMERS]);
	v->product = s->found->products && lookup_fill(s->found->products,
		v->action->product, s->cells[PLAN_PRODUCTS]);
}

/* Behind the cells. */
static void
add_no_contact(struct view *v, struct buf *b)
{
	const struct plan_table *t = &v->source->plan->tables[PLAN_CUSTOMERS];
	size_t column = v->source->no_contact;
	struct slice s;

	if (!v->customer || column >= t->in_file)
		return;
	s = v->source->cells[PLAN_CUSTOMERS][column];
	if (s.n)
		text_unescape(b, s);
}

void
row_fill(struct row *r, struct row_source *s, const struct action *a, bool mask)
{
	struct view v = {s, a, &s->plan->rules[a->rule], false, false, mask};
	struct buf *b = &r->bytes;
	size_t ends[LIST_COLUMNS], from = 0;

	find_surroundings(&v);
	buf_clear(b);
	for (size_t i = 0; i < LIST_COLUMNS; i++) {
		if (i)
			buf_byte(b, '\t');
		if (i == LIST_TEXT)
			add_text(&v, b);
		else
			add_cell(&v, b, (enum list_column)i);
		ends[i] = b->n;
	}
	add_no_contact(&v, b);
	for (size_t i = 0; i < LIST_COLUMNS; from = ends[i++] + 1)
		r->cells[i] = (struct slice){b->p + from, ends[i] - from};
	r->line = (struct slice){b->p, ends[LIST_TEXT]};
	r->no_contact = (struct slice){b->p + r->line.n, b->n - r->line.n};
}

void
row_free(struct row *r)
{
	buf_free(&r->bytes);
}

/* ---- many ---- */

struct filling {
	struct row *rows;
	struct row_source *sources;
	struct action *const *actions;
	size_t n;
	bool mask;
	unsigned jobs;
};

/* Asks the memory for what will be needed. */
static void
look_ahead(const struct filling *f, size_t i, size_t end)
{
	const struct lookup *customers = f->sources->found->customers;

	if (i + 3 * AHEAD < end)
		__builtin_prefetch(f->actions[i + 3 * AHEAD]);
	if (customers && i + 2 * AHEAD < end)
		lookup_prefetch(customers,
			f->actions[i + 2 * AHEAD]->customer_id);
	if (customers && i + AHEAD < end)
		lookup_prefetch_record(customers,
			f->actions[i + AHEAD]->customer_id);
}

static void
fill_some(unsigned number, void *context)
{
	const struct filling *f = context;
	size_t from = f->n * number / f->jobs;
	size_t end = f->n * (number + 1) / f->jobs;

	for (size_t i = from; i < end; i++) {
		look_ahead(f, i, end);
		row_fill(&f->rows[i], &f->sources[number], f->actions[i],
			f->mask);
	}
}

void
row_fill_all(struct row *rows, struct row_source *sources,
	struct action *const *actions, size_t n, bool mask, unsigned jobs)
{
	struct filling f = {rows, sources, actions, n, mask, jobs};

	if (n < FEW)
		f.jobs = 1;
	team_run(f.jobs, fill_some, &f);
}
