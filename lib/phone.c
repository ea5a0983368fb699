#include "phone.h"

#include <string.h>

enum {
	MOST_DIGITS = 24,
	MOST_EXTENSION = 6,
};

/* What was read: the digits, where the last group that a hyphen sets apart
 * begins, and where the extension does. */
struct number {
	char digits[MOST_DIGITS];
	size_t n;
	size_t group;     /* 0: no hyphen */
	size_t slash;     /* the same, of a slash */
	size_t extension; /* n: none */
	bool plus;
	bool marked;      /* the extension has a word before it */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
begins(struct slice s, size_t i, const char *word)
{
	size_t n = strlen(word);

	return s.n - i >= n && memcmp(s.p + i, word, n) == 0;
}

/* The length of a word at i that announces an extension; 0 if there is none. */
static size_t
extension_word(struct slice s, size_t i)
{
	static const char *const words[] = {
		"\xe8\xbd\xac", "\xe5\x88\x86\xe6\x9c\xba", ";ext=", "ext.",
		"ext", "Ext.", "Ext", "EXT", "x", "X", "#",
	};

	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (begins(s, i, words[k]))
			return strlen(words[k]);
	return 0;
}

/* The length of a hyphen or a dash at i; 0 if there is none. */
static size_t
dash(struct slice s, size_t i)
{
	if (s.p[i] == '-')
		return 1;
	if (s.n - i >= 3 && s.p[i] == '\xe2' && s.p[i + 1] == '\x80' &&
		s.p[i + 2] >= '\x90' && s.p[i + 2] <= '\x95')
		return 3;
	return begins(s, i, "\xe2\x88\x92") ? 3 : 0;
}

static bool
collect(struct slice s, struct number *to)
{
	size_t i = 0, word;

	to->n = to->group = to->slash = 0;
	to->marked = false;
	to->plus = begins(s, 0, "+") || begins(s, 0, "(+");
	if (to->plus)
		i = s.p[0] == '(' ? 2 : 1;
	for (; i < s.n; i += word) {
		word = 1;
		if (is_digit(s.p[i])) {
			if (to->n == MOST_DIGITS)
				return false;
			to->digits[to->n++] = s.p[i];
		} else if (dash(s, i)) {
			word = dash(s, i);
			if (!to->marked)
				to->group = to->n;
		} else if (s.p[i] == '/') {
			to->slash = to->n;
		} else if (!strchr(" ().:", s.p[i]) || !s.p[i]) {
			word = extension_word(s, i);
			if (word == 0 || (to->marked && to->group != to->n))
				return false;
			to->marked = true;
			to->group = to->n;
		}
	}
	to->extension = to->n;
	return to->n > 0;
}

static bool
is_mobile(const char *d, size_t n)
{
	return n == 11 && d[0] == '1' && d[1] >= '3';
}

static bool
is_service(const char *d, size_t n)
{
	return n == 10 && (d[0] == '4' || d[0] == '8') && d[1] == '0' &&
		d[2] == '0';
}

/* A land line without the 0 of its area code. */
static bool
is_land_line(const char *d, size_t n)
{
	size_t area;

	if (n < 9 || d[0] == '0')
		return false;
	area = (d[0] == '1' && d[1] == '0') || d[0] == '2' ? 2 : 3;
	if (d[0] == '1' && area == 3)
		return false;
	return n == area + 7 || n == area + 8;
}

static size_t
write_number(char *out, const char *prefix, const char *d, size_t n,
	const struct number *from)
{
	size_t at = strlen(prefix);

	memcpy(out, prefix, at);
	memcpy(out + at, d, n);
	at += n;
	if (from->extension < from->n) {
		memcpy(out + at, ";ext=", 5);
		memcpy(out + at + 5, from->digits + from->extension,
			from->n - from->extension);
		at += 5 + from->n - from->extension;
	}
	return at;
}

/* The number without its extension, d[0 .. n), in the numbering plan. */
static bool
classify(const struct number *from, char *out, size_t *length)
{
	const char *d = from->digits;
	size_t n = from->extension;
	bool foreign = from->plus, home = false;

	if (!foreign && n > 2 && d[0] == '0' && d[1] == '0') {
		d += 2;
		n -= 2;
		foreign = true;
	}
	if (n > 10 && d[0] == '8' && d[1] == '6') {
		d += 2;
		n -= 2;
		home = true;
	} else if (foreign) {
		if (n < 8 || n > 15 || d[0] == '0')
			return false;
		*length = write_number(out, "+", d, n, from);
		return true;
	}
	if (is_mobile(d, n) || is_service(d, n)) {
		*length = write_number(out, "+86", d, n, from);
		return true;
	}
	if (n > 0 && d[0] == '0') {
		d++;
		n--;
	} else if (!home) {
		return false;
	}
	if (!is_mobile(d, n) && !is_land_line(d, n))
		return false;
	*length = write_number(out, "+86", d, n, from);
	return true;
}

/* Most of what comes: a mobile number of 11 digits, with or without +86. */
static bool
read_mobile(struct slice s, char *out, size_t *n)
{
	const char *d = s.p;

	if (s.n == 14 && memcmp(d, "+86", 3) == 0)
		d += 3;
	else if (s.n != 11)
		return false;
	for (size_t i = 0; i < 11; i++)
		if (!is_digit(d[i]))
			return false;
	if (!is_mobile(d, 11))
		return false;
	memcpy(out, "+86", 3);
	memcpy(out + 3, d, 11);
	*n = 14;
	return true;
}

/* One digit set apart from what is a number without it: 0898-6666666-8 is no
 * number of 8 digits. Abroad it may be one. */
static bool
stands_alone(const struct number *from, size_t group, char *out, size_t *n)
{
	struct number before = *from;

	before.n = before.extension = group;
	return group > 0 && from->n == group + 1 &&
		classify(&before, out, n) && memcmp(out, "+86", 3) == 0;
}

bool
phone_read(struct slice s, char *out, size_t *n)
{
	struct number number;

	if (read_mobile(s, out, n))
		return true;
	if (s.n > 2 && memcmp(s.p + s.n - 2, ".0", 2) == 0)
		s.n -= 2; /* a spreadsheet or a data frame made it a number */
	if (!collect(s, &number))
		return false;
	if (stands_alone(&number, number.slash, out, n))
		return false; /* two numbers: ...7/8 */
	if (!number.marked && !stands_alone(&number, number.group, out, n) &&
		classify(&number, out, n))
		return true;
	if (number.group == 0 || number.group == number.n ||
		number.n - number.group > MOST_EXTENSION)
		return false;
	number.extension = number.group;
	return classify(&number, out, n);
}
