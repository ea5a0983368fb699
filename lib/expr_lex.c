#include "expr_node.h"

#include <string.h>

#include "date.h"
#include "text.h"

static const struct {
	const char *word;
	enum expr_token_kind kind;
} keywords[] = {
	{"or", TOKEN_OR},
	{"and", TOKEN_AND},
	{"not", TOKEN_NOT},
	{"in", TOKEN_IN},
	{"true", TOKEN_TRUE},
	{"false", TOKEN_FALSE},
	{"asof", TOKEN_ASOF},
};

/* A longer one stands before its beginning. */
static const struct {
	const char *sign;
	enum expr_token_kind kind;
} signs[] = {
	{"==", TOKEN_EQUAL},
	{"!=", TOKEN_UNEQUAL},
	{"<=", TOKEN_LESS_EQUAL},
	{">=", TOKEN_GREATER_EQUAL},
	{"!~", TOKEN_NO_MATCH},
	{"??", TOKEN_ELSE},
	{"<", TOKEN_LESS},
	{">", TOKEN_GREATER},
	{"~", TOKEN_MATCH},
	{"+", TOKEN_PLUS},
	{"-", TOKEN_MINUS},
	{"*", TOKEN_TIMES},
	{"/", TOKEN_OVER},
	{"%", TOKEN_PERCENT},
	{"(", TOKEN_OPEN},
	{")", TOKEN_CLOSE},
	{",", TOKEN_COMMA},
};

/* What people write instead, and what it is here. */
static const struct {
	const char *sign, *meant;
} mistaken[] = {
	{"&&", "and"},
	{"||", "or"},
	{"=", "=="},
	{"!", "not"},
};

