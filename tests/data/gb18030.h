#ifndef GB18030_H
#define GB18030_H

#include <stddef.h>

/**
 * gb18030: UTF-8 to GB18030 where iconv has only the way back (musl).
 *
 * gb18030_put(to, from, end): the bytes of the character at *from, which moves
 * on. Returns their number; 0 where it is not known.
 */
size_t gb18030_put(char to[4], const char **from, const char *end);

#endif
