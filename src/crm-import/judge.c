#include "judge.h"

#include <math.h>

struct weight {
	const char *name;
	double agree, least, differ, from;
};

static const struct weight weights[JUDGE_FIELDS] = {
	[JUDGE_NAME] = {"name", 8, 2, 6, 0.75},
	[JUDGE_PHONE] = {"phone", 10, 1, 2, 0.5},
	[JUDGE_EMAIL] = {"email", 10, 1, 2, 0.5},
	[JUDGE_NUMBER] = {"number", 14, 4, 6, 0.5},
	[JUDGE_BIRTHDAY] = {"birthday", 8, 2, 4, 0.2},
	[JUDGE_ADDRESS] = {"address", 8, 1, 4, 0.2},
	[JUDGE_REGION] = {"region", 1, 1, 1, 0.3},
};

static const double chinese_from = 0.3; /* of a name */

enum {
	COMMON = 500,     /* one in so many customers may hold a value */
	MIDDLE = 9,      /* points of a score of one half */
	SOFT_LETTERS = 4, /* of a word that may hold an error */
	LOCAL_PART = 6,   /* of an e-mail address that is the same elsewhere */
};

static const double soft_least = 0.85, same_local_part = 0.9;

/* Sums are of quarters and thirds: equal within this. */
static const double nothing = 1e-9;

static double
share(double measure, double from)
{
	return measure <= from ? 0 : (measure - from) / (1 - from);
}

static double
most_points(enum judge_field field, int bonus)
{
	double agree = weights[field].agree + bonus / 4.0;

	return agree > weights[field].least ? agree : weights[field].least;
}

/* Of the two values the one that more customers hold. */
static int
bonus_of(const struct profile *a, const struct profile *b,
	enum profile_field field)
{
	return a->bonus[field] < b->bonus[field] ? a->bonus[field]
		: b->bonus[field];
}

static void
give(struct judgement *j, enum judge_field field, double measure, double part,
	int bonus)
{
	double differ = weights[field].differ;

	j->compared[field] = true;
	j->measure[field] = measure;
	j->points[field] = part * (most_points(field, bonus) + differ) - differ;
	j->sum += j->points[field];
}

static void
judge_name(const struct profile *a, const struct profile *b,
	struct judgement *j)
{
	double measure = 0, part = -1;

	if (a->name.n > 0 && b->name.n > 0) {
		double words;

		measure = similar_jaro_winkler(a->name, b->name);
		words = similar_words(a->name, b->name);
		measure = words > measure ? words : measure;
		part = share(measure, weights[JUDGE_NAME].from);
	}
	if (a->chinese.n > 0 && b->chinese.n > 0) {
		double bigrams = similar_bigrams(a->chinese, b->chinese);

		if (share(bigrams, chinese_from) > part) {
			measure = bigrams;
			part = share(bigrams, chinese_from);
		}
	}
	if (part >= 0)
		give(j, JUDGE_NAME, measure, part,
			bonus_of(a, b, PROFILE_NAME));
}

static void
judge_phone(const struct profile *a, const struct profile *b,
	struct judgement *j)
{
	double best = -1;
	int bonus = 0;

	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 2; k++) {
			int less = a->bonus[PROFILE_PHONE + i];
			double measure;

			if (!a->phones[i] || !b->phones[k])
				continue;
			if (b->bonus[PROFILE_PHONE + k] < less)
				less = b->bonus[PROFILE_PHONE + k];
			measure = similar_numbers(a->phones[i], b->phones[k]);
			if (measure > best ||
				(measure >= best && less > bonus)) {
				best = measure;
				bonus = less;
			}
		}
	if (best >= 0)
		give(j, JUDGE_PHONE, best,
			share(best, weights[JUDGE_PHONE].from), bonus);
}

static size_t
local_part(struct slice email)
{
	const char *at = memchr(email.p, '@', email.n);

	return at ? (size_t)(at - email.p) : email.n;
}

static void
judge_email(const struct profile *a, const struct profile *b,
	struct judgement *j)
{
	double measure;
	size_t n;

	if (a->email.n == 0 || b->email.n == 0)
		return;
	measure = similar_edits(a->email, b->email);
	n = local_part(a->email);
	if (measure < same_local_part && n >= LOCAL_PART &&
		n == local_part(b->email) &&
		memcmp(a->email.p, b->email.p, n) == 0)
		measure = same_local_part;
	give(j, JUDGE_EMAIL, measure, share(measure, weights[JUDGE_EMAIL].from),
		bonus_of(a, b, PROFILE_EMAIL));
}

static void
judge_number(const struct profile *a, const struct profile *b,
	struct judgement *j)
{
	double measure;

	if (a->number.n == 0 || b->number.n == 0)
		return;
	measure = similar_edits(a->number, b->number);
	give(j, JUDGE_NUMBER, measure,
		share(measure, weights[JUDGE_NUMBER].from),
		bonus_of(a, b, PROFILE_NUMBER));
}

static void
judge_birthday(const struct profile *a, const struct profile *b,
	struct judgement *j)
{
	double measure;

	if (a->birthday == 0 || b->birthday == 0)
		return;
	measure = similar_days(a->birthday, b->birthday);
	give(j, JUDGE_BIRTHDAY, measure,
		share(measure, weights[JUDGE_BIRTHDAY].from),
		bonus_of(a, b, PROFILE_BIRTHDAY));
}

