#include "card.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "num.h"

#include "src/crm-score/churn.tsv.h"
#include "src/crm-score/credit.tsv.h"
#include "src/crm-score/lead.tsv.h"
#include "src/crm-score/progress.tsv.h"
#include "src/crm-score/selftest.tsv.h"
#include "src/crm-score/station.tsv.h"
#include "src/crm-score/value.tsv.h"

static const struct built_in {
	const char *name;
	const unsigned char *text;
	size_t size;
	unsigned of;
} built_ins[] = {
	{"@value", value_tsv, sizeof(value_tsv), CARD_CUSTOMERS},
	{"@churn", churn_tsv, sizeof(churn_tsv), CARD_CUSTOMERS},
	{"@credit", credit_tsv, sizeof(credit_tsv), CARD_CUSTOMERS},
	{"@progress", progress_tsv, sizeof(progress_tsv), CARD_CUSTOMERS},
	{"@station", station_tsv, sizeof(station_tsv), CARD_GROUPS},
	{"@lead", lead_tsv, sizeof(lead_tsv), CARD_TICKETS},
	{"@selftest", selftest_tsv, sizeof(selftest_tsv),
		CARD_CUSTOMERS | CARD_GROUPS},
};

enum { BUILT_INS = sizeof(built_ins) / sizeof(built_ins[0]) };

/* A row can give points and, by another look at its condition, the grade. */
struct row {
	struct slice rule, grade;
	uint64_t line;
	int64_t most;               /* points that it can give; 0: not told */
	struct expr *when, *points; /* points null: it gives none */
	struct expr *grades;        /* null: no grade */
};

/* A relation stands in one of the expressions. */
struct relation {
	const struct expr *e;
	size_t i;
};

struct card {
	struct rules *rules;
	struct row *rows;
	size_t count;
	struct relation *relations;
	size_t relation_count;
};

struct slice
card_built_in(const char *name, unsigned *of)
{
	for (size_t i = 0; i < BUILT_INS; i++)
		if (strcmp(built_ins[i].name, name) == 0) {
			*of = built_ins[i].of;
			return (struct slice){(const char *)built_ins[i].text,
				built_ins[i].size};
		}
	return (struct slice){0};
}

const char *
card_named(size_t i)
{
	return i < BUILT_INS ? built_ins[i].name : NULL;
}

/* ---- compiling ---- */

static void
collect(struct card *card, const struct expr *e)
{
	struct slice source;

	for (size_t i = 0; (source = expr_relation_text(e, i)).n; i++) {
		size_t k = 0, n = card->relation_count;

		while (k < n && !slice_equal(source, card_relation(card, k)))
			k++;
		if (k < n)
			continue;
		card->relations = mem_resize(card->relations, n + 1,
			sizeof(*card->relations));
		card->relations[n] = (struct relation){e, i};
		card->relation_count++;
	}
}

static struct expr *
compile(struct card *card, size_t i, size_t column, enum expr_type type,
	struct expr_scope *scope)
{
	struct slice text = rules_cell(card->rules, i, column);
	struct expr_error error;
	struct expr *e = expr_compile_as(scope, text, type, &error);

	if (!e)
		rules_die_at(card->rules, i, column, error.position,
			error.text);
	collect(card, e);
	return e;
}

static int64_t
read_most(const struct rules *rules, size_t i, size_t column)
{
	struct slice cell = rules_cell(rules, i, column);
	int64_t most = 0;

	if (cell.n && (num_read(cell, &most) != NUM_OK || most <= 0))
		rules_die(rules, i, column, "not a number over 0");
	return most;
}

struct card *
card_open(struct rules *rules, struct expr_scope *scope)
{
	struct card *card = mem_zero(1, sizeof(*card));
	size_t rule = rules_need(rules, "rule");
	size_t when = rules_need(rules, "when");
	size_t points = rules_find(rules, "points");
	size_t grade = rules_find(rules, "grade");
	size_t most = rules_find(rules, "most");

	card->rules = rules;
	card->count = rules->count;
	card->rows = mem_zero(card->count, sizeof(*card->rows));
	if (points == RULES_NONE && grade == RULES_NONE)
		rules_need(rules, "points");
	scope->given_count--;
	for (size_t i = 0; i < card->count; i++) {
		struct row *row = &card->rows[i];
		bool gives = rules_cell(rules, i, points).n > 0;

		row->rule = rules_cell(rules, i, rule);
		row->grade = rules_cell(rules, i, grade);
		row->line = rules->lines[i];
		row->most = read_most(rules, i, most);
		if (gives || !row->grade.n)
			row->when = compile(card, i, when, EXPR_BOOL, scope);
		if (gives)
			row->points = compile(card, i, points, EXPR_NUMBER,
				scope);
	}
	scope->given_count++;
	for (size_t i = 0; i < card->count; i++)
		if (card->rows[i].grade.n)
			card->rows[i].grades = compile(card, i, when,
				EXPR_BOOL, scope);
	return card;
}

void
card_close(struct card *card)
{
	if (!card)
		return;
	rules_close(card->rules);
	free(card->relations);
	free(card->rows);
	free(card);
}

/* ---- evaluating ---- */

static void
explain(const struct row *row, int64_t points, struct buf *why)
{
	if (why->n)
		buf_text(why, "; ");
	if (row->rule.n)
		buf_add(why, row->rule);
	else
		buf_printf(why, "line %llu", (unsigned long long)row->line);
	if (row->most) {
		buf_text(why, " (");
		why->n += num_write(buf_reserve(why, NUM_SIZE), num_divide(
			(num_wide)points * 100 * NUM_ONE, row->most));
		buf_text(why, "%)");
	}
	buf_text(why, points < 0 ? " " : " +");
	why->n += num_write(buf_reserve(why, NUM_SIZE), points);
}

static bool
add_points(const struct card *card, struct expr_env *env, bool explained,
	struct card_result *result)
{
	for (size_t i = 0; i < card->count; i++) {
		const struct row *row = &card->rows[i];
		struct expr_value points;
		int yes = row->points ? expr_true(row->when, env) : 0;

		if (yes < 0)
			return false;
		if (!yes)
			continue;
		if (expr_eval(row->points, env, &points) != EXPR_OK)
			return false;
		if (points.missing)
			continue;
		result->sum += points.i;
		if (explained)
			explain(row, points.i, &result->why);
	}
	return true;
}

bool
card_eval(const struct card *card, struct expr_env *env,
	struct expr_value *sum, bool explained, struct card_result *result)
{
	result->sum = 0;
	result->grade = (struct slice){NULL, 0};
	buf_clear(&result->why);
	if (!add_points(card, env, explained, result))
		return false;
	*sum = (struct expr_value){.type = EXPR_NUMBER,
		.missing = !num_fits(result->sum), .i = (int64_t)result->sum};
	for (size_t i = 0; i < card->count; i++) {
		const struct row *row = &card->rows[i];
		int yes = row->grades ? expr_true(row->grades, env) : 0;

		if (yes < 0)
			return false;
		if (yes) {
			result->grade = row->grade;
			return true;
		}
	}
	return true;
}

void
card_result_free(struct card_result *result)
{
	buf_free(&result->why);
}

/* ---- relations ---- */

struct slice
card_relation(const struct card *card, size_t i)
{
	if (i >= card->relation_count)
		return (struct slice){NULL, 0};
	return expr_relation_text(card->relations[i].e, card->relations[i].i);
}

void
card_write_relation(const struct card *card, size_t i, struct expr_env *env,
	struct buf *b)
{
	const struct relation *r = &card->relations[i];

	expr_relation_write(r->e, r->i, env, b);
}
