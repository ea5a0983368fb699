#include "table.h"

#include <stdlib.h>

#include "text.h"

#define GAP 2        /* blanks between columns */
#define BAR_LEAST 8  /* a shorter bar says nothing */
#define BAR_MOST 40
#define SHADES 4

static const char *const shades[SHADES] = {"█", "▓", "▒", "░"};
static const char *const colours[SHADES] = {
	"\033[36m", "\033[33m", "\033[35m", "\033[90m",
};

struct layout {
	const struct table *t;
	const struct table_style *style;
	size_t *widths;
	size_t *decimals; /* digits after the point, the most in the column */
	size_t *series;   /* columns whose figures make the bars */
	size_t series_count;
	size_t keys;      /* columns at the left that name the row */
	size_t from, to;  /* the other columns that are shown now */
	size_t bar;       /* columns of the terminal; 0: no bars */
	num_wide largest; /* what the longest bar stands for */
	struct buf cell, line, plain;
};

static size_t
decimals_of(struct slice field)
{
	const char *point = field.n ? memchr(field.p, '.', field.n) : NULL;

	return point ? (size_t)(field.p + field.n - point) - 1 : 0;
}

/* The name or cell as it is shown, in l->cell. */
static struct slice
show_name(struct layout *l, struct slice name)
{
	buf_clear(&l->cell);
	text_visible(&l->cell, name);
	return buf_slice(&l->cell);
}

static struct slice
show_figure(struct layout *l, size_t column, struct slice field)
{
	size_t has = decimals_of(field);

	buf_clear(&l->cell);
	buf_add(&l->cell, field);
	if (field.n > 0 && has < l->decimals[column]) {
		if (has == 0)
			buf_byte(&l->cell, '.');
		for (; has < l->decimals[column]; has++)
			buf_byte(&l->cell, '0');
	}
	return buf_slice(&l->cell);
}

static struct slice
show_cell(struct layout *l, size_t row, size_t column)
{
	struct slice field = table_at(l->t, row, column)->field;

	if (table_is_figure(&l->t->columns[column]))
		return show_figure(l, column, field);
	buf_clear(&l->plain);
	if (!text_unescape(&l->plain, field))
		return show_name(l, field);
	return show_name(l, buf_slice(&l->plain));
}

static void
measure_column(struct layout *l, size_t column)
{
	size_t i, width;

	l->widths[column] = text_width(
		show_name(l, l->t->columns[column].name));
	for (i = 0; i < l->t->rows; i++) {
		size_t n = decimals_of(table_at(l->t, i, column)->field);

		if (table_is_figure(&l->t->columns[column]) &&
			n > l->decimals[column])
			l->decimals[column] = n;
	}
	for (i = 0; i < l->t->rows; i++) {
		width = text_width(show_cell(l, i, column));
		if (width > l->widths[column])
			l->widths[column] = width;
	}
}

static bool
is_shown(const struct layout *l, size_t column)
{
	return column < l->keys || (column >= l->from && column < l->to);
}

static size_t
total_width(const struct layout *l)
{
	size_t i, total = 0;

	for (i = 0; i < l->t->column_count; i++) {
		if (is_shown(l, i))
			total += l->widths[i] + (total > 0 ? GAP : 0);
	}
	return total;
}

/* A table wider than the terminal comes in parts, each with the keys and as
 * many of the next columns as there is room for. */
static void
choose_part(struct layout *l)
{
	l->from = l->to;
	do {
		l->to++;
	} while (l->to <= l->t->column_count &&
		total_width(l) <= l->style->width);
	if (l->to > l->from + 1)
		l->to--;
}

/* A stack is made of all figures of one kind, any other bar of the first
 * figure. */
static void
choose_series(struct layout *l)
{
	const struct table *t = l->t;
	size_t i;

	for (i = 0; i < t->column_count; i++) {
		if (t->columns[i].key || !table_is_figure(&t->columns[i]))
			continue;
		if (l->series_count > 0 && (t->chart != TABLE_STACKED ||
			t->columns[i].type != t->columns[l->series[0]].type))
			continue;
		l->series[l->series_count++] = i;
	}
}

static num_wide
positive(const struct layout *l, size_t row, size_t series)
{
	num_wide value = table_at(l->t, row, l->series[series])->value;

	return value > 0 ? value : 0;
}

static num_wide
row_total(const struct layout *l, size_t row)
{
	num_wide total = 0;
	size_t i;

	for (i = 0; i < l->series_count; i++)
		total += positive(l, row, i);
	return total;
}

