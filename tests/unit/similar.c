/* A part of a tool, not of the library: it is compiled in. */
#include "src/crm-import/similar.c"

#include <math.h>

#include "tap.h"

static struct similar_text
text_of(const char *s, uint32_t *room)
{
	struct slice rest = slice_of(s);
	size_t n = 0;

	while (rest.n > 0) {
		size_t bytes = text_decode(rest, &room[n++]);

		rest.p += bytes;
		rest.n -= bytes;
	}
	return (struct similar_text){room, n};
}

static void
check_texts(const char *name,
	double (*measure)(struct similar_text, struct similar_text),
	const char *a, const char *b, double want)
{
	uint32_t x[SIMILAR_MOST], y[SIMILAR_MOST];
	struct similar_text s = text_of(a, x), t = text_of(b, y);
	double got = measure(s, t);

	tap_ok(fabs(got - want) < 0.00005 && measure(t, s) == got,
		"%s \"%s\" \"%s\": %.4f, wanted %.4f", name, a, b, got, want);
}

static void
test_jaro_winkler(void)
{
	static const struct {
		const char *a, *b;
		double jaro, winkler;
	} cases[] = {
		/* Winkler 1990, 1999 */
		{"MARTHA", "MARHTA", 0.9444, 0.9611},
		{"DWAYNE", "DUANE", 0.8222, 0.8400},
		{"DIXON", "DICKSONX", 0.7667, 0.8133},
		{"SHACKLEFORD", "SHACKELFORD", 0.9697, 0.9818},
		{"DUNNINGHAM", "CUNNIGHAM", 0.8963, 0.8963},
		{"NICHLESON", "NICHULSON", 0.9259, 0.9556},
		{"JONES", "JOHNSON", 0.7905, 0.8324},
		{"MASSEY", "MASSIE", 0.8889, 0.9333},
		{"ABROMS", "ABRAMS", 0.8889, 0.9222},
		{"ITMAN", "SMITH", 0.4667, 0.4667},
		{"JERALDINE", "GERALDINE", 0.9259, 0.9259},
		{"MICHELLE", "MICHAEL", 0.8690, 0.9214},
		{"JULIES", "JULIUS", 0.8889, 0.9333},
		{"SEAN", "SUSAN", 0.7833, 0.8050},
		{"a", "a", 1, 1},
		{"a", "b", 0, 0},
		{"", "", 1, 1},
		{"a", "", 0, 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		check_texts("jaro", similar_jaro, cases[i].a, cases[i].b,
			cases[i].jaro);
		check_texts("jaro-winkler", similar_jaro_winkler, cases[i].a,
			cases[i].b, cases[i].winkler);
	}
}

static void
test_words(void)
{
	static const struct {
		const char *a, *b;
		double want;
	} cases[] = {
		{"wei zhang", "zhang wei", 1},
		{"anna", "anna", 1},
		{"anna berg", "anna", 0.9},
		{"anna berg", "carl", 0.9 * 0.5},
		{"anna berg lee", "anan berg", 0.9 * (4 * 0.93333 + 4) / 8},
		{"martha berg", "berg marhta", (12 * 0.96111 + 8) / 20},
		{"ab", "cd", 0},
		{"", "", 1},
		{"", "a", 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_texts("words", similar_words, cases[i].a, cases[i].b,
			cases[i].want);
}

static void
test_bigrams(void)
{
	static const struct {
		const char *a, *b;
		double want;
	} cases[] = {
		{"night", "nacht", 2 * 3 / 12.0},
		{"\xe7\x8e\x8b\xe8\x8a\xb3", "\xe7\x8e\x8b\xe8\x8a\xb3", 1},
		{"\xe7\x8e\x8b\xe8\x8a\xb3", "\xe7\x8e\x8b\xe6\x96\xb9", 2 / 6.0},
		{"\xe7\x8e\x8b\xe8\x8a\xb3", "\xe7\x8e\x8b", 0.6},
		{"\xe7\x8e\x8b\xe8\x8a\xb3", "\xe8\x8a\xb3", 2 / 5.0},
		{"aaa", "aa", 2 * 3 / 7.0},
		{"ab", "ba", 0},
		{"", "", 1},
		{"", "a", 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_texts("bigrams", similar_bigrams, cases[i].a, cases[i].b,
			cases[i].want);
}

static void
test_edits(void)
{
	static const struct {
		const char *a, *b;
		double want;
	} cases[] = {
		{"ann@x.cn", "ann@x.cn", 1},
		{"ann@x.cn", "nan@x.cn", 1 - 1 / 8.0},
		{"ann@x.cn", "an@x.cn", 1 - 1 / 8.0},
		{"abcd", "wxyz", 0},
		{"abcd", "abyz", 0.5},
		{"abcd", "axyz", 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		double got = similar_edits(slice_of(cases[i].a),
			slice_of(cases[i].b));

		tap_ok(fabs(got - cases[i].want) < 1e-9, "edits %s %s: %.4f",
			cases[i].a, cases[i].b, got);
	}
}

static void
test_numbers(void)
{
	static const struct {
		uint64_t a, b;
		double want;
	} phones[] = {
		{13812345678, 13812345678, 1},
		{13812345678, 13812345679, 0.8}, {13812345678, 13812354678, 0.8},
		{13812345678, 1381234567, 0.8}, {13812345678, 1381245678, 0.8},
		{53288939999, 88939999, 0.9}, {5328893999, 893999, 0},
		{13812345678, 13912345679, 0}, {13812345678, 31821345678, 0},
		{12345, 23456, 0}, {0, 5, 0.8},
	}, days[] = {
		{19900215, 19900215, 1}, {19900215, 215, 0.9}, {215, 216, 0},
		{19900502, 19900205, 0.9}, {19900215, 19900216, 0.8},
		{19900215, 19909215, 0.8}, {19900512, 19900521, 0.8},
		{19900215, 19880215, 0.5}, {19900201, 19900227, 0.5},
		{19900201, 19901127, 0.3}, {19900201, 19811127, 0},
	};

	for (size_t i = 0; i < sizeof phones / sizeof *phones; i++) {
		uint64_t a = phones[i].a, b = phones[i].b;

		tap_ok(similar_numbers(a, b) == phones[i].want &&
			similar_numbers(b, a) == phones[i].want,
			"numbers %llu %llu: %.1f", (unsigned long long)a,
			(unsigned long long)b, similar_numbers(a, b));
	}
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		uint32_t a = (uint32_t)days[i].a, b = (uint32_t)days[i].b;

		tap_ok(similar_days(a, b) == days[i].want &&
			similar_days(b, a) == days[i].want, "days %u %u: %.1f",
			a, b, similar_days(a, b));
	}
}

int
main(void)
{
	test_jaro_winkler();
	test_words();
	test_bigrams();
	test_edits();
	test_numbers();
	return tap_done();
}
