#ifndef GROUPS_STATE_H
#define GROUPS_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "groups.h"

/**
 * groups_state: groups as rows that another run can take up: a key, a figure
 * ("records", or an aggregate as it is written), a value, and how often it
 * counts. The rows of one figure of one group add up.
 */
struct groups_row {
	struct slice key, figure, value; /* decoded, but for the key, whose
	                                    fields are canonical */
	uint64_t times;
};

/** groups_save(g, put, context): hands out all rows, in the order of the
 * keys. */
void groups_save(const struct groups *g, void (*put)(void *context,
	const struct groups_row *row), void *context);

/** groups_load_open(g), groups_load, groups_load_close: takes rows up; false
 * where one is none of this report. */
struct groups_loader;
struct groups_loader *groups_load_open(const struct groups *g);
bool groups_load(struct groups_loader *l, const struct groups_row *row);
void groups_load_close(struct groups_loader *l);

#endif
