#include "text.h"

#include "tap.h"

static size_t
valid_bytes(struct slice s)
{
	bool replaced = false;

	return text_valid(s, &replaced);
}

/* One character, and what text_decode must say of it. */
static void
test_decode(void)
{
	static const struct {
		const char *bytes;
		size_t size;
		uint32_t code;
	} cases[] = {
		{"a", 1, 'a'},
		{"\x7F", 1, 0x7F},
		{"\xC2\x80", 2, 0x80},
		{"\xDF\xBF", 2, 0x7FF},
		{"\xE0\xA0\x80", 3, 0x800},
		{"\xE5\xAE\xA2", 3, 0x5BA2},
		{"\xED\x9F\xBF", 3, 0xD7FF},
		{"\xEE\x80\x80", 3, 0xE000},
		{"\xEF\xBF\xBD", 3, 0xFFFD},
		{"\xEF\xBF\xBF", 3, 0xFFFF},
		{"\xF0\x90\x80\x80", 4, 0x10000},
		{"\xF4\x8F\xBF\xBF", 4, 0x10FFFF},
		/* overlong */
		{"\xC0\x80", 1, 0},
		{"\xC1\xBF", 1, 0},
		{"\xE0\x80\x80", 1, 0},
		{"\xE0\x9F\xBF", 1, 0},
		{"\xF0\x80\x80\x80", 1, 0},
		{"\xF0\x8F\xBF\xBF", 1, 0},
		/* surrogates, beyond the end */
		{"\xED\xA0\x80", 1, 0},
		{"\xED\xBF\xBF", 1, 0},
		{"\xF4\x90\x80\x80", 1, 0},
		{"\xF5\x80\x80\x80", 1, 0},
		{"\xFF", 1, 0},
		/* cut short, alone */
		{"\xC2", 1, 0},
		{"\xE5\xAE", 1, 0},
		{"\xE5\xAEz", 1, 0},
		{"\xE5z\xA2", 1, 0},
		{"\xF0\x90\x80", 1, 0},
		{"\xF0\x90\x80z", 1, 0},
		{"\x80", 1, 0},
		{"\xBF", 1, 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct slice s = slice_of(cases[i].bytes);
		uint32_t code, want = cases[i].code ? cases[i].code : 0xFFFD;
		char back[4];
		size_t size = text_decode(s, &code);

		tap_ok(size == cases[i].size && code == want, "decode %zu", i);
		tap_ok(valid_bytes(s) == (cases[i].code ? s.n : 0),
			"valid %zu", i);
		if (cases[i].code)
			tap_ok(text_encode(back, code) == size &&
				memcmp(back, s.p, size) == 0, "encode %zu", i);
	}
}

/* Every code point, and text_valid against text_decode on noise. */
static void
test_valid(void)
{
	static const char pieces[][5] = {
		"a", "bc", "\t", "\xE5\xAE\xA2", "\xE6\x88\xB7", "\xC3\xA9",
		"\xF0\x9F\x98\x80", "\xEF\xBC\x81", "\x80", "\xE5\xAE", "\xC0\x80",
		"\xED\xA0\x80",
	};
	uint64_t state = 3;
	int wrong = 0;

	for (uint32_t code = 0; code < 0x110000; code++) {
		char bytes[4];
		uint32_t back;
		struct slice s = {bytes, text_encode(bytes, code)};

		if (code >= 0xD800 && code <= 0xDFFF)
			wrong += valid_bytes(s) != 0;
		else
			wrong += text_decode(s, &back) != s.n || back != code ||
				valid_bytes(s) != s.n;
	}
	tap_ok(wrong == 0, "every code point");
	for (int i = 0; i < 20000; i++) {
		char bytes[400];
		struct slice s = {bytes, 0};
		uint32_t code;
		size_t valid = 0, size;

		while (s.n < sizeof bytes - 8 && state >> 56 != (unsigned)i % 200) {
			size_t pick;

			state = state * UINT64_C(6364136223846793005) + 11;
			pick = (state >> 33) % (i % 3 ? 8 : 12);
			if (i % 5 == 0)
				pick = (state >> 40) % 40 ? 1 : pick;
			size = strlen(pieces[pick]);
			memcpy(bytes + s.n, pieces[pick], size);
			s.n += size;
		}
		while (valid < s.n) {
			struct slice rest = {bytes + valid, s.n - valid};

			size = text_decode(rest, &code);
			if (size == 1 && code == 0xFFFD)
				break;
			valid += size;
		}
		wrong += valid_bytes(s) != valid;
		state = state * UINT64_C(6364136223846793005) + 11;
	}
	tap_ok(wrong == 0, "valid as decoded");
	tap_ok(valid_bytes((struct slice){NULL, 0}) == 0, "nothing is valid");
}

/* How much text_valid finds, where it is cut and spoilt in every way around
 * the places where it looks at many bytes at once. */
static void
test_valid_blocks(void)
{
	static const char *const fillers[] = {"a", "\xE5\xAE\xA2",
		"\xC3\xA9", "\xF0\x9F\x98\x80", "ab\xE5\xAE\xA2"};
	char bytes[256];
	int wrong = 0;

	for (unsigned pair = 0; pair < 0x10000; pair++) {
		const char *filler = fillers[pair % 5];
		size_t size = strlen(filler), at = 26 + pair % 41;
		size_t n = 130 + pair % 90;
		struct slice s = {bytes, n};

		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = filler[i % size];
		at -= at % size;
		bytes[at] = (char)(pair >> 8);
		bytes[at + 1] = (char)pair;
		wrong += valid_bytes(s) != text_valid_plainly(s);
		s.n = at + pair % 7;
		wrong += valid_bytes(s) != text_valid_plainly(s);
	}
	tap_ok(wrong == 0, "every pair of bytes in the middle of text");
}

/* U+FFFD is found wherever it stands, and nothing is taken for it. */
static void
test_replaced(void)
{
	static const struct {
		const char *filler, *bytes;
		bool replaced;
	} cases[] = {
		{"a", "\xEF\xBF\xBD", true},
		{"\xE5\xAE\xA2", "\xEF\xBF\xBD", true},
		{"\xEF\xBF\xBC", "\xEF\xBF\xBD", true},
		{"a", "\xEF\xBF\xBC", false},
		{"\xE5\xBF\xBD", "\xEF\xBE\xBD", false},
	};
	char bytes[512];
	int wrong = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t size = strlen(cases[i].filler);

		for (size_t at = 0; at < 300; at += size) {
			struct slice s = {bytes, 3 * (at / 3 + 40)};
			bool replaced = false;

			s.n -= s.n % size;
			for (size_t k = 0; k < sizeof bytes; k++)
				bytes[k] = cases[i].filler[k % size];
			memcpy(bytes + at, cases[i].bytes, 3);
			wrong += text_valid(s, &replaced) != s.n;
			wrong += replaced != cases[i].replaced;
			wrong += text_replaced(s) != cases[i].replaced;
		}
	}
	tap_ok(wrong == 0, "lost characters");
}

