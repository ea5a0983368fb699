#include <stddef.h>

#include "demo_life.h"
#include "demo_service.h"
#include "demo_words.h"

#define MANAGER_IDLE 9
#define IDLE_DAYS 24

/* A batch with a fault: many repairs in one month. */
#define BATCH_PRODUCT 6
#define BATCH_REPAIRS 34

static int64_t
in_the_day(struct random *r, int64_t day)
{
	return day / MOMENT_DAY * MOMENT_DAY + 8 * MOMENT_HOUR +
		random_below(r, 720) * MOMENT_MINUTE;
}

static const char *
manager(const struct demo_world *w, uint32_t customer, int64_t when)
{
	const char *name = w->customers[customer].manager;

	if (name == demo_words_managers[MANAGER_IDLE] &&
	    when > w->now - IDLE_DAYS * MOMENT_DAY)
		return demo_words_managers[0];
	return name;
}

/* Whoever buys: how often, until when, and what most of all. */
struct buyer {
	uint32_t customer;
	uint32_t days;   /* between two purchases, on average */
	uint32_t leaves; /* after a purchase, of 1000 */
	uint32_t likes;  /* product */
};

/* What suits the buyer and the month, or DEMO_NONE. */
static uint32_t
choose_product(struct random *r, const struct buyer *b, int64_t day)
{
	unsigned month = moment_split(day).month;

	for (unsigned tries = 0; tries < 2; tries++) {
		uint32_t product = random_chance(r, 250) ? b->likes
			: random_low(r, DEMO_PRODUCTS);

		if (random_below(r, 26) < demo_words_products[product].months[month - 1])
			return product;
	}
	return DEMO_NONE;
}

/* Days until something happens that has one chance in `days` every day. */
static int64_t
wait_days(struct random *r, uint32_t days)
{
	int64_t n = 1;

	while (random_below(r, days) > 0)
		n++;
	return n;
}

static void
own(struct demo_world *w, uint32_t customer, uint32_t product, uint64_t serial,
	int64_t since)
{
	struct random *r = &w->random;
	const struct demo_product *p = &demo_words_products[product];

	if (p->install)
		demo_service_visit(w, DEMO_INSTALL, customer, product, serial,
			in_the_day(r, since + random_between(r, 1, 4) * MOMENT_DAY));
	while (random_chance(r, p->repairs * 2))
		demo_service_visit(w, DEMO_REPAIR, customer, product, serial,
			in_the_day(r, since + random_between(r, 15, 500) * MOMENT_DAY));
	if (random_chance(r, 120))
		demo_service_visit(w, DEMO_MAINTAIN, customer, product, serial,
			in_the_day(r, since + random_between(r, 300, 500) * MOMENT_DAY));
}

static void
give_back(struct demo_world *w, const struct demo_ticket *order)
{
	struct demo_ticket *back = demo_world_child(w, order, DEMO_RETURN,
		in_the_day(&w->random, order->closed + 3 * MOMENT_DAY));

	back->amount = order->amount;
	back->quantity = order->quantity;
	back->closed = back->opened + MOMENT_DAY;
	back->note = "七天无理由退货";
}

static void
buy(struct demo_world *w, const struct buyer *buyer, uint32_t product,
	int64_t day)
{
	static const char *const channels[] = {"门店", "网站", "电话", "微信"};
	struct random *r = &w->random;
	const uint32_t customer = buyer->customer;
	const struct demo_customer *c = &w->customers[customer];
	struct demo_ticket *order = demo_world_ticket(w,
		random_chance(r, 850) ? DEMO_ORDER : DEMO_SALE, customer, day);
	uint64_t serial = (product + 1) * 1000000 + ++w->sold[product];

	order->product = product;
	order->channel = channels[random_low(r, 4)];
	order->owner = manager(w, customer, order->opened);
	order->quantity = c->trade ? (unsigned)random_between(r, 2, 24) : 1;
	order->amount = order->quantity * demo_words_products[product].price *
		random_between(r, 88, 100);
	order->closed = order->opened + random_between(r, 1, 3) * MOMENT_DAY;
	order->serial = serial;
	if (random_chance(r, 30)) {
		order->status = "已取消";
		return;
	}
	if (random_chance(r, 25)) {
		give_back(w, order);
		return;
	}
	if (c->trade != NULL && random_chance(r, 700)) {
		struct demo_ticket *paid = demo_world_child(w, order, DEMO_PAYMENT,
			in_the_day(r, order->closed + random_between(r, 5, 60) * MOMENT_DAY));

		paid->amount = order->amount;
	}
	if (random_chance(r, 970))
		demo_world_child(w, order, DEMO_REMIND,
			in_the_day(r, order->opened + 7 * MOMENT_DAY))->owner = order->owner;
	own(w, customer, product, serial, order->closed);
}

