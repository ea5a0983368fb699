#include <stdio.h>

#include "demo_people.h"
#include "demo_words.h"

static const char *const sources[] = {"门店", "网站", "老客户介绍", "展会", "电话"};
static const char *const refusals[] = {"电话", "微信", "邮件", "全部"};

/* Every number lies in blocks like 138-0000-xxxx, and all differ. */
static uint64_t
mobile(uint32_t number)
{
	static const unsigned blocks[] = {138, 139, 136, 158, 186, 133, 150, 177};

	return blocks[number % 8] * (uint64_t)100000000 + 1000 + number * 3;
}

static void
make_company(struct demo_world *w, struct demo_customer *c, const char *city)
{
	uint32_t trade = random_low(&w->random, 6);
	struct random *r = &w->random;

	c->trade = demo_words_trades[trade];
	snprintf(c->name, sizeof(c->name), "%s%s%s", city,
		demo_words_brands[random_below(r, 16)], demo_words_companies[trade]);
	c->credit = 10000 * random_between(r, 2, 30);
	c->balance = random_chance(r, 600) ? random_between(r, 0, c->credit / 2) : 0;
	if (random_chance(r, 60))
		c->balance = c->credit + random_between(r, 500, 30000);
	c->birthday = 0;
	c->phone2 = 0;
	snprintf(c->email, sizeof(c->email), "office%u@example.com",
		(unsigned)(c - w->customers) + 1);
}

static void
make_person(struct demo_world *w, struct demo_customer *c)
{
	struct random *r = &w->random;
	uint32_t family = random_low(r, 16), given = random_low(r, 32);

	snprintf(c->name, sizeof(c->name), "%s%s", demo_words_families[family],
		demo_words_given[given]);
	if (random_chance(r, 650))
		c->birthday = moment_seconds(1955, 1, 1, 0, 0) +
			random_below(r, 17500) * (int64_t)MOMENT_DAY;
	if (random_chance(r, 300))
		snprintf(c->email, sizeof(c->email), "user%u@example.com",
			(unsigned)(c - w->customers) + 1);
	if (random_chance(r, 25))
		c->tier = random_chance(r, 250) ? "金卡" : "银卡";
}

/* One draw after the other: a compiler may evaluate arguments in any order. */
static void
make_address(struct random *r, struct demo_customer *c, const char *city)
{
	uint32_t street = random_below(r, 8), number = random_below(r, 200);
	uint32_t house = random_below(r, 20), floor = random_below(r, 18);
	uint32_t door = random_below(r, 4);

	snprintf(c->address, sizeof(c->address), "%s市%s%u号%u-%u", city,
		demo_words_streets[street], number + 1, house + 1,
		100 * (floor + 1) + door + 1);
}

void
demo_people_make(struct demo_world *w)
{
	struct random *r = &w->random;

	for (uint32_t i = 0; i < DEMO_CUSTOMERS; i++) {
		struct demo_customer *c = &w->customers[i];
		const char *city;

		c->region = random_low(r, DEMO_REGIONS);
		city = demo_words_regions[c->region].city[random_below(r, 2)];
		c->manager = demo_words_managers[random_below(r, DEMO_MANAGERS)];
		c->source = sources[random_low(r, 5)];
		c->tier = c->no_contact = c->note = "";
		c->phone = mobile(i);
		if (random_chance(r, 40))
			c->no_contact = refusals[random_below(r, 4)];
		if (random_chance(r, 30))
			c->note = "老客户，嘱咐：先打电话\n再上门";
		c->created = moment_seconds(2023, 11, 1, 8, 0) +
			random_below(r, 1110) * (int64_t)MOMENT_DAY;
		c->created += random_below(r, 10 * MOMENT_HOUR);
		make_address(r, c, city);
		if (i % 12 == 5)
			make_company(w, c, city);
		else
			make_person(w, c);
	}
}
