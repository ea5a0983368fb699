#include "row.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "num.h"
#include "out.h"
#include "text.h"

#include "mask.h"

enum { TENTH_OF_HOUR = 360 };

const char *const list_names[LIST_COLUMNS] = {
	"due_at", "late", "priority", "rule", "action", "channel",
	"customer_id", "name", "phone", "region", "ticket_id", "product",
	"station", "owner", "assignee", "text",
};

/* An action and its surroundings. */
struct view {
	struct row *row;
	const struct row_source *source;
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

/* A column of a file's record, decoded and masked. */
static void
add_known(struct view *v, struct buf *b, enum plan_file file, size_t column)
{
	const struct plan_table *t = &v->source->plan->tables[file];
	bool known = file == PLAN_CUSTOMERS ? v->customer : v->product;
	struct slice s;

	if (!known || column >= t->in_file)
		return;
	s = v->source->cells[file][column];
	buf_clear(&v->row->scratch);
	if (s.n && memchr(s.p, '\\', s.n)) {
		text_unescape(&v->row->scratch, s);
		s = buf_slice(&v->row->scratch);
	}
	if (file != PLAN_CUSTOMERS || !v->mask ||
		!mask_column(b, t->names[column], s))
		buf_add(b, s);
}

/* A cell but the text, decoded. */
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
		buf_add(b, v->rule->name);
		break;
	case LIST_ACTION:
		buf_add(b, v->rule->action);
		break;
	case LIST_CHANNEL:
		buf_add(b, v->rule->channel);
		break;
	case LIST_CUSTOMER_ID:
		buf_add(b, a->customer_id);
		break;
	case LIST_TICKET_ID:
		buf_add(b, a->ticket_id);
		break;
	case LIST_PRODUCT:
		buf_add(b, a->product);
		break;
	case LIST_STATION:
		buf_add(b, a->station);
		break;
	case LIST_OWNER:
		buf_add(b, a->owner);
		break;
	case LIST_ASSIGNEE:
		buf_add(b, a->assignee);
		break;
	default:
		add_known(v, b, PLAN_CUSTOMERS, v->source->columns[column]);
	}
}

static void
add_text(struct view *v, struct buf *b)
{
	for (size_t i = 0; i < v->rule->text.count; i++) {
		const struct template_part *part = &v->rule->text.parts[i];

		if (part->table < 0)
			buf_add(b, part->literal);
		else if (part->table == PLAN_OUTPUT)
			add_cell(v, b, (enum list_column)part->column);
		else if (part->table == PLAN_OF_TICKET)
			buf_add(b, v->action->extras[part->column]);
		else
			add_known(v, b, part->table == PLAN_OF_CUSTOMER
				? PLAN_CUSTOMERS : PLAN_PRODUCTS,
				part->column);
	}
}

static void
find_surroundings(struct view *v)
{
	const struct row_source *s = v->source;

	v->customer = s->found->customers && lookup_fill(s->found->customers,
		v->action->customer_id, s->cells[PLAN_CUSTOMERS]);
	v->product = s->found->products && lookup_fill(s->found->products,
		v->action->product, s->cells[PLAN_PRODUCTS]);
}

void
row_fill(struct row *r, const struct row_source *s, const struct action *a,
	bool mask)
{
	struct view v = {r, s, a, &s->plan->rules[a->rule], false, false,
		mask};
	size_t from = 0;

	find_surroundings(&v);
	buf_clear(&r->bytes);
	for (size_t i = 0; i < LIST_COLUMNS; i++) {
		buf_clear(&r->text);
		if (i == LIST_TEXT)
			add_text(&v, &r->text);
		else
			add_cell(&v, &r->text, (enum list_column)i);
		out_text(&r->bytes, buf_slice(&r->text));
		r->ends[i] = r->bytes.n;
	}
	add_known(&v, &r->bytes, PLAN_CUSTOMERS, s->no_contact);
	for (size_t i = 0; i < LIST_COLUMNS; from = r->ends[i++])
		r->cells[i] = (struct slice){r->bytes.p + from,
			r->ends[i] - from};
	r->no_contact = (struct slice){r->bytes.p + from, r->bytes.n - from};
}

void
row_free(struct row *r)
{
	buf_free(&r->bytes);
	buf_free(&r->text);
	buf_free(&r->scratch);
}
