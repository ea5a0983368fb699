#include "chart_part.h"

#include <math.h>

#include "figure.h"

/* Half to even, as the table beside the picture has it: 60.85 is no exact
 * double, so that what is nearly half is taken as half. */
static double
round_even(double value, int decimals)
{
	double power = pow(10, decimals), scaled = value * power;
	double down = floor(scaled), rest = scaled - down;

	if (fabs(rest - 0.5) < 1e-6)
		return (fmod(down, 2) == 0 ? down : down + 1) / power;
	return (rest < 0.5 ? down : down + 1) / power;
}

/* With thin blanks from five digits on. */
static void
add_number(struct buf *b, double value, int decimals)
{
	struct buf digits = {0};
	size_t whole;

	buf_printf(&digits, "%.*f", decimals, round_even(value, decimals));
	whole = digits.n - (decimals > 0 ? (size_t)decimals + 1 : 0);
	if (whole >= 5) {
		figure_group(b, (struct slice){digits.p, whole});
		buf_add(b, (struct slice){digits.p + whole, digits.n - whole});
	} else {
		buf_add(b, buf_slice(&digits));
	}
	buf_free(&digits);
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

/* So many that three digits count, and no more than the values have. */
static int
decimals_of(const struct chart_form *f, const struct unit *unit)
{
	double value = f->most / unit->value;
	int n = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ?
		2 : 3;

	return unit->value == 1 && f->decimals < n ? f->decimals : n;
}

struct chart_form
chart_form_start(enum table_lang lang, bool percent)
{
	return (struct chart_form){.lang = lang, .percent = percent};
}

void
chart_form_see(struct chart_form *f, double value)
{
	if (isnan(value))
		return;
	f->most = fmax(f->most, fabs(value));
	while (f->decimals < 3 && fabs(round_even(value, f->decimals) -
		value) > 1e-9)
		f->decimals++;
}

/* In the form of the others nothing or next to nothing would be left of it. */
static bool
is_lost(const struct chart_form *f, double value)
{
	const struct unit *unit = find_unit(f->most, f->lang);
	double shown = value / unit->value * pow(10, decimals_of(f, unit));

	return value > 0 && !f->percent &&
		shown < (unit->value > 1 ? 9.5 : 0.5);
}

static void
write_one(struct buf *b, const struct chart_form *f, double value)
{
	const struct unit *unit = find_unit(f->most, f->lang);

	if (f->percent) {
		add_number(b, value, value < 99.95 ? 1 : 0);
		buf_byte(b, '%');
		return;
	}
	if (value > 0) {
		add_number(b, value / unit->value, decimals_of(f, unit));
		buf_text(b, unit->name);
	} else {
		buf_byte(b, '0');
	}
}

void
chart_form_write(struct buf *b, const struct chart_form *f, double value)
{
	if (is_lost(f, fabs(value))) {
		chart_figure(b, value, f->lang, f->percent);
		return;
	}
	if (value < 0)
		buf_text(b, "−");
	write_one(b, f, fabs(value));
}

/* Nothing it has to stand in line with: no zeros at the end. */
static void
write_alone(struct buf *b, const struct chart_form *f, double value)
{
	const struct unit *unit = find_unit(f->most, f->lang);
	int decimals = decimals_of(f, unit);

	while (decimals > 0 && round_even(value / unit->value, decimals) ==
		round_even(value / unit->value, decimals - 1))
		decimals--;
	add_number(b, value / unit->value, decimals);
	buf_text(b, unit->name);
}

void
chart_figure(struct buf *b, double value, enum table_lang lang, bool percent)
{
	struct chart_form f = chart_form_start(lang, percent);

	chart_form_see(&f, value);
	if (value < 0)
		buf_text(b, "−");
	if (percent)
		write_one(b, &f, fabs(value));
	else
		write_alone(b, &f, fabs(value));
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
		add_number(b, value, 0);
	else
		buf_printf(b, "%.6g", value);
	if (value > 0 && !percent)
		buf_text(b, unit->name);
	if (percent)
		buf_byte(b, '%');
}
