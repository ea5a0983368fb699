#include "table_layout.h"

#include <stdlib.h>

#include "phrase.h"
#include "text.h"

/* A text as it is shown, in l->cell. */
static struct slice
show(struct table_layout *l, struct slice text)
{
	buf_clear(&l->cell);
	text_visible(&l->cell, text);
	return buf_slice(&l->cell);
}

static struct slice
show_heading(struct table_layout *l, size_t column)
{
	buf_clear(&l->plain);
	figure_heading(&l->plain, l->t, column, &l->figures[column]);
	return show(l, buf_slice(&l->plain));
}

/* The mark of few records follows the last key. A number without it keeps its
 * place free, so that all are aligned. */
static void
add_mark(struct table_layout *l, size_t row, size_t column)
{
	if (column + 1 != l->keys || !l->marked)
		return;
	if (l->t->records[row] < TABLE_FEW)
		buf_text(&l->cell, " *");
	else if (table_is_figure(&l->t->columns[column]))
		buf_text(&l->cell, "  ");
}

static struct slice
show_cell(struct table_layout *l, size_t row, size_t column)
{
	buf_clear(&l->plain);
	figure_cell(&l->plain, l->t, row, column, &l->figures[column]);
	show(l, buf_slice(&l->plain));
	add_mark(l, row, column);
	return buf_slice(&l->cell);
}

static struct slice
show_total(struct table_layout *l, size_t column)
{
	const struct table_cell *cell = &l->t->total[column];

	if (column == 0 && l->keys > 0)
		return show(l, slice_of(phrase_of(l->t->lang, PHRASE_TOTAL)));
	buf_clear(&l->cell);
	if (cell->field.n > 0 && column >= l->keys)
		figure_write(&l->cell, &l->figures[column], cell->value);
	return buf_slice(&l->cell);
}

static void
widen(struct table_layout *l, size_t column, struct slice shown)
{
	size_t width = text_width(shown);

	if (width > l->widths[column])
		l->widths[column] = width;
}

static void
measure_column(struct table_layout *l, size_t column)
{
	size_t i;

	l->figures[column] = figure_plan(l->t, column);
	widen(l, column, show_heading(l, column));
	for (i = 0; i < l->t->rows; i++)
		widen(l, column, show_cell(l, i, column));
	if (l->t->total)
		widen(l, column, show_total(l, column));
}

static bool
is_shown(const struct table_layout *l, size_t column)
{
	return column < l->keys || (column >= l->from && column < l->to);
}

static size_t
total_width(const struct table_layout *l)
{
	size_t i, total = 0;

	for (i = 0; i < l->t->column_count; i++) {
		if (is_shown(l, i))
			total += l->widths[i] + (total > 0 ? TABLE_GAP : 0);
	}
	return total;
}

/* Where all columns are keys and there is no room for them, the first stands for
 * them: parts that repeat them all would be no parts. */
static void
fold_keys(struct table_layout *l)
{
	if (l->keys == l->t->column_count && l->keys > 2 && !l->marked &&
		total_width(l) > l->style->width)
		l->keys = 1;
}

/* A table wider than the terminal comes in parts, each with the keys and as
 * many of the next columns as there is room for. */
static void
choose_part(struct table_layout *l)
{
	l->from = l->to;
	do {
		l->to++;
	} while (l->to <= l->t->column_count &&
		total_width(l) <= l->style->width);
	if (l->to > l->from + 1)
		l->to--;
}

static void
plan_bars(struct table_layout *l)
{
	if (l->from == l->keys && l->to == l->t->column_count)
		table_bars_plan(l, total_width(l) + TABLE_GAP);
}

static void
add_blanks(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_byte(b, ' ');
}

static void
end_line(struct table_layout *l, struct out *out)
{
	while (l->line.n > 0 && l->line.p[l->line.n - 1] == ' ')
		l->line.n--;
	buf_byte(&l->line, '\n');
	out_write(out, buf_slice(&l->line));
	buf_clear(&l->line);
}

static void
add_aligned(struct table_layout *l, size_t column, struct slice shown)
{
	size_t blanks = l->widths[column] - text_width(shown);
	bool right = table_is_figure(&l->t->columns[column]);

	if (l->line.n > 0)
		add_blanks(&l->line, TABLE_GAP);
	if (right)
		add_blanks(&l->line, blanks);
	buf_add(&l->line, shown);
	if (!right)
		add_blanks(&l->line, blanks);
}

