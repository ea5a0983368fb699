#ifndef PHONE_H
#define PHONE_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/**
 * phone: telephone numbers as crm(5) stores them.
 *
 * phone_read(s, out, n): brings a number to its one form: +8613812345678,
 * +8653288939999;ext=801. s is trimmed and half-width. Understood are
 *   - mobile: 11 digits that begin with 13 to 19;
 *   - land line: area code 010, 02x or 0xxx and 7 or 8 digits;
 *   - 400 and 800 numbers: 10 digits;
 * each with +86, 0086 or 86 before it, and blanks, dots, hyphens, dashes, slashes
 * and brackets inside; an extension of 1 to 6 digits after a hyphen, x, ext, # or
 * the Chinese words for it; and any number that is written with its country
 * code, + or 00 and 8 to 15 digits, which is kept as +digits.
 * False where s fits none of these; out holds PHONE_SIZE bytes, is not
 * terminated, and is undefined then.
 * Source: the Chinese numbering plan, ITU-T E.164.
 */
#define PHONE_SIZE 32

bool phone_read(struct slice s, char *out, size_t *n);

#endif
