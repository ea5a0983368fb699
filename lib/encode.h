#ifndef ENCODE_H
#define ENCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "input.h"

/**
 * encode: an input as UTF-8, whatever encoding it has.
 *
 * encode_open(in, asked, jobs): asked is any name that iconv knows, or null: then the
 * encoding is found from the bytes: a byte order mark; else UTF-16 where NUL
 * bytes stand at every second place, and hardly elsewhere; else UTF-8 if the whole input is
 * valid UTF-8; else GB18030. GBK, GB2312 and CP936 are read as GB18030, which
 * holds them, and the byte 0x80 is the euro sign, as Windows writes it. The
 * input is made seekable (input_spool) and stays with the caller. A byte order
 * mark is skipped. An encoding that iconv does not know, and UTF-8 that was
 * asked for and is not valid, end the program (exit 2).
 * jobs: threads that may look at it. The environment variable CRM_CHUNK sets
 * how many bytes each looks at, for tests.
 */
struct encode;

struct encode *encode_open(struct input *in, const char *asked, unsigned jobs);

/** encode_presume(in, asked, jobs): the same, but an input that is seekable, and
 * UTF-8 as far as its first part tells, is presumed to be UTF-8 to its end.
 * encode_presumed(e): that is so: who reads all of it is to check it with
 * text_valid; where it is not, what came of it is void, and encode_open finds
 * out what it is. */
struct encode *encode_presume(struct input *in, const char *asked,
	unsigned jobs);
bool encode_presumed(const struct encode *e);

/** encode_again(e): another reader of the same bytes, from their start. */
struct encode *encode_again(const struct encode *e);
void encode_close(struct encode *e); /* null is allowed */

/** encode_old_ends(e): the lines of the input end in CR alone, as on the first
 * Macintosh: from now on encode_read, and that of encode_again, gives LF for
 * CR. */
void encode_old_ends(struct encode *e);

/** encode_name(e): in lower case: utf-8, utf-16le, utf-16be, gb18030 ...
 * encode_wide(e): it is UTF-16. */
const char *encode_name(const struct encode *e);
bool encode_wide(const struct encode *e);

/** encode_read(e, p, n): the next bytes of UTF-8, up to n; 0 at the end. May
 * cut a character. Bytes that are none in the encoding end the program
 * (exit 2) and are named with their offset in the input. */
size_t encode_read(struct encode *e, char *p, size_t n);

/** encode_plain(e): it is UTF-8 as it stands: encode_at(e, p, n, offset) gives n
 * bytes that encode_read gives too, from offset on. */
bool encode_plain(const struct encode *e);
void encode_at(const struct encode *e, char *p, size_t n, uint64_t offset);

/** encode_replaced(e): U+FFFD may be in it. */
bool encode_replaced(const struct encode *e);

/** encode_input(e): the input that it reads. */
struct input *encode_input(const struct encode *e);

#endif
