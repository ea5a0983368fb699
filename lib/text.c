#include "text.h"

#include <stdio.h>
#include <string.h>

#define REPLACEMENT 0xFFFD

static const uint64_t ones = UINT64_C(0x0101010101010101);

static const unsigned char *
bytes_of(struct slice s)
{
	return (const unsigned char *)s.p;
}

static bool
within(uint32_t n, uint32_t first, uint32_t last)
{
	return n - first <= last - first;
}

static uint64_t
eight(const unsigned char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof word);
	return word;
}

/* p + i moved over what is ASCII: stops at another byte or at n. */
static size_t
skip_ascii(const unsigned char *p, size_t i, size_t n)
{
	const uint64_t tops = ones * 0x80;

	for (; n - i >= 32; i += 32) {
		uint64_t any = eight(p + i) | eight(p + i + 8) |
			eight(p + i + 16) | eight(p + i + 24);

		if (any & tops)
			break;
	}
	while (n - i >= 8 && !(eight(p + i) & tops))
		i += 8;
	while (i < n && p[i] < 0x80)
		i++;
	return i;
}

static bool
continues(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* Bytes of the character at p, by table 3-7 of Unicode; 0: broken. */
static size_t
sequence(const unsigned char *p, size_t n)
{
	unsigned char lead = *p, least = 0x80, most = 0xBF;
	size_t size;

	if (lead < 0x80)
		return 1;
	if (within(lead, 0xC2, 0xDF))
		size = 2;
	else if (within(lead, 0xE0, 0xEF))
		size = 3;
	else if (within(lead, 0xF0, 0xF4))
		size = 4;
	else
		return 0;
	switch (lead) {
	case 0xE0: least = 0xA0; break; /* overlong */
	case 0xED: most = 0x9F; break;  /* surrogates */
	case 0xF0: least = 0x90; break; /* overlong */
	case 0xF4: most = 0x8F; break;  /* beyond U+10FFFF */
	}
	if (n < size || !within(p[1], least, most))
		return 0;
	for (size_t i = 2; i < size; i++)
		if (!continues(p[i]))
			return 0;
	return size;
}

size_t
text_decode(struct slice s, uint32_t *code)
{
	static const unsigned char bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	const unsigned char *p = bytes_of(s);
	size_t size = sequence(p, s.n);

	if (size == 0) {
		*code = REPLACEMENT;
		return 1;
	}
	*code = p[0] & (uint32_t)bits[size];
	for (size_t i = 1; i < size; i++)
		*code = *code << 6 | (p[i] & 0x3Fu);
	return size;
}

size_t
text_encode(char *out, uint32_t code)
{
	static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
	size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	for (size_t i = size; i-- > 1; code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3F));
	*out = (char)(leads[size] | code);
	return size;
}

size_t
text_valid_plainly(struct slice s)
{
	const unsigned char *p = bytes_of(s);
	size_t i = 0, size;

	for (;;) {
		i = skip_ascii(p, i, s.n);
		/* Most Chinese: these leads allow any continuation. */
		while (s.n - i >= 3 && within(p[i], 0xE1, 0xEC) &&
			continues(p[i + 1]) && continues(p[i + 2]))
			i += 3;
		if (i == s.n)
			return i;
		size = sequence(p + i, s.n - i);
		if (size == 0)
			return i;
		i += size;
	}
}

bool
text_replaced(struct slice s)
{
	const char *p = s.p, *end = p + s.n;

	while (p < end && (p = memchr(p, '\xef', (size_t)(end - p)))) {
		if (end - p > 2 && p[1] == '\xbf' && p[2] == '\xbd')
			return true;
		p++;
	}
	return false;
}

size_t
text_length(struct slice s)
{
	const unsigned char *p = bytes_of(s);
	size_t i = 0, ascii, length = 0;

	while (i < s.n) {
		ascii = skip_ascii(p, i, s.n) - i;
		length += ascii;
		i += ascii;
		while (i < s.n && p[i] >= 0x80) {
			size_t size = sequence(p + i, s.n - i);

			i += size ? size : 1;
			length++;
		}
	}
	return length;
}

/* The letter after the backslash, or 0. */
static char
escape_letter(char c)
{
	switch (c) {
	case '\t': return 't';
	case '\n': return 'n';
	case '\r': return 'r';
	case '\\': return '\\';
	}
	return 0;
}

