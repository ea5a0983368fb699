#include "scan.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "cpu.h"
#include "mem.h"
#include "scan_kind.h"

static const struct scan_way *const ways[] = {
#if defined(__x86_64__)
	&scan_avx512,
	&scan_avx2,
	&scan_sse2,
#elif defined(__aarch64__)
	&scan_neon,
#endif
	&scan_portable,
};

static const struct scan_way *chosen;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
choose(void)
{
	const char *kind = cpu_kind();
	size_t i = 0;

	while (strcmp(ways[i]->name, kind) != 0)
		i++;
	chosen = ways[i];
}

static void
make_room(struct scan *s, size_t n)
{
	/* one more for the start, and what flatten may write beyond its last */
	size_t need = n + 1 + SCAN_BLOCK;

	if (need <= s->room)
		return;
	free(s->separators);
	free(s->lines);
	free(s->odd);
	s->room = need;
	s->separators = mem_alloc(need, sizeof(*s->separators));
	s->lines = mem_alloc(need, sizeof(*s->lines));
	s->odd = mem_alloc(need / SCAN_BLOCK + 1, sizeof(*s->odd));
}

void
scan_bytes(struct scan *s, const char *p, size_t n)
{
	struct scan_masks m;
	size_t whole = n / SCAN_BLOCK, count = 1;

	pthread_once(&once, choose);
	make_room(s, n);
	s->count = 0;
	s->separators[0] = UINT32_MAX;
	m.nul = m.backslash = false;
	for (size_t b = 0; b < whole; b += SCAN_BLOCKS) {
		size_t blocks = whole - b < SCAN_BLOCKS ? whole - b : SCAN_BLOCKS;

		chosen->masks(p + b * SCAN_BLOCK, blocks, &m);
		chosen->flatten(s, &m, blocks, (uint32_t)(b * SCAN_BLOCK), &count);
	}
	if (n % SCAN_BLOCK) {
		char last[SCAN_BLOCK];

		memset(last, ' ', sizeof(last));
		memcpy(last, p + whole * SCAN_BLOCK, n % SCAN_BLOCK);
		chosen->masks(last, 1, &m);
		chosen->flatten(s, &m, 1, (uint32_t)(whole * SCAN_BLOCK), &count);
	}
	s->nul = m.nul;
	s->backslash = m.backslash;
}

void
scan_marks(struct scan *s, const char *p, size_t n, const char *three)
{
	struct scan_masks m;
	size_t whole = n / SCAN_BLOCK, count = 0;

	pthread_once(&once, choose);
	make_room(s, n);
	m.nul = m.backslash = false;
	m.cr = 0;
	s->count = 0;
	for (size_t b = 0; b < whole; b += SCAN_BLOCKS) {
		size_t blocks = whole - b < SCAN_BLOCKS ? whole - b : SCAN_BLOCKS;

		chosen->marks(p + b * SCAN_BLOCK, blocks, three, &m);
		chosen->flatten(s, &m, blocks, (uint32_t)(b * SCAN_BLOCK), &count);
		memcpy(s->odd + b, m.odd, blocks * sizeof(*m.odd));
	}
	if (n % SCAN_BLOCK) {
		char last[SCAN_BLOCK];

		memset(last, 'x', sizeof(last));
		memcpy(last, p + whole * SCAN_BLOCK, n % SCAN_BLOCK);
		chosen->marks(last, 1, three, &m);
		chosen->flatten(s, &m, 1, (uint32_t)(whole * SCAN_BLOCK), &count);
	}
	/* the letters behind the last bytes may be marks */
	while (count > 0 && s->separators[count - 1] >= n)
		count--;
	s->marks = count;
	s->nul = m.nul;
	s->backslash = m.backslash;
	s->odd[whole] = n % SCAN_BLOCK ? m.odd[0] : m.cr;
}

void
scan_free(struct scan *s)
{
	free(s->separators);
	free(s->lines);
	free(s->odd);
	*s = (struct scan){0};
}
