#include "words.h"

#include <stdlib.h>

#include "msg.h"
#include "rules.h"
#include "src/crm-report/words.tsv.h"
#include "text.h"

enum kind {
	TITLE,
	ABOUT,
	COLUMN,
	UNIT,
	RULE,
};

static const char *const kinds[] = {
	[TITLE] = "title", [ABOUT] = "about", [COLUMN] = "column",
	[UNIT] = "unit", [RULE] = "rule",
};

struct words {
	struct rules *table;
	size_t kind, report, name, texts[TABLE_LANGS];
};

struct words *
words_open(void)
{
	struct words *w = mem_zero(1, sizeof *w);

	w->table = rules_built_in("built-in words", (struct slice){
		(const char *)words_tsv, sizeof words_tsv});
	w->kind = rules_need(w->table, "kind");
	w->report = rules_need(w->table, "report");
	w->name = rules_need(w->table, "name");
	w->texts[TABLE_EN] = rules_need(w->table, "en");
	w->texts[TABLE_ZH] = rules_need(w->table, "zh");
	return w;
}

void
words_close(struct words *w)
{
	rules_close(w->table);
	free(w);
}

enum table_lang
words_language(const char *option)
{
	const char *locale = getenv("LC_ALL");

	if (option != NULL) {
		if (strcmp(option, "en") != 0 && strcmp(option, "zh") != 0)
			msg_usage("--lang: not zh or en: %s", option);
		return *option == 'z' ? TABLE_ZH : TABLE_EN;
	}
	if (locale == NULL || *locale == '\0')
		locale = getenv("LANG");
	return locale != NULL && strncmp(locale, "zh", 2) == 0 ? TABLE_ZH :
		TABLE_EN;
}

/* The words for something, or `otherwise`. */
static struct slice
find(const struct words *w, enum table_lang lang, enum kind kind,
	struct slice report, struct slice name, struct slice otherwise)
{
	const struct rules *t = w->table;
	struct slice found;
	size_t i;

	for (i = 0; i < t->count; i++) {
		if (!slice_is(rules_cell(t, i, w->kind), kinds[kind]) ||
			!slice_equal(rules_cell(t, i, w->report), report) ||
			!slice_equal(rules_cell(t, i, w->name), name))
			continue;
		found = rules_cell(t, i, w->texts[lang]);
		return found.n > 0 ? found : otherwise;
	}
	return otherwise;
}

static const struct slice every = {"", 0};

struct slice
words_title(const struct words *w, enum table_lang lang, struct slice report,
	struct slice title)
{
	return find(w, lang, TITLE, report, every, title);
}

struct slice
words_rule(const struct words *w, enum table_lang lang, const char *rule)
{
	return find(w, lang, RULE, every, slice_of(rule), slice_of(rule));
}

static struct slice
label_of(const struct words *w, enum table_lang lang, struct slice report,
	struct slice name)
{
	struct slice label = find(w, lang, COLUMN, every, name, every);

	return report.n == 0 ? label : find(w, lang, COLUMN, report, name,
		label);
}

static void
head_column(const struct words *w, enum table_lang lang, struct slice report,
	struct table *t, struct table_column *c)
{
	struct slice name = c->sided ? c->measured : c->name;

	c->unit = table_keep(t, find(w, lang, UNIT, every, c->unit, c->unit));
	if (report.n == 0 && lang == TABLE_EN)
		return;
	c->label = table_keep(t, label_of(w, lang, report, name));
}

void
words_apply(const struct words *w, enum table_lang lang, bool built_in,
	struct table *t)
{
	struct slice report = built_in ? t->name : every, sides = every;
	size_t k;

	t->lang = lang;
	if (built_in) {
		t->title = table_keep(t, find(w, lang, TITLE, report, every,
			t->title));
		t->about = table_keep(t, find(w, lang, ABOUT, report, every,
			t->about));
	}
	if (built_in || lang != TABLE_EN)
		sides = label_of(w, lang, report, t->sides);
	if (sides.n > 0)
		t->sides = table_keep(t, sides);
	for (k = 0; k < t->column_count; k++)
		head_column(w, lang, report, t, &t->columns[k]);
}

void
words_fields(const struct words *w, struct table *t)
{
	struct buf plain = {0}, field = {0};
	size_t i;

	for (i = 0; i < t->rows; i++) {
		struct table_cell *cell = &t->cells[i * t->column_count];
		struct slice name;

		buf_clear(&plain);
		buf_clear(&field);
		if (!text_unescape(&plain, cell->field))
			continue;
		name = buf_slice(&plain);
		text_escape(&field, find(w, t->lang, COLUMN, t->name, name,
			find(w, t->lang, COLUMN, every, name, name)));
		cell->field = table_keep(t, buf_slice(&field));
	}
	buf_free(&plain);
	buf_free(&field);
}
