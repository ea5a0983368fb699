#include "chart_part.h"

#include <math.h>
#include <stdlib.h>

#define MOST_OF_WIDTH 0.3 /* for names at the ends */
#define APART 16.0        /* of names */
#define DENSE 13.0        /* from point to point: smaller dots */

/* A name at the end of its line. */
struct ending {
	size_t series;
	double y, at; /* of the line, of the name */
};

static double
room_for_names(const struct chart *c)
{
	double width = 0;
	size_t k;

	for (k = 0; k < c->data.series_count; k++) {
		if (!c->data.series[k].rest)
			width = fmax(width, svg_width(c->data.series[k].name,
				CHART_TEXT));
	}
	return c->data.series_count > 1 ? width + 12 : 8;
}

static bool
is_known(const struct chart *c, size_t series, size_t category)
{
	return !isnan(c->data.series[series].values[category]);
}

/* A line is broken where a value is missing; a point on its own is a dot. */
static void
draw_line(struct chart *c, const struct chart_frame *f, size_t series)
{
	const struct chart_series *s = &c->data.series[series];
	size_t i;

	svg_path_open(c->b, chart_class(c, series, 'l'));
	for (i = 0; i < c->data.count; i++) {
		if (is_known(c, series, i))
			svg_path_to(c->b, i == 0 || !is_known(c, series, i - 1),
				chart_frame_at(f, i),
				chart_scale_at(&f->scale, s->values[i]));
	}
	svg_path_close(c->b, false);
	for (i = 0; i < c->data.count; i++) {
		bool alone = (i == 0 || !is_known(c, series, i - 1)) &&
			(i + 1 == c->data.count || !is_known(c, series, i + 1));

		if (is_known(c, series, i))
			svg_circle(c->b, chart_frame_at(f, i),
				chart_scale_at(&f->scale, s->values[i]),
				f->step > DENSE ? 3 : alone ? 2 : 1.2,
				chart_class(c, series, 's'),
				chart_title(c, i, series));
	}
}

static int
compare(const void *a, const void *b)
{
	const struct ending *x = a, *y = b;

	if (x->y != y->y)
		return x->y > y->y ? 1 : -1;
	return (x->series > y->series) - (x->series < y->series);
}

/* Names move apart: down first, then what fell out at the bottom up again. */
static void
spread(struct ending *endings, size_t n, const struct chart_frame *f)
{
	double lowest = f->bottom;
	size_t i;

	qsort(endings, n, sizeof *endings, compare);
	for (i = 0; i < n; i++) {
		endings[i].at = endings[i].y;
		if (i > 0 && endings[i].at < endings[i - 1].at + APART)
			endings[i].at = endings[i - 1].at + APART;
	}
	for (i = n; i-- > 0; lowest = endings[i].at - APART) {
		if (endings[i].at > lowest)
			endings[i].at = lowest;
	}
}

static void
name_lines(struct chart *c, const struct chart_frame *f)
{
	struct ending endings[CHART_SERIES + 1];
	size_t n = 0, i, k;

	for (k = 0; k < c->data.series_count && n <= CHART_SERIES; k++) {
		for (i = c->data.count; i > 0; i--) {
			if (is_known(c, k, i - 1))
				break;
		}
		if (i > 0)
			endings[n++] = (struct ending){.series = k,
				.y = chart_scale_at(&f->scale,
				c->data.series[k].values[i - 1])};
	}
	spread(endings, n, f);
	for (i = 0; i < n; i++) {
		const struct chart_series *s =
			&c->data.series[endings[i].series];

		svg_text(c->b, f->right + 2, endings[i].at + 4.5, SVG_START,
			chart_class(c, endings[i].series, 't'), s->rest ?
			slice_of(phrase_of(c->lang, PHRASE_OTHER)) : s->name);
	}
}

double
chart_lines(struct chart *c, double y)
{
	struct chart_frame f;
	double room, least, most;
	bool direct;
	size_t k;

	chart_data_rank(&c->data, CHART_SERIES);
	room = room_for_names(c);
	direct = room <= c->width * MOST_OF_WIDTH && c->data.series_count > 1;
	if (!direct)
		y = chart_legend(c, y);
	chart_data_range(&c->data, false, &least, &most);
	f = chart_frame_open(c, y, direct ? room : 8, least, most);
	for (k = c->data.series_count; k-- > 0;)
		draw_line(c, &f, k);
	if (direct)
		name_lines(c, &f);
	return chart_frame_end(&f);
}
