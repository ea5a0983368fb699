#include "table_layout.h"

#include "num.h"
#include "series.h"

#define BAR_LEAST 8  /* a shorter bar says nothing */
#define BAR_MOST 40

static const char *const shades[TABLE_SHADES] = {"█", "▓", "▒", "░"};
static const char *const colours[TABLE_SHADES] = {
	"\033[36m", "\033[33m", "\033[35m", "\033[90m",
};

static num_wide
positive(const struct table_layout *l, size_t row, size_t series)
{
	num_wide value = table_at(l->t, row, l->series[series])->value;

	return value > 0 ? value : 0;
}

static num_wide
row_total(const struct table_layout *l, size_t row)
{
	num_wide total = 0;
	size_t i;

	for (i = 0; i < l->series_count; i++)
		total += positive(l, row, i);
	return total;
}

void
table_bars_plan(struct table_layout *l, size_t used)
{
	size_t i;

	if (l->t->chart == TABLE_PLAIN || l->t->chart == TABLE_HEAT ||
		used + BAR_LEAST > l->style->width)
		return;
	l->series_count = series_choose(l->t, l->series);
	if (l->t->chart != TABLE_STACKED && l->series_count > 1)
		l->series_count = 1;
	for (i = 0; i < l->t->rows; i++) {
		num_wide total = row_total(l, i);

		if (total > l->largest)
			l->largest = total;
	}
	if (l->largest == 0)
		return;
	l->bar = l->style->width - used;
	if (l->bar > BAR_MOST)
		l->bar = BAR_MOST;
}

static void
add_shade(struct table_layout *l, size_t shade, const char *text, size_t times)
{
	if (times == 0)
		return;
	if (l->style->colour)
		buf_text(&l->line, colours[shade]);
	while (times-- > 0)
		buf_text(&l->line, text);
	if (l->style->colour)
		buf_text(&l->line, "\033[0m");
}

/* One bar, exact to an eighth of a column; never nothing for something. */
static void
add_single(struct table_layout *l, size_t row)
{
	static const char *const parts[] = {
		"", "▏", "▎", "▍", "▌", "▋", "▊", "▉",
	};
	num_wide room = (num_wide)(l->bar * 8);
	num_wide value = positive(l, row, 0);
	size_t eighths = (size_t)num_divide(value * room, l->largest);

	if (value > 0 && eighths == 0)
		eighths = 1;
	add_shade(l, 0, "█", eighths / 8);
	if (eighths % 8 > 0)
		add_shade(l, 0, parts[eighths % 8], 1);
}

/* Ends of the parts are rounded, not their lengths: so the whole stack has the
 * length that its total asks for. */
static void
add_stack(struct table_layout *l, size_t row)
{
	num_wide sum = 0;
	size_t i, at = 0, end;

	for (i = 0; i < l->series_count; i++) {
		sum += positive(l, row, i);
		end = (size_t)num_divide(sum * (num_wide)l->bar, l->largest);
		add_shade(l, i < TABLE_SHADES ? i : TABLE_SHADES - 1,
			shades[i < TABLE_SHADES ? i : TABLE_SHADES - 1], end - at);
		at = end;
	}
}

void
table_bars_row(struct table_layout *l, size_t row)
{
	if (l->series_count > 1)
		add_stack(l, row);
	else
		add_single(l, row);
}

void
table_bars_sign(struct table_layout *l, size_t i)
{
	if (i < TABLE_SHADES)
		add_shade(l, i, shades[i], 1);
	else
		buf_byte(&l->line, ',');
}
