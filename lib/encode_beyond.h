#ifndef ENCODE_BEYOND_H
#define ENCODE_BEYOND_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/**
 * encode_beyond: for encode.c alone: U+10000 and beyond in GB18030, four bytes
 * 90 30 81 30 to E3 32 9A 35 in the order of their numbers. Rare characters of
 * names are there, and the iconv of musl 1.2.3 makes others of them.
 *
 * encode_beyond_known(convert): the iconv from GB18030 to UTF-8 knows them.
 * encode_beyond_next(s): how many bytes of s come before the first one; s.n if
 * there is none. s begins where a character does.
 * encode_beyond_read(s, to): the UTF-8 of the one that s begins with, 4 bytes;
 * false: it is none.
 */
bool encode_beyond_known(iconv_t convert);
size_t encode_beyond_next(struct slice s);
bool encode_beyond_read(struct slice s, char to[4]);

#endif
