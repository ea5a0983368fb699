#ifndef SETTING_H
#define SETTING_H

#include "answers.h"
#include "card.h"
#include "figures.h"
#include "options.h"
#include "tally.h"

/**
 * setting: what all that is scored has in common: the clock, the tickets, and
 * the conditions and the card compiled over their columns.
 */
enum { SETTING_GIVENS = FIGURES_GIVENS + 8 };

struct setting {
	const struct options *options;
	int64_t as_of;
	struct calendar *calendar;
	struct record_source *tickets; /* with --merge: the partials */
	struct mem_pool pool;

	/* a ticket as conditions on it alone see it */
	struct expr_table ticket;
	struct expr_scope ticket_scope;
	const struct expr *when;       /* purchases */
	struct answers_options answers;

	struct rules *rules;           /* of the card, until it is compiled */
	struct card *card;             /* null: none */
	struct expr_table tables[2], related;
	struct expr_scope scope;       /* also without a card */
	struct expr_given givens[SETTING_GIVENS];
	int64_t passed;                /* of the year */
};

/** setting_open(s, o): opens the tickets, to be read again where a card of
 * tickets asks for their child rows, and compiles the conditions on them. */
void setting_open(struct setting *s, const struct options *o);
void setting_close(struct setting *s);

/** setting_card(s, row): compiles the card, if there is one. s->givens[0 ..
 * given_count) are set: values of the run itself follow. */
struct setting_row {
	enum expr_relation_of of;
	const struct slice *columns; /* null: not known yet: any */
	size_t count, given_count;
	const struct record_source *customer; /* of tickets; may be null */
};
void setting_card(struct setting *s, const struct setting_row *row);

/** setting_values(s, values): the values of the run itself, behind the
 * given_count of the row. Returns the place of the card's sum. */
struct expr_value *setting_values(const struct setting *s,
	struct expr_value *values);

/** setting_what(s, key, every): what a tally is asked for. */
struct tally_what setting_what(const struct setting *s, const char *key,
	bool every);

#endif
