/* The separators of a chunk, against a byte-by-byte search; every kind that
 * this processor has is chosen by CRM_SCAN in tests/cases/scan.sh. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cpu.h"
#include "scan.h"
#include "tests/unit/tap.h"

enum { MOST = 9000, ROUNDS = 400 };

static uint64_t state = 88172645463325252ULL;

static unsigned
any(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % n;
}

static void
fill(char *p, size_t n, unsigned density)
{
	static const char special[] = {'\t', '\n', '\t', '\n', '\\', '\0',
		'\x0B', '\x08', '\x89', '\x8A'};

	for (size_t i = 0; i < n; i++)
		p[i] = any(100) < density ? special[any(sizeof(special))]
			: (char)any(256);
	p[n - 1] = '\n';
}

static bool
agrees(const struct scan *s, const char *p, size_t n)
{
	size_t separator = 0, line = 0;
	bool nul = false, backslash = false;

	if (s->separators[0] != UINT32_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		nul |= p[i] == '\0';
		backslash |= p[i] == '\\';
		if (p[i] != '\t' && p[i] != '\n')
			continue;
		if (s->separators[++separator] != i)
			return false;
		if (p[i] == '\n' && (line >= s->count ||
			s->lines[line++] != separator))
			return false;
	}
	return line == s->count && nul == s->nul && backslash == s->backslash;
}

static bool
any_odd(const struct scan *s, size_t n, size_t from, size_t to)
{
	return scan_next_odd(s, from, n) <= to;
}

static bool
marks_agree(const struct scan *s, const char *p, size_t n, const char *three)
{
	size_t found = 0, last = 0;

	for (size_t i = 0; i < n; i++) {
		bool cr = p[i] == '\r' && (i + 1 == n || p[i + 1] != '\n');
		bool odd = p[i] == '\\' || ((unsigned char)p[i] < 32 &&
			p[i] != '\n' && p[i] != '\r');
		bool told = any_odd(s, n, i, i);

		if (cr ? !any_odd(s, n, i, i + 1) : told != odd &&
			!(told && i > 0 && p[i - 1] == '\r'))
			return false;
		if ((odd || cr) && !any_odd(s, n, last, i + 1))
			return false;
		if (i - last > 200)
			last = i;
		if (p[i] == three[0] || p[i] == three[1] || p[i] == three[2])
			if (found >= s->marks || s->separators[found++] != i)
				return false;
	}
	return found == s->marks;
}

/* Text with hardly a byte that is odd. */
static void
fill_plain(char *p, size_t n)
{
	static const char bytes[] = "abc,x;\"\xe4\xbd\xa0 \n\x7f";
	size_t odd = any(2) ? any((unsigned)n) : n;

	for (size_t i = 0; i < n; i++)
		p[i] = bytes[any(sizeof(bytes) - 1)];
	for (size_t i = 1; i < n; i++)
		if (p[i] == '\n' && any(2))
			p[i - 1] = '\r';
	if (odd < n)
		p[odd] = "\r\\\t\0\x1f"[any(5)];
}

static void
check_marks(char *p)
{
	static const char *const marks[] = {",\n\"", "\t\n\n", "x\n\"", ";\n\""};
	struct scan s = {0};
	bool good = true;

	for (size_t round = 0; round < 4 * ROUNDS; round++) {
		size_t n = round < ROUNDS ? round : any(MOST);
		const char *three = marks[any(4)];

		if (round % 2)
			fill(p, n + 1, any(101));
		else
			fill_plain(p, n + 1);
		scan_marks(&s, p, n, three);
		good &= marks_agree(&s, p, n, three);
	}
	tap_ok(good, "%s: marks", cpu_kind());
	scan_free(&s);
}

int
main(void)
{
	char *p = malloc(MOST + 1);
	struct scan s = {0};
	bool good = true;

	for (size_t n = 1; n < 300; n++) {
		fill(p, n, 30);
		scan_bytes(&s, p, n);
		good &= agrees(&s, p, n);
	}
	tap_ok(good, "%s: 1 to 299 bytes", cpu_kind());
	good = true;
	for (int round = 0; round < ROUNDS; round++) {
		size_t n = 1 + any(MOST - 1);

		fill(p, n, any(101));
		scan_bytes(&s, p, n);
		good &= agrees(&s, p, n);
	}
	tap_ok(good, "%s: up to %d bytes of any density", cpu_kind(), MOST);
	memset(p, '\t', MOST);
	p[MOST - 1] = '\n';
	scan_bytes(&s, p, MOST);
	tap_ok(agrees(&s, p, MOST), "%s: nothing but separators", cpu_kind());
	check_marks(p);
	scan_free(&s);
	free(p);
	return tap_done();
}
