#ifndef ISSUE_H
#define ISSUE_H

#include <stdbool.h>
#include <stdint.h>

#include "find.h"
#include "out.h"

/**
 * issue: what becomes of the actions that were found: issued before, refused
 * by the customer, over the cap, given to somebody, printed.
 */
struct issue_job {
	const struct plan *plan;
	const struct finding *found;
	const struct calendar *calendar;
	int64_t as_of;
	unsigned jobs;
	const char *roster, *log, *cap; /* null: none */
	struct out *out;
	struct out *suppressed;         /* null: only counted */
	bool explain, mask, ics, header;
};

struct issue_count {
	uint64_t issued, late, before, no_contact, cap, unassigned;
};

struct issue;

/** issue_open(job): reads roster and log (and holds the log's lock).
 * issue_run(i, count): prints. issue_prepare(i): nothing that the log needs can
 * fail any more. issue_close(i): call it when the list is safe: the log has this
 * run's rows. */
struct issue *issue_open(const struct issue_job *job);
void issue_run(struct issue *i, struct issue_count *count);
void issue_prepare(struct issue *i);
void issue_close(struct issue *i);

#endif