/* All purchases of a customer: some buy every month and some once in years, and
 * after each some never come back. */
static void
buy_until_gone(struct demo_world *w, uint32_t customer)
{
	static const uint16_t people[] = {80, 200, 500, 1300};
	static const uint16_t companies[] = {20, 40, 100, 260};
	static const uint16_t leaving[] = {40, 150, 320, 560};
	struct random *r = &w->random;
	const struct demo_customer *c = &w->customers[customer];
	uint32_t pace = random_below(r, 4), loyalty = random_below(r, 4);
	struct buyer b = {customer, c->trade ? companies[pace] : people[pace],
		leaving[loyalty], random_low(r, DEMO_PRODUCTS)};
	int64_t day = c->created + random_between(r, 0, 20) * MOMENT_DAY;

	while (day < w->now) {
		uint32_t product = choose_product(r, &b, day);

		if (product == DEMO_NONE) { /* some other day */
			day += random_between(r, 5, 40) * MOMENT_DAY;
			continue;
		}
		buy(w, &b, product, in_the_day(r, day));
		if (random_chance(r, b.leaves))
			break;
		day += wait_days(r, b.days) * MOMENT_DAY;
	}
}

static void
ask(struct demo_world *w, uint32_t customer)
{
	static const enum demo_kind kinds[] = {
		DEMO_CONSULT, DEMO_GUIDE, DEMO_ADVISE, DEMO_COMPLAINT,
		DEMO_REMIND, DEMO_SUGGEST,
	};
	static const uint16_t often[] = {40, 20, 15, 12, 8, 5};
	struct random *r = &w->random;
	enum demo_kind kind = kinds[random_pick(r, often, 6)];
	int64_t day = random_between(r, w->customers[customer].created, w->now);
	uint32_t product = random_low(r, DEMO_PRODUCTS);

	demo_service_call(w, kind, customer, product, in_the_day(r, day), true);
}

/* A company's project: something is done about it every few weeks, mostly. */
static void
lead(struct demo_world *w, uint32_t customer)
{
	static const char *const stages[] = {"初步接触", "需求确认", "方案报价", "签约"};
	struct random *r = &w->random;
	int64_t day = w->now - random_between(r, 5, 400) * MOMENT_DAY;
	uint32_t stage = random_below(r, 4);
	struct demo_ticket *t, *action;

	t = demo_world_ticket(w, DEMO_LEAD, customer, in_the_day(r, day));
	t->product = random_low(r, DEMO_PRODUCTS);
	t->owner = manager(w, customer, w->now);
	t->stage = stages[stage];
	t->amount = 100000 * random_between(r, 8, 300);
	t->closed = t->opened + random_between(r, 40, 120) * MOMENT_DAY;
	if (random_chance(r, 150))
		t->closed = w->now + MOMENT_DAY;
	for (day = t->opened; day < t->closed;) {
		day += random_between(r, 8, 26) * MOMENT_DAY;
		if (t->closed > w->now && random_chance(r, 100))
			break;
		action = demo_world_child(w, t, DEMO_ACTION, in_the_day(r, day));
		action->owner = manager(w, customer, action->opened);
		action->note = "跟进";
	}
}

static void
visit(struct demo_world *w, uint32_t customer)
{
	struct random *r = &w->random;
	int64_t day = random_between(r, w->customers[customer].created, w->now);
	struct demo_ticket *t = demo_world_ticket(w, DEMO_VISIT, customer,
		in_the_day(r, day));

	t->channel = "上门";
	t->owner = manager(w, customer, t->opened);
	t->due = t->opened + random_between(r, 1, 10) * MOMENT_DAY;
	t->closed = t->due + random_between(r, -20, 12) * MOMENT_HOUR;
	if (t->closed < t->opened)
		t->closed = t->opened + MOMENT_HOUR;
}

