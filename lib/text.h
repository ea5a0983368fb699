#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "slice.h"
#include "word.h"

/**
 * text: UTF-8 and the escapes of crm(5). No locale is consulted anywhere.
 */

/** text_decode(s, code): the first character of s (n > 0): its bytes (1-4),
 * *code its code point; broken UTF-8 (RFC 3629: overlong, surrogate, beyond
 * U+10FFFF, cut short) gives 1 byte and U+FFFD with *code = 0xFFFD. */
size_t text_decode(struct slice s, uint32_t *code);

/** text_encode(out, code): 1-4 bytes. */
size_t text_encode(char *out, uint32_t code);

/** text_valid(s, replaced): how many bytes from the start are valid UTF-8; s.n
 * if all; *replaced becomes true where U+FFFD is among them. It may where they
 * are not all. text_valid_plainly: the same, but character by character, on any
 * processor. text_replaced(s): U+FFFD is in s: the sign that a character was
 * lost. */
size_t text_valid(struct slice s, bool *replaced);
size_t text_valid_plainly(struct slice s);
bool text_replaced(struct slice s);

/** text_length(s): characters. text_width(s): terminal columns: 2 for East
 * Asian Wide and Fullwidth (Unicode TR11) and emoji, 0 for combining marks and
 * controls, else 1. */
size_t text_length(struct slice s);
size_t text_width(struct slice s);
int text_char_width(uint32_t code);

/** text_cut(s, width): the longest prefix of whole characters within width
 * columns. */
struct slice text_cut(struct slice s, size_t width);

/** text_escaped(s): a backslash is in it. */
static inline bool
text_escaped(struct slice s)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t a, b;

	/* most fields are this short: no call for them */
	if (s.n < 8 || s.n > 16) {
		if (s.n > 16)
			return memchr(s.p, '\\', s.n) != NULL;
		for (size_t i = 0; i < s.n; i++)
			if (s.p[i] == '\\')
				return true;
		return false;
	}
	a = word_load(s.p) ^ ones * '\\';
	b = word_load(s.p + s.n - 8) ^ ones * '\\';
	return ((((a - ones) & ~a) | ((b - ones) & ~b)) & ones * 0x80) != 0;
}

/** text_escape(b, s): appends s with TAB, LF, CR and backslash as \t \n \r
 * \\; what crm(5) allows to be written. */
void text_escape(struct buf *b, struct slice s);

/** text_unescape(b, s): appends the bytes that a field means; also reads \b
 * \f \v \'. False at any other backslash pair or a lone one at the end
 * (b then holds what came before). A field without a backslash needs no call. */
bool text_unescape(struct buf *b, struct slice s);

/** text_visible(b, s): appends s fit for a terminal or a message: control
 * characters, bidirectional controls and broken bytes as \xNN or \u{NNNN},
 * the rest as it is. */
void text_visible(struct buf *b, struct slice s);

/** text_lower, text_upper(b, s): appends s in lower or upper case: ASCII,
 * Latin-1, Latin Extended-A, Greek, Cyrillic, full-width Latin; the rest as
 * it is. */
void text_lower(struct buf *b, struct slice s);
void text_upper(struct buf *b, struct slice s);

/** text_halfwidth(b, s): appends s with U+FF01-FF5E as ASCII and U+3000 as a
 * blank. */
void text_halfwidth(struct buf *b, struct slice s);

/** text_trim(s): without ASCII white space, U+00A0 and U+3000 at both ends. */
struct slice text_trim(struct slice s);

/** text_distance(a, b, limit): edits (insert, delete, replace, swap of
 * neighbours; on bytes) from a to b, or limit + 1 if more (Damerau,
 * restricted). */
size_t text_distance(struct slice a, struct slice b, size_t limit);

/** text_suggest(word, names, n): the name nearest to word, or null where none
 * is near enough to be meant (at most a third of its length, at least 1;
 * letter case ignored). */
const struct slice *text_suggest(struct slice word, const struct slice *names,
	size_t n);

#endif
