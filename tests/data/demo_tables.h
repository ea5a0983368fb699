#ifndef DEMO_TABLES_H
#define DEMO_TABLES_H

#include "demo_world.h"

/** demo_tables_write(w, directory): what the rules look things up in:
 * products.tsv, serials.tsv, roster.tsv. */
void demo_tables_write(const struct demo_world *w, const char *directory);

#endif
