#include "chart_part.h"

#include <math.h>

#include "figure.h"

/* 1, 2 or 5 times a power of ten, at least so large. */
static double
round_step(double least)
{
	double power = pow(10, floor(log10(least)));
	double part = least / power;

	if (part <= 1.0001)
		return power;
	if (part <= 2.0001)
		return 2 * power;
	return part <= 5.0001 ? 5 * power : 10 * power;
}

struct chart_scale
chart_scale_open(double least, double most, size_t ticks)
{
	struct chart_scale s;

	if (!(most > least))
		most = least + 1;
	s.step = round_step((most - least) / (double)ticks);
	s.least = floor(least / s.step + 1e-9) * s.step;
	s.most = ceil(most / s.step - 1e-9) * s.step;
	s.from = 0;
	s.to = 1;
	return s;
}

double
chart_scale_at(const struct chart_scale *s, double value)
{
	return s->from + (value - s->least) / (s->most - s->least) *
		(s->to - s->from);
}

/* Whole, with thin blanks from five digits on. */
static void
add_whole(struct buf *b, double value)
{
	struct buf digits = {0};

	buf_printf(&digits, "%.0f", value);
	if (digits.n >= 5)
		figure_group(b, buf_slice(&digits));
	else
		buf_add(b, buf_slice(&digits));
	buf_free(&digits);
}

static void
cut_zeros(struct buf *b)
{
	while (b->n > 0 && b->p[b->n - 1] == '0')
		b->n--;
	if (b->n > 0 && b->p[b->n - 1] == '.')
		b->n--;
}

/* Three digits that count. */
static void
add_short(struct buf *b, double value)
{
	int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;

	if (value >= 999.5) {
		add_whole(b, value);
		return;
	}
	buf_printf(b, "%.*f", decimals, value);
	if (decimals > 0)
		cut_zeros(b);
}

struct unit {
	double value;
	const char *name;
};

/* The largest unit that is not larger than the value. */
static const struct unit *
find_unit(double value, enum table_lang lang)
{
	static const struct unit units[TABLE_LANGS][3] = {
		[TABLE_EN] = {{1e9, "bn"}, {1e6, "m"}, {1, ""}},
		[TABLE_ZH] = {{1e8, "亿"}, {1e4, "万"}, {1, ""}},
	};
	const struct unit *unit = units[lang];

	while (unit->value > 1 && value < unit->value)
		unit++;
	return unit;
}

void
chart_figure(struct buf *b, double value, enum table_lang lang, bool percent)
{
	const struct unit *unit = find_unit(fabs(value), lang);

	if (value < 0)
		buf_text(b, "−");
	value = fabs(value);
	if (percent) {
		buf_printf(b, "%.*f", value < 99.95 ? 1 : 0, value);
		buf_byte(b, '%');
		return;
	}
	if (unit->value > 1)
		add_short(b, value / unit->value);
	else if (value == floor(value))
		add_whole(b, value);
	else
		add_short(b, value);
	buf_text(b, unit->name);
}

void
chart_tick(struct buf *b, double value, double most, enum table_lang lang,
	bool percent)
{
	const struct unit *unit = find_unit(fabs(most), lang);

	if (value < 0)
		buf_text(b, "−");
	value = fabs(value) / (percent ? 1 : unit->value);
	if (value >= 1000)
		add_whole(b, value);
	else
		buf_printf(b, "%.6g", value);
	if (value > 0 && !percent)
		buf_text(b, unit->name);
	if (percent)
		buf_byte(b, '%');
}
