#include "figures.h"

#include <math.h>
#include <stdio.h>

#include "date.h"
#include "text.h"

static const char *const base[] = {"orders", "spend", "first_order",
	"last_order", "recency", "r", "f", "m", "rfm"};

enum { BASE = sizeof(base) / sizeof(base[0]) };

static const double most_expected = 8.9e13; /* that a number holds */

struct figures_shape
figures_shape(const struct options *o)
{
	return (struct figures_shape){.clv = o->clv, .csi = o->csi, .nps = o->nps,
		.card = o->card, .explain = o->explain, .scale = o->scale};
}

size_t
figures_names(const struct figures_shape *shape, const char **names)
{
	size_t n = 0;

	for (; n < BASE; n++)
		names[n] = base[n];
	if (shape->clv) {
		names[n++] = "alive";
		names[n++] = "expected";
		names[n++] = "worth";
	}
	if (shape->csi) {
		names[n++] = "csi";
		names[n++] = "gap";
	}
	if (shape->nps)
		names[n++] = "nps";
	if (shape->card) {
		names[n++] = "score";
		names[n++] = "grade";
	}
	if (shape->explain)
		names[n++] = "why";
	return n;
}

void
figures_of(const struct customer *c, const struct rfm *rfm, int64_t as_of,
	struct figures *f)
{
	f->customer = c;
	if (c->orders == 0)
		return;
	f->recency = rfm_recency(c, as_of);
	for (int m = 0; m < RFM_MEASURES; m++)
		f->scores[m] = rfm_score(rfm, m, rfm_measure(c, as_of, m));
}

/* ---- as fields ---- */

struct fields {
	struct buf *b;
	struct slice *out;
	size_t count, from;
};

/* What was written since the last one is the next field. Its place is set at
 * the end: the buffer may move. */
static void
add(struct fields *to)
{
	to->out[to->count++] = (struct slice){NULL, to->b->n - to->from};
	to->from = to->b->n;
}

static void
add_count(struct fields *to, uint64_t n)
{
	to->b->n += num_write_count(to->b->p + to->b->n, n);
	add(to);
}

static void
add_time(struct fields *to, int64_t t)
{
	to->b->n += date_write(to->b->p + to->b->n, t);
	add(to);
}

static void
add_figure(struct fields *to, bool is, int64_t value)
{
	if (is)
		to->b->n += answers_write(to->b->p + to->b->n, value);
	add(to);
}

static void
add_base(struct fields *to, const struct figures *f)
{
	const struct customer *c = f->customer;

	add_count(to, c->orders);
	to->b->n += num_write_money(to->b->p + to->b->n, customer_spend(c));
	add(to);
	if (c->orders == 0) {
		while (to->count < BASE)
			add(to);
		return;
	}
	add_time(to, customer_first(c));
	add_time(to, customer_last(c));
	add_count(to, (uint64_t)f->recency);
	for (int m = 0; m < RFM_MEASURES; m++)
		add_count(to, (uint64_t)f->scores[m]);
	add(to); /* see join_digits */
}

/* rfm is r, f and m, which stand side by side. */
static void
join_digits(struct slice *fields)
{
	struct slice *rfm = &fields[BASE - 1], *r = rfm - RFM_MEASURES;

	*rfm = (struct slice){r->p, (size_t)(rfm->p - r->p)};
}

static void
add_outlook(struct fields *to, const struct figures_shape *shape,
	const struct lifetime_outlook *l)
{
	if (!shape->clv)
		return;
	if (l)
		to->b->n += (size_t)snprintf(to->b->p + to->b->n, NUM_SIZE,
			"%.6f", l->alive);
	add(to);
	if (l)
		to->b->n += (size_t)snprintf(to->b->p + to->b->n, NUM_SIZE,
			"%.6f", l->expected);
	add(to);
	if (l && l->has_worth)
		to->b->n += num_write_money(to->b->p + to->b->n, l->worth);
	add(to);
}

static void
add_answers(struct fields *to, const struct figures_shape *shape,
	const struct answers *a)
{
	int64_t value = 0;
	bool is;

	if (shape->csi) {
		is = a && answers_csi(a, shape->scale, &value);
		add_figure(to, is, value);
		is = a && answers_gap(a, &value);
		add_figure(to, is, value);
	}
	if (shape->nps) {
		is = a && answers_nps(a, &value);
		add_figure(to, is, value);
	}
}

static void
add_card(struct fields *to, const struct figures_shape *shape,
	const struct card_result *result)
{
	if (!shape->card)
		return;
	to->b->n += num_write(to->b->p + to->b->n, result->sum);
	add(to);
	text_escape(to->b, result->grade);
	add(to);
	if (!shape->explain)
		return;
	text_escape(to->b, buf_slice(&result->why));
	add(to);
}

