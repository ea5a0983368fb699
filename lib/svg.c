#include "svg.h"

#include <math.h>
#include <stdint.h>

#include "text.h"

static void
escape_character(struct buf *b, struct slice character, uint32_t code)
{
	switch (code) {
	case '&':
		buf_text(b, "&amp;");
		break;
	case '<':
		buf_text(b, "&lt;");
		break;
	case '>':
		buf_text(b, "&gt;");
		break;
	case '"':
		buf_text(b, "&quot;");
		break;
	case '\'':
		buf_text(b, "&#39;");
		break;
	case 0xFFFE:
	case 0xFFFF:
		buf_printf(b, "\\u{%04X}", (unsigned)code);
		break;
	default:
		buf_add(b, character);
	}
}

void
svg_escape(struct buf *b, struct slice text)
{
	struct buf visible = {0};
	struct slice s;
	uint32_t code;
	size_t n;

	text_visible(&visible, text);
	for (s = buf_slice(&visible); s.n > 0; s.p += n, s.n -= n) {
		n = text_decode(s, &code);
		escape_character(b, (struct slice){s.p, n}, code);
	}
	buf_free(&visible);
}

void
svg_number(struct buf *b, double x)
{
	double tenths = round(x * 10);

	if (fabs(tenths) < 0.5)
		tenths = 0;
	if (fmod(tenths, 10) == 0)
		buf_printf(b, "%.0f", tenths / 10);
	else
		buf_printf(b, "%.1f", tenths / 10);
}

static void
attribute(struct buf *b, const char *name, double value)
{
	buf_byte(b, ' ');
	buf_text(b, name);
	buf_text(b, "=\"");
	svg_number(b, value);
	buf_byte(b, '"');
}

static void
open_element(struct buf *b, const char *name, const char *class)
{
	buf_byte(b, '<');
	buf_text(b, name);
	if (*class != '\0') {
		buf_text(b, " class=\"");
		buf_text(b, class);
		buf_byte(b, '"');
	}
}

static void
close_element(struct buf *b, const char *name, struct slice title)
{
	if (title.n == 0) {
		buf_text(b, "/>\n");
		return;
	}
	buf_text(b, "><title>");
	svg_escape(b, title);
	buf_text(b, "</title></");
	buf_text(b, name);
	buf_text(b, ">\n");
}

void
svg_text(struct buf *b, double x, double y, enum svg_anchor anchor,
	const char *class, struct slice text)
{
	static const char *const anchors[] = {
		[SVG_START] = "", [SVG_MIDDLE] = " text-anchor=\"middle\"",
		[SVG_END] = " text-anchor=\"end\"",
	};

	if (text.n == 0)
		return;
	open_element(b, "text", class);
	attribute(b, "x", x);
	attribute(b, "y", y);
	buf_text(b, anchors[anchor]);
	buf_byte(b, '>');
	svg_escape(b, text);
	buf_text(b, "</text>\n");
}

void
svg_rect(struct buf *b, double x, double y, double width, double height,
	const char *class, struct slice title)
{
	open_element(b, "rect", class);
	attribute(b, "x", x);
	attribute(b, "y", y);
	attribute(b, "width", width);
	attribute(b, "height", height);
	close_element(b, "rect", title);
}

void
svg_circle(struct buf *b, double x, double y, double radius,
	const char *class, struct slice title)
{
	open_element(b, "circle", class);
	attribute(b, "cx", x);
	attribute(b, "cy", y);
	attribute(b, "r", radius);
	close_element(b, "circle", title);
}

void
svg_line(struct buf *b, double x1, double y1, double x2, double y2,
	const char *class)
{
	open_element(b, "line", class);
	attribute(b, "x1", x1);
	attribute(b, "y1", y1);
	attribute(b, "x2", x2);
	attribute(b, "y2", y2);
	buf_text(b, "/>\n");
}

void
svg_path_open(struct buf *b, const char *class)
{
	open_element(b, "path", class);
	buf_text(b, " d=\"");
}

void
svg_path_to(struct buf *b, bool first, double x, double y)
{
	buf_byte(b, first ? 'M' : 'L');
	svg_number(b, x);
	buf_byte(b, ' ');
	svg_number(b, y);
}

void
svg_path_close(struct buf *b, bool joined)
{
	buf_text(b, joined ? "Z\"/>\n" : "\"/>\n");
}

/* In hundredths of the height: about Helvetica's, a little wider. */
static double
character_width(uint32_t code)
{
	if (text_char_width(code) == 0)
		return 0;
	if (text_char_width(code) == 2)
		return 1;
	if (code == 0xB7 || (code >= 0x2010 && code <= 0x2027)) /* in Chinese */
		return 1;
	if (code == 0x202F || code == ' ')
		return 0.28;
	if (code < 0x80 && strchr("iljtfrI.,:;'|!()[]/-*", (int)code) != NULL)
		return 0.36;
	if (code < 0x80 && strchr("mwMW%@", (int)code) != NULL)
		return 0.9;
	if (code >= 'A' && code <= 'Z')
		return 0.7;
	return 0.58;
}

double
svg_width(struct slice text, double size)
{
	double width = 0;
	uint32_t code;
	size_t n;

	for (; text.n > 0; text.p += n, text.n -= n) {
		n = text_decode(text, &code);
		width += character_width(code);
	}
	return width * size;
}

void
svg_fit(struct buf *b, struct slice text, double size, double width)
{
	struct slice rest = text;
	double used = size; /* the dots */
	uint32_t code;
	size_t n;

	if (svg_width(text, size) <= width + 0.5) {
		buf_add(b, text);
		return;
	}
	while (rest.n > 0) {
		n = text_decode(rest, &code);
		used += character_width(code) * size;
		if (used > width)
			break;
		rest = (struct slice){rest.p + n, rest.n - n};
	}
	buf_add(b, (struct slice){text.p, text.n - rest.n});
	buf_text(b, "…");
}

/* A line may begin with it: a wide character that closes nothing. */
static bool
may_begin(uint32_t code)
{
	return text_char_width(code) == 2 && code != 0x3001 && code != 0x3002 &&
		code != 0xFF09 && code != 0xFF0C && code != 0xFF1A &&
		code != 0xFF1B && code != 0xFF01 && code != 0xFF1F;
}

size_t
svg_line_break(struct slice text, double size, double width)
{
	struct slice rest = text;
	size_t n, fits = 0, here;
	double used = 0;
	uint32_t code;

	while (rest.n > 0) {
		n = text_decode(rest, &code);
		here = text.n - rest.n;
		if (may_begin(code) && here > 0)
			fits = here;
		used += character_width(code) * size;
		if (used > width && code != ' ' && here > 0)
			return fits > 0 ? fits : here;
		if (code == ' ')
			fits = here + n;
		rest = (struct slice){rest.p + n, rest.n - n};
	}
	return text.n;
}
