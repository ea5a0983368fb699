#ifndef TALLY_H
#define TALLY_H

#include "answers.h"
#include "history.h"
#include "purchases.h"
#include "related.h"

/**
 * tally: what the tickets of each subject come to: of each customer, or of each
 * station, owner, product ...
 *
 * Everything in it adds up in any order, so threads work apart and are put
 * together at the end; the same holds for parts of the tickets on other
 * machines (state.h). To add a figure is to add a member here, its place in
 * tally_add, and its columns in state.c.
 */
struct tally_entry {
	uint64_t tickets;           /* that counted for something */
	uint64_t orders, returns;
	answers_sum spend;
	int64_t first, last;        /* purchases; if orders > 0 */
	struct answers answers;
	struct related related;
};

/** What is asked for. */
struct tally_what {
	const char *key;             /* column of the tickets that names the
	                                subject */
	bool every;                  /* every ticket is one of a subject; else
	                                those that count for something */
	const struct expr *when;     /* purchases; null: not asked for */
	bool days;                   /* also the days of purchases */
	const struct answers_options *answers;
	const struct expr_scope *scope; /* its relations; all is compiled */
	int64_t as_of;
};

struct tally;

struct tally *tally_open(const struct tally_what *what, unsigned jobs);
void tally_close(struct tally *t); /* null is allowed */

/** tally_read(t, tickets, progress, count): one pass; bad records are reported
 * and left out of everything. Adds to count all but `unknown`. */
void tally_read(struct tally *t, const struct record_source *tickets,
	bool progress, struct purchases_count *count);

/** tally_add(t, worker, key, e): adds an entry to a subject: from any thread, as
 * that worker. Returns the number that the subject has with this worker, for
 * tally_relate: adds a cell of a relation, with a count > 0; and tally_day: adds
 * what was bought on one day, its midnight. */
uint32_t tally_add(struct tally *t, unsigned worker, struct slice key,
	const struct tally_entry *e);
void tally_relate(struct tally *t, unsigned worker, uint32_t subject,
	size_t relation, const struct expr_cell *cell);
void tally_day(struct tally *t, unsigned worker, uint32_t subject,
	int64_t day, int64_t amount);

/** tally_finish(t): after the last pass: puts the threads' parts together. */
void tally_finish(struct tally *t);

size_t tally_count(const struct tally *t);
struct slice tally_key(const struct tally *t, size_t i);
struct tally_entry *tally_entry(const struct tally *t, size_t i);
struct tally_entry *tally_find(const struct tally *t, struct slice key); /* null */

/** tally_days(t): the days of purchases, in no order, by number of the subject:
 * for history_join, which takes them. */
struct history_list *tally_days(struct tally *t);

/** tally_sorted(t): the numbers of the subjects in the order of their keys, the
 * bytes; the caller frees it. */
uint32_t *tally_sorted(const struct tally *t);

#endif
