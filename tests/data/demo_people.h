#ifndef DEMO_PEOPLE_H
#define DEMO_PEOPLE_H

#include "demo_world.h"

/** demo_people_make(w): fills w->customers: persons, and one company in
 * twelve. */
void demo_people_make(struct demo_world *w);

#endif
