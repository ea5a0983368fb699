#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>

#include "table.h"

/**
 * words: titles, sentences, headings and units of reports for people, in both
 * languages, from words.tsv: `kind` is title, about, column, unit or rule;
 * `report` is empty for a word of every report; `name` is the column, the unit
 * or the rule; an empty `en` is as the definition has it. The data stay as they are.
 */
struct words;

struct words *words_open(void);
void words_close(struct words *w);

/** words_language(option): by --lang; null: by LC_ALL, else LANG, read as text:
 * Chinese if it begins with "zh". Ends the program on another word. */
enum table_lang words_language(const char *option);

/** words_title(w, lang, report, title): the title of a built-in report. */
struct slice words_title(const struct words *w, enum table_lang lang,
	struct slice report, struct slice title);

/** words_rule(w, lang, rule): how a figure is made. */
struct slice words_rule(const struct words *w, enum table_lang lang,
	const char *rule);

/** words_apply(w, lang, built_in, t): to a whole table. A report that is not
 * built in keeps its words; but in Chinese columns that have the name of one of
 * the built-in reports are headed like it. */
void words_apply(const struct words *w, enum table_lang lang, bool built_in,
	struct table *t);

/** words_fields(w, t): names of columns that are the cells of the first column,
 * as on a card, are put into words. */
void words_fields(const struct words *w, struct table *t);

#endif
