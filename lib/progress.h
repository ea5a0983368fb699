#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/**
 * progress: one line on a terminal about work that takes over a second: bytes,
 * rate, time left. Says nothing where standard error is no terminal.
 */
struct progress;

/** progress_open(wanted, total): total bytes, 0 if not known. Null where
 * nothing is to be shown; the others take that. */
struct progress *progress_open(bool wanted, uint64_t total);
void progress_add(struct progress *p, uint64_t bytes);
void progress_close(struct progress *p); /* clears the line */

#endif
