/* Separators and marks, found by every kind of scanner that this processor has,
 * against a loop over the bytes. */
#include "scan.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "cpu.h"
#include "scan_kind.h"

/* The first byte chooses the marks. */
const char *const fuzz_seeds[] = {
	"0a\tb\tc\nd\t\t\n\\N\tx\r\n", "1a,\"b\"\r\n\"c\rd\",e\n", "2;\"\n\r\r\n",
	"3\t\n\x0b\x1f\x7f\\", "0000000000000000000000000000000000000000000000000"
	"0000000000000\r\n0000000\t00000000000000000000000000000000000000000\r",
	NULL
};

static const struct scan_way *const ways[] = {
#if defined(__x86_64__)
	&scan_sse2, &scan_avx2, &scan_avx512,
#elif defined(__aarch64__)
	&scan_neon,
#endif
	&scan_portable,
};

/* The text ends in LF. */
static void
check_bytes(const char *p, size_t n)
{
	struct scan s = {0};
	size_t separator = 0, line = 0;

	scan_bytes(&s, p, n);
	assert(s.separators[0] == UINT32_MAX);
	for (size_t i = 0; i < n; i++) {
		if (p[i] != '\t' && p[i] != '\n')
			continue;
		assert(s.separators[++separator] == i);
		if (p[i] == '\n') {
			assert(line < s.count);
			assert(s.lines[line++] == separator);
		}
	}
	assert(line == s.count);
	assert(s.nul == (memchr(p, '\0', n) != NULL));
	assert(s.backslash == (memchr(p, '\\', n) != NULL));
	scan_free(&s);
}

static bool
is_odd(const char *p, size_t n, size_t i)
{
	if (p[i] == '\r')
		return i + 1 == n || p[i + 1] != '\n';
	return p[i] == '\\' || ((unsigned char)p[i] < 32 && p[i] != '\n');
}

static void
check_marks(const char *p, size_t n, const char *three)
{
	struct scan s = {0};
	size_t found = 0;

	scan_marks(&s, p, n, three);
	for (size_t i = 0; i < n; i++) {
		bool told = scan_next_odd(&s, i, n) == i;

		if (p[i] == '\r' && is_odd(p, n, i))
			assert(scan_next_odd(&s, i, n) <= i + 1);
		else if (told != is_odd(p, n, i))
			assert(told && i > 0 && p[i - 1] == '\r' &&
				is_odd(p, n, i - 1));
		if (memchr(three, p[i], 3))
			assert(found < s.marks && s.separators[found++] == i);
	}
	assert(found == s.marks);
	scan_free(&s);
}

/* blocks * SCAN_BLOCK bytes, by one kind as by the portable one. */
static void
check_way(const struct scan_way *way, const char *p, size_t blocks,
	const char *three)
{
	static struct scan_masks m, plain;
	size_t bytes = blocks * sizeof m.separators[0];

	m.nul = m.backslash = plain.nul = plain.backslash = false;
	way->masks(p, blocks, &m);
	scan_portable.masks(p, blocks, &plain);
	assert(memcmp(m.separators, plain.separators, bytes) == 0);
	assert(memcmp(m.lines, plain.lines, bytes) == 0);
	m.cr = plain.cr = 0;
	way->marks(p, blocks, three, &m);
	scan_portable.marks(p, blocks, three, &plain);
	assert(memcmp(m.separators, plain.separators, bytes) == 0);
	assert(memcmp(m.odd, plain.odd, bytes) == 0 && m.cr == plain.cr);
	assert(m.nul == plain.nul && m.backslash == plain.backslash);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const marks[] = {",\n\"", "\t\n\n", ";\n\"", "|\n\""};
	const char *three = marks[size ? data[0] % 4 : 0];
	size_t blocks = size / SCAN_BLOCK;
	char *text = malloc(size + 1);

	assert(text);
	memcpy(text, data, size);
	text[size] = '\n';
	check_bytes(text, size + 1);
	check_marks(text, size, three);
	free(text);
	if (blocks > SCAN_BLOCKS)
		blocks = SCAN_BLOCKS;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (cpu_works(ways[i]->name))
			check_way(ways[i], (const char *)data, blocks, three);
	return 0;
}
