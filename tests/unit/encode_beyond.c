#include "encode_beyond.h"

#include <string.h>

#include "tap.h"

static const struct {
	const char *bytes, *want; /* null: it is none */
} characters[] = {
	{"\x90\x30\x81\x30", "\xf0\x90\x80\x80"},
	{"\x95\x32\x82\x36", "\xf0\xa0\x80\x80"},
	{"\x95\x32\x82\x37more", "\xf0\xa0\x80\x81"},
	{"\xe3\x32\x9a\x35", "\xf4\x8f\xbf\xbf"},
	{"\xe3\x32\x9a\x36", NULL},
	{"\x8f\x39\xfe\x39", NULL},
	{"\x90\x30\x81", NULL},
	{"\x90\x30\x80\x30", NULL},
	{"\x90\x30\x81\x40", NULL},
	{"\xe4\x30\x81\x30", NULL},
	{"", NULL},
};

static const struct {
	const char *bytes;
	size_t want;
} texts[] = {
	{"", 0},
	{"ab", 2},
	{"\x90\x30\x81\x30", 0},
	{"a\x90\x30\x81\x30", 1},
	/* 90 is here the second byte of a character */
	{"\xd6\x90\x30\x81\x30zzzz", 9},
	{"\xd6\xd0\x81\x30\x90\x30\x95\x32\x82\x36", 6},
	{"\x80\x95\x32\x82\x36", 1},
	{"abc\x95\x32\x82", 6},
};

int
main(void)
{
	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
		const char *want = characters[i].want;
		char got[4];
		bool found = encode_beyond_read(slice_of(characters[i].bytes),
			got);

		tap_ok(found == (want != NULL) &&
			(!want || memcmp(got, want, 4) == 0),
			"character %zu", i);
	}
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		tap_ok(encode_beyond_next(slice_of(texts[i].bytes)) ==
			texts[i].want, "text %zu", i);
	return tap_done();
}
