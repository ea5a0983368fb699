#include "express_part.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

static enum way
way_of(const struct clean_column *column)
{
	if (column->check)
		return WAY_LONG;
	switch (column->type) {
	case SCHEMA_TEXT:
		if (column->words)
			return WAY_WORD;
		return column->key || column->digits ? WAY_NUMBERS : WAY_TEXT;
	case SCHEMA_TIME:
		return WAY_TIME;
	case SCHEMA_MONEY:
		return column->words ? WAY_LONG : WAY_MONEY;
	case SCHEMA_NUMBER:
		return column->words ? WAY_WORD : WAY_WHOLE;
	default:
		return column->words ? WAY_WORD : WAY_LONG;
	}
}

struct express_column *
express_open(const struct clean_layout *layout, const struct source *source,
	const uint32_t *to)
{
	struct express_column *columns = mem_zero(layout->count + 1,
		sizeof *columns);

	for (size_t i = 0; i < layout->count; i++) {
		struct express_column *c = &columns[i];
		const struct columns_match *match;

		if (layout->columns[i].instead.n > 0)
			c->way = WAY_SET;
		if (to[i] == CLEAN_NONE || c->way == WAY_SET)
			continue;
		match = &source->columns[to[i]];
		c->cell = match->parts[0];
		c->place = c->cell * (uint32_t)sizeof(struct csv_field);
		c->way = match->count > 1 ? WAY_SET
			: way_of(&layout->columns[i]);
		if (c->way == WAY_WORD)
			c->words = mem_zero(EXPRESS_WORDS, sizeof *c->words);
		if (c->way == WAY_TIME)
			c->days = mem_zero(1, sizeof *c->days);
	}
	return columns;
}

void
express_close(struct express_column *columns, size_t n)
{
	for (size_t i = 0; columns && i < n; i++) {
		free(columns[i].words);
		free(columns[i].days);
	}
	free(columns);
}

void
express_learn(struct express_column *column, struct slice written,
	struct slice clean)
{
	struct express_word word = {.n = (uint8_t)written.n,
		.to = (uint8_t)clean.n};
	char text[EXPRESS_WORD] = "";

	if (!column->words || written.n == 0 || written.n > EXPRESS_WORD ||
		clean.n > EXPRESS_WORD)
		return;
	memcpy(text, written.p, written.n);
	word.written[0] = word_load(text);
	word.written[1] = word_load(text + 8);
	memcpy(word.clean, clean.p, clean.n);
	*express_place(column->words, word.written) = word;
}
