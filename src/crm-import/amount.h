#ifndef AMOUNT_H
#define AMOUNT_H

#include <stdint.h>

#include "num.h"
#include "slice.h"

/**
 * amount: numbers and money as people write them.
 *
 * amount_read(s, out): s is trimmed and half-width. Besides plain decimals:
 * thousands in groups of three (1,234.50; also with blanks or apostrophes),
 * a sign or a currency before or after (¥ $ € £, RMB CNY USD EUR GBP HKD, 元),
 * brackets around negatives, a sign at the end, zeros beyond the fourth
 * decimal, 万 for ten thousands. Exact: no floating point. out is only set on
 * NUM_OK.
 */
enum num_status amount_read(struct slice s, int64_t *out);

#endif
