#ifndef RANDOM_H
#define RANDOM_H

#include <stdbool.h>
#include <stdint.h>

/**
 * random: numbers that depend on the seed alone, on every machine.
 *
 * Source: splitmix64, Steele, Lea and Flood, "Fast splittable pseudorandom
 * number generators", OOPSLA 2014.
 */
struct random {
	uint64_t state; /* set it to the seed */
};

uint64_t random_next(struct random *r);

/** random_below(r, n): 0 .. n - 1; n at least 1. */
uint32_t random_below(struct random *r, uint32_t n);

/** random_between(r, least, most): least .. most. */
int64_t random_between(struct random *r, int64_t least, int64_t most);

/** random_chance(r, of_1000): true that often. */
bool random_chance(struct random *r, uint32_t of_1000);

/** random_low(r, n): 0 .. n - 1, the low ones far more often: half of all
 * draws fall into the first quarter. */
uint32_t random_low(struct random *r, uint32_t n);

/** random_pick(r, weights, n): an index below n, as often as its weight says. */
uint32_t random_pick(struct random *r, const uint16_t *weights, uint32_t n);

#endif
