#include "words.h"

#include <string.h>

static bool
in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '_' || c == '.' ||
		(unsigned char)c >= 0x80;
}

/* The byte after the text in quotes that begins at `at`. */
static size_t
skip_quoted(struct slice text, size_t at)
{
	const char *end = memchr(text.p + at + 1, text.p[at],
		text.n - at - 1);

	return end ? (size_t)(end - text.p) + 1 : text.n;
}

/* The next word and how deep in parentheses it stands. */
static bool
next_word(struct slice text, size_t *position, struct slice *word, int *depth)
{
	size_t at = *position;

	while (at < text.n && !in_word(text.p[at])) {
		if (text.p[at] == '"' || text.p[at] == '\'') {
			at = skip_quoted(text, at);
			continue;
		}
		*depth += (text.p[at] == '(') - (text.p[at] == ')');
		at++;
	}
	word->p = text.p + at;
	while (at < text.n && in_word(text.p[at]))
		at++;
	word->n = (size_t)(text.p + at - word->p);
	*position = at;
	return word->n > 0;
}

bool
words_next(struct slice text, size_t *position, struct slice *word, bool *call)
{
	int depth = 0;
	size_t at;

	if (!next_word(text, position, word, &depth))
		return false;
	for (at = *position; at < text.n && text.p[at] == ' '; at++)
		continue;
	if (call)
		*call = at < text.n && text.p[at] == '(';
	return true;
}

/* column("name"): the text in quotes that comes next is a name. */
static bool
quotes(struct slice text, size_t at, struct slice name)
{
	size_t end;

	while (at < text.n && text.p[at] != '"' && text.p[at] != '\'')
		at++;
	if (at >= text.n)
		return false;
	end = skip_quoted(text, at);
	return end - at >= 2 && slice_equal(name, (struct slice){
		text.p + at + 1, end - at - 2});
}

bool
words_name(struct slice text, struct slice name)
{
	struct slice word;
	size_t at = 0;
	bool call;

	while (words_next(text, &at, &word, &call)) {
		const char *dot = memchr(word.p, '.', word.n);
		struct slice behind = word;

		if (slice_equal(word, name) || (call &&
			slice_is(word, "column") && quotes(text, at, name)))
			return true;
		if (!dot)
			continue;
		behind.p = dot + 1;
		behind.n = word.n - (size_t)(behind.p - word.p);
		if (slice_equal(behind, name))
			return true;
	}
	return false;
}

bool
words_calls(struct slice text, const char *const *functions)
{
	struct slice word;
	size_t at = 0;
	bool call;

	while (words_next(text, &at, &word, &call))
		for (size_t i = 0; call && functions[i]; i++)
			if (slice_is(word, functions[i]))
				return true;
	return false;
}

static bool
has_or(struct slice text)
{
	struct slice word;
	size_t at = 0;
	int depth = 0;

	while (next_word(text, &at, &word, &depth))
		if (depth == 0 && slice_is(word, "or"))
			return true;
	return false;
}

bool
words_part(struct slice text, size_t *position, struct slice *part)
{
	size_t from = *position, at = from;
	struct slice word;
	int depth = 0;

	if (from >= text.n)
		return false;
	*part = (struct slice){text.p + from, text.n - from};
	*position = text.n;
	if (has_or(text))
		return true;
	while (next_word(text, &at, &word, &depth))
		if (depth == 0 && slice_is(word, "and")) {
			part->n = (size_t)(word.p - part->p);
			*position = at;
			break;
		}
	return true;
}

bool
words_argument(struct slice text, const char *function, struct slice *out)
{
	struct slice word;
	size_t at = 0;
	bool call;
	int depth = 0;

	do {
		if (!words_next(text, &at, &word, &call))
			return false;
	} while (!call || !slice_is(word, function));
	while (text.p[at] != '(')
		at++;
	out->p = text.p + ++at;
	while (at < text.n && (depth > 0 || text.p[at] != ',')) {
		if (text.p[at] == '"' || text.p[at] == '\'') {
			at = skip_quoted(text, at);
			continue;
		}
		depth += (text.p[at] == '(') - (text.p[at] == ')');
		at++;
	}
	out->n = (size_t)(text.p + at - out->p);
	return at < text.n;
}
