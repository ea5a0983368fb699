#include "html_part.h"

#include "chart.h"

static const char *const general[] = {
	"*{box-sizing:border-box}\n",
	"html{-webkit-text-size-adjust:100%;text-size-adjust:100%}\n",
	"body{margin:0 auto;max-width:76rem;padding:1.5rem;",
	"background:var(--paper);color:var(--ink);",
	"font:16px/1.5 \"Helvetica Neue\",Arial,\"Noto Sans\",\"PingFang SC\",",
	"\"Hiragino Sans GB\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",",
	"\"Source Han Sans SC\",\"WenQuanYi Micro Hei\",sans-serif;",
	"overflow-wrap:anywhere}\n",
	"h1,h2{font-family:Georgia,\"Times New Roman\",\"Songti SC\",SimSun,",
	"\"Noto Serif CJK SC\",\"Source Han Serif SC\",serif;",
	"font-weight:600;line-height:1.2;text-wrap:balance}\n",
	"h1{font-size:1.9rem;margin:.4rem 0 .3rem}\n",
	"h2{font-size:1.5rem;margin:0 0 .4rem}\n",
	"h3{font-size:.9rem;margin:1.2rem 0 .3rem}\n",
	"a{color:var(--link)}\n",
	"p{margin:.2rem 0;max-width:46rem}\n",
	".when,.note,.quiet,small,.rules{color:var(--quiet)}\n",
	".when,.note,.rules{font-size:.85rem}\n",
	"header{border-top:4px solid var(--ink);padding-bottom:.4rem}\n",
	"nav ol{columns:18rem auto;gap:2rem;padding-left:1.4rem;margin:1rem 0}\n",
	"nav li{break-inside:avoid;padding:.1rem 0}\n",
	"section{border-top:1px solid var(--ink);margin-top:2.4rem;",
	"padding-top:1rem}\n",
	"header+main section:first-child{border-top:0;margin-top:0;",
	"padding-top:0}\n",
	"figure{margin:1.1rem 0 0;min-width:0}\n",
	"svg.picture{display:block;max-width:100%;height:auto}\n",
	".hand{display:none}\n",
	".rules ul{margin:.2rem 0;padding-left:1.1rem}\n",
};

static const char *const tables[] = {
	".scroll{overflow:auto;max-height:38rem;margin-top:1.1rem;",
	"min-width:0;width:fit-content;max-width:100%;background:",
	"linear-gradient(var(--paper) 40%,transparent) center top,",
	"linear-gradient(transparent,var(--paper) 60%) center bottom,",
	"linear-gradient(var(--grid),transparent) center top,",
	"linear-gradient(transparent,var(--grid)) center bottom;",
	"background-repeat:no-repeat;",
	"background-size:100% 2.5rem,100% 2.5rem,100% .8rem,100% .8rem;",
	"background-attachment:local,local,scroll,scroll}\n",
	".whole{max-height:none}\n",
	".scroll:focus-visible{outline:2px solid var(--link);",
	"outline-offset:2px}\n",
	"table{border-collapse:collapse;font-size:.875rem;line-height:1.35;",
	"font-variant-numeric:tabular-nums lining-nums}\n",
	"th,td{padding:.28rem .9rem .28rem 0;text-align:left;",
	"vertical-align:top;font-weight:400;overflow-wrap:normal;",
	"unicode-bidi:isolate}\n",
	"th:last-child,td:last-child{padding-right:.2rem}\n",
	"thead th{vertical-align:bottom;font-weight:600;",
	"border-bottom:1px solid var(--ink);position:sticky;top:0;",
	"background:var(--paper)}\n",
	"caption{text-align:left;font-weight:600;padding-bottom:.2rem}\n",
	"th::first-letter,caption::first-letter{text-transform:uppercase}\n",
	"tbody th::first-letter,th.datum::first-letter{text-transform:none}\n",
	"small{display:block;font-size:.857em;font-weight:400}\n",
	"tbody tr{border-bottom:1px solid var(--grid)}\n",
	"tbody tr:hover{background:var(--tint)}\n",
	".n{text-align:right}\n",
	"td.n,.t,tbody th,tfoot th,thead th{white-space:nowrap}\n",
	"thead th.wide{white-space:normal;min-width:5.5em;",
	"text-wrap:balance}\n",
	"thead th.long{min-width:11em;overflow-wrap:anywhere}\n",
	"tbody th.long{white-space:normal;min-width:13em;max-width:22em;",
	"overflow-wrap:anywhere}\n",
	"tbody th.quiet.long{white-space:nowrap;overflow:hidden;",
	"text-overflow:ellipsis}\n",
	"tbody th:first-child{position:sticky;left:0;",
	"background:var(--paper)}\n",
	"tfoot th,tfoot td{border-top:1px solid var(--ink);font-weight:600}\n",
};

static const char *const sizes[] = {
	"@media screen and (min-width:1080px){\n",
	".pair{display:grid;grid-template-columns:auto auto;",
	"justify-content:start;gap:3.5rem;align-items:start}\n",
	"}\n",
	"@media screen and (max-width:700px){\n",
	"body{padding:1rem}\n",
	"h1{font-size:1.5rem}\nh2{font-size:1.25rem}\n",
	".desk{display:none}\n.hand{display:block}\n",
	"th,td{padding-right:.7rem}\n",
	"tbody th.long{min-width:10em;max-width:12em}\n",
	"nav li{padding:.35rem 0}\n",
	"}\n",
	"@page{margin:15mm}\n",
	"@media print{\n",
	":root{--paper:#fff}\n.paper{fill:#fff}\n",
	"body{max-width:none;padding:0;font-size:10.5pt}\n",
	"nav{display:none}\n",
	"section{break-inside:auto;margin-top:1.6rem}\n",
	"h1,h2,h3,.about{break-after:avoid}\n",
	"figure,tr,.note,.about{break-inside:avoid}\n",
	"svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}\n",
	".scroll{overflow:visible;max-height:none;background:none}\n",
	"table{font-size:8.5pt}\n",
	"svg.picture{max-height:205mm;width:auto}\n",
	"caption{break-after:avoid}\n",
	".halves{columns:2;column-gap:2rem;width:100%}\n",
	".halves table{font-size:7.5pt}\n",
	".tight table{font-size:7pt}\n.dense table{font-size:5.5pt}\n",
	"thead th{position:static}\n",
	"tfoot{display:table-row-group}\n",
	".short{break-inside:avoid}\n",
	"thead,tbody tr:first-child{break-after:avoid}\n",
	"tfoot,tbody tr:last-child{break-before:avoid}\n",
	"th,td{padding:.16rem .6rem .16rem 0}\n",
	".tight th,.tight td{padding-right:.4rem}\n",
	".dense th,.dense td{padding:.1rem .3rem .1rem 0}\n",
	"}\n",
};

static void
add(struct buf *b, const char *const *rules, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		buf_text(b, rules[i]);
}

void
html_style(struct buf *b)
{
	chart_colours(b);
	add(b, general, sizeof general / sizeof *general);
	add(b, tables, sizeof tables / sizeof *tables);
	add(b, sizes, sizeof sizes / sizeof *sizes);
}
