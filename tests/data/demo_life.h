#ifndef DEMO_LIFE_H
#define DEMO_LIFE_H

#include "demo_world.h"

/** demo_life_make(w): what happens to the customers of w: they ask, order,
 * have it installed and repaired, complain, are visited; and what came in on
 * the last day. */
void demo_life_make(struct demo_world *w);

#endif
