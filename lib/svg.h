#ifndef SVG_H
#define SVG_H

#include <stdbool.h>

#include "buf.h"
#include "slice.h"

/**
 * svg: the elements of a picture, appended to a buffer. Lengths are pixels.
 *
 * Every text is made visible (text.h), and escaped for XML and HTML alike. The
 * width of a text is estimated: a Chinese character is as wide as high, the
 * others by a table of a common sans serif, so that no font is asked.
 */

/** svg_escape(b, text): text, not markup, also between quotes. Characters that
 * XML 1.0 does not know come out as escapes. */
void svg_escape(struct buf *b, struct slice text);

/** svg_number(b, x): with one decimal at most, none where it is zero. */
void svg_number(struct buf *b, double x);

enum svg_anchor {
	SVG_START,
	SVG_MIDDLE,
	SVG_END,
};

/** svg_text(b, x, y, anchor, class, text): y is the base line. */
void svg_text(struct buf *b, double x, double y, enum svg_anchor anchor,
	const char *class, struct slice text);

/** svg_rect, svg_circle(..., title): a title, if it has bytes, is what a
 * pointer over it shows. */
void svg_rect(struct buf *b, double x, double y, double width, double height,
	const char *class, struct slice title);
void svg_circle(struct buf *b, double x, double y, double radius,
	const char *class, struct slice title);
void svg_line(struct buf *b, double x1, double y1, double x2, double y2,
	const char *class);

/** svg_path_open(b, class), svg_path_to(b, first, x, y), svg_path_close(b,
 * joined): a line through points; joined: back to the first. */
void svg_path_open(struct buf *b, const char *class);
void svg_path_to(struct buf *b, bool first, double x, double y);
void svg_path_close(struct buf *b, bool joined);

/** svg_width(text, size): of a text in a font of so many pixels. */
double svg_width(struct slice text, double size);

/** svg_fit(b, text, size, width): appends text, or its beginning and "…", so
 * that it is at most so wide. */
void svg_fit(struct buf *b, struct slice text, double size, double width);

/** svg_line_break(text, size, width): how many bytes of text make a line of at
 * most so wide: up to a blank, or between characters of a script without
 * blanks; at least one character. A blank at the break belongs to the line. */
size_t svg_line_break(struct slice text, double size, double width);

#endif
