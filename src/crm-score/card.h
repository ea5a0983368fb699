#ifndef CARD_H
#define CARD_H

#include "expr.h"
#include "rules.h"

/**
 * card: a score card (crm-rules(5)): records of rule, when, points, grade. The
 * points of all rows that hold are added; then the first row with a grade that
 * holds gives the grade, and sees the sum.
 */
enum card_of { CARD_CUSTOMERS = 1, CARD_TICKETS = 2, CARD_GROUPS = 4 };

/** card_built_in(name, of): the text of "@value" and the like; p is null where
 * there is none of that name. *of: what it is a card of, card_of bits.
 * card_named(i): the i-th name, or null. */
struct slice card_built_in(const char *name, unsigned *of);
const char *card_named(size_t i);

struct card;

/** card_open(rules, scope): compiles it; owns rules from now on. The last of
 * scope->given is the sum, which only rows with a grade see. Ends the program on
 * an error. */
struct card *card_open(struct rules *rules, struct expr_scope *scope);
void card_close(struct card *card); /* null is allowed */

/** What a card gives one subject. Start from all zero; used again and again. */
struct card_result {
	num_wide sum;
	struct slice grade; /* not escaped; n == 0: none */
	struct buf why;     /* "rule +5; rule -5", not escaped */
};

/** card_eval(card, env, sum, explain, result): sum: the place in env->given of
 * the sum. False where a value is bad: env says which. */
bool card_eval(const struct card *card, struct expr_env *env,
	struct expr_value *sum, bool explain, struct card_result *result);
void card_result_free(struct card_result *result);

/** card_relation(card, i): the i-th different relation of the card, as it is
 * written; n == 0: no more. card_write_relation(card, i, env, b): appends its
 * value as a field. */
struct slice card_relation(const struct card *card, size_t i);
void card_write_relation(const struct card *card, size_t i,
	struct expr_env *env, struct buf *b);

#endif
