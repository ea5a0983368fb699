#include "setting.h"

#include <stdlib.h>

#include "calendar.h"
#include "date.h"
#include "mem.h"
#include "msg.h"
#include "names.h"
#include "season.h"

/* The columns of which nobody knows yet: any word may be one. */
static struct expr_table
any_columns(struct setting *s)
{
	const struct rules *rules = s->rules;
	struct names names = {.pool = &s->pool};

	for (size_t i = 0; i < rules->count * rules->column_count; i++)
		names_add_words(&names, rules->cells[i]);
	return (struct expr_table){.names = names.items, .count = names.count};
}

/* ---- conditions on one ticket ---- */

static const struct expr *
compile(struct setting *s, const char *option, const char *text)
{
	struct expr_error error;
	struct expr *e;

	if (!text)
		return NULL;
	e = expr_compile_as(&s->ticket_scope, slice_of(text), EXPR_BOOL,
		&error);
	if (!e)
		rules_die_option(option, slice_of(text), error.position,
			error.text);
	return e;
}

static const char *
purchases_of(const struct options *o)
{
	return o->purchases ? o->purchases : "kind in (\"order\", \"sale\")";
}

/* The columns of a ticket. Partials do not tell them: there every word that the
 * conditions hold can be one. What is wrong with them was found when the
 * partials were made. */
static struct expr_table
ticket_columns(struct setting *s)
{
	const struct options *o = s->options;
	struct names names = {.pool = &s->pool};

	if (!o->merge)
		return (struct expr_table){.names = s->tickets->names,
			.count = s->tickets->columns};
	names_add_words(&names, slice_of(purchases_of(o)));
	if (o->csi)
		names_add_words(&names, slice_of(o->csi));
	if (o->nps)
		names_add_words(&names, slice_of(o->nps));
	return (struct expr_table){.names = names.items, .count = names.count};
}

static struct rules *
open_rules(const char *card)
{
	unsigned of;

	if (!card)
		return NULL;
	return card[0] == '@' ? rules_built_in(card, card_built_in(card, &of))
		: rules_open(card);
}

/* Whether a card may ask for the child rows of a ticket. */
static bool
asks_relations(struct setting *s)
{
	static const char *const words[] = {"has", "count", "first", "last",
		"sum", "work", "worktime"};
	struct expr_table all = any_columns(s);

	for (size_t i = 0; i < all.count; i++)
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (slice_is(all.names[i], words[k]))
				return true;
	return false;
}

void
setting_open(struct setting *s, const struct options *o)
{
	const char *from, *wrong;
	bool groups = o->by || o->of_tickets;

	*s = (struct setting){.options = o};
	if (!date_as_of(o->common.as_of, &s->as_of, &from, &wrong))
		msg_usage("%s: not a time: %s", from, wrong);
	s->calendar = calendar_open(NULL);
	s->rules = open_rules(o->card);
	s->tickets = record_open(o->tickets, o->ticket_count,
		groups || o->partial || o->merge ? o->common.columns : NULL,
		o->of_tickets && asks_relations(s) ? RECORD_TWICE : 0);
	s->ticket = ticket_columns(s);
	s->ticket_scope = (struct expr_scope){.tables = &s->ticket,
		.table_count = 1, .as_of = s->as_of, .calendar = s->calendar,
		.relation_hint = "this condition sees one ticket alone"};
	if (!groups && !o->purchases && !o->merge)
		record_need(s->tickets, "kind");
	if (!groups)
		s->when = compile(s, "--purchases", purchases_of(o));
	s->answers = (struct answers_options){.scale = o->scale,
		.csi = compile(s, "--csi", o->csi),
		.nps = compile(s, "--nps", o->nps)};
}

void
setting_close(struct setting *s)
{
	card_close(s->card);
	rules_close(s->rules);
	expr_scope_free(&s->scope);
	expr_scope_free(&s->ticket_scope);
	record_close(s->tickets);
	calendar_close(s->calendar);
	mem_pool_free(&s->pool);
}

/* ---- the card ---- */

/* The columns of related tickets. A built-in card may look at the status where
 * tickets have none: then nothing is cancelled or closed. */
static struct expr_table
related_columns(struct setting *s)
{
	struct names names = {.pool = &s->pool};

	if (s->options->merge)
		return any_columns(s);
	for (size_t i = 0; i < s->tickets->columns; i++)
		names_add(&names, s->tickets->names[i]);
	if (s->options->card[0] == '@')
		names_add(&names, slice_of("status"));
	return (struct expr_table){.names = names.items, .count = names.count};
}

static void
give_run(struct setting *s, const struct setting_row *row)
{
	size_t n = row->given_count;

	s->givens[n++] = (struct expr_given){"year_passed", EXPR_NUMBER, false};
	s->givens[n++] = (struct expr_given){s->options->of_tickets ? "points"
		: "score", EXPR_NUMBER, false};
	s->scope.given = s->givens;
	s->scope.given_count = n;
}

void
setting_card(struct setting *s, const struct setting_row *row)
{
	s->scope = (struct expr_scope){.tables = s->tables, .table_count = 1,
		.as_of = s->as_of, .calendar = s->calendar,
		.relation_of = row->of, .related = &s->related};
	if (!s->options->card)
		return;
	s->passed = season_passed(s->options->season, s->as_of);
	s->tables[0] = row->columns ? (struct expr_table){.names = row->columns,
		.count = row->count} : any_columns(s);
	if (row->customer) {
		s->tables[1] = (struct expr_table){.prefix = "customer",
			.names = row->customer->names,
			.count = row->customer->columns};
		s->scope.table_count = 2;
	}
	s->related = related_columns(s);
	give_run(s, row);
	s->card = card_open(s->rules, &s->scope);
	s->rules = NULL;
}

struct expr_value *
setting_values(const struct setting *s, struct expr_value *values)
{
	values[0] = (struct expr_value){.type = EXPR_NUMBER, .i = s->passed};
	values[1] = (struct expr_value){.type = EXPR_NUMBER, .missing = true};
	return &values[1];
}

struct tally_what
setting_what(const struct setting *s, const char *key, bool every)
{
	return (struct tally_what){.key = key, .every = every, .when = s->when,
		.days = s->options->clv, .answers = &s->answers,
		.scope = &s->scope, .as_of = s->as_of};
}
