/* Parts of a tool, not of the library: they are compiled in. */
#include "src/crm-import/fold.c"
#include "src/crm-import/title.c"

#include "tap.h"

/* Words between bars: letters as they are, digits after #, Chinese after %. */
static const struct {
	const char *in, *want;
} cases[] = {
	{"", ""},
	{"Anna Maria", "anna|maria"},
	{"O'Brien-Smith", "obrien|smith"},
	{"\xef\xbc\xa1\xef\xbc\xa2\xe3\x80\x80\xef\xbc\x91", "ab|#1"},
	{"12a, 007", "#12|a|#7"},
	{"0", "#0"},
	{"\xe7\x8e\x8b \xe8\x8a\xb3", "%\xe7\x8e\x8b|%\xe8\x8a\xb3"},
	{"\xe7\x8e\x8b\xe8\x8a\xb3" "Anna5\xe5\x8f\xb7",
		"%\xe7\x8e\x8b\xe8\x8a\xb3|anna|#5|%\xe5\x8f\xb7"},
	{"M\xc3\x9cLLER", "m\xc3\xbcller"},
	{"a\\tb\\\\c", "a|b|c"},
	{"\xef\xbc\x88\xe9\x9d\x92\xef\xbc\x89", "%\xe9\x9d\x92"},
	{"\xff" "a", "a"},
	{" - ", ""},
};

static const struct {
	const char *in, *want;
} titles[] = {
	/* WANG xiansheng, xiansheng alone, HAITIAN youxian gongsi */
	{"\xe7\x8e\x8b\xe5\x85\x88\xe7\x94\x9f", "\xe7\x8e\x8b"},
	{"\xe5\x85\x88\xe7\x94\x9f", "\xe5\x85\x88\xe7\x94\x9f"},
	{"\xe6\xb5\xb7\xe5\xa4\xa9\xe6\x9c\x89\xe9\x99\x90\xe5\x85\xac\xe5\x8f\xb8",
		"\xe6\xb5\xb7\xe5\xa4\xa9"},
	{"\xe6\xb5\xb7\xe5\xa4\xa9", "\xe6\xb5\xb7\xe5\xa4\xa9"},
};

static void
add_text(struct buf *b, const uint32_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char bytes[4];
		size_t size = text_encode(bytes, p[i]);

		buf_add(b, (struct slice){bytes, size});
	}
}

static void
test_titles(void)
{
	struct fold f = {.count = 0};

	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		struct similar_text name;
		struct buf b = {0};

		fold_text(&f, slice_of(titles[i].in));
		name = title_strip((struct similar_text){f.words[0].p,
			f.words[0].n});
		add_text(&b, name.p, name.n);
		tap_ok(slice_is(buf_slice(&b), titles[i].want), "title %s",
			titles[i].in);
		buf_free(&b);
	}
	fold_text(&f, slice_of("Ltd lt"));
	tap_ok(title_word((struct similar_text){f.words[0].p, 3}), "ltd");
	tap_ok(!title_word((struct similar_text){f.words[1].p, 2}), "not lt");
	fold_free(&f);
}

int
main(void)
{
	struct fold f = {.count = 0};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = {0};

		fold_text(&f, slice_of(cases[i].in));
		for (size_t k = 0; k < f.count; k++) {
			buf_text(&b, k ? "|" : "");
			buf_text(&b, f.words[k].kind == FOLD_DIGITS ? "#"
				: f.words[k].kind == FOLD_CHINESE ? "%" : "");
			add_text(&b, f.words[k].p, f.words[k].n);
		}
		tap_ok(slice_is(buf_slice(&b), cases[i].want), "%s: %.*s",
			cases[i].in, (int)b.n, b.p ? b.p : "");
		buf_free(&b);
	}
	fold_free(&f);
	test_titles();
	return tap_done();
}
