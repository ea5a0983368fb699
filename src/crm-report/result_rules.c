#include "result_step.h"

#include "aggregate.h"

static void
add_note(struct table *t, const char *what, struct slice text, struct buf *b)
{
	if (text.n == 0)
		return;
	buf_clear(b);
	buf_text(b, what);
	buf_add(b, text);
	table_add_note(t, buf_slice(b));
}

static void
add_phrase(const struct result_style *style, const char *phrase, struct buf *b)
{
	buf_add(b, words_rule(style->words, style->lang, phrase));
}

/* What an aggregate means, once for each measure. */
static void
add_rule(const struct report *report, const struct result_style *style,
	size_t first, size_t k, struct buf *b)
{
	const struct expr_aggregate *a = report->aggregates;
	size_t i;

	for (i = first; i < k; i++) {
		if (aggregate_rule(&a[i]) == aggregate_rule(&a[k]) &&
			report->within[i] == report->within[k])
			return;
	}
	buf_text(b, style->lang == TABLE_ZH ? k == first ? "：" : "；" :
		k == first ? ": " : "; ");
	buf_add(b, words_rule(style->words, style->lang,
		aggregate_rule(&a[k])));
	if (report->within[k] != RECORD_NONE) {
		add_phrase(style, ", of the same", b);
		buf_byte(b, ' ');
		buf_add(b, report->keys[report->within[k]].name);
	}
}

static void
add_denominator(const struct report *report, const struct result_style *style,
	const struct report_measure *m, struct buf *b)
{
	if (!result_has_denominator(report, m))
		return;
	add_phrase(style, m->divisor ? "; divided by" : "; of", b);
	buf_byte(b, ' ');
	buf_add(b, m->name);
	buf_text(b, ".n");
	if (m->divisor || aggregate_is_window(&report->aggregates[m->whole]))
		return;
	buf_byte(b, ' ');
	add_phrase(style, "records", b);
}

/* Every figure's rule: its expression, and what its aggregates mean. */
void
result_rules(struct table *t, const struct report *report,
	const struct result_style *style, struct buf *b)
{
	const struct definition *d = report->definition;
	struct slice of = definition_get(d, DEFINITION_OF);
	size_t i, k;

	add_note(t, "of: ", of.n ? of : slice_of("tickets"), b);
	add_note(t, "where: ", definition_get(d, DEFINITION_WHERE), b);
	add_note(t, "by: ", definition_get(d, DEFINITION_BY), b);
	add_note(t, "across: ", definition_get(d, DEFINITION_ACROSS), b);
	for (i = 0; i < report->measure_count; i++) {
		const struct report_measure *m = &report->measures[i];

		buf_clear(b);
		buf_add(b, m->name);
		buf_text(b, " = ");
		buf_add(b, m->text);
		for (k = m->first; k < m->end; k++)
			add_rule(report, style, m->first, k, b);
		add_denominator(report, style, m, b);
		table_add_note(t, buf_slice(b));
	}
	add_note(t, "having: ", definition_get(d, DEFINITION_HAVING), b);
	add_note(t, "every: ", definition_get(d, DEFINITION_EVERY), b);
	add_note(t, "sort: ", definition_get(d, DEFINITION_SORT), b);
	add_note(t, "limit: ", definition_get(d, DEFINITION_LIMIT), b);
}
