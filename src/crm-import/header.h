#ifndef HEADER_H
#define HEADER_H

#include "columns.h"
#include "csv.h"
#include "source.h"

/**
 * header_find(s, form, columns, sample): the row of the sample that is the
 * header, or what stands for it: sets header_line, headers and titles of s. Ends
 * the program (exit 2) where there is none.
 */
void header_find(struct source *s, const struct source_form *form,
	const struct columns *columns, const struct csv_batch *sample);

#endif
