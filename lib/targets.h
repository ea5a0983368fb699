#ifndef TARGETS_H
#define TARGETS_H

#include <stddef.h>

/** A file that is written, and the option that names it; path null: none; `-`:
 * standard output. */
struct target {
	const char *option, *path;
};

/** targets_check(targets, n): msg_usage where two of them are one file, or both
 * are standard output. */
void targets_check(const struct target *targets, size_t n);

#endif
