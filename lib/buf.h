#ifndef BUF_H
#define BUF_H

#include <stddef.h>

#include "slice.h"

/**
 * buf: bytes that grow. Start from all zero; buf_free gives the memory back
 * and leaves it all zero. p is not terminated.
 */
struct buf {
	char *p;
	size_t n, room;
};

/** buf_reserve(b, more): room for more bytes; returns where they begin. The
 * caller writes there and then adds to b->n. */
static inline char *buf_reserve(struct buf *b, size_t more);
void buf_grow(struct buf *b, size_t more); /* what buf_reserve calls */

static inline void buf_add(struct buf *b, struct slice s);
static inline void buf_byte(struct buf *b, char c);
void buf_text(struct buf *b, const char *string);
void buf_printf(struct buf *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buf_free(struct buf *b);

/** buf_clear(b): holds nothing any more, and keeps the memory. buf_slice(b):
 * what it holds, valid until b changes. */
static inline void
buf_clear(struct buf *b)
{
	b->n = 0;
}

static inline char *
buf_reserve(struct buf *b, size_t more)
{
	if (b->room - b->n < more)
		buf_grow(b, more);
	return b->p + b->n;
}

static inline void
buf_add(struct buf *b, struct slice s)
{
	if (s.n == 0)
		return;
	memcpy(buf_reserve(b, s.n), s.p, s.n);
	b->n += s.n;
}

static inline void
buf_byte(struct buf *b, char c)
{
	*buf_reserve(b, 1) = c;
	b->n++;
}

static inline struct slice
buf_slice(const struct buf *b)
{
	return (struct slice){b->p, b->n};
}

#endif