static void
test_escaped(void)
{
	char bytes[40];
	int wrong = 0;

	for (size_t n = 0; n < sizeof bytes; n++) {
		struct slice s = {bytes, n};

		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = "[]\xDC" "]"[i % 4];
		wrong += text_escaped(s);
		for (size_t i = 0; i < sizeof bytes; i++) {
			char was = bytes[i];

			bytes[i] = '\\';
			wrong += text_escaped(s) != (i < n);
			bytes[i] = was;
		}
	}
	tap_ok(wrong == 0, "a backslash anywhere in any length");
}

static void
test_width(void)
{
	static const struct {
		uint32_t code;
		int width;
	} cases[] = {
		{0, 0}, {'\t', 0}, {0x1F, 0}, {' ', 1}, {'~', 1}, {0x7F, 0},
		{0x80, 0}, {0x9F, 0}, {0xA0, 1}, {0xAD, 1}, {0xE9, 1},
		{0x300, 0}, {0x36F, 0}, {0x370, 1}, {0x410, 1}, {0x488, 0},
		{0x5D0, 1}, {0x5B0, 0}, {0x600, 1}, {0x64B, 0}, {0x93F, 1},
		{0x94D, 0}, {0xE31, 0}, {0xECE, 0}, {0x1100, 2}, {0x115F, 2},
		{0x1160, 0}, {0x11FF, 0}, {0x1AB0, 0}, {0x200B, 0}, {0x200D, 0},
		{0x2010, 1}, {0x2028, 0}, {0x202E, 0}, {0x2066, 0}, {0x20AC, 1},
		{0x20E3, 0}, {0x2190, 1}, {0x231A, 2}, {0x231C, 1}, {0x2500, 1},
		{0x2588, 1}, {0x25A0, 1}, {0x2614, 2}, {0x2605, 1}, {0x2705, 2},
		{0x2764, 1}, {0x2E80, 2}, {0x3000, 2}, {0x3001, 2}, {0x302A, 0},
		{0x303F, 1}, {0x3042, 2}, {0x3099, 0}, {0x30A2, 2}, {0x3400, 2},
		{0x4DBF, 2}, {0x4DC0, 1}, {0x4E00, 2}, {0x5BA2, 2}, {0x9FFF, 2},
		{0xA000, 2}, {0xAC00, 2}, {0xD7A3, 2}, {0xD7B0, 0}, {0xE000, 1},
		{0xF900, 2}, {0xFAFF, 2}, {0xFB00, 1}, {0xFE0F, 0}, {0xFE10, 2},
		{0xFE20, 0}, {0xFE30, 2}, {0xFEFF, 0}, {0xFF01, 2}, {0xFF5E, 2},
		{0xFF61, 1}, {0xFFE5, 2}, {0xFFFD, 1}, {0x10EFD, 0},
		{0x1D167, 0}, {0x1F004, 2}, {0x1F1E6, 1}, {0x1F300, 2},
		{0x1F321, 1}, {0x1F3FB, 2}, {0x1F600, 2}, {0x1F6DC, 2},
		{0x1FAE8, 2}, {0x1FAF8, 2}, {0x20000, 2}, {0x2FFFD, 2},
		{0x30000, 2}, {0x3FFFD, 2}, {0xE0001, 0}, {0xE0100, 0},
		{0x10FFFF, 1},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		tap_ok(text_char_width(cases[i].code) == cases[i].width,
			"width of U+%04X", (unsigned)cases[i].code);
}

static void
test_measures(void)
{
	static const struct {
		const char *text;
		size_t length, width;
	} cases[] = {
		{"", 0, 0},
		{"abc", 3, 3},
		{"\xE5\xAE\xA2\xE6\x88\xB7", 2, 4},
		{"a\xE5\xAE\xA2" "b", 3, 4},
		{"e\xCC\x81", 2, 1},
		{"\x1B[1m", 4, 3},
		{"\xF0\x9F\x98\x80!", 2, 3},
		{"a\xFF" "b", 3, 3},
		{"\xE5\xAE", 2, 2},
		{"abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop"
			"\xE5\xAE\xA2" "abcdefghijklmnopqrstuvwxyz", 79, 80},
	};
	static const struct {
		const char *text;
		size_t width, bytes;
	} cuts[] = {
		{"abc", 0, 0}, {"abc", 2, 2}, {"abc", 3, 3}, {"abc", 9, 3},
		{"\xE5\xAE\xA2\xE6\x88\xB7", 1, 0},
		{"\xE5\xAE\xA2\xE6\x88\xB7", 2, 3},
		{"\xE5\xAE\xA2\xE6\x88\xB7", 3, 3},
		{"\xE5\xAE\xA2\xE6\x88\xB7", 4, 6},
		{"e\xCC\x81x", 1, 3}, {"", 5, 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct slice s = slice_of(cases[i].text);

		tap_ok(text_length(s) == cases[i].length, "length %zu", i);
		tap_ok(text_width(s) == cases[i].width, "width %zu", i);
	}
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		struct slice s = slice_of(cuts[i].text);
		struct slice cut = text_cut(s, cuts[i].width);

		tap_ok(cut.p == s.p && cut.n == cuts[i].bytes, "cut %zu", i);
	}
	tap_ok(text_length((struct slice){NULL, 0}) == 0 &&
		text_width((struct slice){NULL, 0}) == 0, "measures of nothing");
}

/* A conversion: what it appends to what is there. */
static void
test_conversion(const char *name, void (*convert)(struct buf *, struct slice),
	const char *from, const char *to)
{
	struct buf b = {0};
	size_t n = strlen(to);

	buf_text(&b, "x");
	convert(&b, slice_of(from));
	tap_ok(b.n == n + 1 && b.p[0] == 'x' && memcmp(b.p + 1, to, n) == 0,
		"%s %s", name, to);
	buf_free(&b);
}

static void
test_escape(void)
{
	static const struct {
		const char *plain, *escaped;
	} cases[] = {
		{"", ""},
		{"abc", "abc"},
		{"\t", "\\t"},
		{"a\tb\nc\rd\\e", "a\\tb\\nc\\rd\\\\e"},
		{"\b\f\v'\"\x01", "\b\f\v'\"\x01"},
		{"0123456789abcdef\n0123456789\r", "0123456789abcdef\\n0123456789\\r"},
		{"\\\\\\\\\\\\\\\\\\", "\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\"},
		{"1234567\t", "1234567\\t"},
		{"\r1234567\r1234567", "\\r1234567\\r1234567"},
		{"1234567\n1234\\567", "1234567\\n1234\\\\567"},
		{"12345678\t9", "12345678\\t9"},
		{"\x0E\x0F\x10\x11\x12\x13\x14\x15\\", "\x0E\x0F\x10\x11\x12\x13\x14\x15\\\\"},
		{"\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\n", "\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\v\\n"},
		{"\xE5\xAE\xA2\xE6\x88\xB7\xE5\x90\x8D\t\xE7\xA7\xB0", "\xE5\xAE\xA2\xE6\x88\xB7\xE5\x90\x8D\\t\xE7\xA7\xB0"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = {0};

		test_conversion("escape", text_escape, cases[i].plain,
			cases[i].escaped);
		tap_ok(text_unescape(&b, slice_of(cases[i].escaped)) &&
			slice_is(buf_slice(&b), cases[i].plain), "back %zu", i);
		buf_free(&b);
	}
}

static void
test_unescape(void)
{
	static const struct {
		const char *from;
		bool good;
		const char *to;
	} cases[] = {
		{"\\t\\n\\r\\\\", true, "\t\n\r\\"},
		{"\\b\\f\\v\\'", true, "\b\f\v'"},
		{"a\\'b", true, "a'b"},
		{"\\\\t", true, "\\t"},
		{"ab\\", false, "ab"},
		{"ab\\x41", false, "ab"},
		{"a\\tb\\N", false, "a\tb"},
		{"\\N", false, ""},
		{"\\0", false, ""},
		{"\\\"", false, ""},
		{"\\T", false, ""},
		{"\\\\\\", false, "\\"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = {0};

		tap_ok(text_unescape(&b, slice_of(cases[i].from)) ==
			cases[i].good && slice_is(buf_slice(&b), cases[i].to),
			"unescape %s", cases[i].from);
		buf_free(&b);
	}
	tap_ok(!text_unescape(&(struct buf){0}, (struct slice){"\\t", 1}),
		"unescape stops at the end of the slice");
}

static void
test_conversions(void)
{
	static const struct {
		const char *name;
		void (*convert)(struct buf *, struct slice);
		const char *from, *to;
	} cases[] = {
		{"visible", text_visible, "abc \xE5\xAE\xA2", "abc \xE5\xAE\xA2"},
		{"visible", text_visible, "\x1B[31m\t\n\x7F", "\\x1B[31m\\x09\\x0A\\x7F"},
		{"visible", text_visible, "\xC2\x9B", "\\u{009B}"},
		{"visible", text_visible, "a\xE2\x80\xAE" "b", "a\\u{202E}b"},
		{"ends of lines", text_visible, "a\xE2\x80\xA8" "b\xE2\x80\xA9",
			"a\\u{2028}b\\u{2029}"},
		{"visible", text_visible, "\xE2\x81\xA6\xE2\x81\xA9\xD8\x9C\xE2\x80\x8F",
			"\\u{2066}\\u{2069}\\u{061C}\\u{200F}"},
		{"visible", text_visible, "\xE2\x80\x8D\xC2\xA0", "\xE2\x80\x8D\xC2\xA0"},
		{"visible", text_visible, "\xFFz\xE5\xAE", "\\xFFz\\xE5\\xAE"},
		{"visible", text_visible, "\xEF\xBF\xBD", "\xEF\xBF\xBD"},
		{"lower", text_lower, "Hello, WORLD [@Z] 09", "hello, world [@z] 09"},
		{"lower", text_lower, "\xC3\x80\xC3\x96\xC3\x97\xC3\x9E\xC3\x9F",
			"\xC3\xA0\xC3\xB6\xC3\x97\xC3\xBE\xC3\x9F"},
		{"lower", text_lower, "\xC4\x80\xC4\xB0\xC5\xBD\xC5\xB8",
			"\xC4\x81i\xC5\xBE\xC3\xBF"},
		{"lower", text_lower, "\xCE\x91\xCE\xA9\xCE\x86\xCF\x82", "\xCE\xB1\xCF\x89\xCE\xAC\xCF\x82"},
		{"lower", text_lower, "\xD0\x81\xD0\x90\xD0\xAF\xD2\x90",
			"\xD1\x91\xD0\xB0\xD1\x8F\xD2\x91"},
		{"lower", text_lower, "\xEF\xBC\xA1\xEF\xBC\xBA\xE5\xAE\xA2",
			"\xEF\xBD\x81\xEF\xBD\x9A\xE5\xAE\xA2"},
		{"lower", text_lower, "\xFF" "A", "\xFF" "a"},
		{"upper", text_upper, "hello, World `{z} 09", "HELLO, WORLD `{Z} 09"},
		{"upper", text_upper, "\xC3\xA0\xC3\xB7\xC3\xBF\xC3\x9F\xC2\xB5",
			"\xC3\x80\xC3\xB7\xC5\xB8\xC3\x9F\xCE\x9C"},
		{"upper", text_upper, "\xC4\x81\xC4\xB1\xC5\xBF\xC5\xBE",
			"\xC4\x80IS\xC5\xBD"},
		{"upper", text_upper, "\xCE\xB1\xCF\x82\xCF\x89\xCF\x8E",
			"\xCE\x91\xCE\xA3\xCE\xA9\xCE\x8F"},
		{"upper", text_upper, "\xD1\x91\xD0\xB0\xD1\x8F\xD4\xAF",
			"\xD0\x81\xD0\x90\xD0\xAF\xD4\xAE"},
		{"upper", text_upper, "\xEF\xBD\x81\xEF\xBD\x9A\xE5\xAE\xA2",
			"\xEF\xBC\xA1\xEF\xBC\xBA\xE5\xAE\xA2"},
		{"halfwidth", text_halfwidth, "\xEF\xBC\x91\xEF\xBC\x93\xEF\xBC\x8D\xEF\xBC\xA1\xE3\x80\x80\xEF\xBD\x9E",
			"13-A ~"},
		{"halfwidth", text_halfwidth, "a\xE5\xAE\xA2\xEF\xBD\xA1\xEF\xBC\x80\xFF",
			"a\xE5\xAE\xA2\xEF\xBD\xA1\xEF\xBC\x80\xFF"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		test_conversion(cases[i].name, cases[i].convert, cases[i].from,
			cases[i].to);
}

static void
test_trim(void)
{
	static const struct {
		const char *from, *to;
	} cases[] = {
		{"", ""}, {"a", "a"}, {"  a b\t\r\n", "a b"}, {" \t\v\f\r\n", ""},
		{"\xC2\xA0" "a\xC2\xA0", "a"},
		{"\xE3\x80\x80\xE5\xAE\xA2 \xE3\x80\x80\xC2\xA0", "\xE5\xAE\xA2"},
		{"\xE3\x80\x80\xC2\xA0 ", ""},
		{"\xE3\x80\x81", "\xE3\x80\x81"}, {"\xC3\xA0", "\xC3\xA0"},
		{"\xE2\x80\x80", "\xE2\x80\x80"}, {"\x1F" "a\x0E", "\x1F" "a\x0E"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		tap_ok(slice_is(text_trim(slice_of(cases[i].from)), cases[i].to),
			"trim %zu", i);
	tap_ok(text_trim((struct slice){NULL, 0}).n == 0, "trim nothing");
}

int
main(void)
{
	test_decode();
	test_valid();
	test_valid_blocks();
	test_replaced();
	test_escaped();
	test_width();
	test_measures();
	test_escape();
	test_unescape();
	test_conversions();
	test_trim();
	return tap_done();
}