/* Whoever has a level is looked after, but for a few. */
static void
look_after(struct demo_world *w, uint32_t customer)
{
	struct random *r = &w->random;
	struct demo_ticket *t;

	if (random_chance(r, 150))
		return;
	t = demo_world_ticket(w, DEMO_VISIT, customer,
		in_the_day(r, w->now - random_between(r, 3, 80) * MOMENT_DAY));
	t->owner = manager(w, customer, t->opened);
	t->closed = t->opened + 2 * MOMENT_HOUR;
}

/* This year's targets of the companies: most are within reach. */
static void
set_targets(struct demo_world *w)
{
	int64_t year = moment_seconds(2026, 1, 1, 0, 0);

	for (uint32_t i = 0; i < w->ticket_count; i++) {
		const struct demo_ticket *t = &w->tickets[i];

		if ((t->kind == DEMO_ORDER || t->kind == DEMO_SALE) && t->opened > year)
			w->customers[t->customer].target += t->amount / 100;
	}
	for (uint32_t i = 0; i < DEMO_CUSTOMERS; i++) {
		struct demo_customer *c = &w->customers[i];
		int64_t percent = random_between(&w->random, 70, 112);

		if (random_chance(&w->random, 100))
			percent += 50;
		c->target = c->target * percent / 100 / 10000 * 10000;
	}
}

/* One month's batch of a product leaks. */
static void
bad_batch(struct demo_world *w)
{
	struct random *r = &w->random;
	int64_t july = moment_seconds(2026, 7, 1, 0, 0);

	for (unsigned i = 0; i < BATCH_REPAIRS; i++) {
		uint32_t customer = random_below(r, DEMO_CUSTOMERS / 2);
		uint32_t serial = (BATCH_PRODUCT + 1) * 1000000 + 1 +
			random_below(r, w->sold[BATCH_PRODUCT]);
		struct demo_ticket *t = demo_service_visit(w, DEMO_REPAIR, customer,
			BATCH_PRODUCT, serial,
			in_the_day(r, july + random_below(r, 31) * MOMENT_DAY));

		t->fault = demo_words_products[BATCH_PRODUCT].faults[0];
	}
}

/* What came in since yesterday and waits for an answer. */
static void
last_day(struct demo_world *w)
{
	static const enum demo_kind kinds[] = {
		DEMO_GUIDE, DEMO_COMPLAINT, DEMO_GUIDE, DEMO_REPAIR,
		DEMO_SUGGEST, DEMO_REPAIR,
	};
	struct random *r = &w->random;

	for (unsigned i = 0; i < 24; i++) {
		enum demo_kind kind = kinds[i % 6];
		uint32_t customer = random_below(r, DEMO_CUSTOMERS);
		uint32_t product = random_low(r, DEMO_PRODUCTS);
		struct demo_ticket *t;

		if (kind == DEMO_GUIDE) {
			demo_service_call(w, kind, customer, product,
				w->now - random_between(r, 15, 70) * MOMENT_MINUTE,
				i % 4 == 0);
			continue;
		}
		t = demo_service_call(w, kind, customer, product,
			w->now - random_between(r, 60, 1900) * MOMENT_MINUTE, false);
		t->closed = w->now + MOMENT_DAY;
		if (kind == DEMO_REPAIR) {
			t->fault = demo_words_products[product].faults[i % DEMO_FAULTS];
			t->due = t->opened + 48 * MOMENT_HOUR;
			t->owner = "";
		}
	}
}

void
demo_life_make(struct demo_world *w)
{
	struct random *r = &w->random;

	for (uint32_t i = 0; i < DEMO_CUSTOMERS; i++) {
		bool company = w->customers[i].trade != NULL;
		uint32_t questions = random_low(r, 4);

		if (!random_chance(r, 200))
			buy_until_gone(w, i);
		while (questions-- > 0)
			ask(w, i);
		if (company && random_chance(r, 500))
			lead(w, i);
		if (company && random_chance(r, 800))
			visit(w, i);
		if (*w->customers[i].tier)
			look_after(w, i);
	}
	set_targets(w);
	bad_batch(w);
	last_day(w);
}
