#ifndef PHRASE_H
#define PHRASE_H

#include "table.h"

/**
 * phrase: the words around a result that are not of any one report, in the
 * languages of table.h.
 */
enum phrase {
	PHRASE_TOTAL,
	PHRASE_NONE,       /* a key that is missing */
	PHRASE_OTHER,      /* what a picture puts together */
	PHRASE_ROWS_SHOWN, /* "%zu %zu": so many of so many */
	PHRASE_NO_ROWS,
	PHRASE_FEW,        /* the note to the mark */
	PHRASE_ROUNDED,    /* the note to figures in units of 10 000 */
	PHRASE_HOURS,      /* units, as they stand in a heading */
	PHRASE_DAYS,
	PHRASE_YUAN,
	PHRASE_TEN_THOUSAND,
	PHRASE_HUNDRED_MILLION,
	PHRASE_TEN_THOUSAND_YUAN,
	PHRASE_HUNDRED_MILLION_YUAN,
	PHRASE_REPORTS,
	PHRASE_CONTENTS,
	PHRASE_AS_OF,
	PHRASE_PERIOD,
	PHRASE_RULES,
	PHRASE_TABLE_OF,   /* what a scrolled table is called */
	PHRASE_CUMULATIVE,
	PHRASE_CURVE,      /* cumulative shares of rows and of their sum */
	PHRASE_FIRST_FIFTH, /* "%f" */
	PHRASE_YES,
	PHRASE_NO,
	PHRASE_MORE_ROWS,  /* "%zu %zu" */
	PHRASE_OUT,        /* beyond the control limits */
	PHRASE_LIMIT,
	PHRASE_BARS,       /* what kind of picture it is */
	PHRASE_STACKED,
	PHRASE_COLUMNS,
	PHRASE_LINES,
	PHRASE_LIMITS,
	PHRASE_RADAR,
	PHRASE_PARETO,
	PHRASE_HEAT,
	PHRASE_FIGURES,
	PHRASE_LARGEST,    /* "%s %s %s": series, category, figure */
	PHRASE_SMALLEST,
	PHRASE_COUNT,
};

/** phrase_of(lang, phrase): the words, or a format for them. */
const char *phrase_of(enum table_lang lang, enum phrase phrase);

#endif
