#include "result_step.h"

#include <stdlib.h>

#include "aggregate.h"
#include "date.h"
#include "num.h"
#include "text.h"

/* A canonical field of a key, as a value for expressions. */
static struct expr_value
value_of(struct result *r, enum expr_type type, struct slice field)
{
	struct expr_value value = {.type = type, .missing = field.n == 0};
	struct buf text = {0};

	if (value.missing)
		return value;
	switch (type) {
	case EXPR_NUMBER:
		value.missing = num_read(field, &value.i) != NUM_OK;
		break;
	case EXPR_DURATION:
		value.missing = num_read(field, &value.i) != NUM_OK;
		value.i = value.missing ? 0 : (int64_t)num_divide(
			(num_wide)value.i * DATE_HOUR, NUM_ONE);
		break;
	case EXPR_TIME:
		value.missing = date_read(field, &value.i) != DATE_OK;
		break;
	case EXPR_BOOL:
		value.i = slice_is(field, "true");
		break;
	default:
		text_unescape(&text, field);
		value.s = mem_pool_copy(&r->pool, buf_slice(&text));
		buf_free(&text);
	}
	return value;
}

/* key null: of the total and the whole, which have none. */
static void
set_keys(struct result *r, struct result_spot *spot, const struct slice *key,
	size_t side)
{
	const struct report *report = r->groups->report;
	size_t n = report_rows_by(report), i;
	struct expr_value *givens = spot->givens + REPORT_KEYS;

	for (i = 0; i < report->key_count; i++) {
		enum expr_type type = expr_type(report->keys[i].e);

		if (i == n && side < r->side_count)
			givens[i] = value_of(r, type, r->sides[side]);
		else if (i < n && key)
			givens[i] = value_of(r, type, result_part(*key, i));
		else
			givens[i] = (struct expr_value){.type = type,
				.missing = type != EXPR_BOOL};
	}
}

static void
prepare(struct result *r, struct result_spot *spot, const struct groups *groups)
{
	const struct report *report = r->groups->report;
	size_t n = report->aggregate_count, i;
	size_t first = report_measures_at(report);

	spot->aggregates = mem_pool_get(&r->pool,
		(n + 1) * sizeof *spot->aggregates);
	spot->wholes = mem_pool_get(&r->pool, (n + 1) * sizeof *spot->wholes);
	for (i = 0; i < n; i++)
		spot->wholes[i] = (struct expr_value){.missing = true};
	spot->givens = mem_pool_get(&r->pool,
		(first + report->measure_count) * sizeof *spot->givens);
	spot->measures = spot->givens + first;
	for (i = 0; i < SUBJECT_GIVENS; i++)
		spot->givens[i] = (struct expr_value){.missing = true};
	memcpy(spot->givens + SUBJECT_GIVENS, report->constants,
		REPORT_CONSTANTS * sizeof *spot->givens);
	for (i = 0; i < n; i++) {
		if (aggregate_is_window(&report->aggregates[i]))
			spot->aggregates[i] = (struct expr_value){
				.type = report->aggregates[i].type,
				.missing = true};
		else
			spot->aggregates[i] = aggregate_value(
				&report->aggregates[i], spot->group ?
				groups_cell(groups, spot->group, i) : NULL,
				spot->group ? spot->group->records : 0);
	}
}

void
result_prepare(struct result *r)
{
	size_t i, k;

	for (k = 0; k < r->side_count; k++) {
		for (i = 0; i < r->row_count; i++) {
			prepare(r, &r->rows[i].spots[k], r->groups);
			set_keys(r, &r->rows[i].spots[k], &r->rows[i].key, k);
		}
		prepare(r, &r->total.spots[k], &r->sums);
		set_keys(r, &r->total.spots[k], NULL, k);
	}
	prepare(r, &r->whole, &r->sums);
	set_keys(r, &r->whole, NULL, SIZE_MAX);
}

static void
measure_spot(struct result *r, struct result_spot *spot, size_t measure,
	struct expr_env *env)
{
	const struct report *report = r->groups->report;
	struct expr_value *value = &spot->measures[measure];

	env->given = spot->givens;
	env->aggregates = spot->aggregates;
	if (expr_eval(report->measures[measure].e, env, value) != EXPR_OK)
		value->missing = true;
	if (value->type == EXPR_TEXT && !value->missing)
		value->s = mem_pool_copy(&r->pool, value->s);
}

static void
measure_lone(struct result *r, struct result_spot *spot,
	const struct result_spot *first, struct expr_env *env)
{
	const struct report *report = r->groups->report;
	size_t m;

	for (m = 0; m < report->measure_count; m++) {
		result_lone(r, spot, first, &report->measures[m]);
		measure_spot(r, spot, m, env);
	}
}

static void
measure_side(struct result *r, size_t side, struct expr_env *env)
{
	const struct report *report = r->groups->report;
	size_t m, i;

	for (m = 0; m < report->measure_count; m++) {
		result_windows(r, side, &report->measures[m]);
		for (i = 0; i < r->row_count; i++)
			measure_spot(r, &r->rows[i].spots[side], m, env);
	}
	if (report->having.e)
		result_windows(r, side, &report->having);
}

/* The whole before all, as rows may ask for it; sides from the first on. */
void
result_measure(struct result *r)
{
	struct expr_env env = {0};
	size_t k;

	measure_lone(r, &r->whole, &r->whole, &env);
	for (k = 0; k < r->side_count; k++) {
		measure_lone(r, &r->total.spots[k], &r->total.spots[0], &env);
		measure_side(r, k, &env);
	}
	buf_free(&env.scratch);
}
