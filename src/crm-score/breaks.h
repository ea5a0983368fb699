#ifndef BREAKS_H
#define BREAKS_H

#include "out.h"
#include "rfm.h"

/**
 * breaks: the limits of r, f and m as records, so that parts of the customers,
 * or those of next month, are scored alike:
 *     column   recency, orders or spend
 *     score    2, 3 ...
 *     limit    who has this or better has at least that score: recency as many
 *              days or fewer, orders and spend as much or more
 */

void breaks_write(const struct rfm *rfm, struct out *out);

/** breaks_read(path, rfm): in place of rfm_find. rfm->bins is the highest score
 * allowed, and becomes RFM_MOST_BINS. Ends the program on a bad file. */
void breaks_read(const char *path, struct rfm *rfm);

#endif
