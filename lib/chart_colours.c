#include "chart_part.h"

/* Light and dark paper and what is on it. The contrast of every text with its
 * ground is 4.5 or more (WCAG 2, AA). Series differ in lightness too, so that
 * who does not see red or green can tell them apart. */
struct palette {
	const char *paper, *ink, *quiet, *grid;
	const char *series[CHART_SERIES + 1]; /* the last one: the rest */
	const char *none;                     /* a field of zero */
	const char *fields[5], *figures[5];   /* of heat maps, and on them */
};

static const struct palette light = {
	"#fffdf9", "#1f1d1a", "#5d5851", "#e0dbd2",
	{"#1d5b99", "#9c1826", "#0c5149", "#966208", "#4f2a66", "#79756f"},
	"#f1ede6",
	{"#e6eef6", "#bdd4ea", "#86b2da", "#3876ad", "#17497c"},
	{"#1f1d1a", "#1f1d1a", "#1f1d1a", "#ffffff", "#ffffff"},
};

static const struct palette dark = {
	"#16181c", "#ece8e1", "#aaa59d", "#383c43",
	{"#7fb5ee", "#fa5e66", "#b9ebe3", "#e9ad43", "#a97bf8", "#aaa7a3"},
	"#23262b",
	{"#1e2a37", "#24415f", "#2f608f", "#74aee4", "#c4dff7"},
	{"#ece8e1", "#ece8e1", "#ffffff", "#111316", "#111316"},
};

static void
rule(struct buf *b, const char *class, size_t number, const char *property,
	const char *colour)
{
	buf_printf(b, ".%s%zu{%s:%s}\n", class, number, property, colour);
}

static void
colours(struct buf *b, const struct palette *p)
{
	size_t i, number;

	buf_printf(b, ":root{--paper:%s;--ink:%s;--quiet:%s;--grid:%s;"
		"--link:%s;--tint:%s}\n", p->paper, p->ink, p->quiet, p->grid,
		p->series[0], p->fields[0]);
	buf_printf(b, ".paper{fill:%s}\n", p->paper);
	buf_printf(b, ".name,.head,.title,.figure,.large{fill:%s}\n", p->ink);
	buf_printf(b, ".tick{fill:%s}\n", p->quiet);
	buf_printf(b, ".axis,.limit{stroke:%s}\n.grid,.ring{stroke:%s}\n",
		p->quiet, p->grid);
	for (i = 0; i <= CHART_SERIES; i++) {
		number = (i + 1) % (CHART_SERIES + 1);
		rule(b, "s", number, "fill", p->series[i]);
		rule(b, "l", number, "stroke", p->series[i]);
	}
	rule(b, "h", 0, "fill", p->none);
	for (i = 0; i < 5; i++) {
		rule(b, "h", i + 1, "fill", p->fields[i]);
		rule(b, "g", i + 1, "fill", p->figures[i]);
	}
}

void
chart_colours(struct buf *b)
{
	buf_text(b, "svg text{font:13px \"Helvetica Neue\",Arial,\"Noto Sans\","
		"\"PingFang SC\",\"Hiragino Sans GB\",\"Microsoft YaHei\","
		"\"Noto Sans CJK SC\",\"Source Han Sans SC\","
		"\"WenQuanYi Micro Hei\",sans-serif;"
		"font-variant-numeric:tabular-nums}\n"
		"svg .tick,svg .figure,svg .g1,svg .g2,svg .g3,svg .g4,svg .g5"
		"{font-size:12px}\n"
		"svg .head{font-size:12px;font-weight:600}\n"
		"svg .large{font-size:24px;font-weight:600}\n"
		"svg .title{font-size:21px;font-weight:600;font-family:Georgia,"
		"\"Songti SC\",SimSun,\"Noto Serif CJK SC\",serif}\n"
		".axis,.grid,.ring,.limit{stroke-width:1;fill:none}\n"
		".limit{stroke-dasharray:3 3}\n"
		".l0,.l1,.l2,.l3,.l4,.l5{fill:none;stroke-width:2.2;"
		"stroke-linejoin:round;stroke-linecap:round}\n"
		".l0{stroke-width:1.2}\n");
	colours(b, &light);
	buf_text(b, "@media screen and (prefers-color-scheme:dark){\n");
	colours(b, &dark);
	buf_text(b, "}\n");
}
