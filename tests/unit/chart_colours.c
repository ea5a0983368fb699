/* chart_colours: every text can be read on its ground, light and dark. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart.h"
#include "tests/unit/tap.h"

/* WCAG 2: relative luminance. */
static double
channel(const char *hex)
{
	char text[3] = {hex[0], hex[1], '\0'};
	double c = (double)strtol(text, NULL, 16) / 255;

	return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(const char *colour)
{
	return 0.2126 * channel(colour + 1) + 0.7152 * channel(colour + 3) +
		0.0722 * channel(colour + 5);
}

static double
contrast(const char *a, const char *b)
{
	double x = luminance(a), y = luminance(b);

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

/* The colour of a class in a style sheet from `from` on. */
static const char *
colour_of(const char *css, const char *rule)
{
	const char *found = strstr(css, rule);

	return found ? strchr(found, '#') : "#000000";
}

static void
test_contrast(void)
{
	static const char *const on_paper[] = {
		".name,", ".tick{", ".s1{", ".s2{", ".s3{", ".s4{", ".s5{",
		".s0{",
	};
	struct buf b = {0};
	const char *css, *dark;
	char field[8], figure[8];
	size_t i, pass;

	chart_colours(&b);
	buf_byte(&b, '\0');
	css = b.p;
	dark = strstr(css, "@media");
	for (pass = 0; pass < 2; pass++, css = dark) {
		const char *paper = colour_of(css, ".paper{");

		for (i = 0; i < sizeof on_paper / sizeof *on_paper; i++)
			tap_ok(contrast(paper, colour_of(css, on_paper[i])) >=
				4.5, "contrast of %s on %s paper: %.1f",
				on_paper[i], pass ? "dark" : "light",
				contrast(paper, colour_of(css, on_paper[i])));
		for (i = 1; i <= 5; i++) {
			snprintf(field, sizeof field, ".h%zu{", i);
			snprintf(figure, sizeof figure, ".g%zu{", i);
			tap_ok(contrast(colour_of(css, field),
				colour_of(css, figure)) >= 4.5,
				"contrast in field %zu, %s: %.1f", i, pass ?
				"dark" : "light", contrast(colour_of(css,
				field), colour_of(css, figure)));
		}
	}
	buf_free(&b);
}

int
main(void)
{
	test_contrast();
	return tap_done();
}
