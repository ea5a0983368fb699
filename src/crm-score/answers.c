#include "answers.h"

#include <stdlib.h>

#include "date.h"

enum { PROMOTER = 9, DETRACTOR = 6, BEST = 10 };

/* The 97.5 % point of the normal distribution, in 1/10^6. */
#define NORMAL INT64_C(1959964)

struct answers_reader
answers_reader(const struct record_source *tickets,
	const struct answers_options *options, int64_t as_of)
{
	struct answers_reader reader = {.options = options, .as_of = as_of};

	if (!options->csi && !options->nps)
		return reader;
	reader.opened_at = record_need(tickets, "opened_at");
	reader.score = record_need(tickets, "score");
	reader.expected = record_find(tickets, slice_of("expected"));
	reader.weight = record_find(tickets, slice_of("weight"));
	return reader;
}

/* ---- a ticket ---- */

static int
is_answer(const struct expr *when, struct chunk *c, const struct record *r,
	struct expr_env *env)
{
	int yes;

	if (!when)
		return 0;
	env->row = r;
	yes = expr_true(when, env);
	if (yes < 0)
		msg_bad(&c->bad, r->line, c->source->names[env->bad_column].p,
			env->bad_value, "%s", env->bad_why);
	return yes;
}

/* 1: a number, 0: missing, -1: bad, reported. */
static int
read_number(struct chunk *c, const struct record *r, size_t column, int64_t *to)
{
	struct slice field = {0};
	enum num_status status;

	if (column != RECORD_NONE)
		field = record_field(r, column);
	if (field.n == 0)
		return 0;
	status = num_read(field, to);
	if (status != NUM_OK)
		chunk_bad(c, r, column, num_why(status));
	return status == NUM_OK ? 1 : -1;
}

static bool
in_range(struct chunk *c, const struct record *r, size_t column, int64_t value,
	int from, int to)
{
	if (value >= from * NUM_ONE && value <= to * NUM_ONE)
		return true;
	msg_bad(&c->bad, r->line, c->source->names[column].p,
		record_field(r, column), "not from %d to %d", from, to);
	return false;
}

static int
rate(const struct answers_reader *reader, struct chunk *c,
	const struct record *r, int64_t score, struct answers *one)
{
	int64_t weight = NUM_ONE, expected = 0;
	int has_expected;

	if (!in_range(c, r, reader->score, score, 1, reader->options->scale) ||
		read_number(c, r, reader->weight, &weight) < 0)
		return -1;
	if (weight < 0) {
		chunk_bad(c, r, reader->weight, "a negative weight");
		return -1;
	}
	has_expected = read_number(c, r, reader->expected, &expected);
	if (has_expected < 0)
		return -1;
	one->weights = weight;
	one->weighted = (num_wide)weight * (score - NUM_ONE);
	one->gap_count = (uint64_t)has_expected;
	one->gaps = has_expected ? score - expected : 0;
	return 1;
}

static int
recommend(const struct answers_reader *reader, struct chunk *c,
	const struct record *r, int64_t score, struct answers *one)
{
	if (!in_range(c, r, reader->score, score, 0, BEST))
		return -1;
	one->count = 1;
	one->promoters = score >= PROMOTER * NUM_ONE;
	one->detractors = score <= DETRACTOR * NUM_ONE;
	return 1;
}

/* 1: it exists by as-of, 0: it does not, -1: bad, reported. */
static int
exists(const struct answers_reader *reader, struct chunk *c,
	const struct record *r)
{
	struct slice field = record_field(r, reader->opened_at);
	enum date_status status;
	int64_t opened_at;

	status = date_read(field, &opened_at);
	if (status != DATE_OK) {
		chunk_bad(c, r, reader->opened_at,
			field.n ? date_why(status) : "missing");
		return -1;
	}
	return opened_at <= reader->as_of;
}

int
answers_read(const struct answers_reader *reader, struct chunk *c,
	const struct record *r, struct expr_env *env, struct answers *one)
{
	int rated = is_answer(reader->options->csi, c, r, env), asked, there;
	int64_t score;

	if (rated < 0)
		return -1;
	asked = is_answer(reader->options->nps, c, r, env);
	if (asked < 0 || (!rated && !asked))
		return asked;
	there = exists(reader, c, r);
	if (there > 0)
		there = read_number(c, r, reader->score, &score);
	if (there <= 0)
		return there;
	*one = (struct answers){0};
	if (rated && rate(reader, c, r, score, one) < 0)
		return -1;
	return asked ? recommend(reader, c, r, score, one) : 1;
}

/* ---- what they come to ---- */

void
answers_add(struct answers *to, const struct answers *from)
{
	to->weighted += from->weighted;
	to->weights += from->weights;
	to->gaps += from->gaps;
	to->gap_count += from->gap_count;
	to->count += from->count;
	to->promoters += from->promoters;
	to->detractors += from->detractors;
}

bool
answers_csi(const struct answers *a, int scale, int64_t *csi)
{
	if (a->weights == 0)
		return false;
	*csi = (int64_t)num_divide(100 * a->weighted,
		(scale - 1) * a->weights);
	return true;
}

bool
answers_gap(const struct answers *a, int64_t *gap)
{
	if (a->gap_count == 0)
		return false;
	*gap = (int64_t)num_divide(a->gaps, (num_wide)a->gap_count);
	return true;
}

/* promoters - detractors */
static num_wide
lead(const struct answers *a)
{
	return (num_wide)a->promoters - (num_wide)a->detractors;
}

bool
answers_nps(const struct answers *a, int64_t *nps)
{
	if (a->count == 0)
		return false;
	*nps = (int64_t)num_divide(lead(a) * 100 * NUM_ONE,
		(num_wide)a->count);
	return true;
}

/* The largest whole number whose square is not above n. */
static int64_t
root(num_wide n)
{
	int64_t low = 0, high = INT64_C(1) << 32;

	while (low < high) {
		int64_t middle = low + (high - low + 1) / 2;

		if ((num_wide)middle * middle <= n)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* Half the width is sqrt(NORMAL^2 * spread / n^3) in 1/10000, where spread / n^2
 * is the variance; counted in 1/FINER of that, and rounded once. */
bool
answers_nps_interval(const struct answers *a, int64_t *low, int64_t *high)
{
	enum { FINER = 1000 };
	const int64_t most = 100 * NUM_ONE;
	num_wide n = (num_wide)a->count, spread, nps, half;

	if (n == 0)
		return false;
	spread = (num_wide)(a->promoters + a->detractors) * n -
		lead(a) * lead(a);
	nps = num_divide(lead(a) * 100 * NUM_ONE * FINER, n);
	half = (num_wide)NORMAL * NORMAL * spread / n;
	half = root(half * FINER * FINER / n / n);
	*low = (int64_t)num_divide(nps - half, FINER);
	*high = (int64_t)num_divide(nps + half, FINER);
	if (*low < -most)
		*low = -most;
	if (*high > most)
		*high = most;
	return true;
}

size_t
answers_write(char *out, int64_t value)
{
	size_t n = num_write(out, value), point = n;

	for (size_t i = 0; i < n; i++)
		if (out[i] == '.')
			point = i;
	if (point == n)
		out[n++] = '.';
	while (n < point + 5)
		out[n++] = '0';
	return n;
}
