#include "chart_part.h"

#include <math.h>
#include <stdio.h>

#define LOWEST 190.0 /* of the plot */
#define HIGHEST 300.0
#define NAMES 38.0   /* below it: two lines */
#define APART 10.0   /* of names */

static double
tick_width(struct chart *c, const struct chart_scale *s)
{
	double width = 0, at;

	for (at = s->least; at <= s->most + s->step / 2; at += s->step) {
		buf_clear(&c->text);
		chart_tick(&c->text, at, s->most, c->lang, c->data.percent);
		width = fmax(width, svg_width(buf_slice(&c->text),
			CHART_SMALL));
	}
	return width;
}

static void
draw_grid(struct chart *c, const struct chart_frame *f)
{
	const struct chart_scale *s = &f->scale;
	double at;

	for (at = s->least; at <= s->most + s->step / 2; at += s->step) {
		bool zero = fabs(at) < s->step / 2;
		double y = chart_scale_at(s, at);

		buf_clear(&c->text);
		chart_tick(&c->text, zero ? 0 : at, s->most, c->lang,
			c->data.percent);
		svg_text(c->b, f->left - 6, y + 4, SVG_END, "tick",
			buf_slice(&c->text));
		svg_line(c->b, f->left, y, f->right, y,
			zero ? "axis" : "grid");
	}
}

static void
write_month(struct buf *b, long month, enum table_lang lang)
{
	static const char *const names[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};

	if (lang == TABLE_ZH)
		buf_printf(b, "%ld月", month + 1);
	else
		buf_text(b, names[month]);
}

/* Inside the picture. */
static void
write_below(struct chart *c, double x, double y)
{
	double half = svg_width(buf_slice(&c->text), CHART_SMALL) / 2;

	svg_text(c->b, fmin(fmax(x, half), c->width - half), y, SVG_MIDDLE,
		"tick", buf_slice(&c->text));
}

long
chart_year_step(double month)
{
	double room = svg_width(slice_of("2026"), CHART_SMALL) + APART;

	return (long)chart_round_step(fmax(room / (12 * month), 1));
}

/* Months, each third or only Januaries, as there is room; the year below the
 * first that is named in it. */
static void
name_months(struct chart *c, const struct chart_frame *f)
{
	double room = svg_width(slice_of(c->lang == TABLE_ZH ? "12月" : "Mar"),
		CHART_SMALL) + APART;
	long every = f->step >= room ? 1 : f->step * 3 >= room ? 3 :
		12 * chart_year_step(f->step);
	long year = -1;
	size_t i;

	for (i = 0; i < c->data.count; i++) {
		long rank = c->data.categories[i].rank;
		double x = chart_frame_at(f, i);

		if (rank % every != 0)
			continue;
		buf_clear(&c->text);
		if (every < 12 || c->data.seasons)
			write_month(&c->text, rank % 12, c->lang);
		else
			buf_printf(&c->text, "%ld", rank / 12);
		write_below(c, x, f->bottom + 17);
		if (every >= 12 || c->data.seasons || rank / 12 == year)
			continue;
		year = rank / 12;
		buf_clear(&c->text);
		buf_printf(&c->text, "%ld", year);
		write_below(c, x, f->bottom + 33);
	}
}

/* As many of the names as there is room for. */
static void
name_others(struct chart *c, const struct chart_frame *f)
{
	double widest = 1, most = (f->right - f->left) / 3;
	size_t every, i;

	for (i = 0; i < c->data.count; i++)
		widest = fmax(widest, svg_width(c->data.categories[i].name,
			CHART_SMALL));
	every = (size_t)ceil((fmin(widest, most) + APART) / f->step);
	for (i = 0; i < c->data.count; i += every > 0 ? every : 1) {
		buf_clear(&c->text);
		svg_fit(&c->text, c->data.categories[i].name, CHART_SMALL,
			most);
		write_below(c, chart_frame_at(f, i), f->bottom + 17);
	}
}

struct chart_frame
chart_frame_open(struct chart *c, double y, double right, double least,
	double most)
{
	struct chart_frame f = {.top = y + 8};
	double height = fmin(fmax(c->width * 0.42, LOWEST), HIGHEST);

	f.scale = chart_scale_open(least, most, height < 220 ? 4 : 5,
		chart_data_finest(&c->data));
	f.bottom = f.top + height;
	f.scale.from = f.bottom;
	f.scale.to = f.top;
	f.left = tick_width(c, &f.scale) + 6;
	f.right = c->width - right;
	f.step = (f.right - f.left) /
		(c->data.count > 0 ? (double)c->data.count : 1);
	draw_grid(c, &f);
	if (c->data.months || c->data.seasons)
		name_months(c, &f);
	else
		name_others(c, &f);
	return f;
}

double
chart_frame_at(const struct chart_frame *f, size_t i)
{
	return f->left + f->step * ((double)i + 0.5);
}

double
chart_frame_end(const struct chart_frame *f)
{
	return f->bottom + NAMES;
}
