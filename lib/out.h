#ifndef OUT_H
#define OUT_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "slice.h"

/**
 * out: bytes on their way to a file descriptor. Every write is checked: what
 * cannot be written ends the program with exit 2 and a message, unless a pipe
 * was closed and SIGPIPE has its default (then the system ends it silently).
 */
struct out;

/** out_open(fd, name): name for messages. A pipe is enlarged. */
struct out *out_open(int fd, const char *name);
void out_write(struct out *o, struct slice s);
void out_flush(struct out *o);

/** out_close(o): flushes; does not close the descriptor. */
void out_close(struct out *o);

/** out_abandon(o): what was not flushed is dropped. */
void out_abandon(struct out *o);

/* Fields, canonical (crm(5)), appended to a buffer: */

/** out_text(b, s): s escaped. */
void out_text(struct buf *b, struct slice s);
void out_number(struct buf *b, int64_t value); /* of 1/10000 */
void out_count(struct buf *b, uint64_t n);
void out_time(struct buf *b, int64_t t);
void out_day(struct buf *b, int64_t t);

#endif
