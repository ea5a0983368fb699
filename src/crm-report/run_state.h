#ifndef RUN_STATE_H
#define RUN_STATE_H

#include "definition.h"
#include "fold.h"
#include "join.h"
#include "partial.h"
#include "run.h"

/**
 * run_state: a run, and its steps from files to groups; for run*.c alone.
 */
enum run_kind {
	RUN_TICKETS,
	RUN_CUSTOMERS,
	RUN_KINDS,
};

struct run_state {
	const struct run_options *options;
	const struct definition **chosen; /* in the order of the names */
	size_t *place;                    /* of each, among those of its kind */
	int64_t as_of;
	struct period period;
	struct calendar *calendar;
	struct subject_sources sources;
	struct subject subjects[RUN_KINDS];
	struct report *reports[RUN_KINDS];
	size_t counts[RUN_KINDS];
	struct groups *groups[RUN_KINDS];
	struct join *joined[SUBJECT_LOOKUPS]; /* to tickets */
	struct repeats *repeats;   /* customers, if tickets are added to them */
	struct expr_value constants[REPORT_CONSTANTS];
	struct partial_job part;   /* --partial, --merge */
	struct partial *merged;
};

enum run_kind run_state_kind(const struct definition *d);

/** run_state_asks(run, kind, asks): whether a word in the definitions of a kind
 * asks for something. run_state_refers: likewise for a table. */
bool run_state_asks(const struct run_state *run, enum run_kind kind,
	bool (*asks)(struct slice text));
bool run_state_refers(const struct run_state *run, const char *table);

/** run_state_open, run_state_compile, run_state_fold: the files, the reports,
 * their groups; run_state_close releases all. */
void run_state_open(struct run_state *run);
void run_state_compile(struct run_state *run);
void run_state_fold(struct run_state *run);
void run_state_close(struct run_state *run);

#endif
