#include "subject.h"

static bool
has_word(struct slice text, const char *word, bool called)
{
	size_t n = strlen(word), i, k;

	for (i = 0; i + n <= text.n; i++) {
		if (memcmp(text.p + i, word, n) != 0)
			continue;
		if (!called)
			return true;
		for (k = i + n; k < text.n && text.p[k] == ' '; k++)
			continue;
		if (k == text.n || text.p[k] != '(')
			continue;
		for (k++; k < text.n && text.p[k] == ' '; k++)
			continue;
		if (k < text.n && (text.p[k] == '"' || text.p[k] == '\''))
			return true;
	}
	return false;
}

bool
subject_mentions(struct slice text)
{
	return has_word(text, "has", true) || has_word(text, "count", true) ||
		has_word(text, "first", true) || has_word(text, "last", true) ||
		has_word(text, "sum", true) || has_word(text, "work", false);
}

bool
subject_sells(struct slice text)
{
	return has_word(text, "sales", false) || subject_counts(text) ||
		subject_buys(text);
}

bool
subject_counts(struct slice text)
{
	return has_word(text, "purchases", false);
}

bool
subject_years(struct slice text)
{
	return has_word(text, "year_sales", false);
}

bool
subject_buys(struct slice text)
{
	return has_word(text, "first_purchase", false);
}

bool
subject_refers(struct slice text, const char *table)
{
	size_t n = strlen(table), i;

	for (i = 0; i + n < text.n; i++) {
		if (memcmp(text.p + i, table, n) == 0 && text.p[i + n] == '.')
			return true;
	}
	return false;
}
