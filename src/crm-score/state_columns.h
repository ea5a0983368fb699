#ifndef STATE_COLUMNS_H
#define STATE_COLUMNS_H

#include "tally.h"

/**
 * state_columns: what a record of a partial holds of a subject, for
 * state_write.c and state_read.c alone. A new figure is a line in state.c.
 */
enum state_kind { STATE_COUNT, STATE_SUM, STATE_TIME };

struct state_column {
	const char *name;
	size_t offset;        /* of a uint64_t, a num_wide, an int64_t */
	enum state_kind kind;
	unsigned asked;       /* private */
};

/** Of a tally_entry; and of an expr_cell, for each relation, whose number
 * follows the name. */
enum { STATE_COLUMNS = 13, STATE_CELLS = 5, STATE_NAME = 32 };
extern const struct state_column state_columns[STATE_COLUMNS];
extern const struct state_column state_cells[STATE_CELLS];

/** state_asked(what, column): it is there. */
bool state_asked(const struct tally_what *what, const struct state_column *c);

/** state_name_cell(out, relation, cell): the name of its column. */
void state_name_cell(char out[STATE_NAME], size_t relation, size_t cell);

#endif
