/* A part of a tool, not of the library: it is compiled in. */
#include "src/crm-import/chains.c"

#include <string.h>

#include "tap.h"

enum { RECORDS = 9, MOST = 8 };

/* A word of pairs: "0=1 1=2 0!2", records by digit. sources: a letter for each
 * record, '-' for none. want: of each chain, by its first pair, its members,
 * the survivor, and '!' and the two where it is refused. */
static const struct {
	const char *pairs, *sources, *want;
} cases[] = {
	{"", "---------", ""},
	{"0=1", "---------", "01>0"},
	{"1=0", "---------", "01>1"},
	{"0=1 0=1", "---------", "01>0"},
	{"0=1 1=0", "---------", "01>0"},
	{"0=1 2=3", "---------", "01>0 23>2"},
	{"2=3 0=1", "---------", "23>2 01>0"},
	{"0=1 1=2", "---------", "012>0"},
	{"1=2 0=1", "---------", "012>0"},
	{"0=2 1=2", "---------", "012>0"},
	{"2=0 2=1", "---------", "012>2"},
	{"0=1 1=2 2=0", "---------", "012>0"},
	{"0=1 1=2", "aba------", "012>0!02"},
	{"0=1 1=2", "aab------", "012>0"},
	{"0=1 1=2 0=2", "aba------", "012>0"},
	{"0=1 1=2 2=0", "aaa------", "012>0"},
	{"0=1 1=2 2=3", "a--a-----", "0123>0!03"},
	{"0=1", "aa-------", "01>0"},
	{"0=1 1=2 0!2", "---------", "012>0!02"},
	{"0=1 1=2 2!0", "---------", "012>0!20"},
	{"0=1 0!1", "---------", "01>0!01"},
	{"0=1 1=2 0!3", "---------", "012>0"},
	{"0!1", "---------", ""},
	{"0=1 1=2 4=5 5!4 7=8", "---------", "012>0 45>4!54 78>7"},
};

static struct slice
source_at(void *context, uint32_t record)
{
	const char *sources = context;

	return (struct slice){sources + record, sources[record] != '-'};
}

static void
fill(struct chains *c, const char *pairs)
{
	c->same = mem_zero(MOST, sizeof *c->same);
	c->different = mem_zero(MOST, sizeof *c->different);
	for (size_t i = 0; i + 2 < strlen(pairs); i += 4) {
		struct chains_pair pair = {(uint32_t)(pairs[i] - '0'),
			(uint32_t)(pairs[i + 2] - '0'), i / 4 + 2, false};

		if (pairs[i + 1] == '=')
			c->same[c->same_count++] = pair;
		else
			c->different[c->different_count++] = pair;
	}
}

static void
show(const struct chains *c, char *out)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct chains_chain *chain = &c->chains[i];

		if (i > 0)
			*out++ = ' ';
		for (size_t k = chain->from; k < chain->to; k++)
			*out++ = (char)('0' + c->members[k].record);
		*out++ = '>';
		*out++ = (char)('0' + chain->survivor);
		if (!chain->refused)
			continue;
		*out++ = '!';
		*out++ = (char)('0' + chain->one);
		*out++ = (char)('0' + chain->other);
	}
	*out = '\0';
}

int
main(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char sources[RECORDS + 1], got[64];
		struct chains c = {.source_of = source_at, .context = sources};

		memcpy(sources, cases[i].sources, RECORDS + 1);
		fill(&c, cases[i].pairs);
		chains_find(&c, RECORDS);
		show(&c, got);
		tap_ok(strcmp(got, cases[i].want) == 0, "%s, sources %s: %s",
			cases[i].pairs, cases[i].sources, got);
		chains_free(&c);
	}
	return tap_done();
}
