#ifndef HTML_PART_H
#define HTML_PART_H

#include "buf.h"
#include "html.h"
#include "phrase.h"
#include "svg.h"
#include "table.h"

/**
 * html_part: what the files html*.c share; for nobody else.
 */

/** html_style(b): the style sheet. */
void html_style(struct buf *b);

/** html_table(b, t, id): the table; id: of its heading. Of one row without
 * keys the figures stand below each other. html_table_width(t): about how wide
 * it comes, in characters. */
void html_table(struct buf *b, const struct table *t, const char *id);
size_t html_table_width(const struct table *t);

/** html_print_class(t, first, end): how the keys and these columns go on paper:
 * " tight", " dense", " halves" (beside each other) or nothing. */
const char *html_print_class(const struct table *t, size_t first, size_t end);

#endif
