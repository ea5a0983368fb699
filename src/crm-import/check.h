#ifndef CHECK_H
#define CHECK_H

#include "slice.h"

/**
 * check: numbers that carry a check digit.
 *
 *   id-card      Chinese identity number, GB 11643: 17 digits and the digit or X
 *                of ISO 7064 MOD 11-2
 *   credit-code  unified social credit code, GB 32100: 18 of
 *                0123456789ABCDEFGHJKLMNPQRTUWXY, weights 3^i mod 31, MOD 31
 *   ean13, ean8  GS1 General Specifications: weights 3 and 1 from the right
 *   luhn         ISO/IEC 7812-1, annex B: bank cards, IMEI
 */
struct check;

/** check_find(name): null where there is no such kind. check_kinds(): all their
 * names, for messages. */
const struct check *check_find(struct slice name);
const char *check_kinds(void);

/** check_wrong(check, value): what is wrong with it, or null. */
const char *check_wrong(const struct check *check, struct slice value);

#endif