/* Where the next byte that needs an escape is, from i on; or n. */
static size_t
find_escape(const unsigned char *p, size_t i, size_t n)
{
	size_t end;

	do {
		for (; n - i >= 8; i += 8) {
			uint64_t word = eight(p + i), slash = word ^ ones * '\\';
			/* Top bits where a byte of word is under 14, of slash 0. */
			uint64_t low = (word - ones * 14) & ~word;
			uint64_t zero = (slash - ones) & ~slash;

			if ((low | zero) & ones * 0x80)
				break;
		}
		for (end = n - i < 8 ? n : i + 8; i < end; i++)
			if (escape_letter((char)p[i]))
				return i;
	} while (i < n);
	return n;
}

void
text_escape(struct buf *b, struct slice s)
{
	size_t from = 0, i;

	while ((i = find_escape(bytes_of(s), from, s.n)) < s.n) {
		buf_add(b, (struct slice){s.p + from, i - from});
		buf_byte(b, '\\');
		buf_byte(b, escape_letter(s.p[i]));
		from = i + 1;
	}
	buf_add(b, (struct slice){s.p + from, s.n - from});
}

/* The byte that the letter after a backslash stands for, or 0. */
static char
escaped_byte(char letter)
{
	switch (letter) {
	case 't': return '\t';
	case 'n': return '\n';
	case 'r': return '\r';
	case 'b': return '\b';
	case 'f': return '\f';
	case 'v': return '\v';
	case '\\': return '\\';
	case '\'': return '\'';
	}
	return 0;
}

bool
text_unescape(struct buf *b, struct slice s)
{
	const char *p = s.p, *end = s.p + s.n, *slash;

	while (p < end && (slash = memchr(p, '\\', (size_t)(end - p)))) {
		buf_add(b, (struct slice){p, (size_t)(slash - p)});
		if (slash + 1 == end || !escaped_byte(slash[1]))
			return false;
		buf_byte(b, escaped_byte(slash[1]));
		p = slash + 2;
	}
	buf_add(b, (struct slice){p, (size_t)(end - p)});
	return true;
}

static bool
bidirectional(uint32_t code)
{
	return code == 0x061C || within(code, 0x200E, 0x200F) ||
		within(code, 0x202A, 0x202E) || within(code, 0x2066, 0x2069);
}

void
text_visible(struct buf *b, struct slice s)
{
	while (s.n) {
		uint32_t code;
		size_t size = text_decode(s, &code);
		bool broken = size == 1 && code == REPLACEMENT;

		if (broken || code < 0x20 || code == 0x7F)
			buf_printf(b, "\\x%02X", (unsigned)(unsigned char)*s.p);
		else if (within(code, 0x80, 0x9F) ||
			within(code, 0x2028, 0x2029) || bidirectional(code))
			buf_printf(b, "\\u{%04X}", (unsigned)code);
		else
			buf_add(b, (struct slice){s.p, size});
		s.p += size;
		s.n -= size;
	}
}

void
text_halfwidth(struct buf *b, struct slice s)
{
	while (s.n) {
		uint32_t code;
		size_t size = text_decode(s, &code);

		if (within(code, 0xFF01, 0xFF5E))
			buf_byte(b, (char)(code - 0xFF01 + '!'));
		else if (code == 0x3000)
			buf_byte(b, ' ');
		else
			buf_add(b, (struct slice){s.p, size});
		s.p += size;
		s.n -= size;
	}
}

/* Bytes of the white space that p begins with; 0: none. */
static size_t
blank_at(const char *p, size_t n)
{
	if (n >= 1 && (*p == ' ' || ('\t' <= *p && *p <= '\r')))
		return 1;
	if (n >= 2 && memcmp(p, "\xC2\xA0", 2) == 0)
		return 2;
	if (n >= 3 && memcmp(p, "\xE3\x80\x80", 3) == 0)
		return 3;
	return 0;
}

struct slice
text_trim(struct slice s)
{
	size_t size;

	while ((size = blank_at(s.p, s.n))) {
		s.p += size;
		s.n -= size;
	}
	for (size = 1; size <= 3 && size <= s.n; ) {
		if (blank_at(s.p + s.n - size, size) == size) {
			s.n -= size;
			size = 1;
		} else {
			size++;
		}
	}
	return s;
}
