#ifndef GATE_H
#define GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "chunk.h"
#include "record.h"

/**
 * gate: which records of a source are good, the same in every pass over it.
 *
 * The first pass decodes the columns that the rules name and reports what is
 * bad; every later one leaves the same records out and says nothing. So what
 * is bad does not depend on the order in which rules look at a record.
 * gate_pass is safe from many threads.
 */
struct gate;

/** gate_open(source, required, key, jobs, named, context): named(name, context)
 * tells whether a column is used. The columns `required` and `key`, which may
 * be the same, must have a value. jobs: how many threads will ask. */
struct gate *gate_open(const struct record_source *source,
	const char *required, const char *key, unsigned jobs,
	bool (*named)(struct slice name, void *context), void *context);
void gate_close(struct gate *g);

/** gate_again(g): the first pass is over (the `again` of chunk_job). */
bool gate_again(const struct gate *g);

/** gate_pass(c, r, g): the record is good. gate_pass_at: and *at is the time in
 * the required column. */
bool gate_pass(struct chunk *c, const struct record *r, struct gate *g);
bool gate_pass_at(struct chunk *c, const struct record *r, struct gate *g,
	int64_t *at);

/** gate_refuse(g, number, line): this record (chunk, line) is bad too; whoever
 * calls reports it. */
void gate_refuse(struct gate *g, uint64_t number, uint32_t line);

/** gate_refused(g, number, line): it was refused, in whatever pass. Not while
 * a pass runs. */
bool gate_refused(const struct gate *g, uint64_t number, uint32_t line);

/** gate_end(g): a pass is over. */
void gate_end(struct gate *g);

#endif