void
figures_fields(const struct figures_shape *shape, const struct figures *f,
	struct buf *b, struct slice *fields)
{
	struct fields to = {.b = b, .out = fields};
	const char *p;

	buf_clear(b);
	buf_reserve(b, FIGURES_COLUMNS * NUM_SIZE);
	add_base(&to, f);
	add_outlook(&to, shape, f->outlook);
	add_answers(&to, shape, f->answers);
	add_card(&to, shape, f->card);
	p = b->p;
	for (size_t i = 0; i < to.count; i++) {
		fields[i].p = p;
		p += fields[i].n;
	}
	join_digits(fields);
}

/* ---- as values ---- */

size_t
figures_givens(const struct figures_shape *shape, struct expr_given *givens)
{
	static const struct expr_given known[] = {
		{"orders", EXPR_NUMBER, false}, {"spend", EXPR_NUMBER, true},
		{"first_order", EXPR_TIME, false},
		{"last_order", EXPR_TIME, false},
		{"recency", EXPR_NUMBER, false}, {"r", EXPR_NUMBER, false},
		{"f", EXPR_NUMBER, false}, {"m", EXPR_NUMBER, false},
		{"rfm", EXPR_TEXT, false},
	};
	size_t n = 0;

	for (; n < BASE; n++)
		givens[n] = known[n];
	if (shape->clv) {
		givens[n++] = (struct expr_given){"alive", EXPR_NUMBER, false};
		givens[n++] = (struct expr_given){"expected", EXPR_NUMBER,
			false};
		givens[n++] = (struct expr_given){"worth", EXPR_NUMBER, true};
	}
	if (shape->csi) {
		givens[n++] = (struct expr_given){"csi", EXPR_NUMBER, false};
		givens[n++] = (struct expr_given){"gap", EXPR_NUMBER, false};
	}
	if (shape->nps)
		givens[n++] = (struct expr_given){"nps", EXPR_NUMBER, false};
	return n;
}

static void
set(struct expr_value *v, enum expr_type type, bool is, int64_t i)
{
	*v = (struct expr_value){.type = type, .missing = !is, .i = i};
}

static void
set_base(const struct figures *f, char *digits, struct expr_value *v)
{
	const struct customer *c = f->customer;
	num_wide spend = customer_spend(c);
	bool is = c->orders > 0;
	size_t n = 0;

	set(v++, EXPR_NUMBER, true, (int64_t)c->orders * NUM_ONE);
	set(v++, EXPR_NUMBER, num_fits(spend), (int64_t)spend);
	set(v++, EXPR_TIME, is, customer_first(c));
	set(v++, EXPR_TIME, is, customer_last(c));
	set(v++, EXPR_NUMBER, is, f->recency * NUM_ONE);
	for (int m = 0; m < RFM_MEASURES; m++) {
		set(v++, EXPR_NUMBER, is, f->scores[m] * NUM_ONE);
		if (is)
			n += num_write_count(digits + n,
				(uint64_t)f->scores[m]);
	}
	set(v, EXPR_TEXT, is, 0);
	v->s = (struct slice){digits, n};
}

/* What a model says, as a number. */
static int64_t
rounded(double value)
{
	return (int64_t)nearbyint(value * NUM_ONE);
}

static size_t
set_outlook(const struct lifetime_outlook *l, struct expr_value *v)
{
	static const struct lifetime_outlook none;
	bool is = l && l->expected < most_expected;

	l = is ? l : &none;
	set(&v[0], EXPR_NUMBER, is, rounded(l->alive));
	set(&v[1], EXPR_NUMBER, is, rounded(l->expected));
	set(&v[2], EXPR_NUMBER, is && l->has_worth, l->worth);
	return 3;
}

size_t
figures_values(const struct figures_shape *shape, const struct figures *f,
	char digits[FIGURES_DIGITS], struct expr_value *values)
{
	const struct answers *a = f->answers;
	size_t n = BASE;
	int64_t value = 0;
	bool is;

	set_base(f, digits, values);
	if (shape->clv)
		n += set_outlook(f->outlook, values + n);
	if (shape->csi) {
		is = a && answers_csi(a, shape->scale, &value);
		set(&values[n++], EXPR_NUMBER, is, value);
		is = a && answers_gap(a, &value);
		set(&values[n++], EXPR_NUMBER, is, value);
	}
	if (shape->nps) {
		is = a && answers_nps(a, &value);
		set(&values[n++], EXPR_NUMBER, is, value);
	}
	return n;
}