static const struct {
	const char *word;
	int64_t size; /* seconds, or months */
	enum expr_token_kind kind;
} units[] = {
	{"s", 1, TOKEN_DURATION},
	{"m", DATE_MINUTE, TOKEN_DURATION},
	{"h", DATE_HOUR, TOKEN_DURATION},
	{"d", DATE_DAY, TOKEN_DURATION},
	{"w", 7 * DATE_DAY, TOKEN_DURATION},
	{"mo", 1, TOKEN_PERIOD},
	{"y", 12, TOKEN_PERIOD},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static struct slice
rest(const struct expr_parser *p, size_t at)
{
	return (struct slice){p->text.p + at, p->text.n - at};
}

static bool
begins(struct slice s, const char *string)
{
	size_t n = strlen(string);

	return s.n >= n && memcmp(s.p, string, n) == 0;
}

/* The blanks of Chinese input methods and of the web are blanks too. */
static size_t
blank(struct slice s)
{
	if (s.n == 0)
		return 0;
	if (strchr(" \t\r\n", s.p[0]) != NULL && s.p[0] != '\0')
		return 1;
	if (begins(s, "\xc2\xa0"))
		return 2;
	return begins(s, "\xe3\x80\x80") ? 3 : 0;
}

/* A character outside ASCII that a name may hold: its bytes, or 0. Only blanks
 * and broken bytes may not: a column can be called 金额（元）. */
static size_t
wide_letter(struct slice s)
{
	uint32_t code;
	size_t n;

	if (s.n == 0 || (unsigned char)s.p[0] < 0x80 || blank(s) > 0)
		return 0;
	n = text_decode(s, &code);
	return n > 1 ? n : 0;
}

size_t
expr_lex_name(struct slice s)
{
	size_t n = 0, wide;

	while (n < s.n) {
		wide = wide_letter((struct slice){s.p + n, s.n - n});
		if (wide == 0 && !is_letter(s.p[n]) &&
			(n == 0 || !is_digit(s.p[n])))
			break;
		n += wide > 0 ? wide : 1;
	}
	return n;
}

/* Signs outside ASCII that are no letters: those that input methods write in
 * place of ASCII ones, and their kin. */
static bool
is_symbol(uint32_t code)
{
	if (code >= 0x3005 && code <= 0x3007)
		return false;
	return (code >= 0x80 && code <= 0xbf && code != 0xaa && code != 0xb5 &&
		code != 0xba) ||
		code == 0xd7 || code == 0xf7 ||
		(code >= 0x2000 && code <= 0x206f) ||
		(code >= 0x2190 && code <= 0x2bff) ||
		(code >= 0x3000 && code <= 0x303f) ||
		(code >= 0xff01 && code <= 0xff0f) ||
		(code >= 0xff1a && code <= 0xff20) ||
		(code >= 0xff3b && code <= 0xff40) ||
		(code >= 0xff5b && code <= 0xff65) || code == 0xfffd;
}

size_t
expr_lex_symbol(struct slice word)
{
	uint32_t code;
	size_t at = 0, n;

	while (at < word.n) {
		n = text_decode((struct slice){word.p + at, word.n - at}, &code);
		if (is_symbol(code))
			break;
		at += n;
	}
	return at;
}

/* s follows the shape: "d" is a digit, the rest itself. */
static bool
shaped(struct slice s, size_t from, const char *shape)
{
	size_t i, n = strlen(shape);

	if (s.n < from + n)
		return false;
	for (i = 0; i < n; i++) {
		if (shape[i] == 'd' ? !is_digit(s.p[from + i])
				    : s.p[from + i] != shape[i])
			return false;
	}
	return true;
}

/* How long the date or time is that s begins with; 0: it begins with none.
 * Takes more than a time has rather than less, for date_read to refuse. */
static size_t
time_length(struct slice s)
{
	size_t n = 10;

	if (!shaped(s, 0, "dddd-dd-dd") || (s.n > 10 && is_digit(s.p[10])))
		return 0;
	if (shaped(s, 10, " dd:dd"))
		n++;
	while (n < s.n && (is_digit(s.p[n]) || is_letter(s.p[n]) ||
		s.p[n] == ':' || s.p[n] == '.'))
		n++;
	if (n > 10 && (shaped(s, n, "+dd:dd") || shaped(s, n, "-dd:dd")))
		n += 6;
	return n;
}

static void
wrong(struct expr_parser *p)
{
	p->token.kind = TOKEN_WRONG;
}

static void
lex_time(struct expr_parser *p)
{
	enum date_status status = date_read(p->token.s, &p->token.i);

	p->token.kind = TOKEN_TIME;
	if (status == DATE_OK)
		return;
	expr_fail(p, p->token.at, "%s: \"%.*s\"", date_why(status),
		expr_shown(p->token.s), p->token.s.p);
	wrong(p);
}

/* The unit makes a duration or a period of the number in token.i. */
static void
lex_unit(struct expr_parser *p, struct slice unit)
{
	num_wide value;
	size_t i = 0;

	while (i < COUNT(units) && !slice_is(unit, units[i].word))
		i++;
	if (i == COUNT(units)) {
		expr_fail(p, p->token.at, "unknown unit \"%.*s\" (durations are"
			" 45s 30m 72h 7d 2w, periods 3mo 1y)",
			expr_shown(unit), unit.p);
		wrong(p);
		return;
	}
	value = (num_wide)p->token.i * units[i].size;
	p->token.kind = units[i].kind;
	p->token.days = units[i].kind == TOKEN_DURATION &&
		units[i].size >= DATE_DAY;
	p->token.i = (int64_t)(value / NUM_ONE);
	if (value % NUM_ONE == 0 && value / NUM_ONE < NUM_LIMIT)
		return;
	expr_fail(p, p->token.at, value % NUM_ONE == 0 ? "too long: \"%.*s\""
		: units[i].kind == TOKEN_PERIOD ? "not whole months: \"%.*s\""
		: "not whole seconds: \"%.*s\"",
		expr_shown(p->token.s), p->token.s.p);
	wrong(p);
}

static void
lex_number(struct expr_parser *p, struct slice s)
{
	enum num_status status;
	size_t n = 0, unit;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	if (n + 1 < s.n && s.p[n] == '.' && is_digit(s.p[n + 1])) {
		n++;
		while (n < s.n && is_digit(s.p[n]))
			n++;
	}
	unit = expr_lex_name((struct slice){s.p + n, s.n - n});
	p->token.kind = TOKEN_NUMBER;
	p->token.s = (struct slice){s.p, n + unit};
	status = num_read((struct slice){s.p, n}, &p->token.i);
	if (status != NUM_OK) {
		expr_fail(p, p->token.at, "%s: \"%.*s\"", num_why(status),
			expr_shown(p->token.s), s.p);
		wrong(p);
	} else if (unit > 0) {
		lex_unit(p, (struct slice){s.p + n, unit});
	}
	p->next = p->token.at + n + unit;
}

static void
lex_text(struct expr_parser *p, struct slice s)
{
	const char *end = memchr(s.p + 1, s.p[0], s.n - 1);

	if (end == NULL) {
		expr_fail(p, p->token.at, "this quote is not closed");
		wrong(p);
		return;
	}
	p->token.kind = TOKEN_TEXT;
	p->token.s = (struct slice){s.p + 1, (size_t)(end - s.p) - 1};
	p->next = p->token.at + p->token.s.n + 2;
}

static void
lex_name(struct expr_parser *p, struct slice s, size_t n)
{
	size_t i, column;

	if (n + 1 < s.n && s.p[n] == '.') {
		column = expr_lex_name((struct slice){s.p + n + 1, s.n - n - 1});
		n += column > 0 ? column + 1 : 0;
	}
	p->token.kind = TOKEN_NAME;
	p->token.s = (struct slice){s.p, n};
	p->next = p->token.at + n;
	for (i = 0; i < COUNT(keywords); i++) {
		if (slice_is(p->token.s, keywords[i].word))
			p->token.kind = keywords[i].kind;
	}
}

static void
lex_sign(struct expr_parser *p, struct slice s)
{
	uint32_t code;
	size_t i;

	for (i = 0; i < COUNT(signs); i++) {
		if (begins(s, signs[i].sign)) {
			p->token.kind = signs[i].kind;
			p->token.s.n = strlen(signs[i].sign);
			p->next = p->token.at + p->token.s.n;
			return;
		}
	}
	wrong(p);
	for (i = 0; i < COUNT(mistaken); i++) {
		if (begins(s, mistaken[i].sign)) {
			expr_fail(p, p->token.at, "unknown sign \"%s\" (did you "
				"mean \"%s\"?)",
				mistaken[i].sign, mistaken[i].meant);
			return;
		}
	}
	if (text_decode(s, &code) == 1 && code >= ' ' && code < 0x7f)
		expr_fail(p, p->token.at, "unexpected \"%c\"", s.p[0]);
	else
		expr_fail(p, p->token.at, "unexpected byte 0x%02x",
			(unsigned)(unsigned char)s.p[0]);
}

void
expr_lex_next(struct expr_parser *p)
{
	struct slice s;
	size_t n;

	p->end = p->next;
	while ((n = blank(rest(p, p->next))) > 0)
		p->next += n;
	s = rest(p, p->next);
	p->token = (struct expr_token){.at = p->next, .s = s};
	if (p->failed) {
		wrong(p);
	} else if (s.n == 0) {
		p->token.kind = TOKEN_END;
	} else if ((n = time_length(s)) > 0) {
		p->token.s.n = n;
		p->next += n;
		lex_time(p);
	} else if (is_digit(s.p[0])) {
		lex_number(p, s);
	} else if (s.p[0] == '"' || s.p[0] == '\'') {
		lex_text(p, s);
	} else if ((n = expr_lex_name(s)) > 0) {
		lex_name(p, s, n);
	} else {
		lex_sign(p, s);
	}
}

char
expr_lex_peek(const struct expr_parser *p)
{
	size_t at = p->next, n;

	while ((n = blank(rest(p, at))) > 0)
		at += n;
	return at < p->text.n ? p->text.p[at] : '\0';
}
