#include "channels.h"

#include <string.h>

#include "out.h"
#include "text.h"
#include "written.h"

static bool
in_list(struct slice list, struct slice word)
{
	for (size_t i = 0; i + word.n <= list.n; i++)
		if ((i == 0 || list.p[i - 1] == ',') &&
			(i + word.n == list.n || list.p[i + word.n] == ',') &&
			memcmp(list.p + i, word.p, word.n) == 0)
			return true;
	return false;
}

/* The length of the mark at the start of s that ends a word; 0 if none. */
static size_t
list_mark(struct slice s)
{
	static const char *const marks[] = {",", ";", "|", "/",
		"\xe3\x80\x81"};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t n = strlen(marks[i]);

		if (s.n >= n && memcmp(s.p, marks[i], n) == 0)
			return n;
	}
	return 0;
}

/* False where the word is none that is known; "no" sets none. */
static bool
add_channel(const struct value_place *at, struct slice s, struct buf *lines,
	size_t start, bool *none)
{
	struct slice word, list;
	bool known;

	s = text_trim(s);
	if (written_nothing(s))
		return true;
	known = words_find(at->column->words, s, at->scratch, &word) ||
		words_find(at->layout->channels, s, at->scratch, &word);
	if (!known)
		word = s;
	list = (struct slice){lines->p + start, lines->n - start};
	*none |= slice_is(word, "no");
	if (slice_is(word, "no") || slice_is(list, "all") ||
		in_list(list, word))
		return known;
	if (slice_is(word, "all"))
		lines->n = start;
	if (lines->n > start)
		buf_byte(lines, ',');
	out_text(lines, word);
	return known;
}

bool
channels_clean(const struct value_place *at, struct slice s, struct buf *lines)
{
	struct buf half = {0};
	size_t start = lines->n, from = 0;
	bool known = true, none = false;

	text_halfwidth(&half, s);
	for (size_t i = 0; i <= half.n; i++) {
		size_t mark = list_mark((struct slice){half.p + i, half.n - i});

		if (mark == 0 && i < half.n)
			continue;
		known &= add_channel(at, (struct slice){half.p + from, i - from},
			lines, start, &none);
		i += mark ? mark - 1 : 0;
		from = i + 1;
	}
	if (none && lines->n == start && at->layout->none_said)
		buf_text(lines, "no");
	buf_free(&half);
	return known;
}
