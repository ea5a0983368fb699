#include "segments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "schema.h"
#include "text.h"

#include "src/crm-segment/lifecycle.tsv.h"
#include "src/crm-segment/rfm.tsv.h"
#include "src/crm-segment/tier.tsv.h"

static const struct preset {
	const char *name;
	const unsigned char *text;
	size_t size;
} presets[] = {
	{"rfm", rfm_tsv, sizeof(rfm_tsv)},
	{"lifecycle", lifecycle_tsv, sizeof(lifecycle_tsv)},
	{"tier", tier_tsv, sizeof(tier_tsv)},
};

struct slice
segments_preset(const char *name)
{
	for (size_t i = 0; i < sizeof(presets) / sizeof(*presets); i++)
		if (strcmp(presets[i].name, name) == 0)
			return (struct slice){(const char *)presets[i].text,
				presets[i].size};
	return (struct slice){0};
}

void
segments_hint(struct expr_error *error, struct slice text)
{
	static const char unknown[] = "unknown column ", letters[] =
		"abcdefghijklmnopqrstuvwxyz_";
	struct slice word = {text.p + error->position, 0};
	const struct schema_column *column;
	size_t n = strlen(error->text);

	if (strncmp(error->text, unknown, sizeof(unknown) - 1) != 0)
		return;
	while (error->position + word.n < text.n &&
		memchr(letters, word.p[word.n], sizeof(letters) - 1))
		word.n++;
	column = schema_find(word);
	if (column && column->kinds == SCHEMA_COMPUTED)
		snprintf(error->text + n, sizeof(error->text) - n,
			" (crm-score appends such figures)");
}

/* The names as fields. The buffer moves while it grows: offsets first. */
static void
escape_names(struct segments *s, size_t column)
{
	size_t *ends = mem_alloc(s->count, sizeof(*ends)), from = 0;

	for (size_t i = 0; i < s->count; i++) {
		text_escape(&s->escaped, rules_cell(s->rules, i, column));
		ends[i] = s->escaped.n;
	}
	for (size_t i = 0; i < s->count; i++) {
		s->names[i] = (struct slice){s->escaped.p + from,
			ends[i] - from};
		from = ends[i];
	}
	free(ends);
}

static size_t
first_of_name(const struct segments *s, size_t i)
{
	size_t k = 0;

	while (!slice_equal(s->names[k], s->names[i]))
		k++;
	return k;
}

struct segments *
segments_open(struct rules *rules, struct expr_scope *scope)
{
	struct segments *s = mem_zero(1, sizeof(*s));
	size_t name = rules_need(rules, "segment");
	size_t when = rules_need(rules, "when");

	s->rules = rules;
	s->count = rules->count;
	s->when = mem_zero(s->count, sizeof(*s->when));
	s->names = mem_zero(s->count, sizeof(*s->names));
	s->texts = mem_zero(s->count, sizeof(*s->texts));
	s->same = mem_zero(s->count, sizeof(*s->same));
	for (size_t i = 0; i < s->count; i++) {
		struct expr_error error;

		if (rules_cell(rules, i, name).n == 0)
			rules_die(rules, i, name, "a segment needs a name");
		s->texts[i] = rules_cell(rules, i, when);
		s->when[i] = expr_compile_as(scope, s->texts[i], EXPR_BOOL,
			&error);
		if (!s->when[i]) {
			segments_hint(&error, s->texts[i]);
			rules_die_at(rules, i, when, error.position, error.text);
		}
	}
	escape_names(s, name);
	for (size_t i = 0; i < s->count; i++)
		s->same[i] = first_of_name(s, i);
	return s;
}

void
segments_close(struct segments *s)
{
	if (!s)
		return;
	free(s->when);
	free(s->names);
	free(s->texts);
	free(s->same);
	buf_free(&s->escaped);
	rules_close(s->rules);
	free(s);
}
