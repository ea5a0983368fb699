#ifndef ANSWERS_H
#define ANSWERS_H

#include <stdbool.h>
#include <stdint.h>

#include "chunk.h"
#include "expr.h"
#include "num.h"

/**
 * answers: what the survey answers of a customer, or of a group, come to.
 *
 *   csi   100 * sum(weight * (score - 1) / (scale - 1)) / sum(weight), 0-100;
 *         a missing weight is 1
 *   gap   mean(score - expected) over the answers that have both
 *   nps   100 * (promoters - detractors) / answers, -100 to 100: answers from
 *         0 to 10, promoters gave 9 or 10, detractors 6 or less
 *         its 95 % interval: nps +- 100 * 1.959964 * sqrt(v / answers),
 *         v = (promoters + detractors) / answers - (nps / 100)^2,
 *         cut at -100 and 100: the normal approximation to the mean of +1, 0
 *         and -1
 *
 * Figures are in 1/10000, rounded half to even. A row without a score is no
 * answer.
 */

/** A sum that may lie where other 128-bit values may not. */
typedef num_wide answers_sum __attribute__((aligned(8)));

/** All zero: no answers. Everything adds up. */
struct answers {
	answers_sum weighted;  /* of weight * (score - 1), in 1/10^8 */
	answers_sum weights;
	answers_sum gaps;      /* of score - expected */
	uint64_t gap_count;
	uint64_t count, promoters, detractors; /* of the question 0-10 */
};

struct answers_options {
	const struct expr *csi, *nps; /* which tickets are answers; null: not
	                                 asked for */
	int scale;                    /* best score for csi */
};

struct answers_reader {
	const struct answers_options *options;
	int64_t as_of;
	size_t opened_at, score, expected, weight; /* columns */
};

struct answers_reader answers_reader(const struct record_source *tickets,
	const struct answers_options *options, int64_t as_of);

/** answers_read(reader, c, r, env, one): 1: *one is this answer alone; 0: it is
 * none, or was opened after as-of; -1: bad, reported. A score beyond the scale
 * and a negative weight are bad. */
int answers_read(const struct answers_reader *reader, struct chunk *c,
	const struct record *r, struct expr_env *env, struct answers *one);

void answers_add(struct answers *to, const struct answers *from);

/** False where there is nothing to tell it from. */
bool answers_csi(const struct answers *a, int scale, int64_t *csi);
bool answers_gap(const struct answers *a, int64_t *gap);
bool answers_nps(const struct answers *a, int64_t *nps);
bool answers_nps_interval(const struct answers *a, int64_t *low, int64_t *high);

/** answers_write(b, value): with four decimals; NUM_SIZE bytes; the length. */
size_t answers_write(char *out, int64_t value);

#endif
