#include "table.h"

#include <stdlib.h>

void
table_init(struct table *t, struct slice name, struct slice title,
	enum table_chart chart)
{
	*t = (struct table){.chart = chart};
	t->name = mem_pool_copy(&t->pool, name);
	t->title = mem_pool_copy(&t->pool, title);
	t->about = (struct slice){"", 0};
}

void
table_free(struct table *t)
{
	mem_pool_free(&t->pool);
	free(t->columns);
	free(t->cells);
	free(t->records);
	free(t->total);
	free(t->notes);
	*t = (struct table){0};
}

void
table_add_column(struct table *t, struct slice name, enum table_type type,
	bool key)
{
	t->columns = mem_resize(t->columns, t->column_count + 1,
		sizeof *t->columns);
	t->columns[t->column_count] = (struct table_column){
		.name = mem_pool_copy(&t->pool, name),
		.unit = {"", 0},
		.label = {"", 0},
		.source = {"", 0},
		.side = {"", 0},
		.measured = {"", 0},
		.type = type,
		.key = key,
		.measure = key ? TABLE_KEY : t->column_count,
	};
	t->column_count++;
}

struct slice
table_keep(struct table *t, struct slice s)
{
	return s.n > 0 ? mem_pool_copy(&t->pool, s) : (struct slice){"", 0};
}

size_t
table_add_row(struct table *t)
{
	struct table_cell *row;
	size_t i;

	if (t->rows == t->room) {
		t->room = t->room ? t->room * 2 : 16;
		t->cells = mem_resize(t->cells, t->room,
			t->column_count * sizeof *t->cells);
		t->records = mem_resize(t->records, t->room,
			sizeof *t->records);
	}
	t->records[t->rows] = TABLE_FEW;
	row = t->cells + t->rows * t->column_count;
	for (i = 0; i < t->column_count; i++)
		row[i] = (struct table_cell){.field = {"", 0}};
	return t->rows++;
}

void
table_set(struct table *t, size_t row, size_t column, struct slice field,
	num_wide value)
{
	t->cells[row * t->column_count + column] = (struct table_cell){
		.field = mem_pool_copy(&t->pool, field),
		.value = value,
	};
}

void
table_set_unit(struct table *t, struct slice unit)
{
	t->columns[t->column_count - 1].unit = mem_pool_copy(&t->pool, unit);
}

void
table_draw(struct table *t)
{
	t->columns[t->column_count - 1].drawn = true;
}

void
table_set_about(struct table *t, struct slice sentence)
{
	t->about = mem_pool_copy(&t->pool, sentence);
}

void
table_set_records(struct table *t, size_t row, uint64_t n)
{
	t->records[row] = n;
}

void
table_set_total(struct table *t, size_t column, struct slice field,
	num_wide value)
{
	size_t i;

	if (t->total == NULL) {
		t->total = mem_alloc(t->column_count, sizeof *t->total);
		for (i = 0; i < t->column_count; i++)
			t->total[i] = (struct table_cell){.field = {"", 0}};
	}
	t->total[column] = (struct table_cell){
		.field = mem_pool_copy(&t->pool, field),
		.value = value,
	};
}

void
table_add_note(struct table *t, struct slice sentence)
{
	t->notes = mem_resize(t->notes, t->note_count + 1, sizeof *t->notes);
	t->notes[t->note_count++] = mem_pool_copy(&t->pool, sentence);
}

const struct table_cell *
table_at(const struct table *t, size_t row, size_t column)
{
	return &t->cells[row * t->column_count + column];
}

bool
table_is_figure(const struct table_column *c)
{
	return c->type == TABLE_NUMBER || c->type == TABLE_MONEY ||
		c->type == TABLE_HOURS;
}

struct slice
table_label(const struct table_column *c)
{
	if (c->label.n > 0)
		return c->label;
	return c->sided ? c->measured : c->name;
}

bool
table_has_few(const struct table *t)
{
	bool few = false, several = false;
	size_t i;

	for (i = 0; i < t->rows; i++) {
		few |= t->records[i] < TABLE_FEW;
		several |= t->records[i] > 1;
	}
	return few && several;
}

bool
table_chart_of(struct slice word, enum table_chart *chart)
{
	static const char *const words[] = {
		[TABLE_PLAIN] = "",
		[TABLE_BAR] = "bar",
		[TABLE_STACKED] = "stacked",
		[TABLE_LINE] = "line",
		[TABLE_RADAR] = "radar",
		[TABLE_PARETO] = "pareto",
		[TABLE_HEAT] = "heat",
	};
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		if (slice_is(word, words[i])) {
			*chart = (enum table_chart)i;
			return true;
		}
	}
	return false;
}
