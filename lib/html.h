#ifndef HTML_H
#define HTML_H

#include "out.h"
#include "table.h"

/**
 * html: one page of results that needs nothing else: no script, no font, no
 * request to anywhere. Each result has its title, what it says, its picture (in
 * two widths; the style sheet shows one), its table and its notes; several have
 * a table of contents. Light, dark, on a phone and on paper.
 */
struct html_page {
	enum table_lang lang;
	struct slice as_of;
	struct slice period; /* n == 0: all time */
	bool one;            /* the results are parts of one, the first */
};

void html_write(const struct html_page *page, const struct table *tables,
	size_t count, struct out *out);

#endif
