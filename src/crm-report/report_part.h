#ifndef REPORT_PART_H
#define REPORT_PART_H

#include "report.h"

/** report_part: what of a definition names its keys and measures: sort, every,
 * units, draw. For report.c; they end the program where a name is neither. */
void report_part_sort(struct report *r);
void report_part_every(struct report *r);

/** report_part_check: units and draw, which are looked up when asked for. */
void report_part_check(const struct report *r);

#endif
