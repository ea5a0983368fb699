#ifndef DEMO_CALLS_H
#define DEMO_CALLS_H

#include "demo_world.h"

/**
 * demo_calls_write(w, directory): tickets.csv: UTF-8 with BOM, LF, times like
 * 2026/11/20 9:05, blanks and quotes in notes; some rows name a customer that
 * nobody knows, some close before they open, some serial numbers are false.
 */
void demo_calls_write(struct demo_world *w, const char *directory);

#endif
