#ifndef JUDGE_H
#define JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "profile.h"

/**
 * judge: do two profiles look like one customer?
 *
 * Each field that both have is compared (similar.h) and gives points: `agree`
 * where it is the same, -`differ` where its measure is `from` or less, and in
 * between in proportion. Chance agrees more often where there are more
 * customers, or more of them hold a value: with e = log2(n / 1000) where there
 * are more than 1000, else 0, a value that k of n customers hold gives
 *
 *     agree + log2(max(2, n / 500) / k), at most agree + e / 2, at least `least`
 *
 * and the sum of all points begins at -e. Nine points are a score of one half:
 *
 *     score = 1 / (1 + 2^(-(points - 9) / 2))
 *
 * The fields that one of them lacks say nothing.
 */
enum judge_field {
	JUDGE_NAME,
	JUDGE_PHONE,
	JUDGE_EMAIL,
	JUDGE_NUMBER,
	JUDGE_BIRTHDAY,
	JUDGE_ADDRESS,
	JUDGE_REGION, /* where there is no address to compare */
	JUDGE_FIELDS
};

struct judgement {
	bool compared[JUDGE_FIELDS];
	double measure[JUDGE_FIELDS], points[JUDGE_FIELDS];
	double sum;
};

enum { JUDGE_MANY = 1000 };

/** judge_excess(customers): e. judge_bonus(customers, holders): what is added
 * to `agree`. */
double judge_excess(size_t customers);
double judge_bonus(size_t customers, size_t holders);

/** judge(a, b, start, enough, j): false where the points are not enough; then j
 * may be incomplete. Symmetric. */
bool judge(const struct profile *a, const struct profile *b, double start,
	double enough, struct judgement *j);

/** judge_score(points), judge_points(score): one as the other; a score in
 * between 0 and 1. */
double judge_score(double points);
double judge_points(double score);

/** judge_why(j, b): appends "name 0.96 +6.2; phone 1.00 +10.0": each field
 * that was compared, its measure, its points. */
void judge_why(const struct judgement *j, struct buf *b);

#endif