static void
write_title(struct table_layout *l, struct out *out)
{
	if (l->t->title.n == 0)
		return;
	if (l->style->colour)
		buf_text(&l->line, "\033[1m");
	buf_add(&l->line, show(l, l->t->title));
	if (l->style->colour)
		buf_text(&l->line, "\033[0m");
	end_line(l, out);
}

static void
write_rule(struct table_layout *l, struct out *out)
{
	size_t i, width = total_width(l);

	for (i = 0; i < width; i++)
		buf_text(&l->line, "─");
	end_line(l, out);
}

static void
write_head(struct table_layout *l, struct out *out)
{
	size_t i;

	for (i = 0; i < l->t->column_count; i++) {
		if (is_shown(l, i))
			add_aligned(l, i, show_heading(l, i));
	}
	end_line(l, out);
	write_rule(l, out);
}

static void
write_rows(struct table_layout *l, struct out *out)
{
	size_t i, k;

	for (i = 0; i < l->t->rows; i++) {
		for (k = 0; k < l->t->column_count; k++) {
			if (is_shown(l, k))
				add_aligned(l, k, show_cell(l, i, k));
		}
		if (l->bar > 0) {
			add_blanks(&l->line, TABLE_GAP);
			table_bars_row(l, i);
		}
		end_line(l, out);
	}
}

static void
write_total(struct table_layout *l, struct out *out)
{
	size_t k;

	write_rule(l, out);
	for (k = 0; k < l->t->column_count; k++) {
		if (is_shown(l, k))
			add_aligned(l, k, show_total(l, k));
	}
	end_line(l, out);
}

/* Which shade is which column; the last shade may stand for several. */
static void
write_legend(struct table_layout *l, struct out *out)
{
	size_t i;

	for (i = 0; i < l->series_count; i++) {
		add_blanks(&l->line, i > 0 && i < TABLE_SHADES ? TABLE_GAP : 0);
		table_bars_sign(l, i);
		buf_byte(&l->line, ' ');
		buf_add(&l->line, show_heading(l, l->series[i]));
	}
	end_line(l, out);
}

static void
write_notes(struct table_layout *l, struct out *out)
{
	const char *phrases[2];
	size_t n = 0, i;

	if (l->marked)
		phrases[n++] = phrase_of(l->t->lang, PHRASE_FEW);
	for (i = 0; i < l->t->column_count; i++) {
		if (l->figures[i].power > 0) {
			phrases[n++] = phrase_of(l->t->lang, PHRASE_ROUNDED);
			break;
		}
	}
	for (i = 0; i < n; i++) {
		buf_text(&l->line, phrases[i]);
		end_line(l, out);
	}
	for (i = 0; i < l->t->note_count; i++) {
		buf_add(&l->line, show(l, l->t->notes[i]));
		end_line(l, out);
	}
}

void
table_text(const struct table *t, const struct table_style *style,
	struct out *out)
{
	struct table_layout l = {.t = t, .style = style};
	size_t i;

	l.widths = mem_zero(t->column_count + 1, sizeof *l.widths);
	l.figures = mem_zero(t->column_count + 1, sizeof *l.figures);
	l.series = mem_zero(t->column_count + 1, sizeof *l.series);
	while (l.keys < t->column_count && t->columns[l.keys].key)
		l.keys++;
	l.marked = l.keys > 0 && table_has_few(t);
	for (i = 0; i < t->column_count; i++)
		measure_column(&l, i);
	fold_keys(&l);
	l.to = l.keys;
	write_title(&l, out);
	do {
		if (l.to > l.keys)
			end_line(&l, out);
		choose_part(&l);
		plan_bars(&l);
		write_head(&l, out);
		write_rows(&l, out);
		if (t->total)
			write_total(&l, out);
	} while (l.to < t->column_count);
	if (l.bar > 0 && l.series_count > 1)
		write_legend(&l, out);
	write_notes(&l, out);
	free(l.widths);
	free(l.figures);
	free(l.series);
	buf_free(&l.cell);
	buf_free(&l.line);
	buf_free(&l.plain);
}
