#ifndef DEMO_WORDS_H
#define DEMO_WORDS_H

#include <stdint.h>

/** demo_words: what the made-up company sells, where, and what people say. */

#define DEMO_PRODUCTS 8
#define DEMO_REGIONS 8
#define DEMO_STATIONS 2 /* in a region */
#define DEMO_FAULTS 4
#define DEMO_ITEMS 6
#define DEMO_AGENTS 8
#define DEMO_MANAGERS 10

struct demo_product {
	const char *name, *model, *season; /* MM-DD, may be empty */
	unsigned price;    /* yuan */
	unsigned warranty; /* months */
	unsigned install;  /* 0, 1 */
	unsigned repairs;  /* of 1000 sold */
	uint16_t months[12]; /* sales, weights */
	const char *faults[DEMO_FAULTS];
};

struct demo_region {
	const char *name, *city[DEMO_STATIONS], *station[DEMO_STATIONS];
	const char *code; /* telephone area */
};

struct demo_item {
	const char *name;
	unsigned weight, expected;
};

extern const struct demo_product demo_words_products[DEMO_PRODUCTS];
extern const struct demo_region demo_words_regions[DEMO_REGIONS];
extern const struct demo_item demo_words_items[DEMO_ITEMS];
extern const char *const demo_words_kinds[];
extern const char *const demo_words_agents[DEMO_AGENTS];
extern const char *const demo_words_managers[DEMO_MANAGERS];
extern const char *const demo_words_families[16];
extern const char *const demo_words_given[32];
extern const char *const demo_words_streets[8];
extern const char *const demo_words_trades[6];
extern const char *const demo_words_companies[6]; /* what their names end in */
extern const char *const demo_words_brands[16];   /* and begin with */

/** demo_words_technician(region, station, n): the n-th of a station's three. */
const char *demo_words_technician(unsigned region, unsigned station, unsigned n);

#endif
