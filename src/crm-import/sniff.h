#ifndef SNIFF_H
#define SNIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "csv.h"
#include "slice.h"

/**
 * sniff: what a file's first bytes say about its form.
 *
 * sniff_form(sample, whole, quote): the delimiter, of comma, semicolon, tab and
 * bar, that cuts most rows of the sample into the same number of fields, more
 * than one; the comma where none does. quote: a tab file is quoted too.
 */
struct csv_form sniff_form(struct slice sample, bool whole, bool quote);

/**
 * sniff_header(columns, batch): the row of the batch that is the header: the
 * first one of the first 30 that holds no figures and two names that are
 * known, else one; else the first row with two cells filled; else the first
 * that is not empty. SIZE_MAX where there is none.
 */
size_t sniff_header(const struct columns *columns,
	const struct csv_batch *batch);

#endif
