#ifndef SERIES_H
#define SERIES_H

#include <stddef.h>

#include "table.h"

/**
 * series: which columns of a table its picture shows.
 *
 * Those that the definition wants drawn; else the first of figures, and in a picture of several series those that
 * can be compared with it: the sides of the same measure, or, where there is no
 * `across`, measures of the same type and unit. A stack leaves out a first
 * column that is the total of the others.
 */

/** series_choose(t, columns): writes at most t->column_count numbers; returns
 * how many, 0 where there are no figures. */
size_t series_choose(const struct table *t, size_t *columns);

#endif
