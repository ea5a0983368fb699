#include "words.h"

#include <stdlib.h>

#include "hash.h"
#include "mem.h"
#include "rules.h"
#include "src/crm-import/words.tsv.h"
#include "text.h"

enum { MOST_COLUMNS = 16 };

struct words_column {
	struct slice name;
	struct hash *words; /* payload: the canonical word, a slice */
};

struct words {
	struct rules *table;
	struct words_column columns[MOST_COLUMNS];
	size_t count;
};

static struct words_column *
column_for(struct words *w, struct slice name)
{
	for (size_t i = 0; i < w->count; i++)
		if (slice_equal(w->columns[i].name, name))
			return &w->columns[i];
	if (w->count == MOST_COLUMNS)
		return NULL;
	w->columns[w->count] = (struct words_column){name,
		hash_open(sizeof(struct slice))};
	return &w->columns[w->count++];
}

/* Written as the table writes it: lower case, half-width. */
static struct slice
plain(struct slice s, struct buf *scratch)
{
	bool changed = false;
	size_t half;

	for (size_t i = 0; i < s.n && !changed; i++)
		changed = (s.p[i] >= 'A' && s.p[i] <= 'Z') || s.p[i] == '\xef';
	if (!changed)
		return s;
	buf_clear(scratch);
	text_halfwidth(scratch, s);
	half = scratch->n;
	buf_reserve(scratch, 2 * half + 8);
	text_lower(scratch, (struct slice){scratch->p, half});
	return (struct slice){scratch->p + half, scratch->n - half};
}

struct words *
words_open(void)
{
	struct words *w = mem_zero(1, sizeof *w);
	struct buf scratch = {0};
	size_t column, word, written;

	w->table = rules_built_in("words.tsv", (struct slice){
		(const char *)words_tsv, sizeof words_tsv});
	column = rules_need(w->table, "column");
	word = rules_need(w->table, "word");
	written = rules_need(w->table, "written");
	for (size_t i = 0; i < w->table->count; i++) {
		struct words_column *c = column_for(w,
			rules_cell(w->table, i, column));
		struct slice key = plain(rules_cell(w->table, i, written),
			&scratch);
		struct slice *to;

		if (!c)
			rules_die(w->table, i, column, "too many columns");
		to = hash_payload(c->words,
			hash_put(c->words, key, hash_code(key), NULL));
		*to = rules_cell(w->table, i, word);
	}
	buf_free(&scratch);
	return w;
}

void
words_close(struct words *w)
{
	for (size_t i = 0; i < w->count; i++)
		hash_close(w->columns[i].words);
	rules_close(w->table);
	free(w);
}

const struct words_column *
words_of(const struct words *w, struct slice column)
{
	for (size_t i = 0; i < w->count; i++)
		if (slice_equal(w->columns[i].name, column))
			return &w->columns[i];
	return NULL;
}

bool
words_find(const struct words_column *column, struct slice written,
	struct buf *scratch, struct slice *out)
{
	struct slice key = plain(written, scratch);
	uint32_t i = hash_find(column->words, key, hash_code(key));

	if (i == HASH_NONE)
		return false;
	*out = *(struct slice *)hash_payload(column->words, i);
	return true;
}
