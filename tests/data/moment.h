#ifndef MOMENT_H
#define MOMENT_H

#include <stdint.h>

/**
 * moment: wall-clock time as seconds since 1970-01-01T00:00:00, without zones.
 *
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". The
 * tools under test have their own arithmetic (lib/date.c); this one is apart
 * from it on purpose.
 */
struct moment {
	unsigned year, month, day, hour, minute, second;
};

#define MOMENT_MINUTE 60
#define MOMENT_HOUR 3600
#define MOMENT_DAY 86400

int64_t moment_seconds(unsigned year, unsigned month, unsigned day,
	unsigned hour, unsigned minute);
struct moment moment_split(int64_t seconds);

/** moment_write(p, seconds, between): 19 bytes, `2026-11-21T09:00:00` with
 * `between` in place of the T. Returns the end. */
char *moment_write(char *p, int64_t seconds, char between);

/** moment_digits(p, n, width): n in exactly width digits. Returns the end. */
char *moment_digits(char *p, uint64_t n, unsigned width);

#endif
