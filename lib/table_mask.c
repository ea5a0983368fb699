#include "table.h"

#include "mask.h"
#include "text.h"

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

/* The first column with something personal that an expression names, be it
 * "name", "customer.phone" or "upper(name)". */
static struct slice
personal(struct slice expression)
{
	const char *p = expression.p, *end = expression.p + expression.n;
	const char *word;

	while (p < end) {
		if (!is_letter(*p)) {
			p++;
			continue;
		}
		for (word = p; p < end && is_letter(*p); p++)
			;
		if (mask_is_personal((struct slice){word, (size_t)(p - word)}))
			return (struct slice){word, (size_t)(p - word)};
	}
	return (struct slice){"", 0};
}

static struct slice
mask(struct table *t, struct slice column, struct slice text)
{
	struct buf masked = {0};
	struct slice kept;

	mask_column(&masked, column, text);
	kept = table_keep(t, buf_slice(&masked));
	buf_free(&masked);
	return kept;
}

static void
mask_cells(struct table *t, size_t column, struct slice as)
{
	struct buf plain = {0}, field = {0};
	size_t i;

	for (i = 0; i < t->rows; i++) {
		struct table_cell *cell =
			&t->cells[i * t->column_count + column];

		buf_clear(&plain);
		buf_clear(&field);
		if (!text_unescape(&plain, cell->field)) {
			buf_clear(&plain);
			buf_add(&plain, cell->field);
		}
		text_escape(&field, mask(t, as, buf_slice(&plain)));
		cell->field = table_keep(t, buf_slice(&field));
	}
	buf_free(&plain);
	buf_free(&field);
}

/* The name of a side ends in its value. */
static void
mask_side(struct table *t, struct table_column *c, struct slice as)
{
	struct slice masked = mask(t, as, c->side);
	struct buf name = {0};

	if (c->side.n == 0 || c->side.n > c->name.n)
		return;
	buf_add(&name, (struct slice){c->name.p, c->name.n - c->side.n});
	buf_add(&name, masked);
	c->name = table_keep(t, buf_slice(&name));
	c->side = masked;
	buf_free(&name);
}

void
table_mask(struct table *t)
{
	struct slice across = personal(t->across);
	size_t k;

	for (k = 0; k < t->column_count; k++) {
		struct table_column *c = &t->columns[k];
		struct slice as = personal(c->source.n > 0 ? c->source :
			c->name);

		if (as.n > 0 && c->type == TABLE_TEXT)
			mask_cells(t, k, as);
		if (across.n > 0 && c->sided)
			mask_side(t, c, across);
	}
}
