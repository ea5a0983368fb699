#include "expr_node.h"

__extension__ typedef unsigned __int128 wide;

/*
 * Whole numbers alone, so that every machine gives the same digits: a floating
 * exp2() may differ in the last one from library to library.
 *
 * r is 2^-f, 0 <= f < 1, in 1/2^63, as e^-x, x = f ln 2 in 1/2^64:
 *     1 - x/1 (1 - x/2 (1 - x/3 ...))
 */
#define LN_2 UINT64_C(0xb17217f7d1cf79ac)
#define ONE (UINT64_C(1) << 63)

enum { TERMS = 24 }; /* 0.7^24 / 24! is below 1/2^63 */

static uint64_t
high(uint64_t a, uint64_t b)
{
	return (uint64_t)((wide)a * b >> 64);
}

static uint64_t
fraction_of_two(uint64_t f)
{
	uint64_t x = high(f, LN_2), r = ONE;

	for (uint64_t n = TERMS; n > 0; n--)
		r = ONE - high(x, r) / n;
	return r;
}

/* value / 2^places, half to even. */
static int64_t
shifted(wide value, unsigned places)
{
	wide half = (wide)1 << (places - 1);
	wide whole = value >> places, rest = value - (whole << places);

	return (int64_t)(whole + (rest > half || (rest == half && whole % 2)));
}

bool
expr_decay(int64_t age, int64_t half, int64_t *i)
{
	enum { MOST = 14, LEAST = -47 }; /* halvings: then 0; too large */
	int64_t whole, rest;
	wide value;

	if (half <= 0)
		return false;
	whole = age / half;
	rest = age % half;
	if (rest < 0) {
		rest += half;
		whole--;
	}
	if (whole < LEAST)
		return false;
	*i = 0;
	if (whole > MOST)
		return true;
	value = (wide)(uint64_t)NUM_ONE *
		fraction_of_two((uint64_t)(((wide)(uint64_t)rest << 64) /
			(uint64_t)half));
	*i = shifted(value, (unsigned)(63 + whole));
	return num_fits(*i);
}
