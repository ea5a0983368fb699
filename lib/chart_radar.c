#include "chart_part.h"

#include <math.h>

#define PI 3.14159265358979323846
#define LARGEST 170.0 /* radius */
#define AROUND 26.0   /* for names above and below */
#define APART 15.0    /* of names */
#define MOST 24       /* spokes that can be told apart */

struct radar {
	double x, y; /* the middle */
	struct chart_scale scale;
	size_t spokes;
};

static void
place(const struct radar *r, size_t spoke, double radius, double *x, double *y)
{
	double angle = 2 * PI * (double)spoke / (double)r->spokes;

	*x = r->x + sin(angle) * radius;
	*y = r->y - cos(angle) * radius;
}

static void
draw_ring(struct chart *c, const struct radar *r, double radius)
{
	double x, y;
	size_t i;

	svg_path_open(c->b, "ring");
	for (i = 0; i < r->spokes; i++) {
		place(r, i, radius, &x, &y);
		svg_path_to(c->b, i == 0, x, y);
	}
	svg_path_close(c->b, true);
}

static void
draw_grid(struct chart *c, const struct radar *r)
{
	const struct chart_scale *s = &r->scale;
	double at, x, y;
	size_t i;

	for (i = 0; i < r->spokes; i++) {
		place(r, i, s->to, &x, &y);
		svg_line(c->b, r->x, r->y, x, y, "grid");
	}
	for (at = s->least + s->step; at <= s->most + s->step / 2;
		at += s->step)
		draw_ring(c, r, chart_scale_at(s, at));
}

/* On paper of their own: lines run behind them. */
static void
draw_ticks(struct chart *c, const struct radar *r)
{
	const struct chart_scale *s = &r->scale;
	double at, y;

	for (at = s->least + s->step; at <= s->most + s->step / 2;
		at += s->step) {
		y = r->y - chart_scale_at(s, at) + 12;
		buf_clear(&c->text);
		chart_tick(&c->text, at, s->most, c->lang, c->data.percent);
		svg_rect(c->b, r->x + 3, y - 9.5, svg_width(buf_slice(&c->text),
			CHART_SMALL) + 2, 11, "paper", (struct slice){"", 0});
		svg_text(c->b, r->x + 4, y, SVG_START, "tick",
			buf_slice(&c->text));
	}
}

/* Down the right side from the top, and down the left. */
static size_t
spoke_at(const struct radar *r, size_t k, bool right)
{
	return right || k == 0 ? k : r->spokes - k;
}

/* The base lines of the names of a side, the top one first: apart from each
 * other, down from the top, then up from the bottom. */
static size_t
place_names(const struct radar *r, bool right, double *at)
{
	size_t n = r->spokes / 2 + 1, k;
	double x;

	for (k = 0; k < n; k++) {
		place(r, spoke_at(r, k, right), r->scale.to + 9, &x, &at[k]);
		at[k] += k == 0 ? -4 : 2 * k == r->spokes ? 12 : 4.5;
		if (k > 0)
			at[k] = fmax(at[k], at[k - 1] + APART);
	}
	at[n - 1] = fmin(at[n - 1], r->y + r->scale.to + 9 + 12);
	for (k = n - 1; k-- > 1;)
		at[k] = fmin(at[k], at[k + 1] - APART);
	return n;
}

static void
draw_name(struct chart *c, const struct radar *r, size_t spoke, double at)
{
	enum svg_anchor anchor = SVG_MIDDLE;
	double x, y, room = c->width;

	place(r, spoke, r->scale.to + 9, &x, &y);
	if (x > r->x + 4) {
		anchor = SVG_START;
		room = c->width - x;
	} else if (x < r->x - 4) {
		anchor = SVG_END;
		room = x;
	}
	buf_clear(&c->text);
	svg_fit(&c->text, c->data.categories[spoke].name, CHART_TEXT, room);
	svg_text(c->b, x, at, anchor, "name", buf_slice(&c->text));
}

static void
draw_names(struct chart *c, const struct radar *r)
{
	double at[MOST / 2 + 1];
	size_t n = place_names(r, true, at), k;

	for (k = 0; k < n; k++)
		draw_name(c, r, k, at[k]);
	place_names(r, false, at);
	for (k = 1; 2 * k < r->spokes; k++)
		draw_name(c, r, spoke_at(r, k, false), at[k]);
}

static void
draw_series(struct chart *c, const struct radar *r, size_t series)
{
	const double *values = c->data.series[series].values;
	double x, y;
	size_t i;
	bool first = true;

	svg_path_open(c->b, chart_class(c, series, 'l'));
	for (i = 0; i < r->spokes; i++) {
		if (isnan(values[i]))
			continue;
		place(r, i, chart_scale_at(&r->scale, values[i]), &x, &y);
		svg_path_to(c->b, first, x, y);
		first = false;
	}
	svg_path_close(c->b, true);
	for (i = 0; i < r->spokes; i++) {
		if (isnan(values[i]))
			continue;
		place(r, i, chart_scale_at(&r->scale, values[i]), &x, &y);
		svg_circle(c->b, x, y, 3.5, chart_class(c, series, 's'),
			chart_title(c, i, series));
	}
}

static double
name_width(const struct chart *c)
{
	double width = 0;
	size_t k;

	for (k = 0; k < c->data.count; k++)
		width = fmax(width, svg_width(c->data.categories[k].name,
			CHART_TEXT));
	return width;
}

static double
radius_of(const struct chart *c)
{
	return fmin(c->width / 2 - name_width(c) - 12, LARGEST);
}

bool
chart_radar_fits(const struct chart *c)
{
	size_t n = c->data.count;

	return n > 2 && n <= MOST && name_width(c) <= c->width / 4 &&
		APART * (double)(n / 2 + 1) <= 2 * radius_of(c);
}

double
chart_radar(struct chart *c, double y)
{
	struct radar r = {.spokes = c->data.count, .x = c->width / 2};
	double least, most, radius = radius_of(c);
	size_t k;

	chart_data_rank(&c->data, CHART_SERIES);
	y = chart_legend(c, y);
	chart_data_range(&c->data, false, &least, &most);
	r.y = y + AROUND + radius;
	r.scale = chart_scale_open(least, most, 5, 0);
	r.scale.from = 0;
	r.scale.to = radius;
	draw_grid(c, &r);
	for (k = c->data.series_count; k-- > 0;)
		draw_series(c, &r, k);
	draw_ticks(c, &r);
	draw_names(c, &r);
	return r.y + radius + AROUND;
}
