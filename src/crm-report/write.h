#ifndef WRITE_H
#define WRITE_H

#include <stdint.h>

#include "out.h"
#include "run.h"
#include "table.h"

/** write: results in the format that was asked for. */

/** write_results(o, as_of, tables, count, out): all that were asked for, in
 * the order of their names. */
void write_results(const struct run_options *o, int64_t as_of,
	const struct table *tables, size_t count, struct out *out);

#endif