/* The words of two addresses, those of the region only or all. */
enum { MOST_LEFT = 64 };
struct overlap {
	double shared, first, second; /* weights */
	const struct profile_word *left[2][MOST_LEFT]; /* without partner */
	size_t count[2];
};

static void
leave(struct overlap *o, int side, const struct profile_word *word)
{
	*(side ? &o->second : &o->first) += word->weight;
	if (!word->number && word->n >= SOFT_LETTERS &&
		o->count[side] < MOST_LEFT)
		o->left[side][o->count[side]++] = word;
}

static void
find_shared(const struct profile *a, const struct profile *b, bool all,
	struct overlap *o)
{
	const struct profile_word *x = a->words, *x_end = x + a->word_count;
	const struct profile_word *y = b->words, *y_end = y + b->word_count;

	while (x < x_end || y < y_end) {
		if (x < x_end && !all && !x->region) {
			x++;
		} else if (y < y_end && !all && !y->region) {
			y++;
		} else if (y == y_end || (x < x_end && x->code < y->code)) {
			leave(o, 0, x++);
		} else if (x == x_end || y->code < x->code) {
			leave(o, 1, y++);
		} else {
			o->shared += 2 * x->weight;
			o->first += x++->weight;
			o->second += y++->weight;
		}
	}
}

/* Words that are almost the same share what they share. */
static void
find_alike(const struct profile *a, const struct profile *b, struct overlap *o)
{
	for (size_t i = 0; i < o->count[0]; i++) {
		const struct profile_word *x = o->left[0][i];
		struct similar_text text = {a->text + x->at, x->n};
		double best = 0;
		size_t at = 0;

		for (size_t k = 0; k < o->count[1]; k++) {
			const struct profile_word *y = o->left[1][k];
			double measure = y ? similar_jaro_winkler(text,
				(struct similar_text){b->text + y->at, y->n}) : 0;

			if (measure > best) {
				best = measure;
				at = k;
			}
		}
		if (best < soft_least)
			continue;
		o->shared += best * (x->weight + o->left[1][at]->weight);
		o->left[1][at] = NULL;
	}
}

static void
judge_address(const struct profile *a, const struct profile *b,
	struct judgement *j)
{
	bool all = a->placed && b->placed;
	struct overlap o = {.shared = 0};
	enum judge_field field = all ? JUDGE_ADDRESS : JUDGE_REGION;
	double whole, measure;

	find_shared(a, b, all, &o);
	if (o.first <= 0 || o.second <= 0)
		return;
	find_alike(a, b, &o);
	whole = all ? o.first + o.second
		: 2 * (o.first < o.second ? o.first : o.second);
	measure = o.shared / whole;
	measure = measure > 1 ? 1 : measure;
	give(j, field, measure, share(measure, weights[field].from),
		all ? bonus_of(a, b, PROFILE_ADDRESS) : 0);
}

/* What the fields that are costly to compare can give at most. */
static double
still_possible(const struct profile *a, const struct profile *b)
{
	double most = most_points(JUDGE_NAME, bonus_of(a, b, PROFILE_NAME));

	if (a->word_count > 0 && b->word_count > 0)
		most += most_points(JUDGE_ADDRESS,
			bonus_of(a, b, PROFILE_ADDRESS));
	if (a->email.n > 0 && b->email.n > 0)
		most += most_points(JUDGE_EMAIL, bonus_of(a, b, PROFILE_EMAIL));
	return most;
}

bool
judge(const struct profile *a, const struct profile *b, double start,
	double enough, struct judgement *j)
{
	if (profile_order(a, b) > 0)
		return judge(b, a, start, enough, j);
	*j = (struct judgement){.sum = start};
	enough -= nothing;
	judge_phone(a, b, j);
	judge_number(a, b, j);
	judge_birthday(a, b, j);
	if (j->sum + still_possible(a, b) < enough)
		return false;
	judge_email(a, b, j);
	judge_address(a, b, j);
	if (j->sum + most_points(JUDGE_NAME, bonus_of(a, b, PROFILE_NAME)) <
		enough)
		return false;
	judge_name(a, b, j);
	return j->sum >= enough;
}

double
judge_excess(size_t customers)
{
	return customers > JUDGE_MANY ? log2((double)customers / JUDGE_MANY) : 0;
}

double
judge_bonus(size_t customers, size_t holders)
{
	double n = (double)customers, most = judge_excess(customers) / 2;
	double common = n / COMMON > 2 ? n / COMMON : 2;
	double bonus = log2(common / (double)holders);

	return bonus < most ? bonus : most;
}

double
judge_score(double points)
{
	return 1 / (1 + exp2((MIDDLE - points) / 2));
}

double
judge_points(double score)
{
	if (score <= 0)
		return -HUGE_VAL;
	return score >= 1 ? HUGE_VAL
		: MIDDLE + 2 * log2(score / (1 - score));
}

void
judge_why(const struct judgement *j, struct buf *b)
{
	const char *between = "";

	for (int i = 0; i < JUDGE_FIELDS; i++) {
		double tenths = round(10 * j->points[i]);

		if (!j->compared[i])
			continue;
		buf_printf(b, "%s%s %.2f %+.1f", between, weights[i].name,
			j->measure[i], tenths == 0 ? 0.0 : tenths / 10);
		between = "; ";
	}
}
