#include "encode_beyond.h"

#include <stdint.h>
#include <string.h>

#include "text.h"

bool
encode_beyond_known(iconv_t convert)
{
	static const char first[] = "\x90\x30\x81\x30", want[] = "\xf0\x90\x80\x80";
	char bytes[4], got[8], *from = bytes, *to = got;
	size_t left = sizeof bytes, room = sizeof got, done;

	memcpy(bytes, first, sizeof bytes);
	done = iconv(convert, &from, &left, &to, &room);
	iconv(convert, NULL, NULL, NULL, NULL);
	return done == 0 && to - got == 4 && memcmp(got, want, 4) == 0;
}

static bool
within(char byte, unsigned first, unsigned last)
{
	return (unsigned char)byte >= first && (unsigned char)byte <= last;
}

size_t
encode_beyond_next(struct slice s)
{
	size_t i = 0;

	while (i + 4 <= s.n) {
		bool digit = within(s.p[i + 1], '0', '9');

		if (!within(s.p[i], 0x81, 0xFE))
			i++;
		else if (digit && within(s.p[i], 0x90, 0xFE))
			return i;
		else
			i += digit ? 4 : 2;
	}
	return s.n;
}

bool
encode_beyond_read(struct slice s, char to[4])
{
	uint32_t code = 0x10000;

	if (s.n < 4 || !within(s.p[0], 0x90, 0xE3) || !within(s.p[1], '0', '9') ||
		!within(s.p[2], 0x81, 0xFE) || !within(s.p[3], '0', '9'))
		return false;
	code += (uint32_t)((unsigned char)s.p[0] - 0x90) * 12600;
	code += (uint32_t)(s.p[1] - '0') * 1260;
	code += (uint32_t)((unsigned char)s.p[2] - 0x81) * 10;
	code += (uint32_t)(s.p[3] - '0');
	return code <= 0x10FFFF && text_encode(to, code) == 4;
}
