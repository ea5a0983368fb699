#include "groups.h"

#include <stdlib.h>

#include "mem.h"
#include "msg.h"
#include "text.h"

/* Figures that are fields and values of a card alike. */
enum figure { CSI, GAP, ANSWERS, NPS, NPS_LOW, NPS_HIGH, FIGURES };

static const char *const names[FIGURES] = {
	[CSI] = "csi", [GAP] = "gap", [ANSWERS] = "answers", [NPS] = "nps",
	[NPS_LOW] = "nps_low", [NPS_HIGH] = "nps_high",
};

struct writer {
	const struct setting *setting;
	struct expr_env env;
	struct expr_value givens[SETTING_GIVENS];
	struct expr_cell *cells;
	struct card_result result;
	struct buf key;    /* of the row, as a field */
	struct slice cell; /* the same */
	struct buf line;
};

static bool
asked(const struct options *o, int figure)
{
	return figure < ANSWERS ? o->csi != NULL : o->nps != NULL;
}

size_t
groups_givens(const struct options *o, struct expr_given *givens)
{
	size_t n = 0;

	for (int i = 0; i < FIGURES; i++)
		if (asked(o, i))
			givens[n++] = (struct expr_given){names[i],
				EXPR_NUMBER, false};
	return n;
}

static void
find_figures(const struct options *o, const struct answers *a,
	int64_t figures[FIGURES], bool is[FIGURES])
{
	is[CSI] = answers_csi(a, o->scale, &figures[CSI]);
	is[GAP] = answers_gap(a, &figures[GAP]);
	is[ANSWERS] = true;
	figures[ANSWERS] = (int64_t)a->count * NUM_ONE;
	is[NPS] = answers_nps(a, &figures[NPS]);
	is[NPS_LOW] = is[NPS_HIGH] = answers_nps_interval(a,
		&figures[NPS_LOW], &figures[NPS_HIGH]);
}

static size_t
add_figures(struct writer *w, const struct answers *a)
{
	const struct options *o = w->setting->options;
	int64_t figures[FIGURES] = {0};
	bool is[FIGURES];
	size_t n = 0;

	find_figures(o, a, figures, is);
	for (int i = 0; i < FIGURES; i++) {
		char *to = buf_reserve(&w->line, NUM_SIZE + 1);

		if (!asked(o, i))
			continue;
		w->givens[n++] = (struct expr_value){.type = EXPR_NUMBER,
			.missing = !is[i], .i = figures[i]};
		buf_byte(&w->line, '\t');
		if (is[i])
			w->line.n += i == ANSWERS ? num_write(to + 1, figures[i])
				: answers_write(to + 1, figures[i]);
	}
	return n;
}

static void
relate(struct writer *w, const struct tally_entry *e)
{
	const struct setting *s = w->setting;

	related_fill(&e->related, w->cells, s->scope.relation_count);
	w->env.relations = w->cells;
	for (size_t i = 0; card_relation(s->card, i).n; i++) {
		buf_byte(&w->line, '\t');
		card_write_relation(s->card, i, &w->env, &w->line);
	}
}

/* False where the card cannot read the value of the group. */
static bool
add_card(struct writer *w, size_t givens)
{
	const struct setting *s = w->setting;
	char quoted[160];

	if (!card_eval(s->card, &w->env, setting_values(s, w->givens + givens),
		s->options->explain, &w->result)) {
		msg_warn("%s: %s: %s", s->options->by, w->env.bad_why,
			msg_quote(quoted, sizeof(quoted), w->env.bad_value));
		msg_fail();
		return false;
	}
	buf_byte(&w->line, '\t');
	w->line.n += num_write(buf_reserve(&w->line, NUM_SIZE), w->result.sum);
	buf_byte(&w->line, '\t');
	text_escape(&w->line, w->result.grade);
	if (s->options->explain) {
		buf_byte(&w->line, '\t');
		text_escape(&w->line, buf_slice(&w->result.why));
	}
	return true;
}

static bool
make_row(struct writer *w, struct slice key, const struct tally_entry *e)
{
	size_t givens;

	buf_clear(&w->line);
	buf_clear(&w->key);
	text_escape(&w->key, key);
	w->cell = buf_slice(&w->key);
	w->env.cells[0] = &w->cell;
	w->env.given = w->givens;
	buf_add(&w->line, w->cell);
	if (w->setting->card)
		relate(w, e);
	givens = add_figures(w, &e->answers);
	if (w->setting->card && !add_card(w, givens))
		return false;
	buf_byte(&w->line, '\n');
	return true;
}

static void
write_header(const struct setting *s, struct out *out)
{
	const struct options *o = s->options;
	struct buf b = {0};

	if (o->common.no_header)
		return;
	text_escape(&b, slice_of(o->by));
	for (size_t i = 0; s->card && card_relation(s->card, i).n; i++) {
		buf_byte(&b, '\t');
		text_escape(&b, card_relation(s->card, i));
	}
	for (int i = 0; i < FIGURES; i++)
		if (asked(o, i))
			buf_printf(&b, "\t%s", names[i]);
	if (s->card)
		buf_text(&b, o->explain ? "\tscore\tgrade\twhy"
			: "\tscore\tgrade");
	buf_byte(&b, '\n');
	out_write(out, buf_slice(&b));
	buf_free(&b);
}

void
groups_write(const struct setting *s, const struct tally *t, struct out *out)
{
	struct writer w = {.setting = s, .cells = mem_alloc(
		s->scope.relation_count + 1, sizeof(*w.cells))};
	uint32_t *sorted = tally_sorted(t);

	write_header(s, out);
	for (size_t i = 0; i < tally_count(t); i++)
		if (make_row(&w, tally_key(t, sorted[i]),
			tally_entry(t, sorted[i])))
			out_write(out, buf_slice(&w.line));
	free(sorted);
	free(w.cells);
	card_result_free(&w.result);
	buf_free(&w.env.scratch);
	buf_free(&w.key);
	buf_free(&w.line);
}
