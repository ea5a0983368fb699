#ifndef RENAMES_H
#define RENAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/**
 * renames: which ids were merged into which: a TSV file with the columns old_id
 * and new_id. Ids are escaped, as in crm(5).
 */
struct renames;

/** renames_open(path, needed): where there is no plain file it is empty, or, if
 * needed, the program ends (exit 2); so it does where a record is bad, or ids
 * are renamed in a circle. */
struct renames *renames_open(const char *path, bool needed);
void renames_close(struct renames *r); /* null is allowed */

/** renames_find(r, id): the last new id of a chain of renames; n == 0 where id
 * was never renamed. Safe from many threads. */
struct slice renames_find(const struct renames *r, struct slice id);

/** renames_add(r, old, new): from now on old is new; new is a customer, so it is
 * no old id any more. False where that is known already. */
bool renames_add(struct renames *r, struct slice old, struct slice new);

/** renames_write(r, path): each old id with the last new one. */
void renames_write(const struct renames *r, const char *path);

#endif
