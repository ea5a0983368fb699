#include "result_step.h"

#include <stdlib.h>

#include "aggregate.h"
#include "num.h"

/* Rows that one aggregate looks at together: all of them, or those that share
 * the value of a key. */
struct part {
	num_wide total;  /* of the values that are known */
	size_t known;
	num_wide sum;    /* of those so far */
	int64_t last;
	bool any, was_missing;
};

/* The argument of an aggregate over rows, of every row, and what it comes
 * to. */
struct window {
	const struct expr_aggregate *a;
	struct expr_value *values, *amounts, *results;
	uint32_t *parts;   /* the part of each row */
	struct part *part;
	size_t count, part_count;
};

/* A value and its place among the larger ones of its part. */
struct ranked {
	uint32_t part;
	size_t row;
	int64_t value;
};

static struct expr_value
figure(const struct window *w, num_wide value)
{
	bool fits = num_fits(value);

	return (struct expr_value){.type = w->a->type, .missing = !fits,
		.i = fits ? (int64_t)value : 0};
}

static struct expr_value
nothing(const struct window *w)
{
	return (struct expr_value){.type = w->a->type, .missing = true};
}

/* part * unit / total, exactly, and rounded once. */
static struct expr_value
fraction(const struct window *w, num_wide part, num_wide unit, num_wide total)
{
	return total == 0 ? nothing(w) :
		figure(w, num_divide(part * unit, total));
}

/* What a share is a share of, an index compares with; missing of the others. */
static struct expr_value
whole_of(const struct window *w, const struct part *part)
{
	num_wide value = part->total;

	switch (w->a->function) {
	case EXPR_SHARE:
	case EXPR_CUMSHARE:
	case EXPR_PORTION:
		break;
	case EXPR_INDEX:
		if (part->known > 0)
			value = num_divide(value, (num_wide)part->known);
		break;
	default:
		return nothing(w);
	}
	if (part->known == 0 || !num_fits(value))
		return nothing(w);
	return (struct expr_value){.type = expr_type(w->a->argument),
		.i = (int64_t)value};
}

/* What can be said of a row when those above it were seen. */
static struct expr_value
next(const struct window *w, struct part *part, size_t i)
{
	const struct expr_value *v = &w->values[i];
	bool known = part->any && !part->was_missing && !v->missing;
	int64_t last = part->last;

	part->any = true;
	part->was_missing = v->missing;
	part->last = v->missing ? 0 : v->i;
	if (!v->missing)
		part->sum += v->i;
	switch (w->a->function) {
	case EXPR_CHANGE:
		return known ? figure(w, (num_wide)v->i - last) : nothing(w);
	case EXPR_RUNNING:
		return figure(w, part->sum);
	case EXPR_TOTAL:
		return part->known ? figure(w, part->total) : nothing(w);
	default:
		break;
	}
	if (v->missing)
		return nothing(w);
	switch (w->a->function) {
	case EXPR_SHARE:
		return fraction(w, v->i, 100 * NUM_ONE, part->total);
	case EXPR_CUMSHARE:
		return fraction(w, part->sum, 100 * NUM_ONE, part->total);
	case EXPR_INDEX:
		return fraction(w, (num_wide)v->i * (num_wide)part->known,
			100 * NUM_ONE, part->total);
	default: /* EXPR_PORTION */
		return w->amounts[i].missing ? nothing(w) :
			fraction(w, v->i, w->amounts[i].i, part->total);
	}
}

static int
compare_down(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return (x->value < y->value) - (x->value > y->value);
}

/* rank() and larger(): equal values get the same. */
static void
rank(struct window *w)
{
	struct ranked *sorted = mem_alloc(w->count + 1, sizeof *sorted);
	size_t n = 0, i, start = 0, same = 0;
	num_wide sum = 0, larger = 0;

	for (i = 0; i < w->count; i++) {
		w->results[i] = nothing(w);
		if (!w->values[i].missing)
			sorted[n++] = (struct ranked){w->parts[i], i,
				w->values[i].i};
	}
	qsort(sorted, n, sizeof *sorted, compare_down);
	for (i = 0; i < n; i++) {
		if (i == 0 || sorted[i].part != sorted[i - 1].part) {
			start = same = i;
			sum = larger = 0;
		} else if (sorted[i].value != sorted[i - 1].value) {
			same = i;
			larger = sum;
		}
		sum += sorted[i].value;
		w->results[sorted[i].row] = figure(w,
			w->a->function == EXPR_LARGER ? larger :
			(num_wide)(same - start + 1) * NUM_ONE);
	}
	free(sorted);
}

static void
evaluate(const struct expr *argument, const struct result_spot *spot,
	struct expr_env *env, struct expr_value *value)
{
	env->given = spot->givens;
	env->aggregates = spot->aggregates;
	if (expr_eval(argument, env, value) != EXPR_OK)
		value->missing = true;
}

