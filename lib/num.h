#ifndef NUM_H
#define NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/**
 * num: exact decimals. A number or an amount of money is an int64_t that
 * counts 1/10000; sums are 128 bits wide, so they are exact in any order.
 */
#define NUM_ONE INT64_C(10000)
#define NUM_LIMIT (INT64_C(90000000000000) * NUM_ONE) /* |x| is below it */
#define NUM_SIZE 48 /* bytes that hold any written number */

__extension__ typedef __int128 num_wide;

enum num_status {
	NUM_OK,
	NUM_SYNTAX,   /* not a plain decimal */
	NUM_DECIMALS, /* more than four decimals */
	NUM_RANGE,    /* NUM_LIMIT or beyond */
};

/** num_read(s, out): plain decimal: optional sign, digits, optionally a point
 * and one to four digits. No blanks, no exponent. out only set on NUM_OK. */
enum num_status num_read(struct slice s, int64_t *out);

/** num_read_rounded(s, out): as num_read, but any number of decimals, rounded half
 * to even at the fourth; for columns that are written with more. */
enum num_status num_read_rounded(struct slice s, int64_t *out);

/** num_read_wide(s, out): the same for a sum: |x| < 10^34. */
enum num_status num_read_wide(struct slice s, num_wide *out);

/** num_why(status): the message, e.g. "not a number". */
const char *num_why(enum num_status status);

/** num_write(out, value): as short as exact: 12, -0.5. num_write_money: two
 * decimals, four where needed: 12.00, 0.1250. Both return the length; out is
 * not terminated and holds NUM_SIZE bytes. value is in 1/10000. */
size_t num_write(char *out, num_wide value);
size_t num_write_money(char *out, num_wide value);

/** num_write_count(out, n): a plain integer, n itself, not in 1/10000. */
size_t num_write_count(char *out, uint64_t n);

/** num_read_count(s, n): the reverse; at most 18 digits. */
bool num_read_count(struct slice s, uint64_t *n);

/** num_divide(a, b): a / b as integers, half to even; b is not 0. */
num_wide num_divide(num_wide a, num_wide b);

/** num_root(value): the square root of a number in 1/10000, not negative, to the
 * nearest 1/10000. */
int64_t num_root(int64_t value);

/** num_product, num_quotient: of two numbers in 1/10000, rounded half to even
 * at four decimals. False, and out unset, where the result reaches NUM_LIMIT
 * or the divisor is 0. num_fits(wide): below NUM_LIMIT. */
bool num_product(int64_t a, int64_t b, int64_t *out);
bool num_quotient(int64_t a, int64_t b, int64_t *out);
bool num_fits(num_wide value);

#endif
