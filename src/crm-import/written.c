#include "written.h"

#include <string.h>

#include "text.h"

/* 0000-00-00, and Outlook's 0/0/00. */
static bool
is_zero_date(struct slice s)
{
	size_t marks = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '-' || s.p[i] == '/')
			marks++;
		else if (s.p[i] != '0')
			return false;
	return marks == 2 && s.n >= 5 && s.n <= 10;
}

/* What spreadsheets and databases write for nothing, in columns that are not
 * text. */
bool
written_nothing(struct slice s)
{
	static const char *const words[] = {"-", "--", "?", "NULL", "null",
		"N/A", "n/a", "#N/A", "NA", "NaN", "nan", "None", "\\N",
		"0000-00-00 00:00:00", "\xe6\x97\xa0",
		"\xe2\x80\x94"};

	if (s.n == 0)
		return true;
	if (!strchr("-?Nn#\\0\xe6\xe2", s.p[0]))
		return false;
	if (s.p[0] == '0' && is_zero_date(s))
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (slice_is(s, words[i]))
			return true;
	return false;
}

/* 9.78E+25: digits are gone. */
bool
written_destroyed(struct slice s)
{
	size_t i = 0;

	while (i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.'))
		i++;
	return i > 0 && i + 2 < s.n && (s.p[i] == 'E' || s.p[i] == 'e') &&
		s.p[i + 1] == '+';
}

bool
written_long(struct slice s)
{
	const char *p = s.p + s.n - 2;

	return s.n > 4 && s.p[0] >= '1' && s.p[0] <= '9' &&
		written_destroyed(s) && p[-1] == '+' && p[1] >= '0' &&
		p[1] <= '9' && ((p[0] == '1' && p[1] > '0') ||
		(p[0] > '1' && p[0] <= '9'));
}

/* The apostrophe in front of a figure, of a plus, or of nothing. */
static bool
is_marked(struct slice s)
{
	return s.n > 0 && s.p[0] == '\'' && (s.n == 1 || s.p[1] == '+' ||
		(s.p[1] >= '0' && s.p[1] <= '9'));
}

/* ="0123" and '0123: how a number is kept as text in a spreadsheet; one in the
 * other, too, so that what is left is never another one. */
struct slice
written_unwrap(struct slice s)
{
	for (;;)
		if (s.n > 3 && s.p[0] == '=' && s.p[1] == '"' &&
			s.p[s.n - 1] == '"')
			s = text_trim((struct slice){s.p + 2, s.n - 3});
		else if (is_marked(s))
			s = (struct slice){s.p + 1, s.n - 1};
		else
			return s;
}

/* What address books and spreadsheets put around numbers and dates, and nobody
 * sees: soft hyphens, marks of direction, joiners, byte order marks. */
static bool
is_unseen(uint32_t code)
{
	return code == 0xAD || code == 0x61C || code == 0xFEFF ||
		(code >= 0x200B && code <= 0x200F) ||
		(code >= 0x202A && code <= 0x202E) ||
		(code >= 0x2060 && code <= 0x206F);
}

static void
drop_unseen(struct buf *b)
{
	struct slice rest = buf_slice(b);
	char *to = b->p;

	while (rest.n > 0) {
		uint32_t code;
		size_t n = text_decode(rest, &code);

		if (!is_unseen(code)) {
			memmove(to, rest.p, n);
			to += n;
		}
		rest.p += n;
		rest.n -= n;
	}
	b->n = (size_t)(to - b->p);
}

struct slice
written_half(struct slice s, struct buf *scratch)
{
	bool plain = true;
	struct slice half;

	for (size_t i = 0; i < s.n && plain; i++)
		plain = (unsigned char)s.p[i] < 0xC2;
	if (plain)
		return s;
	buf_clear(scratch);
	text_halfwidth(scratch, s);
	drop_unseen(scratch);
	half = text_trim(buf_slice(scratch));
	memmove(scratch->p, half.p, half.n);
	scratch->n = half.n;
	return buf_slice(scratch);
}

/* Question marks only, or U+FFFD. */
bool
written_lost(struct slice cell)
{
	bool gone = cell.n > 1 && cell.p[0] == '?' &&
		memcmp(cell.p, cell.p + 1, cell.n - 1) == 0;

	for (size_t i = 0; i + 2 < cell.n && !gone; i++)
		gone = memcmp(cell.p + i, "\xef\xbf\xbd", 3) == 0;
	return gone;
}
