#include "result.h"

#include <stdlib.h>

#include "aggregate.h"
#include "num.h"

/* The argument of an aggregate over the rows, of every row, and what it comes
 * to. */
struct window {
	struct expr_value *values;
	struct expr_value *results;
	size_t count;
	num_wide total;
	size_t known;
};

static struct expr_value
figure(num_wide value)
{
	bool fits = num_fits(value);

	return (struct expr_value){.type = EXPR_NUMBER, .missing = !fits,
		.i = fits ? (int64_t)value : 0};
}

static const struct expr_value none = {.type = EXPR_NUMBER, .missing = true};

/* Percent of the total, at four decimals. */
static struct expr_value
percent(num_wide part, num_wide total)
{
	if (total == 0)
		return none;
	return figure(num_divide(part * 100 * NUM_ONE, total));
}

static void
share(struct window *w)
{
	size_t i;

	for (i = 0; i < w->count; i++)
		w->results[i] = w->values[i].missing ? none :
			percent(w->values[i].i, w->total);
}

static void
cumshare(struct window *w)
{
	num_wide sum = 0;
	size_t i;

	for (i = 0; i < w->count; i++) {
		w->results[i] = none;
		if (w->values[i].missing)
			continue;
		sum += w->values[i].i;
		w->results[i] = percent(sum, w->total);
	}
}

static void
mean_index(struct window *w)
{
	size_t i;

	for (i = 0; i < w->count; i++)
		w->results[i] = w->values[i].missing ? none :
			percent((num_wide)w->values[i].i * (num_wide)w->known,
				w->total);
}

static void
change(struct window *w)
{
	const struct expr_value *last = NULL;
	size_t i;

	for (i = 0; i < w->count; i++) {
		const struct expr_value *v = &w->values[i];

		w->results[i] = none;
		if (last && !last->missing && !v->missing)
			w->results[i] = figure((num_wide)v->i - last->i);
		w->results[i].type = v->type;
		last = v;
	}
}

static int
compare_down(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x < *y) - (*x > *y);
}

/* How many values are larger than one: its first place among the sorted. */
static size_t
place(const int64_t *sorted, size_t n, int64_t value)
{
	size_t low = 0, high = n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (sorted[middle] > value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
rank(struct window *w)
{
	int64_t *sorted = mem_alloc(w->count + 1, sizeof *sorted);
	size_t n = 0, i;

	for (i = 0; i < w->count; i++) {
		if (!w->values[i].missing)
			sorted[n++] = w->values[i].i;
	}
	qsort(sorted, n, sizeof *sorted, compare_down);
	for (i = 0; i < w->count; i++) {
		w->results[i] = w->values[i].missing ? none : figure((num_wide)
			(place(sorted, n, w->values[i].i) + 1) * NUM_ONE);
	}
	free(sorted);
}

static void
evaluate(const struct result *r, size_t side, const struct expr *argument,
	struct window *w)
{
	struct expr_env env = {0};
	size_t i;

	for (i = 0; i < w->count; i++) {
		const struct result_spot *spot = &r->rows[i].spots[side];

		env.given = spot->measures - SUBJECT_GIVENS;
		env.aggregates = spot->aggregates;
		if (expr_eval(argument, &env, &w->values[i]) != EXPR_OK)
			w->values[i].missing = true;
		if (w->values[i].missing)
			continue;
		w->total += w->values[i].i;
		w->known++;
	}
	buf_free(&env.scratch);
}

static void
run(enum expr_function function, struct window *w)
{
	switch (function) {
	case EXPR_SHARE:
		share(w);
		break;
	case EXPR_CUMSHARE:
		cumshare(w);
		break;
	case EXPR_RANK:
		rank(w);
		break;
	case EXPR_INDEX:
		mean_index(w);
		break;
	default:
		change(w);
	}
}

void
result_windows(struct result *r, size_t side, size_t measure)
{
	const struct report *report = r->groups->report;
	const struct report_measure *m = &report->measures[measure];
	struct window w = {.count = r->row_count};
	size_t i, k;

	for (k = m->first; k < m->end; k++) {
		if (!aggregate_is_window(&report->aggregates[k]))
			continue;
		w.values = mem_alloc(w.count + 1, sizeof *w.values);
		w.results = mem_alloc(w.count + 1, sizeof *w.results);
		w.total = 0;
		w.known = 0;
		evaluate(r, side, report->aggregates[k].argument, &w);
		run(report->aggregates[k].function, &w);
		for (i = 0; i < w.count; i++)
			r->rows[i].spots[side].aggregates[k] = w.results[i];
		free(w.values);
		free(w.results);
	}
}
