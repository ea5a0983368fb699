#include <stddef.h>

#include "demo_service.h"
#include "demo_words.h"

/* Its customers are less content than others. */
#define WEAK_REGION 4
#define WEAK_STATION 1

static const char *const channels[] = {"电话", "微信", "网站", "门店", "邮件"};

static const char *
agent(struct demo_world *w)
{
	return demo_words_agents[random_low(&w->random, DEMO_AGENTS)];
}

static unsigned
satisfaction(struct demo_world *w, const struct demo_ticket *t)
{
	const struct demo_region *weak = &demo_words_regions[WEAK_REGION];

	if (t->station == weak->station[WEAK_STATION])
		return 5 - random_below(&w->random, 4);
	return 5 - random_low(&w->random, 4);
}

static void
survey(struct demo_world *w, const struct demo_ticket *t, int64_t when)
{
	for (unsigned i = 0; i < DEMO_ITEMS; i++) {
		struct demo_ticket *row = demo_world_child(w, t, DEMO_SURVEY, when);

		row->closed = when + 300;
		row->item = demo_words_items[i].name;
		row->weight = demo_words_items[i].weight;
		row->expected = demo_words_items[i].expected;
		row->score = satisfaction(w, t);
	}
}

/* Sooner or later everybody is called back; not everybody yet. */
static void
call_back(struct demo_world *w, const struct demo_ticket *t)
{
	struct random *r = &w->random;
	bool lately = t->closed > w->now - 6 * MOMENT_DAY;
	int64_t when = t->closed + MOMENT_HOUR +
		(random_chance(r, 940) ? random_below(r, 58) :
			random_between(r, 72, 120)) * MOMENT_HOUR;
	struct demo_ticket *call;

	when += random_below(r, 60) * MOMENT_MINUTE;
	if (lately && random_chance(r, 250))
		return;
	when = demo_world_daytime(when);
	call = demo_world_child(w, t, DEMO_CALLBACK, when);
	call->closed = when + random_between(r, 2, 9) * MOMENT_MINUTE;
	call->owner = agent(w);
	call->score = satisfaction(w, t);
	if (lately && random_chance(r, 80)) {
		call->closed = 0;
		call->score = 0;
		call->status = "等待";
		call->note = "无人接听，稍后再拨";
	} else if (random_chance(r, 140)) {
		survey(w, t, call->closed);
	}
}

static void
hand_over(struct demo_world *w, struct demo_ticket *t, unsigned region,
	unsigned station)
{
	unsigned times = 1 + random_low(&w->random, 4);
	int64_t when = t->opened;

	for (unsigned i = 0; i < times; i++) {
		struct demo_ticket *over;

		when += random_between(&w->random, 20, 240) * MOMENT_MINUTE;
		over = demo_world_child(w, t, DEMO_HANDOVER, when);
		over->owner = demo_words_technician(region, station,
			random_below(&w->random, 3));
		over->note = "改派";
		over->closed = when;
		t->owner = over->owner;
	}
	if (t->closed <= when)
		t->closed = when + MOMENT_HOUR;
}

/* The part is not in store: the ticket is on hold until it comes. */
static void
wait_for_part(struct demo_world *w, struct demo_ticket *t)
{
	static const char *const parts[] = {"压缩机", "电路板", "电机", "密封圈"};
	struct random *r = &w->random;
	int64_t asked = t->opened + random_between(r, 3, 8) * MOMENT_HOUR;
	int64_t came = asked + random_between(r, 20, 130) * MOMENT_HOUR;
	struct demo_ticket *part = demo_world_child(w, t, DEMO_PART, asked);
	struct demo_ticket *hold = demo_world_child(w, t, DEMO_HOLD, asked);

	part->item = parts[random_low(r, 4)];
	part->quantity = 1;
	part->closed = hold->closed = came;
	hold->note = "等待备件";
	t->closed = demo_world_daytime(came + random_between(r, 2, 20) * MOMENT_HOUR);
}

