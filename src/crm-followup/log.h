#ifndef LOG_H
#define LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "contact.h"
#include "find.h"
#include "list.h"

/**
 * log: what was issued before: a record file with `at` and the columns of the
 * list. The lock is held from log_open to log_close.
 */
struct log;

/** log_open(path, plan, contact): reads it, if it is there; contacts are told
 * to contact. A bad record ends the program: what it said would be issued
 * again. */
struct log *log_open(const char *path, const struct plan *plan,
	struct contact *contact);

/** log_issued(l, a, as_of): it was issued, and is not to be repeated yet. */
bool log_issued(struct log *l, const struct action *a, int64_t as_of);

/** log_add(l, cells, as_of): a row of this run. log_prepare(l): the log with
 * these rows lies on the disk beside the old one; log_commit(l), once the list
 * is safe: it takes its place. Until then the old one stays as it is. */
void log_add(struct log *l, const struct slice *cells, int64_t as_of);
void log_prepare(struct log *l);
void log_commit(struct log *l);
void log_close(struct log *l); /* null is allowed */

#endif
