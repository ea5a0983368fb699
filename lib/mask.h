#ifndef MASK_H
#define MASK_H

#include <stdbool.h>

#include "buf.h"
#include "slice.h"

/**
 * mask: what of a person may be shown (--mask).
 */

/** mask_name(b, s): the first character, the rest as "*" each: 王**.
 * mask_phone(b, s): the last four digits and what stands before the four in
 * front of them: +86138****5678; all "*" where it has less than eight. */
void mask_name(struct buf *b, struct slice s);
void mask_phone(struct buf *b, struct slice s);

/** mask_is_personal(column): name, phone, phone2, email or address. */
bool mask_is_personal(struct slice column);

/** mask_column(b, column, s): as the column's name asks for: w***@163.com of an
 * e-mail address, 青岛市*** of a postal one; false, and nothing appended, where
 * it is shown as it is. */
bool mask_column(struct buf *b, struct slice column, struct slice s);

#endif
