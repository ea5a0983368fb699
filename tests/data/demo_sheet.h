#ifndef DEMO_SHEET_H
#define DEMO_SHEET_H

#include "demo_world.h"

/**
 * demo_sheet_write(w, directory): customers.csv: GB18030, CRLF, a title above
 * the header, the header repeated, empty rows, phones, dates and amounts in
 * many forms, blanks at the ends of fields; then rows that repeat a customer
 * (found by phone), rows that look like another (for --pairs), and rows that
 * no one can use.
 */
void demo_sheet_write(struct demo_world *w, const char *directory);

#endif