/* Texts of other spots stay where they are: measures, constants. */
static void
look_elsewhere(struct result *r, const struct expr_aggregate *a,
	struct expr_value *results)
{
	struct expr_env env = {0};
	size_t i;

	for (i = 0; i < r->row_count; i++) {
		evaluate(a->argument, a->function == EXPR_WHOLE ? &r->whole :
			&r->rows[i].spots[0], &env, &results[i]);
		if (results[i].type == EXPR_TEXT && !results[i].missing)
			results[i].s = mem_pool_copy(&r->pool, results[i].s);
	}
	buf_free(&env.scratch);
}

/* The parts are numbered as their first rows come. */
static void
divide(struct window *w, const struct result *r, size_t within)
{
	struct hash *parts = hash_open(0);
	struct slice part = {"", 0};
	size_t i;

	for (i = 0; i < w->count; i++) {
		if (within != RECORD_NONE)
			part = result_part(r->rows[i].key, within);
		w->parts[i] = hash_put(parts, part, hash_code(part), NULL);
	}
	w->part_count = hash_count(parts);
	hash_close(parts);
}

static void
open_window(struct window *w, const struct result *r, size_t side,
	size_t within)
{
	struct expr_env env = {0};
	size_t i;

	w->values = mem_alloc(w->count + 1, sizeof *w->values);
	w->amounts = mem_alloc(w->count + 1, sizeof *w->amounts);
	w->parts = mem_alloc(w->count + 1, sizeof *w->parts);
	divide(w, r, within);
	w->part = mem_zero(w->part_count + 1, sizeof *w->part);
	for (i = 0; i < w->count; i++) {
		struct part *part = &w->part[w->parts[i]];

		evaluate(w->a->argument, &r->rows[i].spots[side], &env,
			&w->values[i]);
		if (w->a->amount)
			evaluate(w->a->amount, &r->rows[i].spots[side], &env,
				&w->amounts[i]);
		if (w->values[i].missing)
			continue;
		part->total += w->values[i].i;
		part->known++;
	}
	buf_free(&env.scratch);
}

static void
run(struct result *r, size_t side, size_t k, struct expr_value *results)
{
	const struct report *report = r->groups->report;
	const struct expr_aggregate *a = &report->aggregates[k];
	struct window w = {.a = a, .results = results, .count = r->row_count};
	size_t i;

	open_window(&w, r, side, report->within[k]);
	for (i = 0; i < w.count; i++)
		r->rows[i].spots[side].wholes[k] = whole_of(&w,
			&w.part[w.parts[i]]);
	if (a->function == EXPR_RANK || a->function == EXPR_LARGER)
		rank(&w);
	else
		for (i = 0; i < w.count; i++)
			results[i] = next(&w, &w.part[w.parts[i]], i);
	free(w.values);
	free(w.amounts);
	free(w.parts);
	free(w.part);
}

void
result_windows(struct result *r, size_t side, const struct report_measure *m)
{
	const struct report *report = r->groups->report;
	struct expr_value *results;
	size_t i, k;

	for (k = m->first; k < m->end; k++) {
		const struct expr_aggregate *a = &report->aggregates[k];

		if (!aggregate_is_window(a))
			continue;
		results = mem_alloc(r->row_count + 1, sizeof *results);
		if (a->function == EXPR_WHOLE || a->function == EXPR_INITIAL)
			look_elsewhere(r, a, results);
		else
			run(r, side, k, results);
		for (i = 0; i < r->row_count; i++)
			r->rows[i].spots[side].aggregates[k] = results[i];
		free(results);
	}
}

void
result_lone(const struct result *r, struct result_spot *spot,
	const struct result_spot *first, const struct report_measure *m)
{
	const struct report *report = r->groups->report;
	struct expr_env env = {0};
	struct expr_value value;
	size_t k;

	for (k = m->first; k < m->end; k++) {
		const struct expr_aggregate *a = &report->aggregates[k];

		switch (a->function) {
		case EXPR_SHARE:
			evaluate(a->argument, spot, &env, &value);
			if (!value.missing && value.i != 0)
				spot->aggregates[k] = (struct expr_value){
					.type = EXPR_NUMBER,
					.i = 100 * NUM_ONE};
			break;
		case EXPR_PORTION:
			evaluate(a->amount, spot, &env, &spot->aggregates[k]);
			break;
		case EXPR_TOTAL:
			evaluate(a->argument, spot, &env, &spot->aggregates[k]);
			break;
		case EXPR_WHOLE:
			evaluate(a->argument, &r->whole, &env,
				&spot->aggregates[k]);
			break;
		case EXPR_INITIAL:
			evaluate(a->argument, first, &env,
				&spot->aggregates[k]);
			break;
		default:
			break;
		}
	}
	buf_free(&env.scratch);
}
