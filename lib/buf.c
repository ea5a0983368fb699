#include "buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "mem.h"
#include "msg.h"

void
buf_grow(struct buf *b, size_t more)
{
	size_t room = b->room < 256 ? 256 : b->room;

	if (more > SIZE_MAX / 4 || b->n > SIZE_MAX / 4)
		msg_die("out of memory");
	while (room - b->n < more)
		room *= 2;
	b->p = mem_resize(b->p, room, 1);
	b->room = room;
}

void
buf_text(struct buf *b, const char *string)
{
	buf_add(b, slice_of(string));
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list list;
	int n;

	va_start(list, format);
	n = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (n < 0)
		msg_die("cannot format a message");
	va_start(list, format);
	vsnprintf(buf_reserve(b, (size_t)n + 1), (size_t)n + 1, format, list);
	va_end(list);
	b->n += (size_t)n;
}

void
buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}
