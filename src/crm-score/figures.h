#ifndef FIGURES_H
#define FIGURES_H

#include "answers.h"
#include "card.h"
#include "customers.h"
#include "lifetime.h"
#include "options.h"
#include "rfm.h"

/**
 * figures: what is appended to a customer, and what a card sees of it beside
 * the columns of the file.
 */
struct figures {
	const struct customer *customer;
	const struct lifetime_outlook *outlook; /* null: none */
	const struct answers *answers; /* null: none */
	int64_t recency;               /* these: only with orders */
	int scores[RFM_MEASURES];
	const struct card_result *card; /* null: no card */
};

/** What is asked for; fields and values come in this order. */
struct figures_shape {
	bool clv, csi, nps, card, explain;
	int scale;
};

/** figures_shape(o): what was asked for. */
struct figures_shape figures_shape(const struct options *o);

enum { FIGURES_COLUMNS = 18, FIGURES_GIVENS = 15 };

/** figures_names(shape, names): of the columns. Returns how many. */
size_t figures_names(const struct figures_shape *shape, const char **names);

/** figures_givens(shape, givens): what a card sees. Returns how many. */
size_t figures_givens(const struct figures_shape *shape,
	struct expr_given *givens);

/** figures_of(c, rfm, as_of, f): sets all but outlook,
 * answers and card. */
void figures_of(const struct customer *c, const struct rfm *rfm, int64_t as_of,
	struct figures *f);

/** figures_fields(shape, f, b, fields): in the order of figures_names; they lie
 * in b, which is cleared. */
void figures_fields(const struct figures_shape *shape, const struct figures *f,
	struct buf *b, struct slice *fields);

/** figures_values(shape, f, values): in the order of figures_givens. rfm holds
 * the digits. Returns how many. */
enum { FIGURES_DIGITS = 8 };
size_t figures_values(const struct figures_shape *shape,
	const struct figures *f, char digits[FIGURES_DIGITS],
	struct expr_value *values);

#endif