static void
plan_bars(struct layout *l)
{
	size_t used = total_width(l) + GAP, i;

	if (l->from > l->keys || l->to < l->t->column_count ||
		l->t->chart == TABLE_PLAIN || l->t->chart == TABLE_HEAT ||
		used + BAR_LEAST > l->style->width)
		return;
	choose_series(l);
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
add_blanks(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_byte(b, ' ');
}

static void
add_shade(struct layout *l, size_t shade, const char *text, size_t times)
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
add_single(struct layout *l, size_t row)
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
add_stack(struct layout *l, size_t row)
{
	num_wide sum = 0;
	size_t i, at = 0, end;

	for (i = 0; i < l->series_count; i++) {
		sum += positive(l, row, i);
		end = (size_t)num_divide(sum * (num_wide)l->bar, l->largest);
		add_shade(l, i < SHADES ? i : SHADES - 1,
			shades[i < SHADES ? i : SHADES - 1], end - at);
		at = end;
	}
}

static void
end_line(struct layout *l, struct out *out)
{
	while (l->line.n > 0 && l->line.p[l->line.n - 1] == ' ')
		l->line.n--;
	buf_byte(&l->line, '\n');
	out_write(out, buf_slice(&l->line));
	buf_clear(&l->line);
}

static void
add_aligned(struct layout *l, size_t column, struct slice shown)
{
	size_t blanks = l->widths[column] - text_width(shown);
	bool right = table_is_figure(&l->t->columns[column]);

	if (l->line.n > 0)
		add_blanks(&l->line, GAP);
	if (right)
		add_blanks(&l->line, blanks);
	buf_add(&l->line, shown);
	if (!right)
		add_blanks(&l->line, blanks);
}

static void
write_title(struct layout *l, struct out *out)
{
	if (l->t->title.n == 0)
		return;
	if (l->style->colour)
		buf_text(&l->line, "\033[1m");
	buf_add(&l->line, show_name(l, l->t->title));
	if (l->style->colour)
		buf_text(&l->line, "\033[0m");
	end_line(l, out);
}

static void
write_head(struct layout *l, struct out *out)
{
	size_t i, width = total_width(l);

	for (i = 0; i < l->t->column_count; i++) {
		if (is_shown(l, i))
			add_aligned(l, i, show_name(l, l->t->columns[i].name));
	}
	end_line(l, out);
	for (i = 0; i < width; i++)
		buf_text(&l->line, "─");
	end_line(l, out);
}

static void
write_rows(struct layout *l, struct out *out)
{
	size_t i, k;

	for (i = 0; i < l->t->rows; i++) {
		for (k = 0; k < l->t->column_count; k++) {
			if (is_shown(l, k))
				add_aligned(l, k, show_cell(l, i, k));
		}
		if (l->bar > 0) {
			add_blanks(&l->line, GAP);
			if (l->series_count > 1)
				add_stack(l, i);
			else
				add_single(l, i);
		}
		end_line(l, out);
	}
}

/* Which shade is which column; the last shade may stand for several. */
static void
write_legend(struct layout *l, struct out *out)
{
	size_t i;

	for (i = 0; i < l->series_count; i++) {
		if (i < SHADES) {
			add_blanks(&l->line, i > 0 ? GAP : 0);
			add_shade(l, i, shades[i], 1);
		} else {
			buf_byte(&l->line, ',');
		}
		buf_byte(&l->line, ' ');
		buf_add(&l->line,
			show_name(l, l->t->columns[l->series[i]].name));
	}
	end_line(l, out);
}

void
table_text(const struct table *t, const struct table_style *style,
	struct out *out)
{
	struct layout l = {.t = t, .style = style};
	size_t i;

	l.widths = mem_zero(t->column_count + 1, sizeof *l.widths);
	l.decimals = mem_zero(t->column_count + 1, sizeof *l.decimals);
	l.series = mem_zero(t->column_count + 1, sizeof *l.series);
	for (i = 0; i < t->column_count; i++)
		measure_column(&l, i);
	while (l.keys < t->column_count && t->columns[l.keys].key)
		l.keys++;
	l.to = l.keys;
	write_title(&l, out);
	do {
		if (l.to > l.keys)
			end_line(&l, out);
		choose_part(&l);
		plan_bars(&l);
		write_head(&l, out);
		write_rows(&l, out);
	} while (l.to < t->column_count);
	if (l.bar > 0 && l.series_count > 1)
		write_legend(&l, out);
	for (i = 0; i < t->note_count; i++) {
		buf_add(&l.line, show_name(&l, t->notes[i]));
		end_line(&l, out);
	}
	free(l.widths);
	free(l.decimals);
	free(l.series);
	buf_free(&l.cell);
	buf_free(&l.line);
	buf_free(&l.plain);
}
