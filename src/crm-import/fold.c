#include "fold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

enum kind { LETTER, DIGIT, CHINESE, APOSTROPHE, MARK };

static bool
within(uint32_t code, uint32_t from, uint32_t to)
{
	return code >= from && code <= to;
}

static bool
is_chinese(uint32_t code)
{
	return within(code, 0x3400, 0x9fff) || within(code, 0x3041, 0x30fa) ||
		within(code, 0xac00, 0xd7a3) || within(code, 0xf900, 0xfaff) ||
		within(code, 0x20000, 0x3ffff) || code == 0x3005 ||
		code == 0x30fc;
}

/* Marks: ASCII, Latin-1, general punctuation, symbols, CJK punctuation, marks
 * in full width and what has no meaning of its own. */
static bool
is_mark(uint32_t code)
{
	return code <= 0xa9 || within(code, 0xab, 0xb4) ||
		within(code, 0xb6, 0xb9) || within(code, 0xbb, 0xbf) ||
		within(code, 0x2000, 0x2bff) || within(code, 0x3000, 0x303f) ||
		within(code, 0xfe00, 0xfe6f) || within(code, 0xff00, 0xffff) ||
		within(code, 0xe000, 0xf8ff) || code == 0x30fb;
}

static enum kind
kind_of(uint32_t code)
{
	if (within(code, 'a', 'z') || within(code, 'A', 'Z'))
		return LETTER;
	if (within(code, '0', '9'))
		return DIGIT;
	if (code == '\'' || code == 0x2019)
		return APOSTROPHE;
	if (is_chinese(code))
		return CHINESE;
	return is_mark(code) ? MARK : LETTER;
}

/* Decoded, in half width, in lower case; each step only where it may matter. */
static struct slice
plain_text(struct fold *f, struct slice s)
{
	bool escaped = s.n > 0 && memchr(s.p, '\\', s.n), wide = false;

	if (escaped) {
		buf_clear(&f->plain);
		text_unescape(&f->plain, s);
		s = buf_slice(&f->plain);
	}
	for (size_t i = 0; i < s.n; i++)
		wide |= (unsigned char)s.p[i] == 0xef;
	if (wide) {
		buf_clear(&f->half);
		text_halfwidth(&f->half, s);
		s = buf_slice(&f->half);
	}
	buf_clear(&f->low);
	text_lower(&f->low, s);
	return buf_slice(&f->low);
}

static struct fold_word *
new_word(struct fold *f, enum kind kind, const uint32_t *at)
{
	if (f->count == f->word_room) {
		f->word_room = 2 * f->word_room + 16;
		f->words = mem_resize(f->words, f->word_room, sizeof *f->words);
	}
	f->words[f->count] = (struct fold_word){at, 0,
		kind == DIGIT ? FOLD_DIGITS : kind == CHINESE ? FOLD_CHINESE
		: FOLD_LETTERS};
	return &f->words[f->count++];
}

static void
drop_zeros(struct fold_word *word)
{
	while (word->n > 1 && *word->p == '0') {
		word->p++;
		word->n--;
	}
}

void
fold_text(struct fold *f, struct slice field)
{
	struct slice rest = plain_text(f, field);
	struct fold_word *word = NULL;
	enum kind last = MARK;
	uint32_t *to;

	if (f->character_room < rest.n) {
		f->character_room = rest.n;
		f->characters = mem_resize(f->characters, rest.n,
			sizeof *f->characters);
	}
	to = f->characters;
	f->count = 0;
	while (rest.n > 0) {
		size_t n = text_decode(rest, to);
		enum kind kind = kind_of(*to);

		rest.p += n;
		rest.n -= n;
		if (kind == APOSTROPHE)
			continue;
		if (kind != MARK && kind != last)
			word = new_word(f, kind, to);
		last = kind;
		if (kind == MARK)
			continue;
		word->n++;
		to++;
	}
	for (size_t i = 0; i < f->count; i++)
		if (f->words[i].kind == FOLD_DIGITS)
			drop_zeros(&f->words[i]);
}

void
fold_free(struct fold *f)
{
	free(f->words);
	free(f->characters);
	buf_free(&f->plain);
	buf_free(&f->half);
	buf_free(&f->low);
	*f = (struct fold){0};
}
