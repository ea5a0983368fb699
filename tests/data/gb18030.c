#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>

#include "gb18030.h"

/* The bytes of the characters that UTF-8 writes in two or three, as one number;
 * 0: not known. */
static uint32_t codes[0x10000];

/* The character at p; 0 if it takes more than three bytes, or is cut short. */
static uint32_t
decode(const char *p, const char *end, size_t *n)
{
	const unsigned char *c = (const unsigned char *)p;

	*n = c[0] < 0x80 ? 1 : c[0] < 0xE0 ? 2 : c[0] < 0xF0 ? 3 : 4;
	if (*n == 4 || *n > (size_t)(end - p))
		return 0;
	return *n == 1 ? c[0] : *n == 2 ? (c[0] & 0x1Fu) << 6 | (c[1] & 0x3Fu)
		: (c[0] & 0xFu) << 12 | (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu);
}

/* Keeps what bytes[0 .. n) mean. */
static void
learn(iconv_t back, const unsigned char *bytes, size_t n)
{
	char copy[4], got[8], *from = copy, *to = got;
	size_t left = n, room = sizeof got, size;
	uint32_t character, code = 0;

	for (size_t i = 0; i < n; i++) {
		copy[i] = (char)bytes[i];
		code = code << 8 | bytes[i];
	}
	if (iconv(back, &from, &left, &to, &room) == (size_t)-1 || left) {
		iconv(back, NULL, NULL, NULL, NULL);
		return;
	}
	character = decode(got, to, &size);
	if (to == got + size && !codes[character])
		codes[character] = code;
}

static void
fill(void)
{
	iconv_t back = iconv_open("UTF-8", "GB18030");

	if (back == (iconv_t)-1)
		return;
	for (unsigned a = 0x81; a <= 0xFE; a++)
		for (unsigned b = 0x40; b <= 0xFE; b++)
			learn(back, (const unsigned char[]){
				(unsigned char)a, (unsigned char)b}, 2);
	/* of those of four bytes the first, among them the yen sign */
	for (unsigned c = 0x81; c <= 0xFE; c++)
		for (unsigned d = '0'; d <= '9'; d++)
			learn(back, (const unsigned char[]){0x81, 0x30,
				(unsigned char)c, (unsigned char)d}, 4);
	iconv_close(back);
}

size_t
gb18030_put(char to[4], const char **from, const char *end)
{
	static bool filled;
	size_t n, size = 0;
	uint32_t character = decode(*from, end, &n), code;

	if (!filled)
		fill();
	filled = true;
	*from += n;
	code = n == 1 ? character : codes[character];
	for (int shift = 24; shift >= 0; shift -= 8)
		if (code >> shift)
			to[size++] = (char)(code >> shift & 0xFF);
	return size;
}
