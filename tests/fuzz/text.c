/* UTF-8 and escapes: the fast ways agree with the plain ones, what is escaped
 * reads as it was, and what is cut, trimmed or shown is fit for it. */
#include "text.h"

#include <string.h>

#include "fuzz.h"

const char *const fuzz_seeds[] = {
	"plain text that is longer than sixty-four bytes, so that vectors work on it",
	"\xe4\xbd\xa0\xe5\xa5\xbd\xef\xbc\x8c\xe4\xb8\x96\xe7\x95\x8c\xef\xbc\x81"
		"\xe4\xbd\xa0\xe5\xa5\xbd\xef\xbc\x8c\xe4\xb8\x96\xe7\x95\x8c"
		"\xef\xbc\x81 0123456789 0123456789 0123456789 0123456789",
	"\t\n\r\\a\\t\\n\\r\\\\\\b\\f\\v\\'", "\\q", "\\", "caf\xc3\xa9 \xe9",
	"\xf0\x9f\x98\x80\xed\xa0\x80\xf4\x90\x80\x80\xc0\x80\xe0\x80\x80",
	"\xc2\xa0 \xe3\x80\x80\xef\xbc\xa1\xe2\x80\xae\xc3\x9f\xc4\xb0",
	NULL
};

/* What text_valid says, and of U+FFFD in it. */
static size_t
valid_bytes(struct slice s)
{
	bool replaced = false;
	size_t valid = text_valid(s, &replaced);

	assert(valid <= s.n);
	assert(valid < s.n || replaced == text_replaced(s));
	assert(replaced || !text_replaced((struct slice){s.p, valid}));
	return valid;
}

/* In front of how many bytes the first broken one is, and all characters. */
static void
check_valid(struct slice s)
{
	size_t at = 0, valid = s.n, length = 0;

	while (at < s.n) {
		struct slice rest = {s.p + at, s.n - at};
		char again[4];
		uint32_t code;
		size_t size = text_decode(rest, &code);

		assert(size >= 1 && size <= 4 && size <= rest.n);
		assert(code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF));
		if (size == 1 && code == 0xFFFD) {
			if (valid == s.n)
				valid = at;
		} else {
			assert(text_encode(again, code) == size &&
				memcmp(again, rest.p, size) == 0);
		}
		at += size;
		length++;
	}
	assert(valid_bytes(s) == valid);
	assert(text_valid_plainly(s) == valid);
	assert(text_escaped(s) == (s.n > 0 && memchr(s.p, '\\', s.n)));
	assert(text_length(s) == length);
}

static void
check_escapes(struct slice s)
{
	struct buf field = {0}, again = {0};

	text_escape(&field, s);
	for (size_t i = 0; i < field.n; i++)
		assert(!strchr("\t\n\r", field.p[i]) || field.p[i] == '\0');
	assert(text_unescape(&again, buf_slice(&field)));
	assert(slice_equal(buf_slice(&again), s));
	buf_clear(&field);
	if (text_unescape(&field, s)) {
		struct buf written = {0};

		assert(field.n <= s.n);
		text_escape(&written, buf_slice(&field));
		buf_clear(&again);
		assert(text_unescape(&again, buf_slice(&written)));
		assert(slice_equal(buf_slice(&again), buf_slice(&field)));
		buf_free(&written);
	} else {
		assert(memchr(s.p, '\\', s.n));
	}
	buf_free(&field);
	buf_free(&again);
}

static void
check_visible(struct slice s)
{
	struct buf shown = {0}, again = {0};

	text_visible(&shown, s);
	assert(valid_bytes(buf_slice(&shown)) == shown.n);
	for (size_t i = 0; i < shown.n; i++)
		assert((unsigned char)shown.p[i] >= ' ' && shown.p[i] != 0x7F);
	text_visible(&again, buf_slice(&shown));
	assert(slice_equal(buf_slice(&shown), buf_slice(&again)));
	buf_free(&shown);
	buf_free(&again);
}

/* Done twice is done once, and broken bytes do not become more. */
static void
check_twice(void (*change)(struct buf *, struct slice), struct slice s)
{
	struct buf once = {0}, twice = {0};

	change(&once, s);
	change(&twice, buf_slice(&once));
	assert(slice_equal(buf_slice(&once), buf_slice(&twice)));
	assert(text_length(buf_slice(&once)) <= text_length(s));
	if (valid_bytes(s) == s.n)
		assert(valid_bytes(buf_slice(&once)) == once.n &&
			text_length(buf_slice(&once)) == text_length(s));
	buf_free(&once);
	buf_free(&twice);
}

static void
check_parts(struct slice s, size_t width)
{
	struct slice trimmed = text_trim(s), cut = text_cut(s, width);
	size_t valid = valid_bytes(s);

	assert(trimmed.p >= s.p && trimmed.p + trimmed.n <= s.p + s.n);
	assert(slice_equal(text_trim(trimmed), trimmed));
	assert(cut.p == s.p && cut.n <= s.n && text_width(cut) <= width);
	assert(text_length(cut) + text_length((struct slice){s.p + cut.n,
		s.n - cut.n}) == text_length(s));
	if (cut.n < s.n)
		assert(text_width(cut) + 2 > width);
	if (cut.n <= valid)
		assert(valid_bytes(cut) == cut.n);
}

static void
check_distance(struct slice a, struct slice b)
{
	size_t all = a.n > b.n ? a.n : b.n, edits = text_distance(a, b, all);

	assert(edits <= all);
	assert(edits >= all - (a.n < b.n ? a.n : b.n));
	assert((edits == 0) == slice_equal(a, b));
	assert(text_distance(b, a, all) == edits);
	for (size_t limit = 0; limit < 4; limit++)
		assert(text_distance(a, b, limit) ==
			(edits <= limit ? edits : limit + 1));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice s = fuzz_text(data, size);
	size_t half = size / 2, most = half < 64 ? half : 64;

	for (size_t skip = 0; skip <= size && skip < 4; skip++)
		check_valid((struct slice){s.p + skip, s.n - skip});
	check_escapes(s);
	check_visible(s);
	check_twice(text_lower, s);
	check_twice(text_upper, s);
	check_twice(text_halfwidth, s);
	check_parts(s, size ? data[0] % 16 : 0);
	check_distance((struct slice){s.p, most},
		(struct slice){s.p + half, most});
	return 0;
}
