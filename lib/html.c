#include "html.h"

#include <stdio.h>

#include "chart.h"
#include "figure.h"
#include "html_part.h"

#define AT_DESK 720.0     /* pixels: a picture on its own */
#define BESIDE_TABLE 640.0
#define IN_HAND 350.0     /* on a phone */
#define NARROW_TABLE 58   /* characters; stands beside its picture */
#define ID 32

static struct slice
title_of(const struct table *t)
{
	return t->title.n > 0 ? t->title : t->name;
}

static void
add_element(struct buf *b, const char *open, struct slice text,
	const char *close)
{
	buf_text(b, open);
	svg_escape(b, text);
	buf_text(b, close);
}

static void
add_head(struct buf *b, const struct html_page *page, struct slice title)
{
	buf_printf(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n",
		page->lang == TABLE_ZH ? "zh-CN" : "en");
	buf_text(b, "<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" "
		"content=\"width=device-width,initial-scale=1\"/>\n"
		"<meta http-equiv=\"Content-Security-Policy\" "
		"content=\"default-src 'none';style-src 'unsafe-inline';"
		"img-src data:\"/>\n"
		"<meta name=\"color-scheme\" content=\"light dark\"/>\n"
		"<meta name=\"referrer\" content=\"no-referrer\"/>\n"
		"<link rel=\"icon\" href=\"data:,\"/>\n");
	add_element(b, "<title>", title, "</title>\n<style>\n");
	html_style(b);
	buf_text(b, "</style>\n</head>\n<body>\n<header>\n");
	add_element(b, "<h1 id=\"top\">", title, "</h1>\n<p class=\"when\">");
	buf_text(b, phrase_of(page->lang, PHRASE_AS_OF));
	add_element(b, " ", page->as_of, "");
	if (page->period.n > 0) {
		buf_text(b, page->lang == TABLE_ZH ? "；" : "; ");
		buf_text(b, phrase_of(page->lang, PHRASE_PERIOD));
		add_element(b, " ", page->period, "");
	}
	buf_text(b, "</p>\n</header>\n");
}

static void
add_contents(struct buf *b, const struct html_page *page,
	const struct table *tables, size_t count)
{
	size_t i;

	buf_printf(b, "<nav aria-label=\"%s\">\n<ol>\n",
		phrase_of(page->lang, PHRASE_CONTENTS));
	for (i = 0; i < count; i++) {
		buf_printf(b, "<li><a href=\"#r%zu\">", i + 1);
		add_element(b, "", title_of(&tables[i]), "</a></li>\n");
	}
	buf_text(b, "</ol>\n</nav>\n");
}

/* Twice: the style sheet shows the one that fits. */
static void
add_picture(struct buf *b, const struct table *t, size_t number, double width)
{
	struct chart_style desk = {.width = width}, hand = {.width = IN_HAND};
	char name[ID];

	if (t->chart == TABLE_PLAIN || t->rows == 0)
		return;
	snprintf(name, sizeof name, "r%zu-desk", number);
	desk.id = name;
	buf_text(b, "<figure>\n<div class=\"desk\">\n");
	chart_draw(b, t, &desk);
	snprintf(name, sizeof name, "r%zu-hand", number);
	hand.id = name;
	buf_text(b, "</div>\n<div class=\"hand\">\n");
	chart_draw(b, t, &hand);
	buf_text(b, "</div>\n</figure>\n");
}

static bool
is_rounded(const struct table *t)
{
	size_t k;

	for (k = 0; k < t->column_count; k++) {
		if (figure_plan(t, k).power > 0)
			return true;
	}
	return false;
}

static void
add_note(struct buf *b, const struct table *t, enum phrase phrase)
{
	add_element(b, "<p class=\"note\">",
		slice_of(phrase_of(t->lang, phrase)), "</p>\n");
}

static void
add_notes(struct buf *b, const struct table *t)
{
	size_t i;

	if (table_has_few(t))
		add_note(b, t, PHRASE_FEW);
	if (is_rounded(t))
		add_note(b, t, PHRASE_ROUNDED);
	if (t->note_count == 0)
		return;
	buf_printf(b, "<div class=\"rules\">\n<h3>%s</h3>\n<ul>\n",
		phrase_of(t->lang, PHRASE_RULES));
	for (i = 0; i < t->note_count; i++)
		add_element(b, "<li>", t->notes[i], "</li>\n");
	buf_text(b, "</ul>\n</div>\n");
}

static bool
is_option_begin(struct slice text, size_t at)
{
	char before = at > 0 ? text.p[at - 1] : ' ';

	return text.p[at] == '-' && !(before >= 'a' && before <= 'z') &&
		!(before >= 'A' && before <= 'Z') &&
		!(before >= '0' && before <= '9');
}

static size_t
option_length(struct slice text)
{
	size_t n = 1;

	while (n < text.n && (text.p[n] == '-' || text.p[n] == '=' ||
		(text.p[n] >= 'a' && text.p[n] <= 'z')))
		n++;
	return n;
}

/* An option keeps its line: no line ends with the hyphens of --serials. */
static void
add_about(struct buf *b, struct slice text)
{
	size_t n;

	buf_text(b, "<p class=\"about\">");
	for (; text.n > 0; text.p += n, text.n -= n) {
		bool option = is_option_begin(text, 0);

		n = option ? option_length(text) : 1;
		while (!option && n < text.n && !is_option_begin(text, n))
			n++;
		if (option)
			buf_text(b, "<span class=\"t\">");
		svg_escape(b, (struct slice){text.p, n});
		if (option)
			buf_text(b, "</span>");
	}
	buf_text(b, "</p>\n");
}

static void
add_section(struct buf *b, const struct table *t, size_t number, bool alone)
{
	bool beside = t->chart != TABLE_PLAIN && t->rows > 0 &&
		html_table_width(t) <= NARROW_TABLE;
	char id[ID], heading[ID];

	snprintf(id, sizeof id, "r%zu", number);
	snprintf(heading, sizeof heading, alone ? "top" : "r%zu-title",
		number);
	buf_printf(b, "<section id=\"%s\" aria-labelledby=\"%s\">\n", id,
		heading);
	if (!alone) {
		buf_printf(b, "<h2 id=\"%s\">", heading);
		add_element(b, "", title_of(t), "</h2>\n");
	}
	if (t->about.n > 0)
		add_about(b, t->about);
	buf_text(b, beside ? "<div class=\"pair\">\n" : "<div>\n");
	add_picture(b, t, number, beside ? BESIDE_TABLE : AT_DESK);
	if (t->rows > 0)
		html_table(b, t, heading);
	else
		add_note(b, t, PHRASE_NO_ROWS);
	buf_text(b, "</div>\n");
	add_notes(b, t);
	buf_text(b, "</section>\n");
}

void
html_write(const struct html_page *page, const struct table *tables,
	size_t count, struct out *out)
{
	struct buf b = {0};
	size_t i;

	add_head(&b, page, page->one ? title_of(&tables[0]) :
		slice_of(phrase_of(page->lang, PHRASE_REPORTS)));
	if (!page->one)
		add_contents(&b, page, tables, count);
	buf_text(&b, "<main>\n");
	for (i = 0; i < count; i++) {
		add_section(&b, &tables[i], i + 1, page->one && i == 0);
		out_write(out, buf_slice(&b));
		buf_clear(&b);
	}
	buf_text(&b, "</main>\n</body>\n</html>\n");
	out_write(out, buf_slice(&b));
	buf_free(&b);
}
