#ifndef SEASON_H
#define SEASON_H

#include <stdint.h>

/**
 * season: how much of the year has passed, as sales go.
 *
 * season_passed(path, as_of): from 0 to 1 in 1/10000, half to even. path null:
 * the time since 1 January over the length of the year. Else a file of records
 * with month (1-12) and share (of the year, in percent or whatever adds up), as
 * `crm-report season` writes them: the shares of the months that are over, and
 * of this month the part that is over, in terms of all shares. A month that is
 * not named has none. Ends the program on a bad file.
 */
int64_t season_passed(const char *path, int64_t as_of);

#endif