static void
assign(struct demo_world *w, struct demo_ticket *t)
{
	struct random *r = &w->random;
	unsigned region = w->customers[t->customer].region;
	unsigned station = random_below(r, DEMO_STATIONS);

	t->station = demo_words_regions[region].station[station];
	t->owner = demo_words_technician(region, station, random_below(r, 3));
	if (random_chance(r, 40))
		hand_over(w, t, region, station);
}

static void
describe(struct demo_world *w, struct demo_ticket *t)
{
	struct random *r = &w->random;
	const struct demo_product *product = &demo_words_products[t->product];

	if (t->kind == DEMO_REPAIR) {
		t->fault = product->faults[random_low(r, DEMO_FAULTS)];
		t->due = t->opened + 48 * MOMENT_HOUR;
		t->note = random_chance(r, 60) ? "用户说：\"又坏了\"，请带齐配件" : "";
		if (random_chance(r, 300))
			t->amount = 100 * random_between(r, 6, 48) * 10 + 50;
	} else {
		t->due = t->opened + 24 * MOMENT_HOUR;
		t->note = random_chance(r, 30) ? "高层, 需吊装" : "";
	}
}

struct demo_ticket *
demo_service_visit(struct demo_world *w, enum demo_kind kind, uint32_t customer,
	uint32_t product, uint64_t serial, int64_t opened)
{
	struct random *r = &w->random;
	struct demo_ticket *t = demo_world_ticket(w, kind, customer, opened), *reply;

	t->channel = channels[random_low(r, 3)];
	t->product = product;
	t->serial = serial;
	t->closed = opened + random_between(r, 2, 10) * MOMENT_HOUR;
	t->closed += random_low(r, 40) * MOMENT_HOUR;
	t->closed += random_below(r, 3600) / 60 * 60;
	t->closed = demo_world_daytime(t->closed);
	describe(w, t);
	assign(w, t);
	if (kind == DEMO_REPAIR && random_chance(r, 70))
		wait_for_part(w, t);
	if (kind == DEMO_REPAIR && random_chance(r, 930)) {
		reply = demo_world_child(w, t, DEMO_REPLY,
			opened + random_between(r, 5, 700) * MOMENT_MINUTE);
		reply->closed = reply->opened + 5 * MOMENT_MINUTE;
		reply->owner = agent(w);
	}
	if (random_chance(r, 25)) {
		t->status = "已取消";
		t->closed = opened + 2 * MOMENT_HOUR;
	} else {
		call_back(w, t);
	}
	return t;
}

struct demo_ticket *
demo_service_call(struct demo_world *w, enum demo_kind kind, uint32_t customer,
	uint32_t product, int64_t opened, bool answered)
{
	struct random *r = &w->random;
	struct demo_ticket *t = demo_world_ticket(w, kind, customer, opened), *answer;
	bool heavy = kind == DEMO_COMPLAINT || kind == DEMO_SUGGEST;
	int64_t wait = random_between(r, 8, 26) * MOMENT_MINUTE;

	t->channel = channels[random_low(r, 5)];
	t->product = product;
	t->owner = agent(w);
	t->closed = opened + random_between(r, 3, 20) * MOMENT_MINUTE;
	if (kind == DEMO_COMPLAINT)
		t->note = random_chance(r, 500) ? "投诉上门不及时" : "投诉同一故障反复出现";
	if (heavy) {
		t->due = opened + 24 * MOMENT_HOUR;
		t->closed = opened + random_between(r, 20, 150) * MOMENT_HOUR;
		wait = random_low(r, 26 * 60) * MOMENT_MINUTE;
	}
	if (!answered || (!heavy && kind != DEMO_GUIDE))
		return t;
	if (kind == DEMO_GUIDE && random_chance(r, 50))
		wait += MOMENT_HOUR;
	answer = demo_world_child(w, t, heavy ? DEMO_REPLY : DEMO_CALLBACK,
		(heavy ? opened : t->closed) + wait);
	answer->closed = answer->opened + 4 * MOMENT_MINUTE;
	answer->score = kind == DEMO_GUIDE ? satisfaction(w, t) : 0;
	answer->owner = agent(w);
	if (answer->closed > t->closed && heavy)
		t->closed = answer->closed + MOMENT_HOUR;
	return t;
}
