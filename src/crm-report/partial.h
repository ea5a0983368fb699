#ifndef PARTIAL_H
#define PARTIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "definition.h"
#include "groups.h"
#include "out.h"
#include "period.h"
#include "subject.h"

/**
 * partial: what one part of the tickets comes to, as records that another run
 * merges: key, figure, value, times, report, definition. Every record names its
 * report and a mark of its definition.
 *
 *   groups   the state of every group: see groups_state.h
 *   tickets  where a figure needs what other parts have (customers that are
 *            joined later, first purchases): the tickets themselves, with only
 *            the columns that are in use
 *
 * Records without a key say how it was made, and how many records there are.
 */
struct partial_job {
	const struct definition *definition;
	const struct period *period;
	int64_t as_of;
	const char *since, *until, *calendar; /* as given, or null */
	bool keeps;  /* tickets, else groups */
};

/** partial_write_groups(job, sources, groups, out): sources: whose columns the
 * expressions named. */
void partial_write_groups(const struct partial_job *job,
	const struct subject_sources *sources, const struct groups *groups,
	struct out *out);

/** partial_write_tickets(job, tickets, jobs, out): a bad opened_at is a bad
 * record. */
void partial_write_tickets(const struct partial_job *job,
	const struct record_source *tickets, unsigned jobs, struct out *out);

/** partial_open(job, files, n): reads how they were made; ends the program
 * where one is of another report, definition, or moment. job->keeps is not
 * looked at. */
struct partial;
struct partial *partial_open(const struct partial_job *job,
	char *const *files, size_t n);
void partial_close(struct partial *p); /* null is allowed */

/** partial_keeps(p): they hold tickets. */
bool partial_keeps(const struct partial *p);

/** partial_tickets(p): their tickets as one file, to be closed by record_close.
 * partial_columns(p, sources): of groups: fills in what is null in sources with
 * the columns that were there, without records; these it owns. */
struct record_source *partial_tickets(struct partial *p);
void partial_columns(struct partial *p, struct subject_sources *sources);
bool partial_owns(const struct partial *p, const struct record_source *source);

/** partial_load(p, groups): adds the groups that they hold. */
void partial_load(struct partial *p, const struct groups *groups);

#endif
