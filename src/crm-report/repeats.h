#ifndef REPEATS_H
#define REPEATS_H

#include <stdbool.h>
#include <stddef.h>

#include "chunk.h"
#include "record.h"

/**
 * repeats: the customers whose customer_id came before. What their tickets come
 * to must count once, so these records are bad and left out.
 */
struct repeats;

/** repeats_find(source, jobs, again, progress): a run over all of the source,
 * which says what is bad but where `again`, as in chunk_job. Null: no id comes
 * twice. */
struct repeats *repeats_find(const struct record_source *source, unsigned jobs,
	bool again, bool progress);
void repeats_close(struct repeats *repeats); /* null is allowed */

/** repeats_has(repeats, c, r): whether r, which chunk_next has handed out of c,
 * is one. */
bool repeats_has(const struct repeats *repeats, const struct chunk *c,
	const struct record *r);

#endif
