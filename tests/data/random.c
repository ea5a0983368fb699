#include "random.h"

uint64_t
random_next(struct random *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15U;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
	z = (z ^ z >> 27) * 0x94d049bb133111ebU;
	return z ^ z >> 31;
}

uint32_t
random_below(struct random *r, uint32_t n)
{
	return (uint32_t)((random_next(r) >> 32) * n >> 32);
}

int64_t
random_between(struct random *r, int64_t least, int64_t most)
{
	return least + random_below(r, (uint32_t)(most - least + 1));
}

bool
random_chance(struct random *r, uint32_t of_1000)
{
	return random_below(r, 1000) < of_1000;
}

uint32_t
random_low(struct random *r, uint32_t n)
{
	uint64_t u = random_next(r) >> 32;

	return (uint32_t)((u * u >> 32) * n >> 32);
}

uint32_t
random_pick(struct random *r, const uint16_t *weights, uint32_t n)
{
	uint32_t sum = 0, at;

	for (uint32_t i = 0; i < n; i++)
		sum += weights[i];
	at = random_below(r, sum);
	for (uint32_t i = 0; i < n; i++) {
		if (at < weights[i])
			return i;
		at -= weights[i];
	}
	return 0;
}
